import type { Attributes } from "graphology-types";
import Sigma from "sigma";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Pixels around a shape that belong to it. */
const NEAR = 3;

/**
 * Sigma, except that what is under the pointer is reckoned. Sigma reads it from a hidden picture of its own, and reading waits until all has been
 * drawn: without a GPU the page would stand still for a tenth of a second and more at every movement of the pointer, wherever on the page it is.
 */
export class Stage<N extends Attributes, E extends Attributes> extends Sigma<N, E> {
  override createWebGLContext(...[id, options]: Parameters<Sigma<N, E>["createWebGLContext"]>): WebGLRenderingContext {
    return super.createWebGLContext(id, { ...options, picking: false });
  }
}

/** The node at a point, the nearest if there are several. */
function nodeAt<N extends Attributes, E extends Attributes>(stage: Sigma<N, E>, { x, y }: Point): string | null {
  let [nearest, least]: [string | null, number] = [null, Infinity];
  for (const id of stage.getGraph().nodes()) {
    const data = stage.getNodeDisplayData(id);
    if (data === undefined) continue;
    const at = stage.framedGraphToViewport(data);
    const far = Math.hypot(at.x - x, at.y - y);
    if (far > stage.scaleSize(data.size) + NEAR || far >= least) continue;
    [nearest, least] = [id, far];
  }
  return nearest;
}

// To the declarations of sigma the method is private; its handlers call it by this name, and a story that clicks in the picture says when they do not.
(Stage.prototype as unknown as { getNodeAtPosition: (this: Stage<Attributes, Attributes>, at: Point) => string | null }).getNodeAtPosition = function (at) {
  return nodeAt(this, at);
};
