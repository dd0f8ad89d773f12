// SPDX-License-Identifier: Apache-2.0
// Mounts GraphiQL in the page's <main id="graphiql">.

import { GraphiQL, type GraphiQLProps } from "graphiql";
import { useEditorContext } from "@graphiql/react";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";
import { type Fetcher, createFetcher } from "./fetcher";
import { type Opening, readOpening } from "./opening";
import { fallbackStorage } from "./storage";
import { textsFor } from "./texts";
import "graphiql/style.css";
import "./style.css";

/** Names the editors' text fields, and turns to the operation that the URL asks for. */
function EditorSetup({ operationName }: { operationName: string | undefined }) {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useEditorContext({ nonNull: true });

  useEffect(() => {
    queryEditor?.setOption("screenReaderLabel", "Query");
    variableEditor?.setOption("screenReaderLabel", "Variables");
    headerEditor?.setOption("screenReaderLabel", "Headers");
    responseEditor?.setOption("screenReaderLabel", "Result");
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);

  useEffect(() => {
    if (!queryEditor || operationName === undefined) return;
    const operation = queryEditor.operations?.find(({ name }) => name?.value === operationName);
    if (!operation?.loc) return;
    queryEditor.operationName = operationName;
    // The key for running a query runs the operation that the cursor is in.
    queryEditor.setCursor(queryEditor.posFromIndex(operation.loc.start));
  }, [queryEditor, operationName]);

  return null;
}

const storage = fallbackStorage();

function Explorer({ fetcher, opening }: { fetcher: Fetcher; opening: Opening }) {
  const { query, variables, tabs, operationName } = opening;
  const props: GraphiQLProps = { fetcher, shouldPersistHeaders: false };
  if (storage) props.storage = storage;
  if (query !== undefined) props.query = query;
  if (variables !== undefined) props.variables = variables;
  if (tabs !== undefined) props.defaultTabs = tabs;
  return (
    <GraphiQL {...props}>
      <EditorSetup operationName={operationName} />
    </GraphiQL>
  );
}

function start(main: HTMLElement): void {
  const texts = textsFor(main.dataset.lang);
  const parameters = new URLSearchParams(location.search);

  const endpoint = new URL(main.dataset.endpoint ?? "/graphql", location.href);
  const release = parameters.get("release");
  if (release) endpoint.searchParams.set("release", release);

  let heading = document.querySelector("h1");
  if (!heading) {
    heading = document.createElement("h1");
    heading.className = "graphiql-visually-hidden";
    heading.textContent = document.title || "GraphiQL";
  }
  const root = document.createElement("div");
  root.className = "graphiql-root";
  root.lang = "en"; // GraphiQL speaks English whatever the page does
  const inOtherPlace = heading.isConnected && !main.contains(heading);
  main.replaceChildren(...(inOtherPlace ? [root] : [heading, root]));

  createRoot(root, {
    onUncaughtError(error) {
      console.error(error);
      const failure = document.createElement("p");
      failure.className = "graphiql-failure";
      failure.setAttribute("role", "alert");
      failure.lang = texts.lang;
      failure.textContent = texts.broken(String(error));
      main.append(failure);
    },
  }).render(<Explorer fetcher={createFetcher(endpoint, texts)} opening={readOpening(parameters)} />);
}

const main = document.getElementById("graphiql");
if (main) start(main);
