// SPDX-License-Identifier: Apache-2.0
// What the editors hold when the page opens.

import type { GraphiQLProps } from "graphiql";

type Tab = NonNullable<GraphiQLProps["defaultTabs"]>[number];

export interface Opening {
  query?: string;
  variables?: string;
  operationName?: string;
  tabs?: Tab[];
}

/**
 * In this order: the query in the page's URL, the tabs of an earlier visit, the
 * page's examples, and else GraphiQL's own welcome.
 *
 * Both `query` and `variables` are given with tabs, old or new. GraphiQL would
 * otherwise leave the first example's variables out of their editor, and on the
 * next visit, finding no tab with the query it stored apart, open an empty one.
 */
export function readOpening(parameters: URLSearchParams): Opening {
  const asked = parameters.get("query");
  if (asked) {
    const variables = parameters.get("variables") ?? "";
    const operationName = parameters.get("operationName");
    const tabs = [{ query: asked, variables }];
    return { query: asked, variables, tabs, ...(operationName && { operationName }) };
  }
  const stored = storedTab();
  if (stored) return stored;
  const tabs = examples();
  const first = tabs[0];
  return first ? { query: first.query ?? "", variables: first.variables ?? "", tabs } : {};
}

/** The active one of the tabs that GraphiQL keeps in the browser. */
function storedTab(): Opening | undefined {
  try {
    const state: unknown = JSON.parse(localStorage.getItem("graphiql:tabState") ?? "null");
    if (!isRecord(state) || !Array.isArray(state.tabs)) return undefined;
    const tab: unknown = state.tabs[Number(state.activeTabIndex)];
    return isRecord(tab) ? { query: text(tab.query), variables: text(tab.variables) } : undefined;
  } catch {
    return undefined;
  }
}

/** The list in the page's <script type="application/json" id="graphiql-examples">. */
function examples(): Tab[] {
  const source = document.getElementById("graphiql-examples")?.textContent;
  if (!source) return [];
  let list: unknown;
  try {
    list = JSON.parse(source);
  } catch (error) {
    console.error("graphiql-examples:", error);
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map(({ query, variables }) => ({
    query: text(query),
    variables: isRecord(variables) ? JSON.stringify(variables, null, 2) : text(variables),
  }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
