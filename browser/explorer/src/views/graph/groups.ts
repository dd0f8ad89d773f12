import { PROVENANCE_VALUES, type ConceptKind, type Provenance } from "../../api/generated/schema";
import type { NeighbourhoodCountsData } from "../../api/generated/NeighbourhoodCounts";
import type { NeighbourhoodRelationsData } from "../../api/generated/NeighbourhoodRelations";
import type { NeighbourhoodSkillsData } from "../../api/generated/NeighbourhoodSkills";
import type { Found, Way } from "./model";

/** What a concept could be expanded by: a way, how many concepts it leads to, and of which kinds. */
export interface Group {
  readonly way: Way;
  readonly count: number;
  readonly kinds: readonly ConceptKind[];
}

export type Counts = NonNullable<NeighbourhoodCountsData["concept"]>;

/**
 * The groups of a concept in the order of the service, skills by provenance first. What an occupation's publisher says of its
 * skills is among those by provenance, so its plain relation to skills is not listed beside them.
 */
export function groupsOf(counts: Counts): readonly Group[] {
  const skills = bySupport(counts);
  const groups = new Map<Way, Group>(skills.map((group) => [group.way, group]));
  for (const { relation, direction, kind, count } of counts.relationCounts) {
    if (relation === "RELATED_SKILL" && skills.length > 0 && covered(counts.kind, kind)) continue;
    const way: Way = `${relation}.${direction}`;
    const known = groups.get(way);
    groups.set(way, known ? { way, count: known.count + count, kinds: [...known.kinds, kind] } : { way, count, kinds: [kind] });
  }
  return [...groups.values()];
}

function bySupport(counts: Counts): Group[] {
  const of: Record<Provenance, { readonly totalCount: number } | undefined> = counts.native
    ? { NATIVE: counts.native, CALCULATED: counts.calculated, MAPPING: counts.mapping, GROUP: counts.group, DERIVED: counts.derived }
    : { NATIVE: counts.byNative, CALCULATED: counts.byCalculated, MAPPING: counts.byMapping, GROUP: counts.byGroup, DERIVED: counts.byDerived };
  const kinds: readonly ConceptKind[] = counts.native ? ["SKILL"] : ["OCCUPATION_NAME"];
  return PROVENANCE_VALUES.flatMap((provenance) => {
    const count = of[provenance]?.totalCount ?? 0;
    return count === 0 ? [] : [{ way: `SKILLS.${provenance}` as const, count, kinds }];
  });
}

/** Whether the plain relation between these two kinds is among effective skills. */
function covered(kind: ConceptKind, other: ConceptKind): boolean {
  return kind === "OCCUPATION_NAME" || other === "OCCUPATION_NAME";
}

/** What an answer to `NeighbourhoodRelations` brings; null where the concept is unknown. */
export function foundRelations({ concept }: NeighbourhoodRelationsData): Found | null {
  if (concept === null) return null;
  return { total: concept.relations.totalCount, ends: concept.relations.edges };
}

/** What an answer to `NeighbourhoodSkills` brings; null where the concept is unknown or has no skills. */
export function foundSkills({ concept }: NeighbourhoodSkillsData, provenance: Provenance): Found | null {
  const answer = concept?.skills ?? concept?.occupations;
  if (!answer) return null;
  return {
    total: answer.totalCount,
    ends: answer.edges.map(({ node, necessity }) => ({ node, necessity, provenance, level: null, source: null })),
  };
}
