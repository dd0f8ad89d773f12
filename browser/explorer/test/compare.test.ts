import { expect, test } from "vitest";
import { skillsCypher } from "../src/views/compare/cypher";
import { commonGroup, compared, tally, type Held } from "../src/views/compare/sides";
import { relationsCypher } from "../src/views/relations/cypher";
import { readSide, sides, writeSide } from "../src/views/relations/sides";

const named = (id: string) => ({ id, kind: "SKILL", code: null, label: id, labelLocale: "SV" }) as const;

function held(id: string, weight: number, ...evidence: Held["evidence"][number][]): Held {
  const [{ necessity, provenance } = { necessity: "RELATED", provenance: "NATIVE" } as const] = evidence;
  return { weight, necessity, provenance, evidence, node: named(id) };
}

const NATIVE = { necessity: "RELATED", provenance: "NATIVE" } as const;
const CROSSWALK = { necessity: "ESSENTIAL", provenance: "MAPPING" } as const;
const ALL = { by: [], need: [] };
const ONE = [held("a", 0.9, NATIVE), held("b", 0.2, NATIVE), held("c", 0.5, CROSSWALK)];
const OTHER = [held("c", 0.5, NATIVE, CROSSWALK), held("d", 0.4, CROSSWALK), held("b", 0.1, CROSSWALK)];

test("a skill is with both, with the one or with the other, the heaviest first", () => {
  const rows = compared(ONE, OTHER, ALL);
  expect(rows.map(({ skill, part }) => [skill.id, part])).toEqual([["c", "both"], ["b", "both"], ["a", "one"], ["d", "other"]]);
  expect(tally(rows)).toEqual({ one: 1, both: 2, other: 1 });
});

test("what does not count makes a shared skill one of a single side, and says that the other has it otherwise", () => {
  const rows = compared(ONE, OTHER, { by: ["NATIVE"], need: [] });
  expect(rows.map(({ skill, part, otherwise }) => [skill.id, part, otherwise?.provenance])).toEqual([
    ["a", "one", undefined], ["b", "one", "MAPPING"], ["c", "other", "MAPPING"],
  ]);
});

test("one piece of evidence must say all that counts", () => {
  expect(compared(ONE, OTHER, { by: ["NATIVE"], need: ["ESSENTIAL"] })).toEqual([]);
  expect(compared(ONE, OTHER, { by: ["MAPPING"], need: ["ESSENTIAL"] }).map(({ skill }) => skill.id)).toEqual(["c", "d", "b"]);
});

test("swapping two occupations swaps their sides and nothing else", () => {
  const there = compared(ONE, OTHER, ALL);
  const back = compared(OTHER, ONE, ALL);
  expect(tally(back)).toEqual({ one: tally(there).other, both: tally(there).both, other: tally(there).one });
});

test("the nearest group of two occupations may be their own, or none", () => {
  const group = (id: string, ...above: string[]) => ({ ...named(id), ancestors: above.map(named) });
  expect(commonGroup(group("2512", "251", "25", "2"), group("2513", "251", "25", "2"))?.id).toBe("251");
  expect(commonGroup(group("2512", "251"), group("2512", "251"))?.id).toBe("2512");
  expect(commonGroup(group("2512", "251"), group("5321", "532"))).toBeNull();
  expect(commonGroup(null, group("5321"))).toBeNull();
});

test("a side of a relation is read as it is written", () => {
  const side = { relation: "SUBSTITUTES", direction: "IN" } as const;
  expect(readSide(writeSide(side))).toEqual(side);
  expect([readSide(""), readSide("SUBSTITUTES"), readSide("EATS IN")]).toEqual([null, null, null]);
});

test("relations of one side are counted together, whatever is at the other end", () => {
  const mapping = { relation: "EXACT_MATCH", direction: "IN" } as const;
  expect(sides([{ ...mapping, count: 2 }, { relation: "BROADER", direction: "OUT", count: 1 }, { ...mapping, count: 3 }])).toEqual([
    { ...mapping, count: 5 }, { relation: "BROADER", direction: "OUT", count: 1 },
  ]);
});

test("an id cannot leave the text that it is in", () => {
  const nasty = `x"}) DETACH DELETE (n) //\\`;
  expect(skillsCypher(nasty, "b")).toContain(`{id: "x\\"}) DETACH DELETE (n) //\\\\"}`);
  expect(relationsCypher(nasty, null, [])).toContain(`{id: "x\\"}) DETACH DELETE (n) //\\\\"}`);
});
