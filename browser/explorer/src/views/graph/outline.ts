import type { Named } from "../../concepts/concept-link";
import type { Group } from "./groups";
import { same, type End, type Expansion, type Found, type Graph } from "./model";

interface Place {
  /** The way from the beginning to it: a concept that is reached twice is there twice. */
  readonly key: string;
  readonly parent: string | null;
  /** 1 for where the graph begins. */
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
  readonly concept: Named;
}

/** A line of the list: a concept, a group that it can be expanded by, or that a group has more. */
export type Item = Place &
  (
    | { readonly type: "concept"; readonly end: End | null; readonly unfolded: boolean; readonly waiting: boolean }
    /** `shown` counts what is in the graph; null for a group that is closed. */
    | { readonly type: "group"; readonly group: Group; readonly shown: number | null; readonly waiting: boolean }
    | { readonly type: "more"; readonly expansion: Expansion; readonly total: number }
  );

interface Known {
  readonly graph: Graph;
  readonly expansions: readonly Expansion[];
  readonly groups: (id: string) => readonly Group[] | undefined;
  /** Concepts, by the key of their place, that a person has unfolded (true) or folded (false). */
  readonly folds: ReadonlyMap<string, boolean>;
}

/** The graph as a list with levels: a concept, its groups, the concepts of a group, and so on. */
export function outlineOf({ graph, expansions, groups, folds }: Known): readonly Item[] {
  const items: Item[] = [];
  const seen = new Set<string>();
  const answers = new Map(graph.steps.map(({ expansion, found }) => [`${expansion.concept} ${expansion.way}`, found]));

  const addConcept = (place: Place, end: End | null, above: readonly string[]): void => {
    const { key, level, concept } = place;
    const open = expansions.filter(({ concept: id }) => id === concept.id);
    // Opened where it is met first, and never below itself; where the graph begins, for its groups to be seen.
    const first = (open.length > 0 || (level === 1 && place.place === 1)) && !seen.has(concept.id);
    const unfolded = !above.includes(concept.id) && (folds.get(key) ?? first);
    const known = groups(concept.id);
    items.push({ ...place, type: "concept", end, unfolded, waiting: unfolded && known === undefined });
    if (!unfolded) return;
    seen.add(concept.id);
    const listed = known ?? open.map(({ way }): Group => ({ way, count: 0, kinds: [] }));
    listed.forEach((group, number) => {
      const expansion = open.find(({ way }) => way === group.way);
      addGroup(
        { key: `${key} ${group.way}`, parent: key, level: level + 1, place: number + 1, siblings: listed.length, concept },
        group, expansion, [...above, concept.id],
      );
    });
  };
  const addGroup = (place: Place, group: Group, expansion: Expansion | undefined, above: readonly string[]): void => {
    const found: Found | undefined = expansion && answers.get(`${expansion.concept} ${expansion.way}`);
    items.push({ ...place, type: "group", group, shown: found?.ends.length ?? (expansion ? 0 : null), waiting: expansion !== undefined && found === undefined });
    if (!found || !expansion) return;
    const more = found.total > expansion.first;
    const siblings = found.ends.length + (more ? 1 : 0);
    found.ends.forEach((end, number) => {
      addConcept({ key: `${place.key} ${end.node.id}`, parent: place.key, level: place.level + 1, place: number + 1, siblings, concept: end.node }, end, above);
    });
    if (more) {
      items.push({ key: `${place.key} more`, parent: place.key, level: place.level + 1, place: siblings, siblings, concept: place.concept, type: "more", expansion, total: found.total });
    }
  };
  const begin = [...graph.nodes.values()].filter(({ parent }) => parent === null);
  begin.forEach(({ concept }, number) => {
    addConcept({ key: concept.id, parent: null, level: 1, place: number + 1, siblings: begin.length, concept }, null, []);
  });
  return items;
}

/** Where a concept is in the list: at the place that was used last, else the first. */
export function itemOf(items: readonly Item[], key: string | null, concept: string | null): Item | undefined {
  const at = items.find((item) => item.key === key);
  if (at && (at.concept.id === concept || at.type !== "concept")) return at;
  return items.find((item) => item.type === "concept" && item.concept.id === concept) ?? at ?? items[0];
}

/** Whether an expansion is among them. */
export function isOpen(expansions: readonly Expansion[], concept: string, way: Expansion["way"]): boolean {
  return expansions.some((one) => same(one, { concept, way }));
}
