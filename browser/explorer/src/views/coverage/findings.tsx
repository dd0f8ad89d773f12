import type { JSX } from "preact";
import { Findings as FindingsOf, type FindingsData } from "../../api/generated/Findings";
import { ReleaseSummary, type ReleaseSummaryData } from "../../api/generated/ReleaseSummary";
import { picked, useQuery } from "../../api/query";
import { ConceptLink } from "../../concepts/concept-link";
import { question } from "../../export/tools";
import { useAppState, useParams } from "../../state/context";
import { Table, type Column } from "../../table/table";
import { grouped, useTexts } from "../../texts/define";
import { Empty, Loaded } from "../../ui/states";
import { KEPT } from "./lists";
import { usePages } from "./pages";
import { COVERAGE } from "./texts";

type Check = ReleaseSummaryData["release"]["findings"][number];
type Finding = NonNullable<FindingsData["findings"]>["nodes"][number];

/** What was found, counted by check; a check opens its findings. */
export function Checks(): JSX.Element {
  const t = useTexts(COVERAGE);
  const [, change] = useParams(KEPT);
  const found = picked(useQuery(ReleaseSummary, {}), ({ release }) => release.findings);
  const columns: readonly Column<Check>[] = [
    { key: "code", title: t.check, value: ({ code }) => code, width: "7rem", cell: ({ code }) => <button type="button" class="link" onClick={() => open(code)}>{code}</button> },
    { key: "title", title: t.what, value: ({ title }) => title, cell: ({ title }) => <span lang="en">{title}</span> },
    { key: "severity", title: t.severity, value: ({ severity }) => t[severity], width: "7rem" },
    { key: "count", title: t.times, value: ({ count }) => count, width: "7rem", number: true },
  ];
  const open = (code: string): void => {
    change({ check: code });
    document.getElementById("view-title")?.focus();
  };
  return (
    <Loaded of={found}>
      {(checks) => checks.length === 0
        ? <Empty title={t.noFindings} />
        : <Table title={t.checks} columns={columns} rows={checks} concept={() => null} rowKey={({ code }) => code} questions={[question(ReleaseSummary, {})]} />}
    </Loaded>
  );
}

/** The findings of a check, each with the concept that it is about. */
export function Findings({ check }: { check: string }): JSX.Element {
  const t = useTexts(COVERAGE);
  const { language } = useAppState();
  const [, change] = useParams(KEPT);
  const variables = { codes: [check], locale: language === "sv" ? "SV" : "EN" } as const;
  const found = usePages(FindingsOf, variables, (data) => data.findings);
  const checks = picked(useQuery(ReleaseSummary, {}), ({ release }) => release.findings);
  const counted = checks.status === "ready" ? checks.data : [];
  const columns: readonly Column<Finding>[] = [
    { key: "subject", title: t.subject, value: ({ concept, subject }) => concept?.label ?? subject, width: "18rem", cell: ({ concept, subject }) => (concept ? <ConceptLink of={concept} /> : subject) },
    { key: "message", title: t.message, value: ({ message }) => message, cell: ({ message }) => <span lang="en" title={message}>{message}</span> },
    { key: "count", title: t.rowCount, value: ({ count }) => count, width: "5.5rem", number: true, wideOnly: true },
    { key: "file", title: t.file, value: ({ file }) => file, width: "13rem", wideOnly: true },
    { key: "row", title: t.row, value: ({ row }) => row, fileOnly: true },
    { key: "id", title: t.id, value: ({ subject }) => subject, fileOnly: true },
    { key: "code", title: t.check, value: ({ code }) => code, fileOnly: true },
  ];
  return (
    <>
      <div class="filters">
        <label class="field">
          {t.check}
          <select value={check} onChange={(event) => change({ check: event.currentTarget.value })}>
            {!counted.some(({ code }) => code === check) && <option value={check}>{check}</option>}
            {counted.map(({ code, title, count }) => <option key={code} value={code} lang="en">{`${code}: ${title} (${grouped(count, language)})`}</option>)}
          </select>
        </label>
        <button type="button" class="button quiet" onClick={() => (change({ check: "" }), document.getElementById("view-title")?.focus())}>{t.allChecks}</button>
      </div>
      <Loaded of={found}>
        {({ nodes, totalCount }) => nodes.length === 0
          ? <Empty title={t.noFindingsOf} />
          : <Table title={t.findingsOf(check)} columns={columns} rows={nodes} concept={({ concept }) => concept} rowKey={({ subject, file, row, message }) => `${subject} ${file} ${row} ${message}`} total={totalCount} questions={[question(FindingsOf, variables)]} />}
      </Loaded>
    </>
  );
}
