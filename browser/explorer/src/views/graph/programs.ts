import type { Attributes } from "graphology-types";
import { createEdgeArrowHeadProgram, createEdgeCompoundProgram, EdgeProgram, NodeProgram, type EdgeProgramType, type NodeProgramType } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { SHAPES, type Shape } from "./look";

type Info = Parameters<NodeProgram["setUniforms"]>[1];

/** Tell a program where the reader looks from: the uniforms of all programs here. */
function setView({ correctionRatio, sizeRatio, matrix }: RenderParams, { gl, uniformLocations }: Info): void {
  gl.uniform1f(uniformLocations["u_correctionRatio"] ?? null, correctionRatio);
  gl.uniform1f(uniformLocations["u_sizeRatio"] ?? null, sizeRatio);
  gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, matrix);
}

/** What a concept is drawn by, beside what sigma has for every node. */
export interface ConceptLook {
  readonly shape: Shape;
  readonly hollow: boolean;
  /** Around it: the colour of the page, or what marks it. */
  readonly ring: string;
  /** What is inside a hollow shape. */
  readonly paper: string;
}

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
/** A square around the shape and its ring, as two triangles. */
const CORNERS = [[-1, -1], [1, -1], [-1, 1], [-1, 1], [1, -1], [1, 1]];

const NODE_VERTEX = /* glsl */ `
attribute vec4 a_color;
attribute vec4 a_ring;
attribute vec4 a_paper;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_ring;
varying vec4 v_paper;
varying vec2 v_at;
varying float v_pixel;
varying float v_shape;
const float bias = 255.0 / 254.0;
void main() {
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  v_pixel = u_sizeRatio / a_size;
  v_at = a_corner * (1.25 + 4.0 * v_pixel);
  gl_Position = vec4((u_matrix * vec3(a_position + radius * v_at, 1)).xy, 0, 1);
  v_shape = a_shape;
  v_ring = a_ring;
  v_paper = a_paper;
  v_color = a_color;
  v_color.a *= bias;
  v_ring.a *= bias;
  v_paper.a *= bias;
}`;

/** Distances to the edge of each shape, inside negative, in radii; the shapes look equally large. */
const NODE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_ring;
varying vec4 v_paper;
varying vec2 v_at;
varying float v_pixel;
varying float v_shape;
float polygon(vec2 p, float sides, float radius, float turn) {
  float step = 6.2831853 / sides;
  float angle = atan(p.x, p.y) + turn;
  return length(p) * cos(angle - step * floor(angle / step + 0.5)) - radius * cos(step / 2.0);
}
float shape(vec2 p, float kind) {
  if (kind < 0.5) return length(p) - 1.0;
  if (kind < 1.5) return max(abs(p.x), abs(p.y)) - 0.88;
  if (kind < 2.5) return polygon(p + vec2(0.0, 0.15), 3.0, 1.4, 3.1415927);
  if (kind < 3.5) return polygon(p, 6.0, 1.08, 0.5235988);
  if (kind < 4.5) return (abs(p.x) + abs(p.y) - 1.25) * 0.7071;
  return polygon(p, 5.0, 1.12, 3.1415927);
}
void main() {
  bool hollow = v_shape > 9.5;
  float d = shape(v_at, hollow ? v_shape - 10.0 : v_shape);
  float ring = 2.0 * v_pixel;
  float soft = v_pixel;
  vec4 inside = hollow ? mix(v_paper, v_color, smoothstep(-0.42 - soft, -0.42, d)) : v_color;
  vec4 color = mix(inside, v_ring, smoothstep(-soft, 0.0, d));
  gl_FragColor = mix(color, vec4(0.0), smoothstep(ring - soft, ring, d));
}`;

/** Draws concepts by their shape, filled or hollow, with a ring. */
class ConceptProgram extends NodeProgram<"u_sizeRatio" | "u_correctionRatio" | "u_matrix"> {
  override getDefinition() {
    return {
      VERTICES: 6, VERTEX_SHADER_SOURCE: NODE_VERTEX, FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT, METHOD: TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"] as const,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT }, { name: "a_size", size: 1, type: FLOAT }, { name: "a_shape", size: 1, type: FLOAT },
        ...["a_color", "a_ring", "a_paper"].map((name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true })),
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: CORNERS,
    };
  }

  override processVisibleItem(_: number, start: number, data: NodeDisplayData): void {
    const { shape, hollow, ring, paper } = data as NodeDisplayData & ConceptLook;
    const kind = SHAPES.indexOf(shape) + (hollow ? 10 : 0);
    this.array.set([data.x, data.y, data.size, kind, floatColor(data.color), floatColor(ring), floatColor(paper)], start);
  }

  override setUniforms(params: RenderParams, info: Info): void {
    setView(params, info);
  }
}

export const CONCEPT_PROGRAM = ConceptProgram as unknown as NodeProgramType;

/** What a line is drawn by, beside what sigma has for every edge. */
export interface Stroke {
  /** Lengths of stroke and gap in pixels, at most two pairs; none for an unbroken line. */
  readonly dash: readonly number[];
}

const LINE_VERTEX = /* glsl */ `
attribute vec4 a_color;
attribute vec4 a_dash;
attribute vec2 a_start;
attribute vec2 a_end;
attribute float a_thickness;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_dash;
varying float v_along;
varying float v_across;
varying float v_half;
const float bias = 255.0 / 254.0;
void main() {
  vec2 way = a_end - a_start;
  float far = length(way);
  vec2 normal = far > 0.0 ? vec2(-way.y, way.x) / far : vec2(0.0);
  // Twice the correction is a pixel of the screen; a pixel more on both sides is for soft edges.
  float pixel = 2.0 * u_correctionRatio;
  v_half = max(a_thickness / u_sizeRatio, 1.0) / 2.0;
  v_across = a_corner.y * (v_half + 1.0);
  v_along = a_corner.x * far / pixel;
  v_dash = a_dash * 255.0 / 10.0;
  vec2 at = a_start + way * a_corner.x + normal * v_across * pixel;
  gl_Position = vec4((u_matrix * vec3(at, 1)).xy, 0, 1);
  v_color = a_color;
  v_color.a *= bias;
}`;

const LINE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_dash;
varying float v_along;
varying float v_across;
varying float v_half;
void main() {
  float period = v_dash.x + v_dash.y + v_dash.z + v_dash.w;
  float seen = 1.0;
  if (period > 0.5) {
    float at = mod(v_along, period);
    float first = v_dash.x + v_dash.y;
    bool stroke = at < v_dash.x || (at > first && at < first + v_dash.z);
    seen = stroke ? 1.0 : 0.0;
  }
  float soft = 1.0 - smoothstep(v_half - 0.5, v_half + 0.5, abs(v_across));
  gl_FragColor = v_color * seen * soft;
}`;

/** Draws the lines between concepts, unbroken or in strokes. */
class LineProgram extends EdgeProgram<"u_sizeRatio" | "u_correctionRatio" | "u_matrix"> {
  override getDefinition() {
    return {
      VERTICES: 6, VERTEX_SHADER_SOURCE: LINE_VERTEX, FRAGMENT_SHADER_SOURCE: LINE_FRAGMENT, METHOD: TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"] as const,
      ATTRIBUTES: [
        { name: "a_start", size: 2, type: FLOAT }, { name: "a_end", size: 2, type: FLOAT }, { name: "a_thickness", size: 1, type: FLOAT },
        ...["a_color", "a_dash"].map((name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true })),
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[0, 1], [0, -1], [1, 1], [1, 1], [0, -1], [1, -1]],
    };
  }

  override processVisibleItem(_: number, start: number, from: NodeDisplayData, to: NodeDisplayData, data: EdgeDisplayData): void {
    const { dash } = data as EdgeDisplayData & Stroke;
    this.array.set([from.x, from.y, to.x, to.y, data.size, floatColor(data.color), packed(dash)], start);
  }

  override setUniforms(params: RenderParams, info: Info): void {
    setView(params, info);
  }
}

const BYTES = new Uint8Array(4);
const FLOATS = new Float32Array(BYTES.buffer);

/** Up to four lengths below 25 pixels as the bytes of one float, tenths of a pixel each, as colours are. */
function packed(dash: readonly number[]): number {
  BYTES.fill(0);
  dash.forEach((length, place) => (BYTES[place] = Math.round(length * 10)));
  return FLOATS[0] as number;
}

const LINE = LineProgram as unknown as EdgeProgramType;
const HEAD = { lengthToThicknessRatio: 4.5, widenessToThicknessRatio: 3.2 };
const TO = createEdgeArrowHeadProgram<Attributes, Attributes, Attributes>({ ...HEAD, extremity: "target" });
const FROM = createEdgeArrowHeadProgram<Attributes, Attributes, Attributes>({ ...HEAD, extremity: "source" });

/** By which ends have an arrow head. */
export const LINE_PROGRAMS = {
  none: LINE,
  to: createEdgeCompoundProgram([LINE, TO]),
  from: createEdgeCompoundProgram([LINE, FROM]),
  both: createEdgeCompoundProgram([LINE, TO, FROM]),
} as const;
export type LineType = keyof typeof LINE_PROGRAMS;
