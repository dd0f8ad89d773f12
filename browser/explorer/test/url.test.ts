import { describe, expect, it } from "vitest";
import { changed, flag, ids, oneOf, params, someOf, text, whole } from "../src/state/params";
import { clearSelection, deselect, MOST_SELECTED, select, toView, toggleSelected, type AppState } from "../src/state/state";
import { readState, writeState, type Defaults } from "../src/state/url";

const DEFAULTS: Defaults = { views: ["search", "tree"], language: "sv" };
const START: AppState = { view: "search", params: {}, concept: null, selection: [], release: null, language: "sv" };
const FULL: AppState = {
  view: "tree",
  params: { q: "C# & <img onerror=alert(1)> åäö + 100 %", kinds: "SKILL,ESCO_SKILL" },
  concept: "esco:occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50",
  selection: ["bXNH_MNX_dUR", "esco:skill/S1.2", "esco:isced-f/0613"],
  release: "r1-6a65ff54",
  language: "en",
};

describe("the URL", () => {
  it("holds the language at the beginning, and nothing else", () => {
    expect(writeState(START, DEFAULTS)).toBe("?lang=sv");
    expect(readState("", DEFAULTS)).toEqual(START);
  });

  it.each([START, FULL, { ...START, selection: ["a"] }, { ...START, language: "en" as const }])(
    "gives back the state that it was written from",
    (state) => expect(readState(writeState(state, DEFAULTS), DEFAULTS)).toEqual(state),
  );

  it("leaves identifiers legible", () => {
    expect(writeState({ ...START, selection: FULL.selection }, DEFAULTS)).toBe(
      "?sel=bXNH_MNX_dUR,esco:skill/S1.2,esco:isced-f/0613&lang=sv",
    );
  });

  it("is the same whatever order a view's values were set in", () => {
    const one = writeState({ ...START, params: { a: "1", b: "2" } }, DEFAULTS);
    expect(writeState({ ...START, params: { b: "2", a: "1" } }, DEFAULTS)).toBe(one);
  });

  it("begins anew where it is wrong", () => {
    expect(readState("?view=nowhere&lang=de&sel=,,&release=&concept=", DEFAULTS)).toEqual(START);
  });

  it("takes no more concepts than can be asked at once", () => {
    const many = Array.from({ length: MOST_SELECTED + 5 }, (_, number) => `c${number}`).join(",");
    expect(readState(`?sel=${many}`, DEFAULTS).selection).toHaveLength(MOST_SELECTED);
  });
});

describe("the values of a view", () => {
  const codec = params({
    q: text(),
    sort: oneOf(["label", "code"], "label"),
    kinds: someOf(["SKILL", "KEYWORD"]),
    only: ids(),
    deprecated: flag(),
    depth: whole(1, 6, 2),
  });
  const START_VALUES = codec.read({});

  it("are not written where they are as at the beginning", () => {
    expect(codec.write(START_VALUES)).toEqual({});
  });

  it("come back as they were", () => {
    const values: typeof START_VALUES = {
      q: "lärare", sort: "code", kinds: ["KEYWORD"], only: ["b", "a"], deprecated: true, depth: 5,
    };
    expect(codec.read(codec.write(values))).toEqual(values);
  });

  it.each([{ sort: "colour" }, { kinds: "NONE" }, { depth: "7" }, { depth: "1.5" }, { depth: "" }, { deprecated: "yes" }])(
    "are as at the beginning where %o says what there is not",
    (wrong) => expect(codec.read(wrong)).toEqual(START_VALUES),
  );
});

it("two parts of a view change their own values only", () => {
  const one = params({ q: text() });
  const other = params({ sort: text() });
  const both = changed(other, changed(one, {}, { q: "a" }), { sort: "code" });
  expect(both).toEqual({ q: "a", sort: "code" });
  expect(changed(one, both, { q: "" })).toEqual({ sort: "code" });
});

describe("the selection", () => {
  it("keeps its order and holds each concept once", () => {
    expect(select(select(START, ["b"]), ["a", "b", "a"]).selection).toEqual(["b", "a"]);
  });

  it("is toggled one by one, and cleared", () => {
    const two = select(START, ["a", "b"]);
    expect(toggleSelected(two, "a").selection).toEqual(["b"]);
    expect(toggleSelected(two, "c").selection).toEqual(["a", "b", "c"]);
    expect(clearSelection(two).selection).toEqual([]);
  });

  it("is the same object when nothing changes, so that no step is made of it", () => {
    const one = select(START, ["a"]);
    expect(select(one, ["a"])).toBe(one);
    expect(deselect(one, "b")).toBe(one);
    expect(clearSelection(START)).toBe(START);
  });

  it("takes no more than there is room for", () => {
    const many = Array.from({ length: MOST_SELECTED + 1 }, (_, number) => `c${number}`);
    const full = select(START, many);
    expect(full.selection).toHaveLength(MOST_SELECTED);
    expect(select(full, ["one more"])).toBe(full);
  });

  it("stays when the view changes, and so does the card", () => {
    expect(toView(FULL, "search")).toEqual({ ...FULL, view: "search", params: {} });
  });
});
