import { Cache } from "./cache";
import type { Operation } from "./operation";
import { problemOf, type Answer } from "./problem";

export interface Asked {
  readonly signal?: AbortSignal | undefined;
  /** The release to ask; without it the current one. */
  readonly release?: string | null;
}

/** Asks the public named operations. */
export interface Client {
  /** The answer, or why there is none; rejects only when `signal` is aborted, with an `AbortError`. */
  ask<D, V>(operation: Operation<D, V>, variables: V, asked?: Asked): Promise<Answer<D>>;
  /** The answer of this very release, if it was given before. */
  known<D, V>(operation: Operation<D, V>, variables: V, release: string): D | undefined;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message?: unknown; readonly extensions?: { readonly code?: unknown } }[];
}

const ENDPOINT = "/graphql";
const ACCEPT = "application/graphql-response+json, application/json;q=0.9";
const MOST_KEPT = 300;
/** Longer URLs are not taken everywhere between here and the server. */
const LONGEST_URL = 6000;

/** A client that keeps answers by release, operation and variables: a release never changes. */
export function createClient(fetch: typeof globalThis.fetch): Client {
  const kept = new Cache<unknown>(MOST_KEPT);
  return {
    async ask<D, V>(operation: Operation<D, V>, variables: V, { signal, release = null }: Asked = {}) {
      const key = release === null ? null : keyOf(operation, variables, release);
      const known = key === null ? undefined : kept.get(key);
      if (known !== undefined && release !== null) return { ok: true, data: known as D, release };
      const answer = await asked<D, V>(fetch, operation, variables, release, signal);
      if (answer.ok && !operation.personal) kept.put(keyOf(operation, variables, answer.release), answer.data);
      return answer;
    },
    known: <D, V>(operation: Operation<D, V>, variables: V, release: string) =>
      kept.get(keyOf(operation, variables, release)) as D | undefined,
  };
}

function keyOf(operation: Operation<unknown, unknown>, variables: unknown, release: string): string {
  return `${release} ${operation.name} ${JSON.stringify(variables)}`;
}

async function asked<D, V>(
  fetch: typeof globalThis.fetch, operation: Operation<D, V>, variables: V, release: string | null, signal?: AbortSignal,
): Promise<Answer<D>> {
  let response: Response;
  let body: Body;
  try {
    const [url, how] = request(operation, variables, release);
    response = await fetch(url, { ...how, ...(signal && { signal }) });
    body = (await response.json()) as Body;
  } catch (error) {
    if (signal?.aborted) throw error;
    return { ok: false, problem: { kind: "unreachable" } };
  }
  const [error] = body.errors ?? [];
  if (error !== undefined) {
    return { ok: false, problem: problemOf(String(error.extensions?.code), String(error.message)) };
  }
  if (!response.ok || body.data == null) return { ok: false, problem: { kind: "unreachable" } };
  return { ok: true, data: body.data as D, release: response.headers.get("Taxonomy-Release") ?? release ?? "" };
}

/** By GET, which browsers keep, unless it is personal or too long for a URL. */
function request(operation: Operation<unknown, unknown>, variables: unknown, release: string | null): [string, RequestInit] {
  const pinned = new URLSearchParams(release === null ? {} : { release });
  const given = { query: operation.text, operationName: operation.name, variables: JSON.stringify(variables) };
  const url = `${ENDPOINT}?${new URLSearchParams([...pinned, ...Object.entries(given)])}`;
  if (!operation.personal && url.length <= LONGEST_URL) return [url, { headers: { Accept: ACCEPT } }];
  const query = pinned.toString();
  return [
    query ? `${ENDPOINT}?${query}` : ENDPOINT,
    {
      method: "POST",
      headers: { Accept: ACCEPT, "Content-Type": "application/json" },
      body: JSON.stringify({ ...given, variables }),
    },
  ];
}
