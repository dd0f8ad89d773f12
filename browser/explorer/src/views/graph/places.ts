import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Order, Result } from "./layout-worker";
import type { Places } from "./layout";
import type { Graph } from "./model";
import { staged, type Staged } from "./stages";

/** A graph with the places of its concepts, and who brought whom, by number. */
export interface Placed extends Staged {
  readonly places: Places;
}

/** Lays a graph out in a worker: the last layout that is finished, which is of an older graph while a newer one is under way. */
export function usePlaces(graph: Graph): Placed | null {
  const worker = useRef<Worker | null>(null);
  const orders = useRef({ number: 0, staged: new Map<number, Staged>() });
  const [placed, setPlaced] = useState<Placed | null>(null);
  const now = useMemo(() => staged(graph), [graph]);
  const key = useMemo(() => JSON.stringify(now), [now]);

  useEffect(() => {
    // Modules of other origins are no matter here: it lies beside this file.
    const made = new Worker(new URL(LAYOUT_WORKER, import.meta.url), { type: "module" });
    worker.current = made;
    made.onmessage = ({ data }: MessageEvent<Result>) => {
      const of = orders.current.staged.get(data.number);
      if (of) setPlaced({ ...of, places: data.places });
      for (const number of orders.current.staged.keys()) if (number <= data.number) orders.current.staged.delete(number);
    };
    return () => made.terminate();
  }, []);
  useEffect(() => {
    const number = (orders.current.number += 1);
    orders.current.staged.set(number, now);
    worker.current?.postMessage({ number, stages: now.stages } satisfies Order);
  }, [key]);
  return placed;
}
