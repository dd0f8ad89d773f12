import type { Value } from "../table/rows";
import type { About } from "./about";

/** A JSON file: what it is, and the rows under the keys of the columns. */
export function json(columns: readonly { readonly key: string; readonly title: string }[], rows: readonly (readonly Value[])[], about: About): string {
  const { title, url, exported, release, sources, language } = about;
  const file = {
    view: { title, url, language },
    release,
    exported: exported.toISOString(),
    sources,
    columns: columns.map(({ key, title: name }) => ({ key, title: name })),
    rows: rows.map((row) => Object.fromEntries(columns.map(({ key }, number) => [key, row[number] ?? null]))),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}
