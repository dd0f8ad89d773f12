import { SCHEME_VALUES, type ConceptKind, type Scheme } from "../../api/generated/schema";
import { oneOf, params, someOf, text } from "../../state/params";

/** Kinds that people look for together, each with its name in a URL. */
export const KIND_GROUPS = {
  occupations: ["OCCUPATION_NAME"],
  titles: ["JOB_TITLE"],
  skills: ["SKILL", "GENERIC_SKILL"],
  groups: ["SSYK_LEVEL_1", "SSYK_LEVEL_2", "SSYK_LEVEL_3", "SSYK_LEVEL_4"],
  isco: ["ISCO_LEVEL_4", "ESCO_ISCO_LEVEL_1", "ESCO_ISCO_LEVEL_2", "ESCO_ISCO_LEVEL_3", "ESCO_ISCO_LEVEL_4"],
  escoOccupations: ["ESCO_OCCUPATION"],
  escoSkills: ["ESCO_SKILL", "ESCO_SKILL_GROUP"],
  education: [
    "SUN_EDUCATION_FIELD_1", "SUN_EDUCATION_FIELD_2", "SUN_EDUCATION_FIELD_3", "SUN_EDUCATION_FIELD_4",
    "SUN_EDUCATION_LEVEL_1", "SUN_EDUCATION_LEVEL_2", "SUN_EDUCATION_LEVEL_3",
  ],
  keywords: ["KEYWORD"],
} as const satisfies Readonly<Record<string, readonly ConceptKind[]>>;

export type KindGroup = keyof typeof KIND_GROUPS;
export const KIND_GROUP_NAMES = Object.keys(KIND_GROUPS) as KindGroup[];

/** What the search keeps in the URL. */
export const SEARCHED = params<{ q: string; kinds: readonly KindGroup[]; scheme: Scheme | "" }>({
  q: text(),
  kinds: someOf(KIND_GROUP_NAMES),
  scheme: oneOf(["", ...SCHEME_VALUES], ""),
});

/** The kinds of some groups; none for no group, which stands for all kinds. */
export function kindsOf(groups: readonly KindGroup[]): readonly ConceptKind[] {
  return groups.flatMap((group): readonly ConceptKind[] => KIND_GROUPS[group]);
}
