// SPDX-License-Identifier: Apache-2.0

/**
 * Stands in for the package `entities` (77 kB of tables), from which markdown-it
 * takes the decoding of one character reference: the browser knows them all.
 * A text area's content is text whatever it holds, so nothing is parsed as HTML.
 */
export function decodeHTML(text: string): string {
  const area = document.createElement("textarea");
  area.innerHTML = `.${text}`; // the dot keeps a leading line feed
  return area.value.slice(1);
}

export const decodeHTMLStrict = decodeHTML;
