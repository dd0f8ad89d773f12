import { describe, expect, it } from "vitest";
import { fileName, type About } from "../src/export/about";
import { csv } from "../src/export/csv";
import { json } from "../src/export/json";

const ABOUT: About = {
  title: "Sök: lärare; åk 1–3",
  url: "http://127.0.0.1:8000/browse?q=l%C3%A4rare&release=r1-a",
  exported: new Date("2026-11-29T10:00:00Z"),
  language: "sv",
  release: { id: "r1-a", title: "Sample", publishedAt: "2026-11-28T09:00:00+00:00" },
  sources: [
    { title: "JobTech Taxonomy", publisher: "AF", version: "27", licence: "CC0-1.0", attribution: "AF", url: "https://example.org/" },
  ],
};
const CELLS = {
  titles: ["Namn", "Kod", "Vikt"],
  rows: [
    ['Sa "ja"; nej', "0110", 0.25],
    ["=1+1", null, 2],
    ["<img src=x onerror=alert(1)>", "2,5", null],
  ],
};

describe("a CSV file", () => {
  it("for programs is RFC 4180 after the lines that say what it is", () => {
    const [view, address, release, exported, source, ...table] = csv(CELLS, ABOUT, "data").split("\r\n");
    expect([view, address]).toEqual([`# Vy: ${ABOUT.title}`, `# Adress: ${ABOUT.url}`]);
    expect(release).toBe('"# Utgåva: r1-a (Sample, 2026-11-28)"');
    expect(exported).toBe("# Hämtad: 2026-11-29");
    expect(source).toBe('"# Källa: JobTech Taxonomy, 27; CC0-1.0; AF; https://example.org/"');
    expect(table).toEqual([
      "Namn,Kod,Vikt",
      '"Sa ""ja""; nej",0110,0.25',
      "=1+1,,2",
      '<img src=x onerror=alert(1)>,"2,5",',
      "",
    ]);
  });

  it("for a spreadsheet begins with a byte order mark, keeps leading zeros and holds no formula of ours or others", () => {
    const text = csv(CELLS, ABOUT, "spreadsheet");
    expect(text.startsWith("\uFEFF")).toBe(true);
    expect(text.split("\r\n").slice(5, 8)).toEqual(["Namn;Kod;Vikt", '"Sa ""ja""; nej";"=""0110""";0,25', "'=1+1;;2"]);
  });
});

it("a JSON file has the rows under their keys, and says what it is", () => {
  const columns = [{ key: "label", title: "Namn" }, { key: "code", title: "Kod" }];
  const file = JSON.parse(json(columns, [["Zoolog", null]], ABOUT));
  expect(file.rows).toEqual([{ label: "Zoolog", code: null }]);
  expect(file).toMatchObject({ release: ABOUT.release, sources: ABOUT.sources, view: { url: ABOUT.url }, exported: "2026-11-29T10:00:00.000Z" });
});

it("a file is named after view, release and day", () => {
  expect(fileName(ABOUT, "csv")).toBe("sok-larare-ak-1-3-r1-a-2026-11-29.csv");
  expect(fileName({ ...ABOUT, title: "…" }, "json")).toBe("taxonomy-r1-a-2026-11-29.json");
});
