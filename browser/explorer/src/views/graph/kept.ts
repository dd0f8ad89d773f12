import { PROVENANCE_VALUES, type Provenance } from "../../api/generated/schema";
import { ids, oneOf, params, someOf, text, type Field } from "../../state/params";
import { readExpansion, writeExpansion, type Expansion } from "./model";

/** A concept that stays, at a place of its own if it has been dragged there. */
export interface Pin {
  readonly id: string;
  readonly at: readonly [number, number] | null;
}

/** Several values, each written as a text without commas; what cannot be read is left out. */
function several<T>(read: (text: string) => T | null, write: (value: T) => string): Field<readonly T[]> {
  return {
    read: (found) => (found ?? "").split(",").flatMap((part) => read(part) ?? []),
    write: (values) => (values.length === 0 ? null : values.map(write).join(",")),
  };
}

export function readPin(written: string): Pin | null {
  const [id, x, y] = written.split("~");
  if (!id) return null;
  if (x === undefined && y === undefined) return { id, at: null };
  const at = [Number(x), Number(y)] as const;
  return x && y && at.every(Number.isFinite) ? { id, at } : null;
}

export function writePin({ id, at }: Pin): string {
  return at === null ? id : `${id}~${Math.round(at[0])}~${Math.round(at[1])}`;
}

/** What the view keeps in the URL: where it begins, what is expanded in its order, what is pinned and hidden, and where the reader is. */
export const KEPT = params<{
  from: readonly string[];
  open: readonly Expansion[];
  pin: readonly Pin[];
  hide: readonly Provenance[];
  at: string;
  as: "graph" | "table";
}>({
  from: ids(),
  open: several(readExpansion, writeExpansion),
  pin: several(readPin, writePin),
  hide: someOf(PROVENANCE_VALUES),
  at: text(),
  as: oneOf(["graph", "table"], "graph"),
});
