import Graph from "graphology";
import type { Settings } from "sigma/settings";
import { animateNodes } from "sigma/utils";
import { DASHES, strokeOf, type Look } from "./look";
import type { Line } from "./model";
import { drawBox, drawLabel, drawLineLabel, holdPlace, Taken } from "./labels";
import { Stage } from "./stage";
import { CONCEPT_PROGRAM, LINE_PROGRAMS, type ConceptLook, type LineType, type Stroke } from "./programs";

/** A concept as it is drawn. */
export interface Drawn {
  readonly id: string;
  readonly label: string;
  readonly look: Look;
  readonly at: readonly [number, number];
  /** Beside which it appears. */
  readonly parent: string | null;
  readonly pinned: boolean;
  /** On which side its name has more room. */
  readonly side: "left" | "right";
}

/** A line as it is drawn: its words are read where there is room. */
export interface DrawnLine {
  readonly line: Line;
  readonly label: string;
}

export interface Colors {
  readonly ink: string;
  readonly soft: string;
  readonly edge: string;
  readonly line: string;
  readonly paper: string;
  readonly link: string;
}

interface Events {
  readonly onChoose: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onMove: (id: string, at: readonly [number, number]) => void;
  readonly onLost: () => void;
}

type NodeData = { x: number; y: number; size: number; color: string; label: string; type: "concept"; pinned: boolean; side: Drawn["side"] } & Omit<ConceptLook, "ring" | "paper">;
type LineData = { size: number; type: LineType; words: string; crowded?: boolean } & Stroke;

type Rest<F> = F extends (taken: Taken, ...rest: infer R) => void ? R : never;
type Told = Rest<typeof drawLabel>;
type ToldOfLine = Rest<typeof drawLineLabel>;

/** Milliseconds in which concepts move to new places; a large graph jumps, so that the page answers meanwhile. */
const MOVE = 350;
const MOST_MOVING = 100;
/** Lines at a concept that carry words and stand out from the others; of more, words are read when the reader comes closer. */
const MOST_WORDS = 40;
/** What part of the whole picture is seen by a reader who is close. */
const CLOSE = 0.5;

/** The picture of a graph in a box of the page (sigma, WebGL); what is in it is told by `show`. */
export class Renderer {
  readonly #graph = new Graph<NodeData, LineData>({ type: "undirected" });
  readonly #sigma: Stage<NodeData, LineData>;
  readonly #events: Events;
  readonly #taken = new Taken();
  #held = false;
  #colors: Colors;
  #active: string | null = null;
  #hovered: string | null = null;
  #stop: (() => void) | null = null;

  /** Throws where there is no WebGL; ask `hasWebGL` before. */
  constructor(box: HTMLElement, colors: Colors, events: Events) {
    this.#colors = colors;
    this.#events = events;
    this.#sigma = new Stage<NodeData, LineData>(this.#graph, box, {
      ...SETTINGS,
      ...labelColors(colors),
      defaultDrawNodeLabel: ((...given: Told) => {
        this.#hold(given[0], given[2]);
        drawLabel(this.#taken, ...given);
      }) as never,
      defaultDrawEdgeLabel: ((...given: ToldOfLine) => {
        if (this.#hasWords(given[1] as unknown as LineData)) drawLineLabel(this.#taken, ...given);
      }) as never,
      nodeReducer: (id, data) => this.#node(id, data),
      edgeReducer: (id, data) => this.#line(id, data),
    });
    this.#listen();
  }

  /** Draw these; what is there already moves to its place, unless `calm`. */
  show(nodes: readonly Drawn[], lines: readonly DrawnLine[], calm: boolean): void {
    this.#stop?.();
    const graph = this.#graph;
    const ids = new Set(nodes.map(({ id }) => id));
    const keys = new Set(lines.map(({ line }) => line.key));
    const still = calm || graph.order === 0 || nodes.length > MOST_MOVING;
    for (const key of graph.edges()) if (!keys.has(key)) graph.dropEdge(key);
    for (const id of graph.nodes()) if (!ids.has(id)) graph.dropNode(id);
    for (const node of nodes) {
      const known = graph.hasNode(node.id) ? graph.getNodeAttributes(node.id) : null;
      const beside = node.parent !== null && graph.hasNode(node.parent) ? graph.getNodeAttributes(node.parent) : null;
      const [x, y] = still ? node.at : [known?.x ?? beside?.x ?? node.at[0], known?.y ?? beside?.y ?? node.at[1]];
      const data: NodeData = { ...node.look, x, y, label: node.label, type: "concept", pinned: node.pinned, side: node.side };
      if (known) graph.replaceNodeAttributes(node.id, data);
      else graph.addNode(node.id, data);
    }
    for (const { line, label } of lines) {
      const { width, provenance } = strokeOf(line);
      const type: LineType = line.toArrow ? (line.fromArrow ? "both" : "to") : line.fromArrow ? "from" : "none";
      const data: LineData = { size: width, type, words: label, dash: DASHES[provenance] };
      if (graph.hasEdge(line.key)) graph.replaceEdgeAttributes(line.key, data);
      else graph.addEdgeWithKey(line.key, line.from, line.to, data);
    }
    // How a line looks depends on how many there are beside it, which is known now.
    this.#redraw();
    if (!still) this.#stop = animateNodes(graph, Object.fromEntries(nodes.map(({ id, at: [x, y] }) => [id, { x, y }])), { duration: MOVE });
  }

  /** Mark a concept, with the lines at it. */
  mark(id: string | null): void {
    if (id === this.#active) return;
    this.#active = id;
    this.#redraw();
  }

  recolor(colors: Colors): void {
    this.#colors = colors;
    const { labelColor, edgeLabelColor } = labelColors(colors);
    this.#sigma.setSetting("labelColor", labelColor);
    this.#sigma.setSetting("edgeLabelColor", edgeLabelColor);
    this.#redraw();
  }

  zoom(step: "in" | "out" | "all", calm: boolean): void {
    const camera = this.#sigma.getCamera();
    const duration = calm ? 0 : 200;
    if (step === "in") void camera.animatedZoom({ duration });
    else if (step === "out") void camera.animatedUnzoom({ duration });
    else void camera.animatedReset({ duration });
  }

  /** What is seen now: the layers from the lowest to the highest. */
  layers(): readonly HTMLCanvasElement[] {
    // What WebGL has drawn is gone when the screen has shown it: it is drawn anew and read at once.
    this.#sigma.refresh({ skipIndexation: true, schedule: false });
    const canvases = this.#sigma.getCanvases();
    return ["edges", "edgeLabels", "nodes", "labels", "hovers"].flatMap((layer) => canvases[layer] ?? []);
  }

  kill(): void {
    this.#stop?.();
    this.#sigma.kill();
  }

  #hover(id: string | null): void {
    this.#hovered = id;
    this.#redraw();
  }

  #redraw(): void {
    this.#sigma.refresh({ skipIndexation: true, schedule: true });
  }

  #node(id: string, data: NodeData) {
    const active = id === this.#active;
    const ring = active ? this.#colors.link : data.pinned ? this.#colors.ink : this.#colors.paper;
    return { ...data, ring, paper: this.#colors.paper, size: active ? data.size * 1.3 : data.size, highlighted: active, forceLabel: active, zIndex: active ? 1 : 0 };
  }

  #line(id: string, data: LineData) {
    const at = [this.#hovered, this.#active].filter((one) => this.#touches(id, one));
    const near = at.some((one) => this.#graph.degree(one) <= MOST_WORDS);
    return { ...data, color: near ? this.#colors.soft : this.#colors.edge, label: data.words, forceLabel: near, crowded: at.length > 0 && !near, zIndex: near ? 1 : 0 };
  }

  #hasWords({ crowded = false }: LineData): boolean {
    return !crowded || this.#sigma.getCamera().ratio < CLOSE;
  }

  /** Where shapes are, no words are written; known when the first word is about to be. */
  #hold(context: Told[0], type: Told[2]): void {
    if (this.#held) return;
    this.#held = true;
    for (const id of this.#graph.nodes()) {
      const data = this.#sigma.getNodeDisplayData(id);
      if (data) holdPlace(this.#taken, context, { ...data, ...this.#sigma.framedGraphToViewport(data), size: this.#sigma.scaleSize(data.size) }, type);
    }
  }

  #touches(line: string, id: string | null): boolean {
    return id !== null && this.#graph.hasNode(id) && this.#graph.hasExtremity(line, id);
  }

  #listen(): void {
    const sigma = this.#sigma;
    sigma.on("beforeRender", () => {
      this.#taken.clear();
      this.#held = false;
    });
    let dragged: { readonly id: string; moved: boolean } | null = null;
    sigma.on("enterNode", ({ node }) => {
      sigma.getContainer().style.cursor = "pointer";
      this.#hover(node);
    });
    sigma.on("leaveNode", () => {
      sigma.getContainer().style.cursor = "";
      this.#hover(null);
    });
    sigma.on("clickNode", ({ node }) => this.#events.onChoose(node));
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      this.#events.onOpen(node);
    });
    sigma.on("downNode", ({ node }) => {
      dragged = { id: node, moved: false };
      if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
    });
    sigma.on("moveBody", ({ event }) => {
      if (dragged === null) return;
      const { x, y } = sigma.viewportToGraph(event);
      this.#stop?.();
      this.#graph.mergeNodeAttributes(dragged.id, { x, y });
      dragged.moved = true;
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = (): void => {
      const done = dragged;
      dragged = null;
      sigma.setCustomBBox(null);
      if (!done?.moved) return;
      const { x, y } = this.#graph.getNodeAttributes(done.id);
      this.#events.onMove(done.id, [x, y]);
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
    for (const canvas of Object.values(sigma.getCanvases())) canvas.addEventListener("webglcontextlost", this.#events.onLost);
  }
}

/** Whether this browser draws with WebGL. */
export function hasWebGL(): boolean {
  const canvas = document.createElement("canvas");
  const found = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  found?.getExtension("WEBGL_lose_context")?.loseContext();
  return found !== null;
}

const FONT = 'system-ui, "Segoe UI", sans-serif';

const SETTINGS: Partial<Settings<NodeData, LineData>> = {
  defaultNodeType: "concept",
  nodeProgramClasses: { concept: CONCEPT_PROGRAM as never },
  nodeHoverProgramClasses: { concept: CONCEPT_PROGRAM as never },
  defaultEdgeType: "none",
  edgeProgramClasses: LINE_PROGRAMS as never,
  defaultDrawNodeHover: drawBox as never,
  renderEdgeLabels: true,
  labelFont: FONT,
  labelSize: 13,
  edgeLabelFont: FONT,
  edgeLabelSize: 11,
  // Names are sparse when they are seen from afar, and come closer with the reader.
  labelDensity: 2,
  labelGridCellSize: 90,
  labelRenderedSizeThreshold: 4,
  stagePadding: 44,
  zIndex: true,
  minCameraRatio: 0.03,
  maxCameraRatio: 4,
  allowInvalidContainer: true,
};

function labelColors({ ink, soft, paper, line }: Colors): Pick<Settings, "labelColor" | "edgeLabelColor"> {
  return { labelColor: { color: ink, paper, line } as { color: string }, edgeLabelColor: { color: soft, paper } as { color: string } };
}
