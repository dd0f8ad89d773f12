import type { JSX } from "preact";
import type { ConceptKind, Locale } from "../api/generated/schema";
import { useAppState } from "../state/context";
import { openCard, type Language } from "../state/state";
import { StateLink } from "../ui/link";

/** A concept as others name it. */
export interface Named {
  readonly id: string;
  readonly kind: ConceptKind;
  readonly code: string | null;
  readonly label: string;
  readonly labelLocale: Locale;
}

/** The language of a text, where it is not that of the page: for screen readers and hyphenation. */
export function useForeign(): (locale: Locale) => Language | undefined {
  const { language } = useAppState();
  return (locale) => {
    const its: Language = locale === "SV" ? "sv" : "en";
    return its === language ? undefined : its;
  };
}

/** A label in its language. */
export function Label({ of }: { of: Pick<Named, "label" | "labelLocale"> }): JSX.Element {
  const foreign = useForeign();
  return <span lang={foreign(of.labelLocale)}>{of.label}</span>;
}

/** Opens the card of a concept. */
export function ConceptLink({ of, showCode = true }: { of: Named; showCode?: boolean }): JSX.Element {
  return (
    <StateLink class="concept" to={(state) => openCard(state, of.id)} data-concept={of.id}>
      {showCode && of.code !== null && <span class="code">{of.code} </span>}
      <Label of={of} />
    </StateLink>
  );
}
