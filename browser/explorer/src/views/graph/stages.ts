import type { Stage } from "./layout";
import type { Graph } from "./model";

/** A graph as its layout takes it: what came together is a stage; `ids` are the concepts by number, `parents` the numbers of who brought them. */
export interface Staged {
  readonly ids: readonly string[];
  readonly parents: readonly number[];
  readonly stages: readonly Stage[];
}

/** The stages of a graph: where it begins, then each expansion that brought something. */
export function staged(graph: Graph): Staged {
  const begin = [...graph.nodes].filter(([, { parent }]) => parent === null).map(([id]) => id);
  const ids = [...begin, ...graph.steps.flatMap(({ nodes }) => nodes)];
  const number = new Map(ids.map((id, place) => [id, place]));
  const of = (id: string): number => number.get(id) ?? -1;
  const parentOf = (id: string): number => of(graph.nodes.get(id)?.parent ?? "");
  const stages = graph.steps
    .filter(({ nodes, edges }) => nodes.length + edges.length > 0)
    .map(({ nodes, edges }): Stage => ({
      parents: nodes.map(parentOf),
      edges: edges.flatMap((key) => {
        const edge = graph.edges.get(key);
        return edge ? [[of(edge.from), of(edge.to)] as const] : [];
      }),
    }));
  return { ids, parents: ids.map(parentOf), stages: [{ parents: begin.map(() => -1), edges: [] }, ...stages] };
}
