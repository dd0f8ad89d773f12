import type { Direction, Necessity, Provenance, RelationKind } from "../../api/generated/schema";
import { NECESSITY_VALUES, PROVENANCE_VALUES, RELATION_KIND_VALUES } from "../../api/generated/schema";
import type { Named } from "../../concepts/concept-link";

/**
 * What can be walked from a concept: a relation in a direction, or the effective skills by one provenance
 * (of a skill: the occupations that have it).
 */
export type Way = `${RelationKind}.${Direction}` | `SKILLS.${Provenance}`;

/** A concept that is expanded along a way, and how many concepts at most it brings. */
export interface Expansion {
  readonly concept: string;
  readonly way: Way;
  readonly first: number;
}

/** As many concepts as an expansion brings at first, and as many more each time. */
export const STEP = 100;
/** As many as the service answers at once. */
export const MOST = 1000;

/** A concept at the other end, with what the edge to it says. */
export interface End {
  readonly node: Named;
  readonly provenance: Provenance;
  readonly necessity: Necessity | null;
  /** Substitutability, 25 or 75. */
  readonly level: number | null;
  /** The source that says so; null where the evidence is from several. */
  readonly source: string | null;
}

/** What an expansion brings, of `total` that there are. */
export interface Found {
  readonly total: number;
  readonly ends: readonly End[];
}

/** An edge as it is read: from its subject to its object. */
export interface Edge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** `SKILLS` for effective skills, which rest on evidence of several relations. */
  readonly relation: RelationKind | "SKILLS";
  /** Strongest first; never empty. */
  readonly provenances: readonly Provenance[];
  readonly necessity: Necessity | null;
  readonly level: number | null;
  readonly sources: readonly string[];
}

/** A concept of the graph, and the one whose expansion brought it; null for where the graph begins. */
export interface Node {
  readonly concept: Named;
  readonly parent: string | null;
}

/** A neighbourhood, in the order in which it came. */
export interface Graph {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly edges: ReadonlyMap<string, Edge>;
  /** The expansions that have a concept to start from and an answer, with what each was the first to bring. */
  readonly steps: readonly { readonly expansion: Expansion; readonly found: Found; readonly nodes: readonly string[]; readonly edges: readonly string[] }[];
}

export const EMPTY: Graph = { nodes: new Map(), edges: new Map(), steps: [] };

/** An expansion as a URL holds it. */
export function writeExpansion({ concept, way, first }: Expansion): string {
  return [concept, way, ...(first === STEP ? [] : [first])].join("~");
}

/** The expansion of a text; null for a text that is none. */
export function readExpansion(text: string): Expansion | null {
  const [concept, way, first = String(STEP)] = text.split("~");
  const count = Number(first);
  if (!concept || !isWay(way) || !Number.isInteger(count) || count < 1 || count > MOST) return null;
  return { concept, way, first: count };
}

function isWay(text: string | undefined): text is Way {
  const [what, how] = text?.split(".") ?? [];
  if (what === "SKILLS") return PROVENANCE_VALUES.some((one) => one === how);
  return RELATION_KIND_VALUES.some((one) => one === what) && (how === "OUT" || how === "IN");
}

/** The two halves of a way. */
export function partsOf(way: Way): { readonly skills: Provenance } | { readonly relation: RelationKind; readonly direction: Direction } {
  const [what, how] = way.split(".");
  return what === "SKILLS" ? { skills: how as Provenance } : { relation: what as RelationKind, direction: how as Direction };
}

/** Whether it is the same expansion, however much it brings. */
export function same(one: Pick<Expansion, "concept" | "way">, other: Pick<Expansion, "concept" | "way">): boolean {
  return one.concept === other.concept && one.way === other.way;
}

/**
 * The graph of some concepts to begin with and of expansions in their order. An expansion whose concept is not (or no longer)
 * reached brings nothing, nor does one whose answer is not there yet.
 */
export function grown(begin: readonly Named[], expansions: readonly Expansion[], found: (expansion: Expansion) => Found | undefined): Graph {
  const nodes = new Map<string, Node>(begin.map((concept) => [concept.id, { concept, parent: null }]));
  const edges = new Map<string, Edge>();
  const steps: Graph["steps"][number][] = [];
  const waiting = new Set(expansions);
  for (;;) {
    const next = [...waiting].find((expansion) => nodes.has(expansion.concept) && found(expansion) !== undefined);
    const answer = next && found(next);
    if (next === undefined || answer === undefined) return { nodes, edges, steps };
    waiting.delete(next);
    const skillFirst = isSkill(nodes.get(next.concept)?.concept);
    const newNodes: string[] = [];
    const newEdges: string[] = [];
    for (const end of answer.ends) {
      if (!nodes.has(end.node.id)) {
        nodes.set(end.node.id, { concept: end.node, parent: next.concept });
        newNodes.push(end.node.id);
      }
      const edge = edgeOf(next, end, skillFirst);
      const known = edges.get(edge.key);
      if (known === undefined) newEdges.push(edge.key);
      edges.set(edge.key, known === undefined ? edge : merged(known, edge));
    }
    steps.push({ expansion: next, found: answer, nodes: newNodes, edges: newEdges });
  }
}

function isSkill(concept: Named | undefined): boolean {
  return concept?.kind === "SKILL" || concept?.kind === "ESCO_SKILL" || concept?.kind === "GENERIC_SKILL";
}

function edgeOf({ concept, way }: Expansion, end: End, skillFirst: boolean): Edge {
  const parts = partsOf(way);
  const inward = "skills" in parts ? skillFirst : parts.direction === "IN";
  const [from, to] = inward ? [end.node.id, concept] : [concept, end.node.id];
  const relation = "skills" in parts ? "SKILLS" : parts.relation;
  return {
    key: `${from} ${relation} ${to}`, from, to, relation, provenances: [end.provenance],
    necessity: end.necessity, level: end.level, sources: end.source === null ? [] : [end.source],
  };
}

/** One edge of two that say the same, each with evidence of its own. */
function merged(one: Edge, other: Edge): Edge {
  const provenances = PROVENANCE_VALUES.filter((each) => one.provenances.includes(each) || other.provenances.includes(each));
  const necessity = NECESSITY_VALUES.find((each) => one.necessity === each || other.necessity === each) ?? null;
  const level = Math.max(one.level ?? 0, other.level ?? 0) || null;
  return { ...one, provenances, necessity, level, sources: [...new Set([...one.sources, ...other.sources])] };
}

/** The expansions with another one, or with more of one that is there, in its place. */
export function expanded(expansions: readonly Expansion[], more: Expansion): readonly Expansion[] {
  if (!expansions.some((one) => same(one, more))) return [...expansions, more];
  return expansions.map((one) => (same(one, more) ? more : one));
}

/** The expansions without one, and without those that hung on it alone. */
export function collapsed(
  begin: readonly Named[], expansions: readonly Expansion[], less: Pick<Expansion, "concept" | "way">, found: (expansion: Expansion) => Found | undefined,
): readonly Expansion[] {
  const rest = expansions.filter((one) => !same(one, less));
  const { nodes } = grown(begin, rest, found);
  return rest.filter(({ concept }) => nodes.has(concept));
}

/** The part of a graph that other provenances than the hidden ones support, as far as it still hangs together with its beginning. */
export function supported(graph: Graph, hidden: readonly Provenance[]): Graph {
  if (hidden.length === 0) return graph;
  const shown = ({ provenance }: End): boolean => !hidden.includes(provenance);
  const begin = [...graph.nodes.values()].filter(({ parent }) => parent === null).map(({ concept }) => concept);
  const answers = new Map(graph.steps.map(({ expansion, found }) => [expansion, { ...found, ends: found.ends.filter(shown) }]));
  return grown(begin, [...answers.keys()], (expansion) => answers.get(expansion));
}

/** A line between two concepts: the edges between them, whichever way they go. */
export interface Line {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly edges: readonly Edge[];
  /** Whether an edge leads to this end; matches that mean the same both ways lead to none. */
  readonly toArrow: boolean;
  readonly fromArrow: boolean;
}

const BOTH_WAYS: readonly string[] = ["EXACT_MATCH", "CLOSE_MATCH", "RELATED_MATCH"];

/** The lines to draw: one between two concepts. */
export function linesOf(edges: Iterable<Edge>): readonly Line[] {
  const lines = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = [edge.from, edge.to].sort().join(" ");
    const others = lines.get(key);
    if (others) others.push(edge);
    else lines.set(key, [edge]);
  }
  return [...lines].map(([key, between]) => {
    const { from, to } = between[0] as Edge;
    const pointing = between.filter(({ relation }) => !BOTH_WAYS.includes(relation));
    return { key, from, to, edges: between, toArrow: pointing.some((edge) => edge.to === to), fromArrow: pointing.some((edge) => edge.to === from) };
  });
}
