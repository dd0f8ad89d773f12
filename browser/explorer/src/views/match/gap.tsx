import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { ExplainedGap, type ExplainedGapData, type ExplainedGapVariables } from "../../api/generated/ExplainedGap";
import { picked, useQuery } from "../../api/query";
import { ConceptLink } from "../../concepts/concept-link";
import { question } from "../../export/tools";
import { useAppState, useParams } from "../../state/context";
import { oneOf, params } from "../../state/params";
import { Table, type Column } from "../../table/table";
import { grouped, useTexts } from "../../texts/define";
import { Bar } from "../../ui/bar";
import { OneOf } from "../../ui/chips";
import { Empty, Loaded } from "../../ui/states";
import { useWords } from "../../words/words";
import { gapCypher } from "./cypher";
import { inputOf, type Profile } from "./profile";
import { useDecimals, Waterfall } from "./score";
import { MATCH } from "./texts";

type Gap = NonNullable<ExplainedGapData["skillGap"]>;
type Needed = Gap["missing"][number] & { readonly state: State };
const STATES = ["MATCHED", "PARTLY", "MISSING"] as const;
type State = (typeof STATES)[number];

const MOST = 1000;
const LISTED = params<{ state: State | "ALL" }>({ state: oneOf([...STATES, "ALL"], "MISSING") });

/** What is between a profile and an occupation: how the score adds up, and every needed skill. */
export function GapTo({ to, profile }: { to: string; profile: Profile }): JSX.Element {
  const { language } = useAppState();
  const variables: ExplainedGapVariables = { to, profile: inputOf(profile), first: MOST, locale: language === "sv" ? "SV" : "EN" };
  const found = picked(useQuery(ExplainedGap, variables), (data) => data.skillGap);
  return <Loaded of={found}>{(gap) => <Explained gap={gap} profile={profile} variables={variables} />}</Loaded>;
}

function Explained({ gap, profile, variables }: { gap: Gap; profile: Profile; variables: ExplainedGapVariables }): JSX.Element {
  const t = useTexts(MATCH);
  const decimals = useDecimals();
  const { language } = useAppState();
  const percent = gap.closed.toLocaleString(language, { style: "percent", maximumFractionDigits: 0 });
  return (
    <>
      <section class="block" aria-labelledby="match-terms">
        <h2>{t.gapTitle(gap.occupation.label)}</h2>
        <p><strong>{t.closed(percent)}</strong> {t.scoreIs(decimals(gap.score, 2), decimals(gap.rawScore, 2), decimals(gap.reachable, 2))} <span class="soft">{t.noGuarantee}</span></p>
        <h3 id="match-terms">{t.termsTitle}</h3>
        <Waterfall terms={gap.terms} sum={gap.rawScore} most={gap.reachable} />
      </section>
      <Skills gap={gap} profile={profile} variables={variables} />
    </>
  );
}

function Skills({ gap, profile, variables }: { gap: Gap; profile: Profile; variables: ExplainedGapVariables }): JSX.Element {
  const t = useTexts(MATCH);
  const { language } = useAppState();
  const [{ state }, change] = useParams(LISTED);
  const columns = useColumns(gap, state);
  const all = useMemo(() => neededOf(gap), [gap]);
  const rows = useMemo(() => all.filter((one) => state === "ALL" || one.state === state), [all, state]);
  const counts = { MATCHED: gap.matchedCount, PARTLY: gap.partlyMatchedCount, MISSING: gap.missingCount };
  const choices = STATES.map((value) => ({ value, title: t[value], count: grouped(counts[value], language) }));
  const total = gap.matchedCount + gap.partlyMatchedCount + gap.missingCount;
  return (
    <section class="block" aria-label={t.stateLegend}>
      <OneOf parts legend={t.stateLegend} choices={[...choices, { value: "ALL", title: t.ALL, count: grouped(total, language) }]} value={state} onChange={(value) => change({ state: value })} />
      {rows.length === 0 ? (
        <Empty title={t[`none${state}`]} />
      ) : (
        <Table title={t.gapTitle(gap.occupation.label)} columns={columns} rows={rows} concept={({ skill }) => skill} questions={[question(ExplainedGap, variables)]} cypher={gapCypher(profile, gap.occupation.id)} />
      )}
    </section>
  );
}

function neededOf(gap: Gap): readonly Needed[] {
  return [
    ...gap.matched.map((one) => ({ ...one, state: "MATCHED" as const })),
    ...gap.partlyMatched.map((one) => ({ ...one, state: "PARTLY" as const })),
    ...gap.missing.map((one) => ({ ...one, state: "MISSING" as const })),
  ];
}

function useColumns(gap: Gap, state: State | "ALL"): readonly Column<Needed>[] {
  const t = useTexts(MATCH);
  const words = useWords();
  const decimals = useDecimals();
  const most = useMemo(() => Math.max(0, ...neededOf(gap).map(({ value }) => value)), [gap]);
  const number = (key: "value" | "gain", title: string): Column<Needed> => ({
    key, title, width: "8rem", narrow: "5.5rem", value: (row) => row[key], cell: (row) => <Bar value={row[key]} most={most} text={decimals(row[key], 3)} sort={row.provenance.toLowerCase()} />,
  });
  return [
    { key: "label", title: t.skill, value: ({ skill }) => skill.label, cell: ({ skill }) => <ConceptLink of={skill} showCode={false} /> },
    { key: "state", title: t.state, width: "7.5rem", narrow: "5.5rem", fileOnly: state !== "ALL", value: (row) => t[row.state] },
    { key: "necessity", title: t.necessity, width: "8rem", wideOnly: true, value: ({ necessity }) => words.necessity(necessity) },
    { key: "provenance", title: t.provenance, width: "9rem", wideOnly: true, value: ({ provenance }) => words.provenance(provenance), cell: ({ provenance }) => <span class={`badge ${provenance.toLowerCase()}`} title={words.meaning(provenance)}>{words.provenance(provenance)}</span> },
    { key: "share", title: t.share, width: "6rem", number: true, wideOnly: state === "ALL", fileOnly: state === "MATCHED" || state === "MISSING", value: ({ share }) => share, cell: ({ share }) => decimals(share, 2) },
    number("value", t.weight),
    { ...number("gain", t.gain), fileOnly: state !== "PARTLY" },
    { key: "through", title: t.through, width: "15rem", wideOnly: true, fileOnly: state === "MISSING", value: ({ steps }) => wayOf(steps) },
    { key: "id", title: t.id, fileOnly: true, value: ({ skill }) => skill.id },
  ];
}

/** The concepts that a path leads over, without its end. */
function wayOf(steps: Needed["steps"]): string {
  return steps.map(({ from }) => from.label).join(" → ");
}
