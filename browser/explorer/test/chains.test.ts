import { expect, it } from "vitest";
import { cypherOf, relationsOf, rowsOf, type Step } from "../src/views/path/chains";

const step = (from: string, to: string): Step => ({
  from: { id: from, kind: "OCCUPATION_NAME", code: null, label: from, labelLocale: "SV" }, relation: "SUBSTITUTES", direction: "OUT",
  to: { id: to, kind: "OCCUPATION_NAME", code: null, label: to, labelLocale: "SV" },
});

it("no group is all relations; several are theirs together", () => {
  expect(relationsOf([])).toBeNull();
  expect(relationsOf(["names", "substitutes"])).toEqual(["JOB_TITLE_OF", "KEYWORD_OF", "SUBSTITUTES"]);
});

it("rows are the steps of all ways, both counted from 1", () => {
  const ways = [{ length: 2, steps: [step("a", "b"), step("b", "c")] }, { length: 1, steps: [step("a", "c")] }];
  expect(rowsOf(ways).map(({ way, number, step: { to } }) => [way, number, to.id])).toEqual([[1, 1, "b"], [1, 2, "c"], [2, 1, "c"]]);
});

it("the question to Neo4j has ids as strings, and the relations that are chosen", () => {
  expect(cypherOf('a"', "b", null, 6)).toContain('{id: "a\\""}');
  expect(cypherOf("a", "b", null, 6)).toContain("-[*..6]-");
  expect(cypherOf("a", "b", ["SUBSTITUTES", "BROADER"], 3)).toContain("-[:SUBSTITUTES|BROADER*..3]-");
});
