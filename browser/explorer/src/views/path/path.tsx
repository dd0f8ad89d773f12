import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { ConceptNames } from "../../api/generated/ConceptNames";
import { ShortestPaths, type ShortestPathsData } from "../../api/generated/ShortestPaths";
import { useQuery } from "../../api/query";
import { ConceptLink } from "../../concepts/concept-link";
import { ConceptSearch } from "../../concepts/concept-search";
import { question } from "../../export/tools";
import { useAppState, useParams } from "../../state/context";
import { params, someOf, text, whole } from "../../state/params";
import { Table, type Column } from "../../table/table";
import { useTexts } from "../../texts/define";
import { useAnnounce } from "../../ui/announce";
import { StateLink } from "../../ui/link";
import { Empty, Loaded } from "../../ui/states";
import { useWords } from "../../words/words";
import { Chains } from "./chain-list";
import { cypherOf, RELATION_GROUP_NAMES, relationsOf, rowsOf, type RelationGroup, type Row } from "./chains";
import { PATH } from "./texts";

const LONGEST = 10;
/** As many as the service gives. */
const MOST = 20;

const KEPT = params<{ from: string; to: string; by: readonly RelationGroup[]; steps: number }>({
  from: text(), to: text(), by: someOf(RELATION_GROUP_NAMES), steps: whole(1, LONGEST, 6),
});

/** The shortest ways between two concepts. */
export default function PathView(): JSX.Element {
  const { selection, concept, language } = useAppState();
  const [{ from, to, by, steps }, change] = useParams(KEPT);
  useEffect(() => {
    const [first, second] = [...new Set([...selection, ...(concept ? [concept] : [])])];
    if (from === "" && to === "" && first) change({ from: first, to: second ?? "" }, { replace: true });
  }, []);
  const variables = { from, to, relations: relationsOf(by), maxLength: steps, first: MOST, locale: language === "sv" ? ("SV" as const) : ("EN" as const) };
  const found = useQuery(ShortestPaths, from === "" || to === "" ? null : variables);
  return (
    <>
      <Choice />
      {(from === "" || to === "") && <Beginning />}
      <Loaded of={found}>{(data) => <Answer of={data} variables={variables} />}</Loaded>
    </>
  );
}

/** Which ends, over which relations, of how many steps. */
function Choice(): JSX.Element {
  const t = useTexts(PATH);
  const id = useId();
  const [{ from, to, by, steps }, change] = useParams(KEPT);
  return (
    <div class="path-choice">
      <div class="ends">
        <End label={t.from} id={from} choose={(one) => change({ from: one })} />
        <button type="button" class="button" onClick={() => change({ from: to, to: from })}><span aria-hidden="true">⇄</span> {t.swap}</button>
        <End label={t.to} id={to} choose={(one) => change({ to: one })} />
      </div>
      <div class="filters">
        <fieldset class="chips" aria-describedby={`${id}-hint`}>
          <legend>{t.relations}</legend>
          {RELATION_GROUP_NAMES.map((group) => (
            <label key={group} class="chip">
              <input type="checkbox" checked={by.includes(group)} onChange={(event) => change({ by: event.currentTarget.checked ? [...by, group] : by.filter((one) => one !== group) })} />
              {t[group]}
            </label>
          ))}
        </fieldset>
        <label class="field">
          {t.longest}
          <select value={steps} onChange={(event) => change({ steps: Number(event.currentTarget.value) })}>
            {Array.from({ length: LONGEST }, (_, number) => <option key={number} value={number + 1}>{number + 1}</option>)}
          </select>
        </label>
        <span id={`${id}-hint`} class="soft">{t.anyRelation}</span>
      </div>
    </div>
  );
}

/** One end: found by its name, which stands there when it is chosen. */
function End({ label, id, choose }: { label: string; id: string; choose: (id: string) => void }): JSX.Element {
  const t = useTexts(PATH);
  const { language } = useAppState();
  const names = useQuery(ConceptNames, id === "" ? null : { ids: [id], locale: language === "sv" ? "SV" : "EN" });
  const node = names.status === "ready" ? names.data.nodes?.[0] : undefined;
  const name = id === "" ? "" : node === null ? id : node?.label;
  const [text, setText] = useState(name ?? "");
  useEffect(() => {
    if (name !== undefined) setText(name);
  }, [name, id]);
  return (
    <div class="end" onFocusOut={(event) => {
      // A name that was begun and not chosen is not the end: the one that is stands there again.
      if (!(event.relatedTarget instanceof globalThis.Node && event.currentTarget.contains(event.relatedTarget)) && name !== undefined && text !== "") setText(name);
    }}>
      <span class="end-label" aria-hidden="true">{label}</span>
      <ConceptSearch label={label} placeholder={t.placeholder} text={text} onText={(typed) => { setText(typed); if (typed === "") choose(""); }} onChoose={({ id: chosen, label: its }) => { setText(its); choose(chosen); }} />
      {node === null && <span class="soft" role="note">{t.unknown(id)}</span>}
    </div>
  );
}

function Beginning(): JSX.Element {
  const t = useTexts(PATH);
  return (
    <div class="state">
      <p>{t.lead}</p>
      <p>{t.examples}: <StateLink to={(state) => ({ ...state, params: { from: "bXNH_MNX_dUR", to: "rQds_YGd_quU" } })}>{t.example}</StateLink></p>
    </div>
  );
}

type Variables = Parameters<typeof question<ShortestPathsData, { readonly from: string; readonly to: string; readonly relations: ReturnType<typeof relationsOf>; readonly maxLength: number }>>[1];

function Answer({ of, variables }: { of: ShortestPathsData; variables: Variables }): JSX.Element | null {
  const t = useTexts(PATH);
  const announce = useAnnounce();
  const columns = useColumns();
  const { start, end } = of;
  const ways = of.shortestPaths ?? [];
  const said = ways.length === 0 ? t.none(variables.maxLength) : (ways.length === MOST ? t.first : t.found)(ways.length, ways[0]?.length ?? 0);
  useEffect(() => announce(said), [of]);
  if (start === null || end === null) return null; // said beside the field
  if (start.id === end.id) return <Empty title={t.same} />;
  if (ways.length === 0) return <None from={start.id} />;
  return (
    <>
      <h2 class="found">{said}</h2>
      <Chains ways={ways} />
      <h2>{t.steps}</h2>
      <Table
        title={t.title(start.label, end.label)} columns={columns} rows={rowsOf(ways)} rowKey={({ way, number }) => `${way} ${number}`} concept={({ step }) => step.to}
        questions={[question(ShortestPaths, variables)]} cypher={cypherOf(variables.from, variables.to, variables.relations, variables.maxLength)}
      />
    </>
  );
}

/** There is none, and what could be tried. */
function None({ from }: { from: string }): JSX.Element {
  const t = useTexts(PATH);
  const [{ by, steps }, change] = useParams(KEPT);
  const over = by.length === 0 && steps === LONGEST;
  return (
    <Empty title={over ? t.apart : t.none(steps)}>
      {by.length > 0 && <p>{t.noneFiltered}</p>}
      <p class="inline">
        {by.length > 0 && <button type="button" class="button" onClick={() => change({ by: [] })}>{t.allRelations}</button>}
        {steps < LONGEST && <button type="button" class="button" onClick={() => change({ steps: LONGEST })}>{t.longer}</button>}
        <StateLink class="button" to={(state) => ({ ...state, view: "graph", params: { from } })}>{t.neighbourhood}</StateLink>
      </p>
    </Empty>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTexts(PATH);
  const words = useWords();
  return [
    { key: "from", title: t.from, value: ({ step }) => step.from.label, cell: ({ step }) => <ConceptLink of={step.from} /> },
    { key: "relation", title: t.relation, value: ({ step }) => words.relation(step.relation, step.direction), width: "11rem" },
    { key: "to", title: t.to, value: ({ step }) => step.to.label, cell: ({ step }) => <ConceptLink of={step.to} /> },
    { key: "way", title: t.way, value: ({ way }) => way, width: "5rem", number: true },
    { key: "step", title: t.step, value: ({ number }) => number, width: "5rem", number: true },
    { key: "direction", title: t.direction, value: ({ step }) => (step.direction === "OUT" ? t.along : t.against), width: "13rem", wideOnly: true },
    { key: "fromId", title: t.fromId, value: ({ step }) => step.from.id, width: "9rem", wideOnly: true },
    { key: "toId", title: t.toId, value: ({ step }) => step.to.id, width: "9rem", wideOnly: true },
  ];
}
