// SPDX-License-Identifier: Apache-2.0

import type { GraphiQLProps } from "graphiql";
import { Kind, parse } from "graphql";
import type { Texts } from "./texts";

export type Fetcher = GraphiQLProps["fetcher"];

const MAX_SHOWN = 1000;

/** A fetcher over HTTP POST whose failures are results too, shown like any other. */
export function createFetcher(endpoint: URL, texts: Texts): Fetcher {
  return async (parameters, options) => {
    let response: Response;
    let body: string;
    try {
      const headers = new Headers({
        accept: "application/graphql-response+json, application/json;q=0.9",
        "content-type": "application/json",
      });
      for (const [name, value] of Object.entries(options?.headers ?? {})) headers.set(name, String(value));
      response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(fitting(parameters)) });
      body = await response.text();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return failure(texts.unreachable(endpoint.href, reason));
    }

    let answer: unknown = body.slice(0, MAX_SHOWN);
    try {
      answer = JSON.parse(body);
    } catch {
      // Shown as text below.
    }
    if (typeof answer === "object" && answer !== null && ("data" in answer || "errors" in answer)) {
      return answer;
    }
    const status = `HTTP ${response.status} ${response.statusText}`.trim();
    return failure(texts.notGraphQL(status), answer === "" ? undefined : { body: answer });
  };
}

/**
 * For a moment after a change of tabs, GraphiQL asks for the operation of the tab before: then the request names none,
 * and the only one of the document is run.
 */
function fitting(parameters: Parameters<Fetcher>[0]): Parameters<Fetcher>[0] {
  const { operationName, ...rest } = parameters;
  try {
    for (const definition of parse(parameters.query).definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === operationName) return parameters;
    }
    return rest;
  } catch {
    return parameters; // the server says what is wrong with it
  }
}

function failure(message: string, extensions?: Record<string, unknown>) {
  return { errors: [{ message, ...(extensions && { extensions }) }] };
}
