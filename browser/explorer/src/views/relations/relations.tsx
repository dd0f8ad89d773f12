import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { ConceptRelations, type ConceptRelationsData, type ConceptRelationsVariables } from "../../api/generated/ConceptRelations";
import { picked, useQuery } from "../../api/query";
import { ConceptLink } from "../../concepts/concept-link";
import { useNames } from "../../concepts/names";
import { Slot } from "../../concepts/slot";
import { question } from "../../export/tools";
import { sourceTitle, useRelease } from "../../release/context";
import { useAppState, useParams } from "../../state/context";
import { toView } from "../../state/state";
import { Table, type Column } from "../../table/table";
import { grouped, useTexts } from "../../texts/define";
import { OneOf, SomeOf } from "../../ui/chips";
import { StateLink } from "../../ui/link";
import { Empty, Loaded } from "../../ui/states";
import { useWords } from "../../words/words";
import { relationsCypher } from "./cypher";
import { KEPT, LEVELS } from "./kept";
import { readSide, sides, writeSide, type Side } from "./sides";
import { RELATIONS } from "./texts";

type Concept = NonNullable<ConceptRelationsData["concept"]>;
type Edge = Concept["relations"]["edges"][number];

const MOST = 1000;
const EXAMPLE = { of: "rQds_YGd_quU", rel: "SUBSTITUTES IN", level: "75" };

/** All relations of a concept, or those of one side: who can do its job, what is below it, which skills it has. */
export default function RelationsView(): JSX.Element {
  const t = useTexts(RELATIONS);
  const { language } = useAppState();
  const [{ of, rel }, change] = useParams(KEPT);
  const side = readSide(rel);
  const names = useNames(useMemo(() => (of === "" ? [] : [of]), [of]));
  const variables: ConceptRelationsVariables = {
    id: of, kinds: side && [side.relation], direction: side?.direction ?? null, first: MOST, locale: language === "sv" ? "SV" : "EN",
  };
  const found = picked(useQuery(ConceptRelations, of === "" ? null : variables), (data) => data.concept);
  return (
    <>
      <Slot label={t.which} id={of} names={names} kinds={[]} placeholder={t.choose} onChange={(id) => change({ of: id })} />
      {of === "" && (
        <div class="state">
          <p>{t.lead}</p>
          <p>{t.example}: <StateLink to={(state) => toView(state, state.view, EXAMPLE)}>{t.exampleOf}</StateLink></p>
        </div>
      )}
      <Loaded of={found}>{(concept) => <Relations of={concept} side={side} variables={variables} />}</Loaded>
    </>
  );
}

function Relations({ of, side, variables }: { of: Concept; side: Side | null; variables: ConceptRelationsVariables }): JSX.Element {
  const t = useTexts(RELATIONS);
  const words = useWords();
  const { language } = useAppState();
  const [{ level }, change] = useParams(KEPT);
  const columns = useColumns(of.relations.edges, side);
  const edges = of.relations.edges;
  const levels = useMemo(() => LEVELS.map((value) => ({ value, count: edges.filter((edge) => String(edge.level) === value).length })), [edges]);
  const rows = useMemo(() => edges.filter((edge) => level.length === 0 || level.some((one) => one === String(edge.level))), [edges, level]);
  const all = of.relationCounts.reduce((sum, { count }) => sum + count, 0);
  const name = side === null ? "" : words.relation(side.relation, side.direction);
  return (
    <div class="block">
      <OneOf
        legend={t.relation}
        choices={[
          { value: "", title: t.all, count: grouped(all, language) },
          ...sides(of.relationCounts).map((one) => ({ value: writeSide(one), title: words.relation(one.relation, one.direction), count: grouped(one.count, language) })),
        ]}
        value={side === null ? "" : writeSide(side)}
        onChange={(rel) => change({ rel, level: [] })}
      />
      {levels.some(({ count }) => count > 0) && (
        <SomeOf
          legend={t.level}
          choices={levels.map(({ value, count }) => ({ value, title: `${value}, ${words.level(Number(value))}`, count: grouped(count, language) }))}
          values={level}
          onChange={(values) => change({ level: values })}
        />
      )}
      {side?.relation === "SUBSTITUTES" && rows.length > 0 && (
        <p>{side.direction === "IN" ? t.canBeDoneBy(of.label) : t.canWorkAs(of.label)} <span class="soft">{t.employer}</span></p>
      )}
      {rows.length === 0 ? (
        <Empty title={t.none}>
          {(side !== null || level.length > 0) && <p><button type="button" class="button" onClick={() => change({ rel: "", level: [] })}>{t.dropFilters}</button></p>}
        </Empty>
      ) : (
        <Table
          title={t.title(of.label, name)}
          columns={columns}
          rows={rows}
          concept={({ node }) => node}
          rowKey={({ node, relation, direction, provenance }) => `${node.id} ${relation} ${direction} ${provenance}`}
          {...(level.length === 0 ? { total: of.relations.totalCount } : {})}
          questions={[question(ConceptRelations, variables)]}
          cypher={relationsCypher(of.id, side, level)}
        />
      )}
    </div>
  );
}

/** What relations say, without what none of these says. */
function useColumns(edges: readonly Edge[], side: Side | null): readonly Column<Edge>[] {
  const t = useTexts(RELATIONS);
  const words = useWords();
  const release = useRelease();
  const columns: (Column<Edge> & { readonly said: boolean })[] = [
    { key: "label", said: true, title: t.name, value: ({ node }) => node.label, cell: ({ node }) => <ConceptLink of={node} showCode={false} /> },
    { key: "code", said: edges.some(({ node }) => node.code !== null), title: t.code, width: "6.5rem", value: ({ node }) => node.code },
    { key: "relation", said: side === null, title: t.relation, width: "12rem", value: ({ relation, direction }) => words.relation(relation, direction) },
    side?.relation === "SUBSTITUTES"
      ? { key: "level", said: true, title: t.level, width: "18rem", narrow: "6.5rem", value: ({ level }) => level, cell: ({ level }) => level !== null && `${level}, ${words.level(level)}` }
      : { key: "level", said: edges.some(({ level }) => level !== null), title: t.level, width: "5.5rem", value: ({ level }) => level },
    { key: "necessity", said: edges.some(({ necessity }) => necessity !== null), title: t.necessity, width: "9rem", wideOnly: true, value: ({ necessity }) => necessity && words.necessity(necessity) },
    { key: "rank", said: edges.some(({ rank }) => rank !== null), title: t.rank, width: "5rem", number: true, wideOnly: true, value: ({ rank }) => rank },
    { key: "kind", said: true, title: t.kind, width: "11rem", wideOnly: true, value: ({ node }) => words.kind(node.kind) },
    { key: "provenance", said: true, title: t.provenance, width: "9rem", wideOnly: true, value: ({ provenance }) => words.provenance(provenance), cell: ({ provenance }) => <span class={`badge ${provenance.toLowerCase()}`} title={words.meaning(provenance)}>{words.provenance(provenance)}</span> },
    { key: "source", said: true, title: t.source, fileOnly: true, value: ({ source }) => sourceTitle(release, source) },
    { key: "id", said: true, title: t.id, fileOnly: true, value: ({ node }) => node.id },
  ];
  return columns.filter(({ said }) => said);
}
