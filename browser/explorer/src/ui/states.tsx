import { Component, type ComponentChildren, type JSX } from "preact";
import type { Problem } from "../api/problem";
import type { Loadable } from "../api/query";
import { useStore } from "../state/context";
import { toRelease } from "../state/state";
import { useTexts } from "../texts/define";
import { StateLink } from "./link";
import { STATES } from "./texts";

/** What is shown of an answer on its way: the answer, its predecessor dimmed, that it loads, or why there is none. */
export function Loaded<T>({ of, children }: { of: Loadable<T>; children: (data: T) => ComponentChildren }): JSX.Element | null {
  switch (of.status) {
    case "idle":
      return null;
    case "ready":
      return <>{children(of.data)}</>;
    case "failed":
      return <Failed problem={of.problem} again={of.again} />;
    case "loading":
      return of.data === undefined ? <Loading /> : <div class="stale" aria-busy="true">{children(of.data)}</div>;
  }
}

/** It shows after a moment only: most answers are quicker. */
export function Loading(): JSX.Element {
  const t = useTexts(STATES);
  return (
    <p class="loading" role="status">
      {t.loading}
    </p>
  );
}

/** That there is nothing to show, and what could be done. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <div class="state">
      <p class="state-title">{title}</p>
      {children}
    </div>
  );
}

/** Why there is no answer, and a way on. */
export function Failed({ problem, again }: { problem: Problem; again: () => void }): JSX.Element {
  const t = useTexts(STATES);
  const store = useStore();
  const retry = (
    <button type="button" class="button" onClick={again}>
      {t.again}
    </button>
  );
  const [title, hint, way]: readonly [string, string, ComponentChildren] = (() => {
    switch (problem.kind) {
      case "unreachable":
        return [t.unreachable, t.unreachableHint, retry];
      case "busy":
        return [t.busy, t.busyHint, retry];
      case "unknown-release":
        return [t.unknownRelease, "", <StateLink class="button" to={(state) => toRelease(state, null)}>{t.toCurrent}</StateLink>];
      case "too-complex":
        return [t.tooComplex, t.tooComplexHint, null];
      case "refused":
        return [t.refused, `${t.refusedHint} ${problem.message}`, null];
      case "nothing":
        return [t.nothing, t.nothingHint, <StateLink class="button" to={store.toView("search")}>{t.toSearch}</StateLink>];
    }
  })();
  return (
    <div class="state failed" role="alert" data-problem={problem.kind}>
      <p class="state-title">{title}</p>
      {hint && <p>{hint}</p>}
      {way && <p>{way}</p>}
    </div>
  );
}

/** Keeps the rest of the page when a part of it breaks. */
export class Fence extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  static override getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ComponentChildren {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken(): JSX.Element {
  const t = useTexts(STATES);
  return (
    <div class="state failed" role="alert">
      <p class="state-title">{t.broken}</p>
      <p>{t.brokenHint}</p>
      <p>
        <a class="button" href={window.location.href}>
          {t.reload}
        </a>
      </p>
    </div>
  );
}
