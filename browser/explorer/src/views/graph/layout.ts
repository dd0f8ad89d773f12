/** Nodes and edges that come together, by number in the order of coming; `parents` says beside which node each new one begins (-1: none). */
export interface Stage {
  readonly parents: readonly number[];
  readonly edges: readonly (readonly [number, number])[];
}

/** A place of every node, as x and y in turn. */
export type Places = Float32Array;

/** One iteration of ForceAtlas2 over its matrices, ten numbers per node and three per edge. */
export type Iterate = (nodes: Float32Array, edges: Float32Array) => void;

const PER_NODE = 10;
const PER_EDGE = 3;
/** How far from its parent a node begins: about as far as it will be. */
const BEGIN = 40;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * Lays the nodes out stage by stage, each from where the stage before ended: a node that has a place keeps near it when others come. Without
 * chance: the same stages always give the same places. Yields after every iteration, for its caller to stop or to go on.
 */
export function* laidOut(stages: readonly Stage[], iterate: Iterate, begin?: { readonly places: Places; readonly stages: number }): Generator<void, Places> {
  let places: Places = begin?.places ?? new Float32Array(0);
  const links = stages.slice(0, begin?.stages ?? 0).flatMap(({ edges }) => edges);
  for (const stage of stages.slice(begin?.stages ?? 0)) {
    links.push(...stage.edges);
    places = begun(places, stage.parents);
    const nodes = matrixOfNodes(places, links);
    const edges = Float32Array.from(links.flatMap(([from, to]) => [from * PER_NODE, to * PER_NODE, 1]));
    for (let left = iterationsFor(places.length / 2); left > 0 && edges.length >= PER_EDGE; left -= 1) {
      iterate(nodes, edges);
      yield;
    }
    for (let node = 0; node < places.length / 2; node += 1) {
      places[2 * node] = nodes[node * PER_NODE] ?? 0;
      places[2 * node + 1] = nodes[node * PER_NODE + 1] ?? 0;
    }
  }
  return places;
}

/** Enough for a small graph to come to rest, and few enough for a large one not to be waited for. */
function iterationsFor(nodes: number): number {
  return nodes <= 100 ? 250 : nodes <= 300 ? 160 : 100;
}

/** With the new nodes in rings around their parents. */
function begun(places: Places, parents: readonly number[]): Places {
  const all = new Float32Array(places.length + 2 * parents.length);
  all.set(places);
  parents.forEach((parent, number) => {
    const at = places.length + 2 * number;
    const angle = number * GOLDEN;
    // Without a parent they begin side by side: all in one place, forces would have no direction.
    const far = parent < 0 ? 2 * BEGIN * Math.sqrt(at / 2) : BEGIN * Math.sqrt(1 + number / 8);
    all[at] = (parent < 0 ? 0 : (all[2 * parent] ?? 0)) + far * Math.cos(angle);
    all[at + 1] = (parent < 0 ? 0 : (all[2 * parent + 1] ?? 0)) + far * Math.sin(angle);
  });
  return all;
}

/** As ForceAtlas2 has its nodes: place, forces, mass, convergence, size, fixed. */
function matrixOfNodes(places: Places, links: readonly (readonly [number, number])[]): Float32Array {
  const matrix = new Float32Array((places.length / 2) * PER_NODE);
  for (let node = 0; node < places.length / 2; node += 1) {
    matrix.set([places[2 * node] ?? 0, places[2 * node + 1] ?? 0, 0, 0, 0, 0, 1, 1, 1, 0], node * PER_NODE);
  }
  for (const end of links.flat()) matrix[end * PER_NODE + 6] = (matrix[end * PER_NODE + 6] ?? 0) + 1;
  return matrix;
}

/** The places when some nodes have been put elsewhere: what a node brought goes along with it. */
export function moved(places: Places, parents: readonly number[], pinned: ReadonlyMap<number, readonly [number, number]>): Places {
  const result = places.slice();
  parents.forEach((parent, node) => {
    const pin = pinned.get(node);
    for (const axis of [0, 1] as const) {
      const at = 2 * node + axis;
      const shift = parent < 0 ? 0 : (result[2 * parent + axis] ?? 0) - (places[2 * parent + axis] ?? 0);
      result[at] = pin ? pin[axis] : (places[at] ?? 0) + shift;
    }
  });
  return result;
}
