import type { ConceptKind } from "../../api/generated/schema";
import { oneOf, params, whole, type Field } from "../../state/params";

/** What the values of a column stand for, each with the kinds that may be meant: the first is preferred. */
export const MEANINGS = {
  occupations: ["OCCUPATION_NAME", "SSYK_LEVEL_4", "SSYK_LEVEL_3", "SSYK_LEVEL_2", "SSYK_LEVEL_1"],
  isco: ["ISCO_LEVEL_4", "ESCO_ISCO_LEVEL_3", "ESCO_ISCO_LEVEL_2", "ESCO_ISCO_LEVEL_1", "ESCO_ISCO_LEVEL_4"],
  esco: ["ESCO_OCCUPATION"],
  skills: ["SKILL", "GENERIC_SKILL", "ESCO_SKILL"],
} as const satisfies Readonly<Record<string, readonly ConceptKind[]>>;

export type Meaning = keyof typeof MEANINGS;
export const MEANING_NAMES = Object.keys(MEANINGS) as Meaning[];

/** What can be put beside each value. */
export const ADDED = ["ssyk", "levels", "isco", "esco", "field"] as const;
export type Added = (typeof ADDED)[number];
const USUAL: readonly Added[] = ["ssyk", "isco", "esco", "field"];

export const SHOWN = ["all", "matched", "ambiguous", "unknown"] as const;

/** Some of the columns; what is usual is not written, none at all is. */
function someAdded(): Field<readonly Added[]> {
  return {
    read: (found) => (found === undefined ? USUAL : ADDED.filter((one) => found.split(",").includes(one))),
    write: (values) => {
      const text = ADDED.filter((one) => values.includes(one)).join(",");
      return text === USUAL.join(",") ? null : text;
    },
  };
}

/** What the view keeps in the URL: settings only, never anything of what was pasted. `column` counts from 1; 0 is the likely one. */
export const KEPT = params({
  as: oneOf(MEANING_NAMES, "occupations"),
  column: whole(0, 1000, 0),
  header: oneOf(["guess", "yes", "no"], "guess"),
  add: someAdded(),
  show: oneOf(SHOWN, "all"),
});
