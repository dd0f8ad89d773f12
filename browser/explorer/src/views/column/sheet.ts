/** What was pasted: rows of cells, all of one width. */
export interface Sheet {
  readonly rows: readonly (readonly string[])[];
  readonly width: number;
}

export type Separator = "\t" | ";" | ",";

/** The rows of a text as spreadsheets copy and RFC 4180 writes it: a cell in quotes may hold separators, line ends and, doubled, quotes. */
export function parse(text: string, separator: Separator): Sheet {
  const rows = cells(text.replace(/^\uFEFF/, ""), separator);
  while (rows.length > 0 && rows.at(-1)?.every((cell) => cell.trim() === "")) rows.pop();
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return { rows: rows.map((row) => (row.length === width ? row : [...row, ...Array<string>(width - row.length).fill("")])), width };
}

function cells(text: string, separator: Separator): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell: string;
    const quoted = text[at] === '"' ? quotedCell(text, at, separator) : null;
    if (quoted === null) {
      let end = at;
      while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end += 1;
      cell = text.slice(at, end);
      at = end;
    } else [cell, at] = quoted;
    row.push(cell);
    if (text[at] === separator) {
      at += 1;
      if (at === text.length) row.push("");
      else continue;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at += 1;
    at += 1;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** The cell whose quote opens here, and where it ends; null if that is a quote within a plain cell. */
function quotedCell(text: string, start: number, separator: Separator): [string, number] | null {
  let cell = "";
  let at = start + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) return null;
    cell += text.slice(at, close);
    if (text[close + 1] === '"') {
      cell += '"';
      at = close + 2;
      continue;
    }
    const next = text[close + 1];
    return next === undefined || next === separator || next === "\n" || next === "\r" ? [cell, close + 1] : null;
  }
}

/**
 * What parts the cells. A spreadsheet's copy has tabs; in a pasted text without them commas and semicolons belong to the
 * names. Of a file, it is what parts the first lines into the same number of cells, and most of them.
 */
export function separatorOf(text: string, isFile: boolean): Separator {
  if (text.includes("\t") || !isFile) return "\t";
  const head = text.split(/\r?\n/, 20).filter((line) => line !== "");
  const widths = ([";", ","] as const).map((separator) => {
    const counts = head.map((line) => parse(line, separator).width);
    return { separator, width: counts.every((count) => count === counts[0]) ? (counts[0] ?? 1) : 1 };
  });
  const best = widths.reduce((one, other) => (other.width > one.width ? other : one));
  return best.width > 1 ? best.separator : "\t";
}

const HEADS = /^(yrke|yrken|yrkes.*|befattning.*|jobb.*|titel|titlar|ssyk.*|isco.*|esco.*|kod|koder|code|codes|occupation.*|job.?titles?|titles?|skills?|kompetens.*|position|role|roll)$/i;
const TELLING = /^(ssyk|isco|esco|yrke|occupation|befattning|jobb|job|titel|title|skill|kompetens|position|role|roll|kod|code)/i;

/** Whether the first row names the columns: one of its cells is such a name, or a word stands over a column of numbers. */
export function hasHeader({ rows }: Sheet): boolean {
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0) return false;
  if (first.some((cell) => HEADS.test(cell.trim()))) return true;
  const filled = (column: number): string[] => others.map((row) => (row[column] ?? "").trim()).filter((cell) => cell !== "");
  return first.some((cell, column) => {
    const below = filled(column);
    return /\p{L}/u.test(cell) && below.length > 1 && below.every((other) => /^[\d.,\s]+$/.test(other));
  });
}

/** What the columns are called; one without a name by its number. */
export function columnNames(sheet: Sheet, header: boolean, numbered: (number: number) => string): readonly string[] {
  const names = header ? (sheet.rows[0] ?? []) : [];
  return Array.from({ length: sheet.width }, (_, column) => names[column]?.trim() || numbered(column + 1));
}

/** Which column is probably meant: the first whose name says so, else the one with most different words in it. */
export function likelyColumn(sheet: Sheet, header: boolean): number {
  if (header) {
    const named = (sheet.rows[0] ?? []).findIndex((cell) => TELLING.test(cell.trim()));
    if (named >= 0) return named;
  }
  const different = (column: number): number =>
    new Set(sheet.rows.slice(header ? 1 : 0, 500).map((row) => row[column] ?? "").filter((cell) => /\p{L}{3}/u.test(cell))).size;
  const counts = Array.from({ length: sheet.width }, (_, column) => different(column));
  const most = Math.max(...counts);
  return most > 0 ? counts.indexOf(most) : 0;
}
