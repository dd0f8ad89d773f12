import { ids } from "./params";
import { LANGUAGES, MOST_SELECTED, type AppState, type Language } from "./state";

/** Names that views may not use for themselves. */
export const RESERVED = ["view", "concept", "sel", "release", "lang"] as const;

export interface Defaults {
  /** The first is where one begins. */
  readonly views: readonly string[];
  /** Of a URL that names none: what the reader's browser prefers. Hence it is always written. */
  readonly language: Language;
}

const SELECTION = ids();

/** The state that the query of a URL holds; what is missing or unknown is as at the beginning. */
export function readState(query: string, { views, language }: Defaults): AppState {
  const given = new URLSearchParams(query);
  const params = [...given].filter(([name]) => !RESERVED.some((reserved) => reserved === name));
  return {
    view: views.find((view) => view === given.get("view")) ?? views[0] ?? "",
    params: Object.fromEntries(params),
    concept: given.get("concept") || null,
    selection: SELECTION.read(given.get("sel") ?? undefined).slice(0, MOST_SELECTED),
    release: given.get("release") || null,
    language: LANGUAGES.find((one) => one === given.get("lang")) ?? language,
  };
}

/** The query of a state, with its `?`; equal states have equal queries. */
export function writeState(state: AppState, { views }: Pick<Defaults, "views">): string {
  const pairs: [string, string | null][] = [
    ["view", state.view === views[0] ? null : state.view],
    ...Object.entries(state.params).sort(([one], [other]) => (one < other ? -1 : 1)),
    ["concept", state.concept],
    ["sel", SELECTION.write(state.selection)],
    ["release", state.release],
    ["lang", state.language],
  ];
  return `?${pairs.flatMap(([name, value]) => (value === null ? [] : [`${encoded(name)}=${encoded(value)}`])).join("&")}`;
}

/** Identifiers stay legible: `:`, `/` and `,` mean nothing in a query. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/%3A/g, ":").replace(/%2F/g, "/").replace(/%2C/g, ",").replace(/%20/g, "+");
}
