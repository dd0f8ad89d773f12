import type { JSX } from "preact";

/** A share of a whole as a small bar before its number; the number says it all. */
export function Bar({ value, most, text, sort }: { value: number; most: number; text: string; sort?: string }): JSX.Element {
  const width = `${Math.min(Math.max(most > 0 ? value / most : 0, 0), 1) * 100}%`;
  return (
    <span class="bar-cell">
      <span class="meter" aria-hidden="true"><span class={sort} style={{ width }} /></span>
      <span class="bar-number">{text}</span>
    </span>
  );
}
