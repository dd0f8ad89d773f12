import type { JSX, RefObject } from "preact";
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useAppState, useStore } from "../../state/context";
import { openCard } from "../../state/state";
import { grouped, useTexts } from "../../texts/define";
import { useMedia } from "../../ui/media";
import { familyOf, LOOKS } from "./look";
import { moved } from "./layout";
import { linesOf } from "./model";
import type { Neighbourhood } from "./neighbourhood";
import { usePlaces } from "./places";
import { Renderer, type Colors, type Drawn, type DrawnLine } from "./renderer";
import { GRAPH } from "./texts";
import { useGraphWords } from "./words";

/** What is seen, to be made into a picture. */
export interface Seen {
  readonly layers: () => readonly HTMLCanvasElement[];
  readonly colors: () => Colors;
}

/** The graph drawn; `onLost` when the browser takes the drawing away. */
export function Canvas({ of, seen, onLost }: { of: Neighbourhood; seen: RefObject<Seen | null>; onLost: () => void }): JSX.Element {
  const t = useTexts(GRAPH);
  const store = useStore();
  const { language } = useAppState();
  const calm = useMedia("(prefers-reduced-motion: reduce)");
  const dark = useMedia("(prefers-color-scheme: dark)");
  const box = useRef<HTMLDivElement>(null);
  const renderer = useRef<Renderer | null>(null);
  const latest = useRef(of);
  latest.current = of;
  const { nodes, lines } = useDrawn(of);
  const [drawn, setDrawn] = useState(false);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    renderer.current = new Renderer(element, colorsOf(element), {
      onChoose: (id) => latest.current.choose(id),
      onOpen: (id) => store.go((state) => openCard(state, id)),
      onMove: (id, at) => {
        const concept = latest.current.graph.nodes.get(id)?.concept;
        if (concept) latest.current.pin(concept, at);
      },
      onLost,
    });
    return () => renderer.current?.kill();
  }, []);
  useEffect(() => {
    if (nodes === null) return;
    renderer.current?.show(nodes, lines, calm);
    renderer.current?.mark(of.active?.id ?? null);
    setDrawn(true);
  }, [nodes, lines]);
  useEffect(() => renderer.current?.mark(of.active?.id ?? null), [of.active?.id]);
  useEffect(() => {
    if (box.current) renderer.current?.recolor(colorsOf(box.current));
  }, [dark]);
  useImperativeHandle(seen, () => ({ layers: () => renderer.current?.layers() ?? [], colors: () => colorsOf(box.current as HTMLElement) }), []);

  const label = t.pictureLabel(grouped(of.graph.nodes.size, language), grouped(of.graph.edges.size, language));
  return (
    <div class="canvas">
      <div ref={box} class="canvas-box" role="img" aria-label={label} data-drawn={drawn ? nodes?.length : undefined} />
      <div class="zoom">
        {(["in", "out", "all"] as const).map((step) => {
          const name = { in: t.zoomIn, out: t.zoomOut, all: t.zoomAll }[step];
          return <button key={step} type="button" class="button" aria-label={name} title={name} onClick={() => renderer.current?.zoom(step, calm)}><span aria-hidden="true">{{ in: "+", out: "−", all: "⤢" }[step]}</span></button>;
        })}
      </div>
      {!drawn && <p class="drawing soft">{t.layingOut}</p>}
    </div>
  );
}

/** What is to be drawn, when its places are known: until then, what was drawn before. */
function useDrawn(of: Neighbourhood): { nodes: readonly Drawn[] | null; lines: readonly DrawnLine[] } {
  const placed = usePlaces(of.whole);
  const { line: said, words } = useGraphWords();
  const before = useRef<{ nodes: readonly Drawn[] | null; lines: readonly DrawnLine[] }>({ nodes: null, lines: [] });
  return useMemo(() => {
    if (placed === null) return before.current;
    const number = new Map(placed.ids.map((id, place) => [id, place]));
    const pinned = new Map(of.pins.flatMap(({ id, at }) => (at && number.has(id) ? [[number.get(id) as number, at] as const] : [])));
    const places = moved(placed.places, placed.parents, pinned);
    const shown = [...of.graph.nodes].filter(([id]) => number.has(id));
    // What came while the layout is under way has no place yet.
    const nodes = shown.map(([id, { concept, parent }]): Drawn => {
      const at = 2 * (number.get(id) as number);
      const beside = placed.parents[number.get(id) as number] ?? -1;
      const side = beside >= 0 && (places[at] as number) < (places[2 * beside] as number) ? "left" : "right";
      return {
        id, parent, side, label: concept.code === null ? concept.label : `${concept.code} ${concept.label}`,
        look: { ...LOOKS[familyOf(concept.kind)] }, at: [places[at] as number, places[at + 1] as number], pinned: of.pins.some((one) => one.id === id),
      };
    });
    const lines = linesOf(of.graph.edges.values())
      .filter(({ from, to }) => from !== to && number.has(from) && number.has(to))
      .map((line): DrawnLine => ({ line, label: said(line) }));
    before.current = { nodes, lines };
    return before.current;
  }, [placed, of.graph, of.pins, words]);
}

/** The colours of the page as they are now, light or dark. */
function colorsOf(element: HTMLElement): Colors {
  const probe = element.appendChild(document.createElement("span"));
  const color = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const found = { ink: color("ink"), soft: color("soft"), edge: color("edge"), line: color("line"), paper: color("paper"), link: color("link") };
  probe.remove();
  return found;
}
