import type { ComponentType, JSX } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { Client } from "../api/client";
import { Releases, type ReleasesData } from "../api/generated/Releases";
import type { Answer } from "../api/problem";
import { ApiContext } from "../api/query";
import { Card } from "../card/card";
import { ReleaseContext, type Release } from "../release/context";
import { useAppState } from "../state/context";
import { useTexts } from "../texts/define";
import { Failed, Fence, Loading } from "../ui/states";
import { VIEWS } from "../views/registry";
import { Header } from "./header";
import { Selection } from "./selection";
import { SHELL } from "./texts";

/** The whole page: it first asks which releases there are, then shows one of them. */
export function App({ client }: { client: Client }): JSX.Element {
  const state = useAppState();
  const [found, setFound] = useState<Answer<ReleasesData> | null>(null);
  const [round, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => void client.ask(Releases, {}).then(setFound), [round]);
  useEffect(() => {
    document.documentElement.lang = state.language;
  }, [state.language]);

  if (found === null) return <main class="boot"><Loading /></main>;
  if (!found.ok) return <main class="boot"><Failed problem={found.problem} again={() => again(undefined)} /></main>;
  const { release: current, releases } = found.data;
  const shown = releases.find(({ id }) => id === (state.release ?? current.id));
  if (shown === undefined) {
    const message = state.release ?? "";
    return <main class="boot"><Failed problem={{ kind: "unknown-release", message }} again={() => again(undefined)} /></main>;
  }
  return (
    <ApiContext.Provider value={{ client, release: shown.id }}>
      <ReleaseContext.Provider value={shown}>
        <Page releases={releases} current={current.id} shown={shown} />
      </ReleaseContext.Provider>
    </ApiContext.Provider>
  );
}

function Page({ releases, current, shown }: { releases: readonly Release[]; current: string; shown: Release }): JSX.Element {
  const t = useTexts(SHELL);
  const { view: id, concept, language } = useAppState();
  const view = VIEWS.find((one) => one.id === id);
  const title = view?.title[language] ?? "";
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(id);
  useEffect(() => {
    document.title = `${title} – ${t.name}`;
    if (before.current !== id) heading.current?.focus();
    before.current = id;
  }, [id, title]);
  return (
    <>
      <a class="skip" href="#view-title">{t.skip}</a>
      <Header releases={releases} current={current} shown={shown.id} />
      <Selection />
      <div class={concept === null ? "columns" : "columns with-card"}>
        <main>
          <h1 ref={heading} id="view-title" tabIndex={-1}>{title}</h1>
          <Fence key={id}>
            <Opened id={id} />
          </Fence>
        </main>
        {concept !== null && <Fence key={`card ${concept}`}><Card id={concept} /></Fence>}
      </div>
      <Footer release={shown} />
    </>
  );
}

/** A view, loaded when it is opened. */
function Opened({ id }: { id: string }): JSX.Element {
  const [loaded, setLoaded] = useState<{ id: string; View: ComponentType | null } | null>(null);
  const [round, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let wanted = true;
    const become = (View: ComponentType | null): void => {
      if (wanted) setLoaded({ id, View });
    };
    VIEWS.find((view) => view.id === id)?.load().then((module) => become(module.default), () => become(null));
    return () => {
      wanted = false;
    };
  }, [id, round]);
  if (loaded?.id !== id) return <Loading />;
  const { View } = loaded;
  return View === null ? <Failed problem={{ kind: "unreachable" }} again={() => again(undefined)} /> : <View />;
}

function Footer({ release }: { release: Release }): JSX.Element {
  const t = useTexts(SHELL);
  const said = [...new Set(release.sources.map(({ attribution, title, licence }) => `${attribution || title} (${licence})`))];
  return (
    <footer>
      <p>{t.sources}: {said.join("; ")}.</p>
      <p><a href={`/releases/${release.id}`}>{t.release} {release.id}</a></p>
    </footer>
  );
}
