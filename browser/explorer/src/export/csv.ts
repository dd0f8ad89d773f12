import type { Value } from "../table/rows";
import { ABOUT } from "./texts";
import type { About } from "./about";

export interface Cells {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** `data` is RFC 4180 for programs; `spreadsheet` is what a Swedish Excel opens: semicolons, a decimal comma, a byte order mark. */
export type Variety = "data" | "spreadsheet";

/**
 * A CSV file: lines after `#` that say what it is (their number is the same in every file of a release), the titles, the rows.
 * In a spreadsheet a code keeps its leading zeros, and no cell is taken for a formula.
 */
export function csv(cells: Cells, about: About, variety: Variety): string {
  const separator = variety === "data" ? "," : ";";
  const line = (values: readonly Value[]): string => values.map((value) => cell(value, variety, separator)).join(separator);
  const lines = [...aboutLines(about).map((text) => quoted(`# ${text}`, separator)), line(cells.titles), ...cells.rows.map(line)];
  return `${variety === "spreadsheet" ? "\uFEFF" : ""}${lines.join("\r\n")}\r\n`;
}

function aboutLines({ title, url, exported, release, sources, language }: About): string[] {
  const t = ABOUT[language];
  return [
    `${t.view}: ${title}`,
    `${t.address}: ${url}`,
    `${t.release}: ${release.id} (${release.title}, ${release.publishedAt.slice(0, 10)})`,
    `${t.exported}: ${exported.toISOString().slice(0, 10)}`,
    ...sources.map((source) => `${t.source}: ${source.title}, ${source.version}; ${source.licence}; ${source.attribution}; ${source.url}`),
  ];
}

function cell(value: Value, variety: Variety, separator: string): string {
  if (value === null) return "";
  if (typeof value !== "string") return variety === "data" ? String(value) : String(value).replace(".", ",");
  if (variety === "spreadsheet") {
    if (/^0\d+$/.test(value)) return `"=""${value}"""`;
    if (/^[=+\-@\t\r]/.test(value)) return quoted(`'${value}`, separator);
  }
  return quoted(value, separator);
}

function quoted(text: string, separator: string): string {
  return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}
