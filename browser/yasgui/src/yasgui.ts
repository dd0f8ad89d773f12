// SPDX-License-Identifier: Apache-2.0
// Opens YASGUI on this service's endpoint, with its prefixes and its example queries.

import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./style.css";
import { mend } from "./mending";
import { SWEDISH } from "./swedish";

interface Example {
  name: string;
  title: string;
  query: string;
}

interface Given {
  prefixes: Record<string, string>;
  examples: Example[];
}

declare global {
  /** What completes prefixes, in place of the list that the package brings; see build.mjs. */
  var yasguiPrefixes: Record<string, string> | undefined;
}

const main = document.getElementById("yasgui")!;
const given = JSON.parse(document.getElementById("yasgui-given")!.textContent!) as Given;
const endpoint = new URL(main.dataset["endpoint"]!, location.href).href;
const select = document.getElementById("example") as HTMLSelectElement;

globalThis.yasguiPrefixes = given.prefixes;
main.textContent = "";

/** A problem document as its sentence; anything else as YASGUI shows it. */
async function sentence(error: { text?: string }): Promise<HTMLElement | undefined> {
  try {
    const problem = JSON.parse(error.text ?? "") as { title?: string; detail?: string };
    if (!problem.detail) return undefined;
    const element = document.createElement("p");
    element.setAttribute("role", "alert");
    element.append(Object.assign(document.createElement("strong"), { textContent: problem.title ?? "" }));
    element.append(document.createElement("br"), problem.detail);
    return element;
  } catch {
    return undefined;
  }
}

Yasgui.Yasr.defaults.errorRenderers = [sentence];
const first = given.examples[0];
const yasgui = new Yasgui(main, {
  persistenceId: "occupation-graph",
  tabName: main.dataset["tab"]!,
  copyEndpointOnNewTab: true,
  // A link may bring a query, but no other endpoint: this page asks nobody else.
  populateFromUrl: (tab) => ({ ...tab, requestConfig: { ...tab.requestConfig, endpoint } }),
  requestConfig: {
    endpoint,
    method: "POST",
    acceptHeaderGraph: "text/turtle",
    acceptHeaderSelect: "application/sparql-results+json",
  },
  endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [], renderItem: () => {} },
  yasqe: {
    value: first?.query ?? "",
    autocompleters: ["prefixes", "variables"],
    editorHeight: "340px",
  },
  yasr: { prefixes: given.prefixes },
} as ConstructorParameters<typeof Yasgui>[1]);

mend(main, document.documentElement.lang === "sv" ? SWEDISH : {});

function open(example: Example): void {
  const known = Object.values(yasgui._tabs).find((tab) => tab.name() === example.title);
  const tab = known ?? yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(yasgui), name: example.title });
  yasgui.selectTabId(tab.getId());
  tab.setQuery(example.query);
  void tab.query().catch(() => {});
}

select.addEventListener("change", () => {
  const example = given.examples.find(({ name }) => name === select.value);
  if (example) open(example);
});
