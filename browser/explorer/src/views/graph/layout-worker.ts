import iterate from "graphology-layout-forceatlas2/iterate";
import { laidOut, type Places, type Stage } from "./layout";

/** What the worker is sent; it answers the latest only. */
export interface Order {
  readonly number: number;
  readonly stages: readonly Stage[];
}

export interface Result {
  readonly number: number;
  readonly places: Places;
}

/** Milliseconds of work after which it looks whether something newer has been sent. */
const SLICE = 30;
/** Many nodes are reckoned with by region. */
const MANY = 400;

let latest = 0;
/** The places at the end of the last stages, which often are the beginning of the next ones. */
let last: { stages: readonly string[]; places: Places } = { stages: [], places: new Float32Array(0) };

self.onmessage = ({ data }: MessageEvent<Order>): void => {
  latest = data.number;
  void work(data);
};

async function work({ number, stages }: Order): Promise<void> {
  const keys = stages.map((stage) => JSON.stringify(stage));
  const known = last.stages.length <= keys.length && last.stages.every((key, place) => key === keys[place]);
  const settings = { ...SETTINGS, barnesHutOptimize: stages.reduce((sum, { parents }) => sum + parents.length, 0) > MANY };
  const steps = laidOut(stages, (nodes, edges) => iterate(settings, nodes, edges), known ? { places: last.places, stages: last.stages.length } : undefined);
  for (let step = steps.next(), begun = performance.now(); ; step = steps.next()) {
    if (step.done) {
      last = { stages: keys, places: step.value };
      self.postMessage({ number, places: step.value } satisfies Result);
      return;
    }
    if (performance.now() - begun > SLICE) {
      await new Promise((resolve) => setTimeout(resolve));
      if (number !== latest) return;
      begun = performance.now();
    }
  }
}

const SETTINGS = {
  linLogMode: false, outboundAttractionDistribution: false, adjustSizes: false, edgeWeightInfluence: 1, scalingRatio: 60,
  strongGravityMode: false, gravity: 0.6, slowDown: 3, barnesHutTheta: 0.5,
};
