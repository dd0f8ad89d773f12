import { NECESSITY_VALUES, PROVENANCE_VALUES, type Necessity, type Provenance } from "../../api/generated/schema";

export interface Term {
  readonly name: string;
  readonly value: number;
}

/** A term where it begins and ends when all before it have been added up. */
export interface Stacked extends Term {
  readonly from: number;
  readonly to: number;
}

/** Terms on top of each other: the last one ends at their sum. */
export function stacked(terms: readonly Term[]): readonly Stacked[] {
  let sum = 0;
  return terms.map(({ name, value }) => {
    const from = sum;
    sum += value;
    return { name, value, from, to: sum };
  });
}

/** How far the bars reach below 0 and above it; `most` is there at least. */
export function reach(terms: readonly Stacked[], most = 0): { readonly least: number; readonly most: number } {
  const ends = terms.flatMap(({ from, to }) => [from, to]);
  return { least: Math.min(0, ...ends), most: Math.max(most, ...ends) };
}

/** Which needed skills a term sums up, by who says so and how necessary; null for what exclusions take away, and for a term that is newer. */
export function classOf(name: string): { readonly provenance: Provenance; readonly necessity: Necessity } | null {
  const provenance = PROVENANCE_VALUES.find((value) => name.startsWith(`${value}_`));
  const necessity = NECESSITY_VALUES.find((value) => name === `${provenance}_${value}`);
  return provenance !== undefined && necessity !== undefined ? { provenance, necessity } : null;
}
