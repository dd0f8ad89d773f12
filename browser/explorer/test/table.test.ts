import { describe, expect, it } from "vitest";
import { filtered, nextSorting, readSorting, sorted, writeSorting, type Read } from "../src/table/rows";
import { visible } from "../src/table/visible";

interface Row {
  readonly label: string;
  readonly code: string | null;
  readonly count: number | null;
}

const COLUMNS: readonly Read<Row>[] = [
  { key: "label", value: (row) => row.label },
  { key: "code", value: (row) => row.code },
  { key: "count", value: (row) => row.count },
];
const ROWS: readonly Row[] = [
  { label: "Örtagårdsmästare", code: "10", count: 2 },
  { label: "Ångtekniker", code: null, count: null },
  { label: "Zoolog", code: "9", count: 10 },
  { label: "adjunkt", code: "2", count: 1 },
];
const labels = (rows: readonly Row[]): string[] => rows.map(({ label }) => label);

describe("sorting", () => {
  it("puts å, ä and ö last in Swedish, and among a and o in English", () => {
    const by = { column: "label", descending: false };
    expect(labels(sorted(ROWS, COLUMNS, by, "sv"))).toEqual(["adjunkt", "Zoolog", "Ångtekniker", "Örtagårdsmästare"]);
    expect(labels(sorted(ROWS, COLUMNS, by, "en"))).toEqual(["adjunkt", "Ångtekniker", "Örtagårdsmästare", "Zoolog"]);
  });

  it.each([
    ["code", false, ["adjunkt", "Zoolog", "Örtagårdsmästare", "Ångtekniker"]],
    ["count", false, ["adjunkt", "Örtagårdsmästare", "Zoolog", "Ångtekniker"]],
    ["count", true, ["Zoolog", "Örtagårdsmästare", "adjunkt", "Ångtekniker"]],
  ])("counts numbers by %s (descending: %s), with empty cells last", (column, descending, expected) => {
    expect(labels(sorted(ROWS, COLUMNS, { column, descending }, "sv"))).toEqual(expected);
  });

  it("leaves the order alone by a column that there is not, or by none", () => {
    expect(sorted(ROWS, COLUMNS, { column: "colour", descending: false }, "sv")).toBe(ROWS);
    expect(sorted(ROWS, COLUMNS, null, "sv")).toBe(ROWS);
  });

  it("goes up, down and back to as it was, and comes back from a URL", () => {
    const up = nextSorting(null, "label");
    const down = nextSorting(up, "label");
    expect([up, down, nextSorting(down, "label"), nextSorting(down, "code")].map(writeSorting)).toEqual(["label", "-label", "", "code"]);
    expect([up, down, null].map((one) => readSorting(writeSorting(one)))).toEqual([up, down, null]);
  });
});

describe("filtering", () => {
  it("finds every word in any column, whatever its case", () => {
    expect(labels(filtered(ROWS, COLUMNS, "  ÅNG ", "sv"))).toEqual(["Ångtekniker"]);
    expect(labels(filtered(ROWS, COLUMNS, "10 zoo", "sv"))).toEqual(["Zoolog"]);
    expect(filtered(ROWS, COLUMNS, "zoo adjunkt", "sv")).toEqual([]);
  });

  it("leaves all rows for no words", () => expect(filtered(ROWS, COLUMNS, "  ", "sv")).toBe(ROWS));
});

describe("the rows that are drawn", () => {
  it.each([[0, 400], [9999, 400], [39_600, 400], [1e9, 400], [-50, 400]])("fill the window at %d, and keep the height of all", (top, height) => {
    const { first, end, above, below } = visible(1000, 40, top, height);
    const scrolled = Math.min(Math.max(top, 0), 40_000 - height);
    expect(above).toBeLessThanOrEqual(scrolled);
    expect(end * 40).toBeGreaterThanOrEqual(scrolled + height);
    expect(above + (end - first) * 40 + below).toBe(40_000);
    expect(end - first).toBeLessThan(40);
  });

  it("are all of a few", () => expect(visible(3, 40, 0, 400)).toEqual({ first: 0, end: 3, above: 0, below: 0 }));
  it("are none of none", () => expect(visible(0, 40, 0, 400)).toEqual({ first: 0, end: 0, above: 0, below: 0 }));
});
