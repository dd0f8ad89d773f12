import { describe, expect, it } from "vitest";
import type { ConceptKind } from "../src/api/generated/schema";
import { inSight, ordered, roots, treeOf, wayTo, type Above, type Node } from "../src/views/tree/trees";

const node = (id: string, totalCount = 0, code: string | null = null): Node => ({
  id, code, kind: "SSYK_LEVEL_1", label: id, labelLocale: "SV", narrower: { totalCount },
});
const above = (id: string, kind: ConceptKind, ...broader: string[]): Above => ({ id, kind, broader: broader.map((one) => ({ id: one })) });

describe("the nodes in sight", () => {
  const below: Record<string, readonly Node[]> = { a: [node("b", 1), node("c")], b: [node("a", 2)] };
  const seen = (...open: string[]): string[] => inSight([node("a", 2), node("d", 3)], new Set(open), (id) => below[id]).map(({ key }) => key);

  it("are the roots at first, and children under what is open", () => {
    expect(seen()).toEqual(["a", "d"]);
    expect(seen("a")).toEqual(["a", "a b", "a c", "d"]);
  });
  it("end where data go round in a circle", () => expect(seen("a", "b")).toEqual(["a", "a b", "a b a", "a c", "d"]));
  it("say their place, and that their children are awaited", () => {
    const items = inSight([node("a", 2), node("d", 3)], new Set(["a", "d"]), (id) => below[id]);
    expect(items[2]).toMatchObject({ level: 2, place: 2, siblings: 2, parent: "a", expanded: false, waiting: false });
    expect(items[3]).toMatchObject({ level: 1, place: 2, siblings: 2, parent: null, expanded: true, waiting: true });
  });
});

describe("the way to a concept", () => {
  const nurse = above("nurse", "OCCUPATION_NAME", "2221");
  const ancestors = [
    above("2221", "SSYK_LEVEL_4", "health", "222"), above("health", "OCCUPATION_FIELD"), above("222", "SSYK_LEVEL_3", "2"), above("2", "SSYK_LEVEL_1"),
  ];
  it("goes down from a root of the tree that is asked for", () => {
    expect(wayTo(nurse, ancestors, "ssyk")).toEqual(["2", "222", "2221"]);
    expect(wayTo(nurse, ancestors, "fields")).toEqual(["health", "2221"]);
    expect(wayTo(nurse, ancestors, "isco")).toBeNull();
  });
  it("is empty to a root", () => expect(wayTo(above("2", "SSYK_LEVEL_1"), [], "ssyk")).toEqual([]));
  it("ends where data go round in a circle", () => {
    expect(wayTo(above("a", "ESCO_SKILL", "b"), [above("b", "ESCO_SKILL", "a")], "escoSkills")).toBeNull();
  });
  it("is looked for in the tree that is open, then in the others", () => {
    expect(treeOf(nurse, ancestors, "fields")).toEqual({ tree: "fields", way: ["health", "2221"] });
    expect(treeOf(nurse, ancestors, "isco")).toEqual({ tree: "ssyk", way: ["2", "222", "2221"] });
    expect(treeOf(above("x", "KEYWORD"), [], "isco")).toBeNull();
  });
});

it("roots have nothing above them", () => {
  expect(roots([{ id: "a", broader: [] }, { id: "b", broader: ["a"] }])).toEqual([{ id: "a", broader: [] }]);
});

it("concepts are ordered by code, then name", () => {
  const all = [node("ö"), node("z"), node("x", 0, "10"), node("y", 0, "9")];
  expect(ordered(all, "sv").map(({ id }) => id)).toEqual(["y", "x", "z", "ö"]);
});
