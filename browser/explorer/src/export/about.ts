import type { Language } from "../state/state";

/** What every file says of itself: from what, from whom, under which terms, and where the view is. */
export interface About {
  readonly title: string;
  readonly url: string;
  readonly exported: Date;
  readonly language: Language;
  readonly release: { readonly id: string; readonly title: string; readonly publishedAt: string };
  readonly sources: readonly {
    readonly title: string;
    readonly publisher: string;
    readonly version: string;
    readonly licence: string;
    readonly attribution: string;
    readonly url: string;
  }[];
}

/** The name of a file: what the view is called, the release and the day, in letters that every system takes. */
export function fileName(about: About, ending: string): string {
  const plain = about.title.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const name = plain.replace(/^-+|-+$/g, "").slice(0, 60) || "taxonomy";
  return `${name}-${about.release.id}-${about.exported.toISOString().slice(0, 10)}.${ending}`;
}
