import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Crosswalk } from "../../api/generated/Crosswalk";
import { Reconcile } from "../../api/generated/Reconcile";
import { ConceptLink } from "../../concepts/concept-link";
import { question } from "../../export/tools";
import { useAppState, useParams } from "../../state/context";
import { Table, type Column } from "../../table/table";
import { grouped, useTexts } from "../../texts/define";
import { useAnnounce } from "../../ui/announce";
import { Failed } from "../../ui/states";
import { useWords } from "../../words/words";
import { Decide, type Open } from "./decide";
import { useCrosswalk, useKeys } from "./lookup";
import { commonGroup, type Choice } from "./outcome";
import { addedColumns, counted, type Row } from "./rows";
import { change, current } from "./session";
import { KEPT, MEANINGS, SHOWN } from "./settings";
import { COLUMN } from "./texts";

interface Props {
  readonly rows: readonly Row[];
  readonly names: readonly string[];
  readonly column: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** The values with what they mean, what is to be decided of them, and the file of it all. */
export function Result({ rows, names, column, counts }: Props): JSX.Element {
  const t = useTexts(COLUMN);
  const { language } = useAppState();
  const [{ as: meaning, show }, keep] = useParams(KEPT);
  const keys = useKeys(meaning);
  const announce = useAnnounce();
  const [open, setOpen] = useState<string | null>(null);
  const number = counted(rows);
  const ids = useMemo(() => [...new Set(rows.flatMap(({ outcome }) => (outcome.status === "matched" ? [outcome.concept.id] : [])))], [rows]);
  const { problem, again } = useCrosswalk(ids, meaning);
  const byText = useMemo(() => new Map(rows.map((row) => [row.text, row])), [rows]);
  const undecided = useMemo(() => [...byText.values()].filter(isUndecided).map(({ text }) => text), [byText]);
  const grouping = useMemo(() => [...byText.values()].flatMap(({ text, outcome }) => {
    const group = outcome.status === "ambiguous" ? commonGroup(outcome.candidates) : null;
    return group === null ? [] : [{ text, group }];
  }), [byText]);
  const seen = useMemo(() => (show === "all" ? rows : rows.filter(({ outcome }) => outcome.status === show)), [rows, show]);
  const columns = useColumns(names, column, (text) => setOpen(text));

  const choose = (text: string, choice: Choice | null): void => {
    const choices = new Map(current().choices);
    if (choice === null) choices.delete(keys.choice(text));
    else choices.set(keys.choice(text), choice);
    const next = following(undecided, text, 1);
    change({ choices });
    if (choice !== null) {
      announce(choice.concept ? t.chosen(text, choice.concept.label) : t.noneChosen(text));
      setOpen(next);
      if (next === null) document.getElementById("view-title")?.focus();
    }
  };
  const takeGroups = (): void => {
    const choices = new Map(current().choices);
    for (const { text, group } of grouping) choices.set(keys.choice(text), { concept: group, how: "COMMON_GROUP" });
    change({ choices });
    announce(t.tookGroups(grouped(grouping.length, language)));
  };
  const close = (): void => {
    setOpen(null);
    document.getElementById("view-title")?.focus();
  };
  const opened = open === null ? undefined : byText.get(open);
  return (
    <>
      <div class="filters">
        <fieldset class="chips">
          <legend>{t.show}</legend>
          {SHOWN.map((one) => (
            <label key={one} class={`chip ${one}`}>
              <input type="radio" name="show" checked={show === one} onChange={() => keep({ show: one })} />
              {t[one]} <span class="count">{grouped(one === "all" ? rows.length : number[one], language)}</span>
            </label>
          ))}
        </fieldset>
        {undecided.length > 0 && opened === undefined && (
          <button type="button" class="button main" onClick={() => setOpen(undecided[0] ?? null)}>{t.decide} ({grouped(undecided.length, language)})</button>
        )}
        {grouping.length > 0 && (
          <button type="button" class="button" onClick={takeGroups}>{t.commonGroups(grouped(grouping.length, language))}</button>
        )}
      </div>
      {opened !== undefined && (
        <Decide
          open={openOf(opened, counts)}
          place={undecided.indexOf(opened.text) + 1}
          of={undecided.length}
          meaning={meaning}
          onChoose={(choice) => choose(opened.text, choice)}
          onMove={(step) => setOpen(following(undecided, opened.text, step) ?? opened.text)}
          onClose={close}
        />
      )}
      {problem !== null && <Failed problem={problem} again={again} />}
      <Table
        title={t.title}
        columns={columns}
        rows={seen}
        concept={({ outcome }) => (outcome.status === "matched" ? outcome.concept : null)}
        rowKey={(row) => row.number}
        confidential={t.note}
        questions={questionsOf(meaning, ids, language === "sv" ? "SV" : "EN")}
        cypher={CYPHER}
      />
      <p class="soft">{t.originals}</p>
    </>
  );
}

function isUndecided({ text, outcome }: Row): boolean {
  return text !== "" && (outcome.status === "ambiguous" || (outcome.status === "unknown" && !outcome.set));
}

function openOf({ text, outcome }: Row, counts: ReadonlyMap<string, number>): Open {
  return { text, outcome, rows: counts.get(text) ?? 0 };
}

/** The value to decide after this one, or before it, round and round; null when it is the only one. */
function following(undecided: readonly string[], text: string, step: 1 | -1): string | null {
  const place = undecided.indexOf(text);
  const others = undecided.length - (place < 0 ? 0 : 1);
  if (others === 0) return null;
  const from = place < 0 && step > 0 ? -1 : Math.max(place, 0);
  return undecided[(from + step + undecided.length) % undecided.length] ?? null;
}

function useColumns(names: readonly string[], column: number, decide: (text: string) => void): readonly Column<Row>[] {
  const t = useTexts(COLUMN);
  const words = useWords();
  const { language } = useAppState();
  const [{ add }] = useParams(KEPT);
  return useMemo(() => {
    const titles = titlesOf(t);
    return [
      ...names.map((name, place): Column<Row> => ({
        key: `given${place + 1}`, title: name, value: ({ cells }) => cells[place] ?? "", width: "15rem", fileOnly: place !== column,
      })),
      { key: "status", title: t.status, value: ({ outcome }) => t[statusText(outcome)], width: "8.5rem", cell: (row) => <StatusButton row={row} decide={decide} /> },
      {
        key: "concept", title: t.concept, width: "18rem",
        value: ({ outcome }) => (outcome.status === "matched" ? outcome.concept.label : ""),
        cell: ({ outcome }) => (outcome.status === "matched" ? <ConceptLink of={outcome.concept} showCode={false} /> : ""),
      },
      { key: "how", title: t.how, width: "9rem", value: ({ outcome }) => (outcome.status === "matched" ? t[`by_${outcome.how}`] : "") },
      { key: "found", title: t.found, fileOnly: true, value: ({ outcome }) => (outcome.status === "matched" ? outcome.found : "") },
      { key: "conceptId", title: t.conceptId, fileOnly: true, value: ({ outcome }) => (outcome.status === "matched" ? outcome.concept.id : "") },
      { key: "conceptUri", title: t.conceptUri, fileOnly: true, value: ({ beside }) => beside?.uri ?? "" },
      { key: "conceptKind", title: t.conceptKind, fileOnly: true, value: ({ outcome }) => (outcome.status === "matched" ? words.kind(outcome.concept.kind) : "") },
      ...addedColumns(add).map(({ key, value, width, fileOnly = false }): Column<Row> => ({
        key, title: titles[key] ?? key, width, fileOnly, value: ({ beside }) => (beside === null ? "" : value(beside, words)),
      })),
    ];
  }, [names, column, add, language, words]);
}

function titlesOf(t: typeof COLUMN.en): Readonly<Record<string, string>> {
  const levels = [3, 2, 1].flatMap((digits) => [[`ssyk${digits}Code`, t.levelCode(digits)], [`ssyk${digits}Label`, t.levelLabel(digits)]] as const);
  const { ssykCode, ssykLabel, iscoCode, iscoLabel, iscoBy, escoLabel, escoCode, escoUri, match, field } = t;
  return { ssykCode, ssykLabel, iscoCode, iscoLabel, iscoBy, escoLabel, escoCode, escoUri, match, field, ...Object.fromEntries(levels) };
}

function statusText(outcome: Row["outcome"]): `status_${"matched" | "chosen" | "ambiguous" | "unknown" | "empty" | "waiting"}` {
  return outcome.status === "matched" && outcome.chosen ? "status_chosen" : `status_${outcome.status}`;
}

/** What became of a value; a press on it opens it to be decided. */
function StatusButton({ row, decide }: { row: Row; decide: (text: string) => void }): JSX.Element {
  const t = useTexts(COLUMN);
  const word = t[statusText(row.outcome)];
  if (row.outcome.status === "empty" || row.outcome.status === "waiting") return <span class="soft">{word}</span>;
  return (
    <button type="button" class={`status ${row.outcome.status}`} aria-label={`${word}. ${t.open(row.text)}`} onClick={() => decide(row.text)}>{word}</button>
  );
}

/** The questions as they are asked, with made-up values: those of the reader have no place in a link. */
function questionsOf(meaning: keyof typeof MEANINGS, ids: readonly string[], locale: "SV" | "EN"): ReturnType<typeof question>[] {
  const texts = ["Bassjuksköterska", "2221"];
  return [
    question(Reconcile, { texts, kinds: MEANINGS[meaning], first: 5, locale }),
    question(Crosswalk, { ids: ids.length > 0 ? ["bXNH_MNX_dUR"] : [], locale }),
  ];
}

/** Near enough: names and codes as they stand, without folding, job titles and suggestions. */
const CYPHER = `UNWIND $texts AS text
MATCH (c:Concept)
WHERE toLower(c.label) = toLower(text) OR c.code = text OR c.id = text
OPTIONAL MATCH (c)-[:BROADER]->(group {kind: "ssyk-level-4"})
RETURN text, c.id, c.kind, c.code, c.label, group.code, group.label`;
