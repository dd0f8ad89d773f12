import type { ShortestPathsData } from "../../api/generated/ShortestPaths";
import type { RelationKind } from "../../api/generated/schema";

export type Way = NonNullable<ShortestPathsData["shortestPaths"]>[number];
export type Step = Way["steps"][number];

/** Relations that people choose together, each with its name in a URL. */
export const RELATION_GROUPS = {
  hierarchy: ["BROADER", "OCCUPATION_FIELD", "MEMBER_OF"],
  skills: ["RELATED_SKILL", "ESSENTIAL_SKILL", "OPTIONAL_SKILL"],
  substitutes: ["SUBSTITUTES"],
  names: ["JOB_TITLE_OF", "KEYWORD_OF"],
  matches: ["EXACT_MATCH", "CLOSE_MATCH", "BROAD_MATCH", "NARROW_MATCH", "RELATED_MATCH"],
} as const satisfies Readonly<Record<string, readonly RelationKind[]>>;

export type RelationGroup = keyof typeof RELATION_GROUPS;
export const RELATION_GROUP_NAMES = Object.keys(RELATION_GROUPS) as RelationGroup[];

/** The relations of some groups; null, for all, of none. */
export function relationsOf(groups: readonly RelationGroup[]): readonly RelationKind[] | null {
  return groups.length === 0 ? null : groups.flatMap((group): readonly RelationKind[] => RELATION_GROUPS[group]);
}

/** A step as a row of a table. */
export interface Row {
  readonly way: number;
  readonly number: number;
  readonly step: Step;
}

/** All steps of all ways, in order, both counted from 1. */
export function rowsOf(ways: readonly Way[]): readonly Row[] {
  return ways.flatMap(({ steps }, way) => steps.map((step, number) => ({ way: way + 1, number: number + 1, step })));
}

/** The same question to a store in Neo4j. */
export function cypherOf(from: string, to: string, relations: readonly RelationKind[] | null, longest: number): string {
  const types = relations === null ? "" : `:${relations.join("|")}`;
  return `MATCH (a:Concept {id: ${JSON.stringify(from)}}), (b:Concept {id: ${JSON.stringify(to)}})\nMATCH way = allShortestPaths((a)-[${types}*..${longest}]-(b))\nRETURN [c IN nodes(way) | c.label] AS concepts, [r IN relationships(way) | type(r)] AS relations\nLIMIT 20`;
}
