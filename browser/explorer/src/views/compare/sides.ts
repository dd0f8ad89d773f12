import type { Necessity, Provenance } from "../../api/generated/schema";
import type { Named } from "../../concepts/concept-link";

/** A skill of one occupation, with everything that says so. */
export interface Held {
  readonly weight: number;
  readonly necessity: Necessity;
  readonly provenance: Provenance;
  readonly evidence: readonly { readonly necessity: Necessity; readonly provenance: Provenance }[];
  readonly node: Named;
}

/** Where a skill is: with the one, with both, with the other. */
export const PARTS = ["one", "both", "other"] as const;
export type Part = (typeof PARTS)[number];

/** What counts as evidence; no value of a sort stands for all of it. */
export interface Counted {
  readonly by: readonly Provenance[];
  readonly need: readonly Necessity[];
}

export interface Row {
  readonly skill: Named;
  readonly part: Part;
  /** The skill with the one, and with the other; null where nothing that counts says so. */
  readonly one: Held | null;
  readonly other: Held | null;
  /** The side that is null has it by evidence that does not count. */
  readonly otherwise: Held | null;
}

/** Whether a skill is held: one piece of evidence must say all of what counts, as in the API. */
export function counts(held: Held, { by, need }: Counted): boolean {
  if (by.length === 0 && need.length === 0) return true;
  return held.evidence.some(
    ({ provenance, necessity }) => (by.length === 0 || by.includes(provenance)) && (need.length === 0 || need.includes(necessity)),
  );
}

/** All skills of two occupations by what counts: those of both first, then of the one, then of the other; in each part the heaviest first. */
export function compared(one: readonly Held[], other: readonly Held[], counted: Counted): readonly Row[] {
  const others = new Map(other.map((held) => [held.node.id, held]));
  const ones = new Set(one.map(({ node }) => node.id));
  const pairs = [
    ...one.map((held) => [held, others.get(held.node.id) ?? null] as const),
    ...other.filter(({ node }) => !ones.has(node.id)).map((held) => [null, held] as const),
  ];
  return pairs.flatMap(([first, second]) => rowOf(first, second, counted) ?? []).sort((a, b) => ORDER.indexOf(a.part) - ORDER.indexOf(b.part) || heft(b) - heft(a));
}

const ORDER: readonly Part[] = ["both", "one", "other"];

function rowOf(first: Held | null, second: Held | null, counted: Counted): Row | null {
  const one = first !== null && counts(first, counted) ? first : null;
  const other = second !== null && counts(second, counted) ? second : null;
  const skill = (one ?? other)?.node;
  if (skill === undefined) return null;
  if (one !== null && other !== null) return { skill, part: "both", one, other, otherwise: null };
  return one !== null ? { skill, part: "one", one, other, otherwise: second } : { skill, part: "other", one, other, otherwise: first };
}

function heft({ one, other }: Row): number {
  return (one?.weight ?? 0) + (other?.weight ?? 0);
}

/** How many skills are where. */
export type Tally = Readonly<Record<Part, number>>;

export function tally(rows: readonly Row[]): Tally {
  const found = { one: 0, both: 0, other: 0 };
  for (const { part } of rows) found[part] += 1;
  return found;
}

/** A concept and what is above it, the nearest first. */
type Placed = { readonly ancestors: readonly Named[] } & Named;

/** The nearest group that two are in, be it their own. */
export function commonGroup(one: Placed | null, other: Placed | null): Named | null {
  if (one === null || other === null) return null;
  const above = new Set([other.id, ...other.ancestors.map(({ id }) => id)]);
  return [one, ...one.ancestors].find(({ id }) => above.has(id)) ?? null;
}
