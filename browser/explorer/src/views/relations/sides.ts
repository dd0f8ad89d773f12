import { DIRECTION_VALUES, RELATION_KIND_VALUES, type Direction, type RelationKind } from "../../api/generated/schema";

/** A relation from one of its ends, as a URL names it: `SUBSTITUTES IN`. */
export interface Side {
  readonly relation: RelationKind;
  readonly direction: Direction;
}

export function writeSide({ relation, direction }: Side): string {
  return `${relation} ${direction}`;
}

/** The side that a text names; null for all, and for what is no side. */
export function readSide(text: string): Side | null {
  const [one, other] = text.split(" ");
  const relation = RELATION_KIND_VALUES.find((kind) => kind === one);
  const direction = DIRECTION_VALUES.find((way) => way === other);
  return relation !== undefined && direction !== undefined ? { relation, direction } : null;
}

/** How many relations there are from each side, whatever is at the other end; in the order given. */
export function sides(counts: readonly (Side & { readonly count: number })[]): readonly (Side & { readonly count: number })[] {
  const found = new Map<string, Side & { readonly count: number }>();
  for (const { relation, direction, count } of counts) {
    const key = writeSide({ relation, direction });
    found.set(key, { relation, direction, count: count + (found.get(key)?.count ?? 0) });
  }
  return [...found.values()];
}
