import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { CompareOccupations, type CompareOccupationsVariables } from "../../api/generated/CompareOccupations";
import { NECESSITY_VALUES, PROVENANCE_VALUES } from "../../api/generated/schema";
import { ConceptLink } from "../../concepts/concept-link";
import { question } from "../../export/tools";
import { useAppState, useParams } from "../../state/context";
import { Table, type Column } from "../../table/table";
import { grouped, useTexts } from "../../texts/define";
import { Bar } from "../../ui/bar";
import { OneOf, SomeOf } from "../../ui/chips";
import { Empty } from "../../ui/states";
import { useWords } from "../../words/words";
import type { Occupation } from "./compare";
import { skillsCypher } from "./cypher";
import { KEPT } from "./kept";
import { compared, PARTS, tally, type Held, type Part, type Row, type Tally } from "./sides";
import { COMPARE } from "./texts";

/** The skills of two occupations: which are shared, which are of one only, and how many by whom. */
export function Skills({ one, other, variables }: { one: Occupation; other: Occupation; variables: CompareOccupationsVariables }): JSX.Element {
  const t = useTexts(COMPARE);
  const { language } = useAppState();
  const [{ part, by, need }, change] = useParams(KEPT);
  const ones = one.skills.edges;
  const others = other.skills.edges;
  const rows = useMemo(() => compared(ones, others, { by, need }), [ones, others, by, need]);
  const shown = useMemo(() => rows.filter((row) => part === "all" || row.part === part), [rows, part]);
  const counted = tally(rows);
  const columns = useColumns(part);
  const none = { one: t.noneOne, both: t.noneBoth, other: t.noneOther, all: t.noneAll }[part];
  const parts = PARTS.map((value) => ({ value, title: t[value], count: grouped(counted[value], language) }));
  return (
    <section class="block" aria-labelledby="compare-skills">
      <h2 id="compare-skills">{t.skills}</h2>
      <OneOf parts legend={t.part} choices={[...parts, { value: "all", title: t.all, count: grouped(rows.length, language) }]} value={part} onChange={(value) => change({ part: value })} />
      <Filters one={ones} other={others} />
      {shown.length === 0 ? (
        <Empty title={none}>
          {(by.length > 0 || need.length > 0) && <p><button type="button" class="button" onClick={() => change({ by: [], need: [] })}>{t.dropFilters}</button></p>}
        </Empty>
      ) : (
        <Table
          title={t.title(one.label, other.label)}
          columns={columns}
          rows={shown}
          concept={({ skill }) => skill}
          questions={[question(CompareOccupations, variables)]}
          cypher={skillsCypher(one.id, other.id)}
        />
      )}
    </section>
  );
}

function Filters({ one, other }: { one: readonly Held[]; other: readonly Held[] }): JSX.Element {
  const t = useTexts(COMPARE);
  const words = useWords();
  const [{ by, need }, change] = useParams(KEPT);
  const said = useMemo(() => [...one, ...other].flatMap(({ evidence }) => evidence), [one, other]);
  const sources = PROVENANCE_VALUES.filter((value) => by.includes(value) || said.some(({ provenance }) => provenance === value));
  const needs = NECESSITY_VALUES.filter((value) => need.includes(value) || said.some(({ necessity }) => necessity === value));
  return (
    <div class="filters" title={t.filterHint}>
      <SomeOf legend={t.by} choices={sources.map((value) => ({ value, title: words.provenance(value), hint: words.meaning(value) }))} values={by} onChange={(values) => change({ by: values })} />
      <SomeOf legend={t.need} choices={needs.map((value) => ({ value, title: words.necessity(value) }))} values={need} onChange={(values) => change({ need: values })} />
    </div>
  );
}

function useColumns(part: Part | "all"): readonly Column<Row>[] {
  const t = useTexts(COMPARE);
  const words = useWords();
  const { language } = useAppState();
  const decimal = (weight: number): string => weight.toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const side = (key: "one" | "other", letter: string): Column<Row>[] => [
    {
      key: `weight${letter}`, title: t.weight(letter), width: "8.5rem", narrow: "5.5rem", value: (row) => row[key]?.weight ?? null,
      cell: (row) => <Weight held={row[key]} otherwise={row.otherwise} decimal={decimal} />,
    },
    { key: `necessity${letter}`, title: t.necessity(letter), width: "9rem", wideOnly: true, value: (row) => row[key] && words.necessity(row[key].necessity) },
    {
      key: `provenance${letter}`, title: t.provenance(letter), width: "9rem", wideOnly: true, value: (row) => row[key] && words.provenance(row[key].provenance),
      cell: (row) => row[key] && <span class={`badge ${row[key].provenance.toLowerCase()}`} title={words.meaning(row[key].provenance)}>{words.provenance(row[key].provenance)}</span>,
    },
  ];
  const where: Column<Row> = { key: "part", title: t.where, width: "6.5rem", value: (row) => t[row.part] };
  return [
    { key: "label", title: t.skill, value: ({ skill }) => skill.label, cell: ({ skill }) => <ConceptLink of={skill} showCode={false} /> },
    part === "all" ? where : { ...where, fileOnly: true },
    ...(part === "other" ? [] : side("one", "A")),
    ...(part === "one" ? [] : side("other", "B")),
    { key: "kind", title: t.kind, fileOnly: true, value: ({ skill }) => words.kind(skill.kind) },
    { key: "id", title: t.id, fileOnly: true, value: ({ skill }) => skill.id },
  ];
}

function Weight({ held, otherwise, decimal }: { held: Held | null; otherwise: Held | null; decimal: (weight: number) => string }): JSX.Element {
  const t = useTexts(COMPARE);
  const words = useWords();
  if (held !== null) return <Bar value={held.weight} most={1} text={decimal(held.weight)} sort={held.provenance.toLowerCase()} />;
  if (otherwise === null) return <span class="soft">{t.nothing}</span>;
  const why = t.otherwise(words.provenance(otherwise.provenance));
  return <span class="soft" title={why}>({decimal(otherwise.weight)})<span class="unseen"> {why}</span></span>;
}

/** How many skills would be where, when only one source or one necessity counted. */
export function Counts({ one, other }: { one: readonly Held[]; other: readonly Held[] }): JSX.Element {
  const t = useTexts(COMPARE);
  const words = useWords();
  const { language } = useAppState();
  const lines = useMemo(() => {
    const of = (by: (typeof PROVENANCE_VALUES)[number][], need: (typeof NECESSITY_VALUES)[number][]): Tally => tally(compared(one, other, { by, need }));
    return [
      { title: t.everything, found: of([], []) },
      ...PROVENANCE_VALUES.map((value) => ({ title: words.provenance(value), found: of([value], []) })),
      ...NECESSITY_VALUES.map((value) => ({ title: words.necessity(value), found: of([], [value]) })),
    ].filter(({ found }) => PARTS.some((part) => found[part] > 0));
  }, [one, other, words, t]);
  return (
    <section class="block" aria-labelledby="compare-counts">
      <h2 id="compare-counts">{t.countsTitle}</h2>
      <table class="tally" aria-labelledby="compare-counts">
        <thead>
          <tr><th scope="col">{t.counted}</th>{PARTS.map((part) => <th key={part} scope="col" class="number">{t[part]}</th>)}</tr>
        </thead>
        <tbody>
          {lines.map(({ title, found }) => (
            <tr key={title}><th scope="row">{title}</th>{PARTS.map((part) => <td key={part} class="number">{grouped(found[part], language)}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
