import { useEffect, useReducer, useState } from "preact/hooks";
import type { Operation } from "../../api/operation";
import type { Answer, Problem } from "../../api/problem";
import { useApi, type Loadable } from "../../api/query";

/** A page of a connection. */
export interface Page<Node> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Node[];
}

/** All that has come in so far, of so many. */
export interface Listed<Node> {
  readonly nodes: readonly Node[];
  readonly totalCount: number;
}

/** More rows are not read: their file would be a copy of the release. */
const MOST_PAGES = 10;

/**
 * The pages of a connection, one after the other: what has come in is given at once, up to 10,000 nodes. Other variables cancel.
 * `pick` takes the connection out of an answer, null where there is none.
 */
export function usePages<D, V extends object, Node>(operation: Operation<D, V>, variables: V, pick: (data: D) => Page<Node> | null): Loadable<Listed<Node>> {
  const { client, release } = useApi();
  const [round, again] = useReducer((count: number) => count + 1, 0);
  const key = `${release} ${JSON.stringify(variables)}`;
  const [state, setState] = useState<{ readonly key: string; readonly listed?: Listed<Node>; readonly problem?: Problem } | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      let nodes: readonly Node[] = [];
      let after: string | null = null;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const answer: Answer<D> = await client.ask(operation, { ...variables, after }, { signal: controller.signal, release });
        if (controller.signal.aborted) return;
        const found: Page<Node> | null = answer.ok ? pick(answer.data) : null;
        if (found === null) return setState({ key, problem: answer.ok ? { kind: "nothing" } : answer.problem });
        nodes = [...nodes, ...found.nodes];
        setState({ key, listed: { nodes, totalCount: found.totalCount } });
        if (!found.pageInfo.hasNextPage) return undefined;
        after = found.pageInfo.endCursor;
      }
      return undefined;
    };
    read().catch(() => undefined); // cancelled
    return () => controller.abort();
  }, [key, round]);
  if (state?.key !== key) return { status: "loading", data: state?.listed };
  if (state.problem !== undefined) return { status: "failed", problem: state.problem, again: () => (setState(null), again(undefined)) };
  return state.listed === undefined ? { status: "loading", data: undefined } : { status: "ready", data: state.listed };
}
