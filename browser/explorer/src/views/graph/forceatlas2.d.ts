/** The library declares types for graphs only, not for the matrices beneath. */
declare module "graphology-layout-forceatlas2/iterate" {
  export default function iterate(
    settings: Readonly<Record<string, number | boolean>>, nodes: Float32Array, edges: Float32Array,
  ): void;
}

/** The file of the layout's worker beside this one; the build sets it. */
declare const LAYOUT_WORKER: string;
