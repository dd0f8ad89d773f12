import { createContext } from "preact";
import { useContext, useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { Client } from "./client";
import type { Operation } from "./operation";
import type { Problem } from "./problem";

/** The client, and the release that the page shows: every answer on it belongs to this one. */
export interface Api {
  readonly client: Client;
  readonly release: string;
}

export const ApiContext = createContext<Api | null>(null);

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === null) throw new Error("there is no ApiContext above this component");
  return api;
}

/**
 * An answer on its way. `loading` may hold the answer to the question before (`data`), to be shown until the new one is there;
 * `again` asks once more.
 */
export type Loadable<T> =
  | { readonly status: "idle" }
  | { readonly status: "loading"; readonly data: T | undefined }
  | { readonly status: "ready"; readonly data: T }
  | { readonly status: "failed"; readonly problem: Problem; readonly again: () => void };

/**
 * Ask an operation of the release that is shown. With `null` for variables nothing is asked. When they change, the question
 * before is cancelled; an answer that is known is there at once.
 */
export function useQuery<D, V>(operation: Operation<D, V>, variables: V | null): Loadable<D> {
  const { client, release } = useApi();
  const [round, again] = useReducer((count: number) => count + 1, 0);
  const key = variables === null ? null : `${release} ${operation.name} ${JSON.stringify(variables)}`;
  const [answer, setAnswer] = useState<{ key: string; data: D } | { key: string; problem: Problem } | null>(null);
  const latest = useRef<D | undefined>(undefined);

  useEffect(() => {
    if (key === null || variables === null || client.known(operation, variables, release) !== undefined) return undefined;
    const controller = new AbortController();
    client.ask(operation, variables, { signal: controller.signal, release }).then(
      (found) => {
        if (controller.signal.aborted) return;
        setAnswer(found.ok ? { key, data: found.data } : { key, problem: found.problem });
      },
      () => undefined, // cancelled
    );
    return () => controller.abort();
  }, [key, round]);

  if (key === null || variables === null) return { status: "idle" };
  const known = client.known(operation, variables, release);
  const current = answer?.key === key ? answer : null;
  const data = known ?? (current && "data" in current ? current.data : undefined);
  if (data !== undefined) {
    latest.current = data;
    return { status: "ready", data };
  }
  if (current && "problem" in current) {
    const retry = (): void => {
      setAnswer(null);
      again(undefined);
    };
    return { status: "failed", problem: current.problem, again: retry };
  }
  return { status: "loading", data: latest.current };
}

/** Part of an answer; where the part is not there, the problem is that there is nothing. */
export function picked<T, P>(found: Loadable<T>, pick: (data: T) => P | null | undefined): Loadable<P> {
  switch (found.status) {
    case "ready": {
      const part = pick(found.data);
      return part == null
        ? { status: "failed", problem: { kind: "nothing" }, again: () => undefined }
        : { status: "ready", data: part };
    }
    case "loading":
      return { status: "loading", data: found.data === undefined ? undefined : (pick(found.data) ?? undefined) };
    default:
      return found;
  }
}
