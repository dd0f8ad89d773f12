import type { Params } from "./params";
import { toView, type AppState } from "./state";
import { readState, writeState, type Defaults } from "./url";

export type Change = (state: AppState) => AppState;

/** The state of the page, kept equal to its URL. */
export interface Store {
  get(): AppState;
  /** Change the state: a step that Back undoes, or with `replace` a part of the step before, as typing is. */
  go(change: Change, how?: { readonly replace?: boolean }): void;
  /** The URL that a change leads to. */
  href(change: Change): string;
  /** To a view, as it was when it was last left. */
  toView(view: string): Change;
  subscribe(listener: () => void): () => void;
}

export function createStore(window: Window, defaults: Defaults): Store {
  const listeners = new Set<() => void>();
  const left = new Map<string, Params>();
  let state = readState(window.location.search, defaults);

  const become = (next: AppState): void => {
    if (next.view !== state.view) left.set(state.view, state.params);
    state = next;
    for (const listener of listeners) listener();
  };
  const href = (next: AppState): string => window.location.pathname + writeState(next, defaults);

  window.addEventListener("popstate", () => become(readState(window.location.search, defaults)));
  return {
    get: () => state,
    go(change, { replace = false } = {}) {
      const next = change(state);
      if (next === state) return;
      const same = href(next) === href(state);
      if (replace || same) window.history.replaceState(null, "", href(next));
      else window.history.pushState(null, "", href(next));
      become(next);
    },
    href: (change) => href(change(state)),
    toView: (view) => (now) => (view === now.view ? now : toView(now, view, left.get(view))),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
