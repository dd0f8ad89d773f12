import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ConceptSearch } from "../concepts/concept-search";
import { CONCEPTS } from "../concepts/texts";
import { useAppState, useStore } from "../state/context";
import { openCard, toRelease } from "../state/state";
import { useTexts } from "../texts/define";
import type { Release } from "../release/context";
import { StateLink } from "../ui/link";
import { VIEWS } from "../views/registry";
import { kindsOf, SEARCHED } from "../views/search/filters";
import { SHELL } from "./texts";

interface Props {
  readonly releases: readonly Release[];
  readonly current: string;
  readonly shown: string;
}

/** What is the same in every view: the search, the views, the release, the language. */
export function Header({ releases, current, shown }: Props): JSX.Element {
  const t = useTexts(SHELL);
  const store = useStore();
  const state = useAppState();
  const tabs = useRef<HTMLUListElement>(null);
  useEffect(() => tabs.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }), [state.view]);
  return (
    <header class="site">
      <div class="bar">
        <a class="brand" href={`/?lang=${state.language}`} title={t.home}>{t.name}</a>
        <Find />
        <label class="field release">
          <span class="unseen">{t.release}</span>
          <select value={shown} onChange={(event) => { const id = event.currentTarget.value; store.go((now) => toRelease(now, id === current ? null : id)); }}>
            {releases.map(({ id, ordinal, publishedAt }) => (
              <option key={id} value={id}>{t.releaseOf(ordinal, publishedAt.slice(0, 10), id === current)}</option>
            ))}
          </select>
        </label>
        <StateLink class="language" to={(now) => ({ ...now, language: now.language === "sv" ? "en" : "sv" })}>{t.other}</StateLink>
      </div>
      <nav aria-label={t.views}>
        <ul ref={tabs} class="tabs">
          {VIEWS.map(({ id, title }) => (
            <li key={id}>
              <StateLink to={store.toView(id)} {...(id === state.view ? { "aria-current": "page" as const } : {})}>{title[state.language]}</StateLink>
            </li>
          ))}
        </ul>
      </nav>
      {shown !== current && (
        <p class="older" role="note">
          {t.older} <StateLink to={(now) => toRelease(now, null)}>{t.toCurrent}</StateLink>
        </p>
      )}
    </header>
  );
}

/** The search, at hand in every view: a choice opens the card, Enter lists all that is found. */
function Find(): JSX.Element {
  const t = useTexts(CONCEPTS);
  const store = useStore();
  const state = useAppState();
  const inSearch = state.view === "search";
  const { q, kinds, scheme } = SEARCHED.read(inSearch ? state.params : {});
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  return (
    <ConceptSearch
      label={t.search}
      text={text}
      onText={setText}
      kinds={kindsOf(kinds)}
      schemes={scheme === "" ? [] : [scheme]}
      onChoose={({ id }) => store.go((now) => openCard(now, id))}
      onSubmit={(found) => store.go((now) => ({ ...now, view: "search", params: SEARCHED.write({ q: found, kinds, scheme }) }))}
    />
  );
}
