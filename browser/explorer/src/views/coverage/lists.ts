import type { MappingFilter, OccupationFilter } from "../../api/generated/schema";
import { oneOf, params, text } from "../../state/params";

/** How many exact matches in ESCO an occupation has. */
function exact(bounds: Pick<MappingFilter, "atLeast" | "atMost">): OccupationFilter {
  return { mappings: [{ scheme: "ESCO", matches: ["EXACT"], ...bounds }] };
}

/** The lists of occupations, each with what its occupations lack or have too much of. */
const LISTS = {
  exact: exact({ atLeast: 0, atMost: 0 }),
  esco: { unmappedTo: "ESCO" },
  several: exact({ atLeast: 2 }),
  skills: { hasSkills: false },
} satisfies Readonly<Record<string, OccupationFilter>>;

export type ListName = keyof typeof LISTS;
export const LIST_NAMES = Object.keys(LISTS) as ListName[];
const SHOWN = [...LIST_NAMES, "findings"] as const;

/** What the view keeps in the URL: the list, the SSYK group that it is narrowed to (its id), and the check whose findings are read. */
export const KEPT = params({ list: oneOf(SHOWN, "exact"), group: text(), check: text() });

/** What the API is asked for a list, within an SSYK group of any level or everywhere (""). */
export function filterOf(list: ListName, group: string): OccupationFilter {
  return { ...LISTS[list], ...(group !== "" && { groups: [group] }) };
}

/** The same, asked of a store in Neo4j. */
export function cypherOf(list: ListName, group: string): string {
  const mapped = (matches: string): string => `COUNT { (o)<-[:${matches}]-(:EscoOccupation) }`;
  const holes: Readonly<Record<ListName, string>> = {
    exact: `${mapped("EXACT_MATCH")} = 0`,
    esco: `${mapped("EXACT_MATCH|CLOSE_MATCH|BROAD_MATCH|NARROW_MATCH")} = 0`,
    several: `${mapped("EXACT_MATCH")} > 1`,
    skills:
      "NOT EXISTS { (o)-[:BROADER*0..1]->()-[:RELATED_SKILL]->(:Skill) }\n" +
      "  AND NOT EXISTS { (o)<-[:EXACT_MATCH|CLOSE_MATCH]-(:EscoOccupation)-[:ESSENTIAL_SKILL|OPTIONAL_SKILL]->(:EscoSkill) }",
  };
  const within = group === "" ? "" : `\n  AND EXISTS { (o)-[:BROADER*1..4]->(:Concept {id: ${JSON.stringify(group)}}) }`;
  return `MATCH (o:Occupation)\nWHERE NOT o.deprecated AND ${holes[list]}${within}\nRETURN o.id, o.label ORDER BY o.label`;
}
