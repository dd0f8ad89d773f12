import type { CrosswalkData } from "../../api/generated/Crosswalk";
import { MATCH_KIND_VALUES, type MatchKind, type Provenance } from "../../api/generated/schema";

export type Node = NonNullable<NonNullable<CrosswalkData["nodes"]>[number]>;

interface Coded {
  readonly code: string | null;
  readonly label: string;
}

/** What belongs beside a concept. Where several belong there alike, all are named, parted by `; `. */
export interface Beside {
  readonly uri: string;
  readonly ssykCode: string;
  readonly ssykLabel: string;
  /** The SSYK groups above, of 3, 2 and 1 digits. */
  readonly ssykAbove: readonly [Coded | null, Coded | null, Coded | null];
  readonly iscoCode: string;
  readonly iscoLabel: string;
  /** Whether the ISCO group is stated for the concept, or follows from its SSYK group. */
  readonly iscoBy: Provenance | null;
  readonly escoCode: string;
  readonly escoLabel: string;
  readonly escoUri: string;
  /** How the ESCO concept corresponds, seen from the concept; of an ESCO concept, how the Swedish ones do. */
  readonly match: MatchKind | null;
  readonly field: string;
}

/** The crosswalk of one concept as cells: of its mappings, the closest kind of match there is. */
export function beside(node: Node): Beside {
  const its = itself(node);
  const swedish = closest(node.occupations?.edges ?? []);
  const esco = closest(node.toEsco?.edges ?? []);
  const own = ownSsyk(node) ?? [
    ...(node.occupationGroups ?? []),
    ...unique(swedish.nodes.flatMap(({ group }) => (group ? [group] : []))),
  ];
  const ancestors = node.group?.ancestors ?? node.ancestors ?? [];
  const level = (digits: number): Coded | null => [...own.slice(0, own.length === 1 ? 1 : 0), ...ancestors].find(({ code }) => code?.length === digits) ?? null;
  const isco = iscoOf(node);
  const isEsco = (node.kind ?? "").startsWith("ESCO_") && isco.itself !== true;
  const escoNodes: readonly (Coded & { readonly uri: string })[] = isEsco ? [its] : esco.nodes;
  const fields = node.occupationFields ?? swedish.nodes.flatMap(({ occupationFields }) => occupationFields);
  return {
    uri: its.uri,
    ssykCode: joined(own.map(({ code }) => code)),
    ssykLabel: joined(own.map(({ label }) => label)),
    ssykAbove: [level(3), level(2), level(1)],
    iscoCode: joined(isco.groups.map(({ code }) => code)),
    iscoLabel: joined(isco.groups.map(({ label }) => label)),
    iscoBy: isco.by,
    escoCode: joined(escoNodes.map(({ code }) => code)),
    escoLabel: joined(escoNodes.map(({ label }) => label)),
    escoUri: joined(escoNodes.map(({ uri }) => uri)),
    match: isEsco ? swedish.match : esco.match,
    field: joined(fields.map(({ label }) => label)),
  };
}

/** `nodes` may be anything; whatever the service has is a concept. */
function itself({ uri = "", code = null, label = "" }: Node): Coded & { readonly uri: string } {
  return { uri, code, label };
}

/** The SSYK group that the concept is, or is in. */
function ownSsyk(node: Node): readonly Coded[] | null {
  if (node.group) return [node.group];
  return node.level === undefined ? null : [itself(node)];
}

function iscoOf(node: Node): { groups: readonly Coded[]; by: Provenance | null; itself?: boolean } {
  if (node.occupationGroups !== undefined) return { groups: [itself(node)], by: null, itself: true };
  const edges = node.iscoGroups?.edges ?? [];
  const stated = edges.filter(({ provenance }) => provenance === edges[0]?.provenance);
  if (stated[0] !== undefined) return { groups: stated.map(({ node: group }) => group), by: stated[0].provenance };
  if (node.iscoGroup) return { groups: [node.iscoGroup], by: null };
  return { groups: node.correspondingIsco ?? [], by: null };
}

function closest<T>(edges: readonly { readonly match: MatchKind; readonly node: T }[]): { match: MatchKind | null; nodes: readonly T[] } {
  const match = MATCH_KIND_VALUES.find((kind) => edges.some((edge) => edge.match === kind)) ?? null;
  return { match, nodes: edges.filter((edge) => edge.match === match).map(({ node }) => node) };
}

function unique(groups: readonly Coded[]): readonly Coded[] {
  return groups.filter((one, place) => groups.findIndex(({ code }) => code === one.code) === place);
}

function joined(texts: readonly (string | null)[]): string {
  return [...new Set(texts.filter((text) => text !== null && text !== ""))].join("; ");
}
