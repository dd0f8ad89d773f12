import type { Language } from "../state/state";

/** What a cell holds: what is sorted, filtered and exported; how it looks is the column's business. */
export type Value = string | number | boolean | null;

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** A column as far as rows are concerned. */
export interface Read<Row> {
  readonly key: string;
  readonly value: (row: Row) => Value;
}

/** The rows that hold every word of a text in any of their columns; case does not count. */
export function filtered<Row>(rows: readonly Row[], columns: readonly Read<Row>[], text: string, language: Language): readonly Row[] {
  const lower = (value: string): string => value.toLocaleLowerCase(language);
  const words = lower(text).split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const cells = lower(columns.map((column) => String(column.value(row) ?? "")).join("\n"));
    return words.every((word) => cells.includes(word));
  });
}

/** The rows by a column, texts as the language orders them; equal ones as they were; empty cells are last in both ways. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Read<Row>[], sorting: Sorting | null, language: Language): readonly Row[] {
  const column = columns.find(({ key }) => key === sorting?.column);
  if (sorting === null || column === undefined) return rows;
  const { compare } = new Intl.Collator(language, { numeric: true });
  const sign = sorting.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: column.value(row) }))
    .sort(({ value: one }, { value: other }) => {
      if (isEmpty(one) || isEmpty(other)) return Number(isEmpty(one)) - Number(isEmpty(other));
      if (typeof one === "string" && typeof other === "string") return sign * compare(one, other);
      return sign * (Number(one) - Number(other));
    })
    .map(({ row }) => row);
}

function isEmpty(value: Value): boolean {
  return value === null || value === "";
}

/** The sorting after a click on a column's head: up, down, as it was. */
export function nextSorting(sorting: Sorting | null, column: string): Sorting | null {
  if (sorting?.column !== column) return { column, descending: false };
  return sorting.descending ? null : { column, descending: true };
}

/** Sorting as a URL holds it: `label`, `-label`, or nothing. */
export function readSorting(text: string): Sorting | null {
  if (text === "") return null;
  const descending = text.startsWith("-");
  return { column: descending ? text.slice(1) : text, descending };
}

export function writeSorting(sorting: Sorting | null): string {
  return sorting === null ? "" : `${sorting.descending ? "-" : ""}${sorting.column}`;
}
