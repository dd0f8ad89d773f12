// SPDX-License-Identifier: Apache-2.0
// What YASGUI's own page lacks: names of its fields, a keyboard's way to what scrolls, and Swedish.

export type Words = Record<string, string>;

const NAMED = ["aria-label", "title", "placeholder"];
const COUNTED = /^(\d+) results? in ([\d.]+) seconds?$/;
const SHOWN = /^Showing (\S+) to (\S+) of (\S+) entr(?:y|ies)$/;

/** Mend what is there, and whatever is drawn later. */
export function mend(main: HTMLElement, words: Words): void {
  const observer = new MutationObserver(() => {
    all(main, words);
    observer.takeRecords(); // of our own doing
  });
  all(main, words);
  observer.observe(main, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: NAMED });
}

function all(main: HTMLElement, words: Words): void {
  const name = (selector: string, key: string) => {
    for (const element of main.querySelectorAll(selector)) set(element, "aria-label", words[key] ?? key);
  };
  name(".CodeMirror textarea", "SPARQL query");
  name(".tableSizer", "Page size");
  name(".yasr_results", "Results");
  name(".tabsList", "Queries");
  for (const element of main.querySelectorAll(".CodeMirror-scroll, .yasr_results")) set(element, "tabindex", "0");
  for (const element of main.querySelectorAll(".yasr_results")) set(element, "role", "region");
  if (Object.keys(words).length > 0) translate(main, words);
}

function translate(main: HTMLElement, words: Words): void {
  for (const element of main.querySelectorAll(NAMED.map((attribute) => `[${attribute}]`).join())) {
    for (const attribute of NAMED) {
      const word = words[element.getAttribute(attribute) ?? ""];
      if (word) element.setAttribute(attribute, word);
    }
  }
  // What was asked and what was answered stay as they are.
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, {
    acceptNode: ({ parentElement }) =>
      parentElement?.closest(".CodeMirror, .dataTable, .tab, .errorResult") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  while (texts.nextNode()) {
    const node = texts.currentNode as Text;
    const said = node.data.trim();
    const word = words[said] ?? counted(said, words);
    if (word) node.data = node.data.replace(said, word);
  }
}

function counted(said: string, words: Words): string | undefined {
  for (const [pattern, key] of [[COUNTED, "{} results in {} seconds"], [SHOWN, "Showing {} to {} of {}"]] as const) {
    const found = pattern.exec(said);
    if (!found) continue;
    let at = 1;
    return words[key]?.replaceAll("{}", () => found[at++]!);
  }
  return undefined;
}

function set(element: Element, attribute: string, value: string): void {
  if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}
