import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ConceptSearch } from "../../concepts/concept-search";
import { ConceptLink } from "../../concepts/concept-link";
import { Tools, type Picture, type Question } from "../../export/tools";
import { useAppState, useParams } from "../../state/context";
import { Table, type Column } from "../../table/table";
import { grouped, useTexts } from "../../texts/define";
import { StateLink } from "../../ui/link";
import { Empty, Failed, Loaded } from "../../ui/states";
import { questionOf } from "./answers";
import { Canvas, type Seen } from "./canvas";
import { cypherOf } from "./cypher";
import { KEPT } from "./kept";
import { familiesOf, Legend, provenancesOf } from "./legend";
import { List, Panel } from "./list";
import type { Edge, Graph } from "./model";
import { useNeighbourhood, type Neighbourhood } from "./neighbourhood";
import { outlineOf } from "./outline";
import { picture } from "./picture";
import { hasWebGL } from "./renderer";
import { GRAPH } from "./texts";
import { useGraphWords } from "./words";

const EXAMPLES = [["bXNH_MNX_dUR", "Sjuksköterska, grundutbildad"], ["rQds_YGd_quU", "Mjukvaruutvecklare"]] as const;

/** What hangs together with a concept, walked one relation at a time: drawn, as a list, and as a table. */
export default function GraphView(): JSX.Element {
  const { concept } = useAppState();
  const [{ from }, change] = useParams(KEPT);
  useEffect(() => {
    if (from.length === 0 && concept !== null) change({ from: [concept] }, { replace: true });
  }, []);
  return from.length === 0 ? <Begin /> : <Shown />;
}

/** Where to begin. */
function Begin(): JSX.Element {
  const t = useTexts(GRAPH);
  const { selection } = useAppState();
  const [text, setText] = useState("");
  const [, change] = useParams(KEPT);
  const go = (from: readonly string[]): void => {
    change({ from });
    document.getElementById("view-title")?.focus();
  };
  return (
    <div class="state begin">
      <p>{t.beginLead}</p>
      <ConceptSearch label={t.begin} placeholder={t.beginPlaceholder} text={text} onText={setText} onChoose={({ id }) => go([id])} />
      {selection.length > 0 && <p><button type="button" class="button main" onClick={() => go(selection)}>{t.useSelection(selection.length)}</button></p>}
      <p>{t.examples}:</p>
      <ul class="inline">
        {EXAMPLES.map(([id, label]) => <li key={id}><StateLink to={(state) => ({ ...state, params: { from: id } })}><span lang="sv">{label}</span></StateLink></li>)}
      </ul>
    </div>
  );
}

function Shown(): JSX.Element {
  const t = useTexts(GRAPH);
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [listed, setListed] = useState<readonly string[]>([]);
  const of = useNeighbourhood(listed);
  const items = useMemo(() => outlineOf({ ...of, folds }), [of.graph, of.expansions, folds, listed, ...counted(of, listed)]);
  const unfolded = [...new Set(items.flatMap((item) => (item.type === "concept" && item.unfolded ? [item.concept.id] : [])))];
  useEffect(() => setListed(unfolded), [unfolded.join(" ")]);
  // What is shown stays while names are asked anew, for a pin: the list would lose its focus.
  if (of.begin.status !== "failed" && of.graph.nodes.size > 0) {
    return (
      <>
        {of.unknown.map((id) => <p key={id} class="notice" role="note">{t.unknown(id)}</p>)}
        <Parts of={of} items={items} fold={(key, open) => setFolds(new Map([...folds, [key, open]]))} />
      </>
    );
  }
  return <Loaded of={of.begin}>{() => <>{of.unknown.map((id) => <p key={id} class="notice" role="note">{t.unknown(id)}</p>)}</>}</Loaded>;
}

/** Something that changes when more counts are known. */
function counted(of: Neighbourhood, listed: readonly string[]): readonly [number] {
  return [listed.filter((id) => of.groups(id) !== undefined).length];
}

function Parts({ of, items, fold }: { of: Neighbourhood } & Pick<Parameters<typeof List>[0], "items" | "fold">): JSX.Element {
  const t = useTexts(GRAPH);
  const { language } = useAppState();
  const [{ as: shape }, change] = useParams(KEPT);
  const [drawable, setDrawable] = useState(hasWebGL);
  const seen = useRef<Seen>(null);
  const graph = of.graph;
  const title = titleOf(graph, t.title);
  const { columns, questions, cypher } = useTaken(of);
  const pictures = usePictures(of, seen);
  const rows = [...graph.edges.values()];
  return (
    <div class="neighbourhood">
      <div class="table-tools">
        <fieldset class="chips">
          <legend>{t.asWhat}</legend>
          {(["graph", "table"] as const).map((one) => (
            <label key={one} class="chip"><input type="radio" name="as" checked={shape === one} onChange={() => change({ as: one })} />{t[one]}</label>
          ))}
        </fieldset>
        <p class="table-count">{t.seen(grouped(graph.nodes.size, language), grouped(graph.edges.size, language))}</p>
        {shape === "graph" && (
          <Tools
            title={title} questions={questions} cypher={cypher} pictures={drawable ? pictures : []}
            cells={{ columns, rows: rows.map((row) => columns.map((column) => column.value(row))) }}
          />
        )}
      </div>
      {of.problem !== null && <Failed problem={of.problem} again={of.again} />}
      <div class="split">
        <div class="picture">
          {shape === "graph" && (drawable ? <Canvas of={of} seen={seen} onLost={() => setDrawable(false)} /> : (
            <div class="notice" role="note" data-missing="webgl"><p><strong>{t.noWebGL}</strong></p><p>{t.noWebGLHint}</p></div>
          ))}
          <Legend whole={of.whole} graph={graph} />
          {shape === "table" && (rows.length === 0 ? <Empty title={t.noEdges} /> : (
            <Table title={title} columns={columns} rows={rows} rowKey={({ key }) => key} concept={(edge) => conceptOf(graph, edge.to)} questions={questions} cypher={cypher} />
          ))}
        </div>
        <div class="side">
          {of.active && <Panel of={of} concept={of.active} />}
          <section>
            <h3>{t.list}</h3>
            <p class="soft">{t.keys}</p>
            <List of={of} items={items} fold={fold} />
          </section>
        </div>
      </div>
    </div>
  );
}

function titleOf(graph: Graph, title: (label: string) => string): string {
  return title([...graph.nodes.values()].filter(({ parent }) => parent === null).map(({ concept }) => concept.label).join(", "));
}

function conceptOf(graph: Graph, id: string): { readonly id: string; readonly label: string } {
  return graph.nodes.get(id)?.concept ?? { id, label: id };
}

/** The relations as a table, and the questions behind them. */
function useTaken(of: Neighbourhood): { columns: readonly Column<Edge>[]; questions: readonly Question[]; cypher: string } {
  const t = useTexts(GRAPH);
  const { language } = useAppState();
  const { edge: said, strength, words } = useGraphWords();
  const { nodes } = of.graph;
  const end = (id: string): JSX.Element | string => {
    const concept = nodes.get(id)?.concept;
    return concept ? <ConceptLink of={concept} /> : id;
  };
  const label = (id: string): string => nodes.get(id)?.concept.label ?? id;
  const kind = (id: string): string => { const concept = nodes.get(id)?.concept; return concept ? words.kind(concept.kind) : ""; };
  return {
    columns: [
      { key: "from", title: t.from, value: ({ from }) => label(from), cell: ({ from }) => end(from) },
      { key: "relation", title: t.relation, value: said, width: "11rem" },
      { key: "to", title: t.to, value: ({ to }) => label(to), cell: ({ to }) => end(to) },
      { key: "strength", title: t.strength, value: strength, width: "7rem" },
      { key: "provenance", title: t.says, value: ({ provenances }) => provenances.map(words.provenance).join(", "), width: "9rem" },
      { key: "fromKind", title: t.fromKind, value: ({ from }) => kind(from), width: "9rem", wideOnly: true },
      { key: "toKind", title: t.toKind, value: ({ to }) => kind(to), width: "9rem", wideOnly: true },
      { key: "fromId", title: t.fromId, value: ({ from }) => from, width: "9rem", wideOnly: true },
      { key: "toId", title: t.toId, value: ({ to }) => to, width: "9rem", wideOnly: true },
      { key: "sources", title: t.sources, value: ({ sources }) => sources.join(", "), width: "9rem", wideOnly: true },
    ],
    questions: of.expansions.slice(0, 5).map((expansion) => questionOf(expansion, language === "sv" ? "SV" : "EN")),
    cypher: cypherOf([...nodes.values()].filter(({ parent }) => parent === null).map(({ concept }) => concept.id), of.expansions),
  };
}

/** The picture as it is seen, to be taken along. */
function usePictures(of: Neighbourhood, seen: { readonly current: Seen | null }): readonly Picture[] {
  const t = useTexts(GRAPH);
  const { words } = useGraphWords();
  const make: Picture["make"] = (about) => {
    const { layers, colors } = seen.current ?? { layers: () => [], colors: () => { throw new Error("nothing is drawn"); } };
    const key = {
      families: familiesOf(of.graph).map((family) => ({ family, name: t[family] })),
      strokes: provenancesOf(of.graph).map((provenance) => ({ provenance, name: words.provenance(provenance) })),
      widths: t.widths,
    };
    return picture(layers(), key, about, colors());
  };
  return [{ name: t.picture, ending: "png", make }];
}
