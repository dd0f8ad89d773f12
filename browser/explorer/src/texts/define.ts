import { useAppState } from "../state/context";
import type { Language } from "../state/state";

/** A text, or how it is made of what it speaks of. */
export type Text = string | ((...about: never[]) => string);

/** Texts in both languages: that a key is missing in one, or takes something else there, does not compile. */
export type Texts<T> = { readonly sv: T; readonly en: { readonly [K in keyof T]: T[K] extends string ? string : T[K] } };

/** Give texts in both languages; each feature has its own. */
export function texts<T extends Readonly<Record<string, Text>>>(tables: Texts<T>): Texts<T> {
  return tables;
}

/** The texts in the language of the page. */
export function useTexts<T>(tables: Texts<T>): Texts<T>["en"] {
  const { language } = useAppState();
  return tables[language] as Texts<T>["en"];
}

/** A number with its thousands parted, as the language does. */
export function grouped(number: number, language: Language): string {
  return number.toLocaleString(language === "sv" ? "sv-SE" : "en-GB");
}
