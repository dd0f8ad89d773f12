/** How many digits the codes of a column have: what most of its numbers have, if none has more; null if they differ too much. */
export function widthOf(values: readonly string[]): number | null {
  const lengths = values.map(bare).filter((value) => /^\d{1,4}$/.test(value)).map((value) => value.length);
  const most = Math.max(0, ...lengths);
  return most > 0 && lengths.filter((length) => length === most).length * 2 > lengths.length ? most : null;
}

/**
 * What a cell asks for: without what spreadsheets and people put around a code, and with the zero that its column lost
 * (`width`). "2512 Mjukvaruutvecklare" is its code, `="0110"` and 110 are 0110, 2512,0 is 2512.
 */
export function meant(cell: string, width: number | null): string {
  const value = bare(cell);
  return width !== null && /^\d+$/.test(value) && value.length === width - 1 ? `0${value}` : value;
}

function bare(cell: string): string {
  const text = cell.normalize("NFC").replace(/[\s\u00A0]+/g, " ").trim();
  const unwrapped = /^="(.*)"$/.exec(text)?.[1] ?? text.replace(/^'(?=\d)/, "");
  const number = /^(\d{1,4})[.,]0+$/.exec(unwrapped)?.[1] ?? unwrapped;
  const named = /^(?:SSYK|ISCO)(?:[ -]?(?:2012|08))?[ :-]*(\d{1,4})$/i.exec(number)?.[1] ?? number;
  return /^(\d{4})[ :–-]+(?=\p{L})/u.exec(named)?.[1] ?? named;
}
