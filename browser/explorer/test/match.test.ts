import { expect, test } from "vitest";
import { added, inputOf, isEnough, KEPT, NOBODY, removed } from "../src/views/match/profile";
import { classOf, reach, stacked } from "../src/views/match/terms";
import { matchCypher } from "../src/views/match/cypher";

test("terms lie on top of each other and end at their sum", () => {
  const bars = stacked([{ name: "NATIVE_ESSENTIAL", value: 2 }, { name: "GROUP_RELATED", value: 0.5 }, { name: "EXCLUDED", value: -3 }]);
  expect(bars.map(({ from, to }) => [from, to])).toEqual([[0, 2], [2, 2.5], [2.5, -0.5]]);
  expect(reach(bars)).toEqual({ least: -0.5, most: 2.5 });
  expect(reach(bars, 9)).toEqual({ least: -0.5, most: 9 });
  expect(reach([])).toEqual({ least: 0, most: 0 });
});

test("a term says whose skills it sums up; exclusions and newer terms are of nobody", () => {
  expect(classOf("MAPPING_OPTIONAL")).toEqual({ provenance: "MAPPING", necessity: "OPTIONAL" });
  expect([classOf("EXCLUDED"), classOf("NATIVE_NEWER"), classOf("")]).toEqual([null, null, null]);
});

test("a concept is in one part of a profile only, the one that it was put into last", () => {
  const held = added(NOBODY, "skills", "a");
  expect(added(held, "excluded", "a")).toEqual({ skills: [], occupations: [], excluded: ["a"] });
  expect(added(held, "skills", "a")).toEqual(held);
  expect(removed(held, "skills", "a")).toEqual(NOBODY);
});

test("what is not wanted alone is no profile to match", () => {
  expect(isEnough(added(NOBODY, "excluded", "a"))).toBe(false);
  expect(isEnough(added(NOBODY, "occupations", "a"))).toBe(true);
});

test("a profile is in the URL only when it was put there", () => {
  expect(KEPT.write({ ...NOBODY, to: "x", inLink: false })).toEqual({ to: "x" });
  const written = KEPT.write({ ...NOBODY, skills: ["a", "b"], to: "", inLink: true });
  expect(written).toEqual({ inLink: "1", skills: "a,b" });
  expect(inputOf(KEPT.read(written))).toEqual({ skills: ["a", "b"], occupations: [], excluded: [] });
});

test("ids of a profile cannot leave their texts in Cypher", () => {
  expect(matchCypher({ ...NOBODY, skills: [`"] DETACH DELETE n //`] })).toContain(String.raw`["\"] DETACH DELETE n //"] AS skills`);
});
