/** Which of many rows of one height are drawn: from `first`, up to and without `end`, with empty space around them. */
export interface Visible {
  readonly first: number;
  readonly end: number;
  readonly above: number;
  readonly below: number;
}

/** Rows beyond the edges, so that scrolling by a little shows no gap. */
const MARGIN = 8;

/** The rows to draw in a window of `height` that is scrolled to `top`, all in CSS pixels. */
export function visible(rows: number, rowHeight: number, top: number, height: number): Visible {
  const last = Math.max(0, rows - Math.ceil(height / rowHeight));
  const seen = Math.min(Math.max(0, Math.floor(top / rowHeight)), last);
  const first = Math.max(0, seen - MARGIN);
  const end = Math.min(rows, seen + Math.ceil(height / rowHeight) + 1 + MARGIN);
  return { first, end, above: first * rowHeight, below: (rows - end) * rowHeight };
}
