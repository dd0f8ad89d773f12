import type { ConceptKind } from "../../api/generated/schema";
import type { Named } from "../../concepts/concept-link";
import type { Language } from "../../state/state";

/** The hierarchies that can be walked, each by the kinds that it begins with. */
export const TREES = {
  ssyk: ["SSYK_LEVEL_1"],
  fields: ["OCCUPATION_FIELD"],
  isco: ["ESCO_ISCO_LEVEL_1"],
  skills: ["SKILL_HEADLINE"],
  escoSkills: ["ESCO_SKILL_GROUP"],
  education: ["SUN_EDUCATION_FIELD_1"],
  educationLevels: ["SUN_EDUCATION_LEVEL_1"],
  industries: ["SNI_LEVEL_1"],
} as const satisfies Readonly<Record<string, readonly ConceptKind[]>>;

export type TreeName = keyof typeof TREES;
export const TREE_NAMES = Object.keys(TREES) as TreeName[];

/** A concept in a tree, with how many there are directly below it. */
export interface Node extends Named {
  readonly narrower: { readonly totalCount: number };
}

/** A node where it is seen: a concept with two parents is seen twice. */
export interface Item {
  readonly node: Node;
  /** The ids from the root to it: tells places apart. */
  readonly key: string;
  readonly parent: string | null;
  /** 1 for a root. */
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
  readonly expanded: boolean;
  /** Its children have been asked for and are not here yet. */
  readonly waiting: boolean;
}

/** The nodes in sight, from top to bottom, when these concepts are open. `below` gives the children that are known. */
export function inSight(roots: readonly Node[], open: ReadonlySet<string>, below: (id: string) => readonly Node[] | undefined): Item[] {
  const items: Item[] = [];
  const add = (nodes: readonly Node[], parent: string | null, path: readonly string[]): void => {
    nodes.forEach((node, number) => {
      const key = [...path, node.id].join(" ");
      // A cycle in the data ends where it would begin again.
      const expanded = open.has(node.id) && node.narrower.totalCount > 0 && !path.includes(node.id);
      const children = expanded ? below(node.id) : undefined;
      items.push({
        node, key, parent, level: path.length + 1, place: number + 1, siblings: nodes.length, expanded, waiting: expanded && children === undefined,
      });
      if (children) add(children, key, [...path, node.id]);
    });
  };
  add(roots, null, []);
  return items;
}

/** A concept and what is above it. */
export interface Above {
  readonly id: string;
  readonly kind: ConceptKind;
  readonly broader: readonly { readonly id: string }[];
}

/** The shortest way down to a concept from a root of the tree, without the concept itself; null when it is not in the tree. */
export function wayTo(concept: Above, ancestors: readonly Above[], tree: TreeName): readonly string[] | null {
  const known = new Map(ancestors.map((one) => [one.id, one]));
  const kinds: readonly ConceptKind[] = TREES[tree];
  const isRoot = ({ kind, broader }: Above): boolean => kinds.includes(kind) && broader.length === 0;
  const seen = new Set([concept.id]);
  let front: { readonly at: Above; readonly way: readonly string[] }[] = [{ at: concept, way: [] }];
  while (front.length > 0) {
    const found = front.find(({ at }) => isRoot(at));
    if (found) return found.way;
    front = front.flatMap(({ at, way }) =>
      at.broader.flatMap(({ id }) => {
        const above = known.get(id);
        if (above === undefined || seen.has(id)) return [];
        seen.add(id);
        return [{ at: above, way: [id, ...way] }];
      }),
    );
  }
  return null;
}

/** The first tree that a concept is in, and the way to it. */
export function treeOf(concept: Above, ancestors: readonly Above[], preferred: TreeName): { readonly tree: TreeName; readonly way: readonly string[] } | null {
  for (const tree of [preferred, ...TREE_NAMES]) {
    const way = wayTo(concept, ancestors, tree);
    if (way !== null) return { tree, way };
  }
  return null;
}

/** As people look them up: by code where there is one, else by name. */
export function ordered(nodes: readonly Node[], language: Language): readonly Node[] {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return [...nodes].sort((one, other) => compare(one.code ?? one.label, other.code ?? other.label));
}

/** Those without anything above them. */
export function roots<N extends { readonly broader: readonly unknown[] }>(nodes: readonly N[]): readonly N[] {
  return nodes.filter(({ broader }) => broader.length === 0);
}
