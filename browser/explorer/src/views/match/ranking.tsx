import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { ExplainedMatches, type ExplainedMatchesData, type ExplainedMatchesVariables } from "../../api/generated/ExplainedMatches";
import { picked, useQuery } from "../../api/query";
import { ConceptLink } from "../../concepts/concept-link";
import { question } from "../../export/tools";
import { useAppState } from "../../state/context";
import { changed } from "../../state/params";
import { Table, type Column } from "../../table/table";
import { useTexts } from "../../texts/define";
import { StateLink } from "../../ui/link";
import { Empty, Loaded } from "../../ui/states";
import { matchCypher } from "./cypher";
import { inputOf, KEPT, type Profile } from "./profile";
import { Legend, ScoreBar, useDecimals, useTermName } from "./score";
import { MATCH } from "./texts";

type Match = NonNullable<ExplainedMatchesData["matchOccupations"]>["nodes"][number];

const MOST = 100;

/** The occupations that a profile leads to, the best first, each with what its score is made of. */
export function Ranking({ profile }: { profile: Profile }): JSX.Element {
  const t = useTexts(MATCH);
  const { language } = useAppState();
  const variables: ExplainedMatchesVariables = { profile: inputOf(profile), first: MOST, locale: language === "sv" ? "SV" : "EN" };
  const found = picked(useQuery(ExplainedMatches, variables), (data) => data.matchOccupations);
  return (
    <section class="block" aria-labelledby="match-ranking">
      <h2 id="match-ranking">{t.ranking}</h2>
      <Loaded of={found}>
        {({ nodes, totalCount }) => nodes.length === 0 ? <Empty title={t.none}><p>{t.noneHint}</p></Empty> : <Ranked matches={nodes} total={totalCount} profile={profile} variables={variables} />}
      </Loaded>
    </section>
  );
}

function Ranked({ matches, total, profile, variables }: {
  matches: readonly Match[]; total: number; profile: Profile; variables: ExplainedMatchesVariables;
}): JSX.Element {
  const t = useTexts(MATCH);
  const terms = useMemo(() => [...new Set(matches.flatMap(({ terms: some }) => some.map(({ name }) => name)))], [matches]);
  const columns = useColumns(matches, terms);
  return (
    <>
      <Legend names={terms} />
      <Table
        title={t.rankingTitle}
        columns={columns}
        rows={matches}
        concept={({ occupation }) => occupation}
        total={total}
        questions={[question(ExplainedMatches, variables)]}
        cypher={matchCypher(profile)}
      />
    </>
  );
}

function useColumns(matches: readonly Match[], terms: readonly string[]): readonly Column<Match>[] {
  const t = useTexts(MATCH);
  const name = useTermName();
  const decimals = useDecimals();
  const most = useMemo(() => Math.max(...matches.map(({ rawScore }) => rawScore)), [matches]);
  const listed = (some: readonly { readonly skill: { readonly label: string } }[]): string => some.map(({ skill }) => skill.label).join("; ");
  return [
    { key: "label", title: t.occupation, value: ({ occupation }) => occupation.label, cell: ({ occupation }) => <ConceptLink of={occupation} /> },
    { key: "group", title: t.group, width: "5rem", wideOnly: true, value: ({ occupation }) => occupation.group?.code ?? null },
    { key: "score", title: t.score, width: "5.5rem", number: true, wideOnly: true, value: ({ score }) => score, cell: ({ score }) => decimals(score, 2) },
    { key: "rawScore", title: t.rawScore, width: "16rem", narrow: "10rem", value: ({ rawScore }) => rawScore, cell: (match) => <Explained match={match} most={most} /> },
    { key: "counts", title: t.counts, width: "11rem", wideOnly: true, value: (match) => `${match.matchedCount} / ${match.partlyMatchedCount} / ${match.missingCount}` },
    { key: "missing", title: t.firstMissing, width: "16rem", wideOnly: true, value: ({ missing }) => listed(missing) },
    { key: "matchedCount", title: t.matchedCount, fileOnly: true, value: ({ matchedCount }) => matchedCount },
    { key: "partlyCount", title: t.partlyCount, fileOnly: true, value: ({ partlyMatchedCount }) => partlyMatchedCount },
    { key: "missingCount", title: t.missingCount, fileOnly: true, value: ({ missingCount }) => missingCount },
    { key: "matched", title: t.firstMatched, fileOnly: true, value: ({ matched }) => listed(matched) },
    { key: "partly", title: t.firstPartly, fileOnly: true, value: ({ partlyMatched }) => listed(partlyMatched) },
    ...terms.map((term): Column<Match> => ({ key: term, title: name(term), fileOnly: true, value: ({ terms: some }) => some.find((one) => one.name === term)?.value ?? 0 })),
    { key: "id", title: t.id, fileOnly: true, value: ({ occupation }) => occupation.id },
  ];
}

function Explained({ match: { occupation, terms }, most }: { match: Match; most: number }): JSX.Element {
  const t = useTexts(MATCH);
  return (
    <span class="bar-cell">
      <ScoreBar terms={terms} most={most} />
      <StateLink to={(state) => ({ ...state, params: changed(KEPT, state.params, { to: occupation.id }) })} label={t.whyOf(occupation.label)}>
        {t.why}
      </StateLink>
    </span>
  );
}
