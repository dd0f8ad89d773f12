import { describe, expect, it } from "vitest";
import type { ConceptKind, Necessity, Provenance } from "../src/api/generated/schema";
import type { Named } from "../src/concepts/concept-link";
import { groupsOf, type Counts } from "../src/views/graph/groups";
import { KEPT, readPin, writePin } from "../src/views/graph/kept";
import { Taken } from "../src/views/graph/labels";
import { laidOut, moved, type Stage } from "../src/views/graph/layout";
import { collapsed, expanded, grown, linesOf, MOST, readExpansion, supported, writeExpansion, type End, type Expansion, type Found, type Way } from "../src/views/graph/model";
import { outlineOf } from "../src/views/graph/outline";
import { staged } from "../src/views/graph/stages";

const concept = (id: string, kind: ConceptKind = "OCCUPATION_NAME"): Named => ({ id, kind, code: null, label: id, labelLocale: "SV" });
const end = (id: string, provenance: Provenance = "NATIVE", necessity: Necessity | null = null, level: number | null = null): End => ({
  node: concept(id), provenance, necessity, level, source: "jobtech",
});
const open = (id: string, way: Way = "SUBSTITUTES.OUT", first = 100): Expansion => ({ concept: id, way, first });
const answers = (given: Record<string, readonly End[]>) => (expansion: Expansion): Found | undefined => {
  const ends = given[`${expansion.concept} ${expansion.way}`];
  return ends && { total: ends.length, ends };
};
const nurse = concept("nurse");

describe("an expansion in a URL", () => {
  it("is read as it was written", () => {
    for (const one of [open("nurse"), open("esco:skill/1", "SKILLS.MAPPING", 300)]) expect(readExpansion(writeExpansion(one))).toEqual(one);
  });
  it("is none when its relation, direction or number is unknown", () => {
    for (const text of ["", "nurse", "nurse~SUBSTITUTES.UP", "nurse~SKILLS.OUT", `nurse~SUBSTITUTES.OUT~${MOST + 1}`, "nurse~SUBSTITUTES.OUT~0"]) {
      expect(readExpansion(text)).toBeNull();
    }
  });
});

describe("a pin in a URL", () => {
  it("has a place if it was dragged, to the nearest point", () => {
    expect(readPin(writePin({ id: "nurse", at: [12.4, -7.6] }))).toEqual({ id: "nurse", at: [12, -8] });
    expect(readPin(writePin({ id: "nurse", at: null }))).toEqual({ id: "nurse", at: null });
  });
  it("is none without a whole place", () => expect(["", "nurse~1", "nurse~a~b"].map(readPin)).toEqual([null, null, null]));
});

it("the whole state of the view survives the URL", () => {
  const state = { from: ["nurse"], open: [open("nurse"), open("nurse", "SKILLS.NATIVE", 200)], pin: [{ id: "a", at: null }], hide: ["MAPPING" as const], at: "a", as: "table" as const };
  expect(KEPT.read(KEPT.write(state))).toEqual(state);
});

describe("a graph that grows", () => {
  const found = answers({ "nurse SUBSTITUTES.OUT": [end("a", "NATIVE", null, 75), end("b")], "a SUBSTITUTES.OUT": [end("nurse", "NATIVE", null, 25), end("c")], "c SUBSTITUTES.IN": [end("a")] });

  it("has each concept once, with who brought it", () => {
    const graph = grown([nurse], [open("a"), open("nurse")], found);
    expect([...graph.nodes].map(([id, { parent }]) => [id, parent])).toEqual([["nurse", null], ["a", "nurse"], ["b", "nurse"], ["c", "a"]]);
    expect(graph.edges.size).toBe(4);
  });
  it("has an edge once, whichever end it was walked from", () => {
    const graph = grown([nurse], [open("nurse"), open("a"), open("c", "SUBSTITUTES.IN")], found);
    expect([...graph.edges.values()].filter(({ from, to }) => from === "a" && to === "c")).toHaveLength(1);
  });
  it("brings nothing for what is not reached or not answered", () => {
    expect(grown([nurse], [open("a"), open("b")], found).nodes.size).toBe(1);
  });
  it("loses what hung on an expansion alone", () => {
    const all = [open("nurse"), open("a"), open("nurse", "JOB_TITLE_OF.IN")];
    expect(collapsed([nurse], all, open("nurse"), found)).toEqual([open("nurse", "JOB_TITLE_OF.IN")]);
    expect(collapsed([nurse, concept("a")], all, open("nurse"), found)).toEqual([open("a"), open("nurse", "JOB_TITLE_OF.IN")]);
  });
  it("takes more of an expansion in its place", () => {
    expect(expanded([open("nurse"), open("a")], open("nurse", "SUBSTITUTES.OUT", 200))).toEqual([open("nurse", "SUBSTITUTES.OUT", 200), open("a")]);
  });
  it("draws one line between two concepts, with arrows for both ways, and none for what is the same both ways", () => {
    const [line] = linesOf(grown([nurse], [open("nurse"), open("a")], found).edges.values());
    expect(line).toMatchObject({ from: "nurse", to: "a", toArrow: true, fromArrow: true });
    const same = grown([nurse], [open("nurse", "EXACT_MATCH.OUT")], answers({ "nurse EXACT_MATCH.OUT": [end("esco")] }));
    expect(linesOf(same.edges.values())[0]).toMatchObject({ toArrow: false, fromArrow: false });
  });
  it("merges the evidence for a skill, the strongest first", () => {
    const both = answers({ "nurse SKILLS.MAPPING": [end("s", "MAPPING", "ESSENTIAL")], "nurse SKILLS.NATIVE": [end("s", "NATIVE", "RELATED")] });
    const graph = grown([nurse], [open("nurse", "SKILLS.MAPPING"), open("nurse", "SKILLS.NATIVE")], both);
    expect([...graph.edges.values()]).toMatchObject([{ relation: "SKILLS", provenances: ["NATIVE", "MAPPING"], necessity: "ESSENTIAL", sources: ["jobtech"] }]);
  });
  it("reads an edge from the occupation when a skill was expanded", () => {
    const skill = answers({ "s SKILLS.NATIVE": [end("nurse")] });
    expect([...grown([concept("s", "SKILL")], [open("s", "SKILLS.NATIVE")], skill).edges.values()]).toMatchObject([{ from: "nurse", to: "s" }]);
  });
  it("shows what hidden provenances leave connected", () => {
    const mixed = answers({ "nurse SKILLS.MAPPING": [end("s", "MAPPING")], "nurse SUBSTITUTES.OUT": [end("a")], "s BROADER.OUT": [end("t")] });
    const graph = grown([nurse], [open("nurse", "SKILLS.MAPPING"), open("nurse"), open("s", "BROADER.OUT")], mixed);
    expect([...supported(graph, ["MAPPING"]).nodes.keys()]).toEqual(["nurse", "a"]);
    expect(supported(graph, [])).toBe(graph);
  });
});

describe("the groups of a concept", () => {
  const none = { totalCount: 0 };
  const counts = (kind: ConceptKind, relationCounts: Counts["relationCounts"], native: number): Counts => ({
    ...concept("x", kind), relationCounts, native: { totalCount: native }, calculated: none, mapping: { totalCount: 34 }, group: none, derived: none,
  } as Counts);

  it("are skills by provenance first, without those that there are none of, and without the same said twice", () => {
    const groups = groupsOf(counts("OCCUPATION_NAME", [
      { relation: "RELATED_SKILL", direction: "OUT", kind: "SKILL", count: 6 }, { relation: "SUBSTITUTES", direction: "OUT", kind: "OCCUPATION_NAME", count: 12 },
    ], 6));
    expect(groups.map(({ way, count }) => [way, count])).toEqual([["SKILLS.NATIVE", 6], ["SKILLS.MAPPING", 34], ["SUBSTITUTES.OUT", 12]]);
  });
  it("count a relation to several kinds together", () => {
    const groups = groupsOf(counts("OCCUPATION_NAME", [
      { relation: "BROADER", direction: "OUT", kind: "SSYK_LEVEL_4", count: 1 }, { relation: "BROADER", direction: "OUT", kind: "ISCO_LEVEL_4", count: 2 },
    ], 0));
    expect(groups.at(-1)).toEqual({ way: "BROADER.OUT", count: 3, kinds: ["SSYK_LEVEL_4", "ISCO_LEVEL_4"] });
  });
});

describe("the list of a graph", () => {
  const found = answers({ "nurse SUBSTITUTES.OUT": [end("a"), end("b")], "a SUBSTITUTES.OUT": [end("nurse")] });
  const groups = () => [{ way: "SUBSTITUTES.OUT" as const, count: 2, kinds: [] }];
  const listed = (expansions: readonly Expansion[], folds: ReadonlyMap<string, boolean> = new Map()) =>
    outlineOf({ graph: grown([nurse], expansions, found), expansions, groups, folds });

  it("has a concept, its groups and their concepts, with levels and places", () => {
    expect(listed([open("nurse")]).map(({ type, level, place, siblings }) => [type, level, place, siblings])).toEqual([
      ["concept", 1, 1, 1], ["group", 2, 1, 1], ["concept", 3, 1, 2], ["concept", 3, 2, 2],
    ]);
  });
  it("ends where the graph goes round in a circle", () => {
    const below = listed([open("nurse"), open("a")]).filter(({ concept }) => concept.id === "nurse" );
    expect(below.filter(({ type }) => type === "concept").map(({ level }) => level)).toEqual([1, 5]);
  });
  it("is folded by a person", () => expect(listed([open("nurse")], new Map([["nurse", false]]))).toHaveLength(1));
  it("offers more where there is more", () => {
    const expansions = [open("nurse", "SUBSTITUTES.OUT", 1)];
    const graph = grown([nurse], expansions, () => ({ total: 2, ends: [end("a")] }));
    expect(outlineOf({ graph, expansions, groups, folds: new Map() }).at(-1)).toMatchObject({ type: "more", total: 2, place: 2, siblings: 2 });
  });
});

describe("the layout", () => {
  const push = (nodes: Float32Array): void => { for (let at = 0; at < nodes.length; at += 10) nodes[at] = (nodes[at] ?? 0) + 1; };
  const run = (steps: Generator<void, Float32Array>): Float32Array => { for (;;) { const { done, value } = steps.next(); if (done) return value as Float32Array; } };
  const stages: readonly Stage[] = [{ parents: [-1], edges: [] }, { parents: [0, 0], edges: [[0, 1], [0, 2]] }];

  it("goes on from the stages before to the very places that it gives at once", () => {
    const first = run(laidOut(stages.slice(0, 1), push));
    expect(run(laidOut(stages, push, { places: first, stages: 1 }))).toEqual(run(laidOut(stages, push)));
  });
  it("has a stage for each expansion that brought something", () => {
    const graph = grown([nurse], [open("nurse"), open("a")], answers({ "nurse SUBSTITUTES.OUT": [end("a"), end("b")], "a SUBSTITUTES.OUT": [] }));
    expect(staged(graph)).toEqual({ ids: ["nurse", "a", "b"], parents: [-1, 0, 0], stages });
  });
  it("moves what a pinned concept brought along with it, and what is pinned itself not", () => {
    const places = Float32Array.from([0, 0, 10, 0, 20, 0, 30, 0]);
    const at = moved(places, [-1, 0, 1, 1], new Map([[1, [10, 5] as const], [3, [0, 0] as const]]));
    expect([...at]).toEqual([0, 0, 10, 5, 20, 5, 0, 0]);
  });
});

it("words take a place that is free, and none over others", () => {
  const taken = new Taken();
  expect([taken.take(0, 0, 10, 10), taken.take(5, 5, 15, 15), taken.take(10, 0, 20, 10)]).toEqual([true, false, true]);
  taken.clear();
  expect(taken.take(5, 5, 15, 15)).toBe(true);
});
