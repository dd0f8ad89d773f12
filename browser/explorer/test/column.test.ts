import { describe, expect, it } from "vitest";
import type { Problem } from "../src/api/problem";
import type { Named } from "../src/concepts/concept-link";
import { inBatches } from "../src/views/column/batches";
import { beside, type Node } from "../src/views/column/crosswalk";
import { commonGroup, distinct, outcome, type Answered, type Candidate } from "../src/views/column/outcome";
import { KEPT } from "../src/views/column/settings";
import { columnNames, hasHeader, likelyColumn, parse, separatorOf } from "../src/views/column/sheet";
import { meant, widthOf } from "../src/views/column/values";
import { cypherOf, filterOf } from "../src/views/coverage/lists";

const group: Named = { id: "g1", kind: "SSYK_LEVEL_4", code: "2221", label: "Nurses", labelLocale: "EN" };
const candidate = (id: string, matchedBy: Candidate["matchedBy"] = "LABEL", itsGroup: Named | null = group): Candidate => ({
  matchedBy, matchedText: id, score: 1, via: null,
  concept: { id, kind: "OCCUPATION_NAME", code: null, label: id, labelLocale: "EN", deprecated: false, group: itsGroup },
});
const answered = (candidates: readonly Candidate[], match: string | null = null): Answered => ({
  text: "t", candidates, match: match === null ? null : { concept: { id: match } },
});

describe("what is pasted", () => {
  it("has cells with tabs, quotes, line ends within quotes, and rows of one width", () => {
    expect(parse('a\t"b ""c""\nd"\r\ne\n\n', "\t")).toEqual({ rows: [["a", 'b "c"\nd'], ["e", ""]], width: 2 });
    expect(parse('Kock 3" kniv\nx', "\t").rows).toEqual([['Kock 3" kniv'], ["x"]]);
    expect(parse("\uFEFFa,b,\n1,2,3", ",").rows).toEqual([["a", "b", ""], ["1", "2", "3"]]);
  });
  it("is parted by tabs, and only in a file by what parts all its lines alike", () => {
    expect(separatorOf("Kock, fartyg\nKock, storhushåll", false)).toBe("\t");
    expect(separatorOf("id;yrke\n1;Kock, fartyg", true)).toBe(";");
    expect(separatorOf("id,yrke\n1,Kock", true)).toBe(",");
    expect(separatorOf("Kock\nSnickare, murare", true)).toBe("\t");
  });
  it("has a header where a cell is a column's name, or a word stands over numbers", () => {
    const sheet = (text: string) => parse(text, "\t");
    expect(hasHeader(sheet("Yrke\nKock"))).toBe(true);
    expect(hasHeader(sheet("x\n2512\n110"))).toBe(true);
    expect(hasHeader(sheet("Kock\nSnickare"))).toBe(false);
    expect(hasHeader(sheet("Yrke"))).toBe(false);
  });
  it("is probably about the column that says so, else the one with most different words", () => {
    expect(likelyColumn(parse("namn\tSSYK\nAnna\t2512", "\t"), true)).toBe(1);
    expect(likelyColumn(parse("1\tja\tKock\n2\tja\tSnickare", "\t"), false)).toBe(2);
    expect(columnNames(parse("a\t\n1\t2", "\t"), true, (number) => `Column ${number}`)).toEqual(["a", "Column 2"]);
  });
});

describe("a cell", () => {
  it.each([
    ["  Kock\u00A0  storhushåll ", "Kock storhushåll"], ['="0110"', "0110"], ["'0110", "0110"], ["110", "0110"], ["2512,0", "2512"], ["SSYK 2512", "2512"],
    ["2512 Mjukvaruutvecklare", "2512"],
  ])("%j asks for %j", (cell, value) => expect(meant(cell, 4)).toBe(value));
  it("gets no zero where the codes of its column are not of one width", () => {
    expect(widthOf(["2512", "2221", "110"])).toBe(4);
    expect(widthOf(["25", "2221"])).toBeNull();
    expect(widthOf(["Kock"])).toBeNull();
    expect(meant("25", null)).toBe("25");
  });
});

describe("a value", () => {
  it("is matched by its match, ambiguous by several names, unknown by suggestions only", () => {
    expect(outcome("t", answered([candidate("a"), candidate("b")], "a"), undefined)).toMatchObject({ status: "matched", chosen: false, concept: { id: "a" } });
    expect(outcome("t", answered([candidate("a"), candidate("b")]), undefined).status).toBe("ambiguous");
    expect(outcome("t", answered([candidate("a", "RESEMBLANCE")]), undefined)).toMatchObject({ status: "unknown", set: false });
    expect(outcome("t", undefined, undefined).status).toBe("waiting");
    expect(outcome("", answered([]), undefined).status).toBe("empty");
  });
  it("is what the reader chose, be it nothing", () => {
    const found = answered([candidate("a")], "a");
    expect(outcome("t", found, { concept: group, how: "SEARCHED" })).toMatchObject({ status: "matched", chosen: true, concept: { id: "g1" } });
    expect(outcome("t", found, { concept: null, how: "SEARCHED" })).toMatchObject({ status: "unknown", set: true });
  });
  it("is looked up once, however many rows have it", () => {
    expect([...distinct(["b", "a", "b", ""])]).toEqual([["b", 2], ["a", 1]]);
  });
  it("has a common group where all its candidates are in one", () => {
    expect(commonGroup([candidate("a"), candidate("b")])).toBe(group);
    expect(commonGroup([candidate("a"), candidate("b", "LABEL", null)])).toBeNull();
    expect(commonGroup([candidate("a")])).toBeNull();
  });
});

describe("batches", () => {
  const run = async (failing: string | null): Promise<[Problem | null, string[], number[]]> => {
    const kept: string[] = [];
    const progress: number[] = [];
    const problem = await inBatches<string>(["a", "b", "c", "d", "e"], {
      size: 2, together: 1,
      ask: async (some) => (failing !== null && some.includes(failing) ? { ok: false, problem: { kind: "busy" } } : { ok: true, found: some.map((one) => one.toUpperCase()) }),
      keep: (key, found) => kept.push(key + found),
      onProgress: (done) => progress.push(done),
    });
    return [problem, kept, progress];
  };
  it("ask for all, some at a time", async () => expect(await run(null)).toEqual([null, ["aA", "bB", "cC", "dD", "eE"], [2, 4, 5]]));
  it("keep what came before a failure", async () => expect(await run("c")).toEqual([{ kind: "busy" }, ["aA", "bB"], [2]]));
});

describe("the crosswalk", () => {
  it("has of an occupation's mappings the closest kind, all of it", () => {
    const esco = (id: string) => ({ id, uri: `http://x/${id}`, code: `${id}.1`, label: id });
    const node = {
      id: "o", uri: "u", kind: "OCCUPATION_NAME", code: null, label: "o",
      group: { code: "2221", label: "Nurses", ancestors: [{ code: "222", label: "N3" }, { code: "22", label: "N2" }, { code: "2", label: "N1" }] },
      occupationFields: [{ id: "f", label: "Health" }],
      iscoGroups: { edges: [{ provenance: "GROUP", node: { code: "2221", label: "Nursing" } }] },
      toEsco: { edges: [{ match: "BROAD", node: esco("broad") }, { match: "EXACT", node: esco("one") }, { match: "EXACT", node: esco("two") }] },
    } as unknown as Node;
    expect(beside(node)).toMatchObject({
      ssykCode: "2221", ssykAbove: [{ code: "222" }, { code: "22" }, { code: "2" }], iscoCode: "2221", iscoBy: "GROUP",
      escoLabel: "one; two", escoCode: "one.1; two.1", match: "EXACT", field: "Health",
    });
  });
});

describe("the URL", () => {
  it("holds settings and nothing that was pasted, and gives them back", () => {
    const settings = { ...KEPT.read({}), add: ["isco"] as const, as: "skills" as const, column: 2, header: "no" as const, show: "unknown" as const };
    expect(KEPT.write(KEPT.read({}))).toEqual({});
    expect(KEPT.read(KEPT.write(settings))).toEqual(settings);
    expect(KEPT.read(KEPT.write({ ...settings, add: [] })).add).toEqual([]);
  });
});

describe("a list of coverage", () => {
  it("is one filter of the API, within a group where one is given", () => {
    expect(filterOf("exact", "")).toEqual({ mappings: [{ scheme: "ESCO", matches: ["EXACT"], atLeast: 0, atMost: 0 }] });
    expect(filterOf("skills", "g")).toEqual({ hasSkills: false, groups: ["g"] });
  });
  it("quotes a group in Cypher", () => expect(cypherOf("esco", 'a"b')).toContain('{id: "a\\"b"}'));
});
