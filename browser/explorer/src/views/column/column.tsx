import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useAppState, useParams } from "../../state/context";
import { grouped, useTexts } from "../../texts/define";
import { useAnnounce } from "../../ui/announce";
import { Empty, Failed } from "../../ui/states";
import { useKeys, useLookup } from "./lookup";
import { distinct, outcome } from "./outcome";
import { Paste } from "./paste";
import { Result } from "./result";
import { counted, type Row } from "./rows";
import { change, forget, useSession } from "./session";
import { ADDED, KEPT, MEANING_NAMES } from "./settings";
import { columnNames, hasHeader, likelyColumn, type Sheet } from "./sheet";
import { COLUMN } from "./texts";
import { meant, widthOf } from "./values";

const FIRST = 6;

/** An analyst's own column: what each value means, and what belongs beside it. */
export default function ColumnView(): JSX.Element {
  const { sheet } = useSession();
  return sheet === null ? <Paste /> : <Coding sheet={sheet} />;
}

function Coding({ sheet }: { sheet: Sheet }): JSX.Element {
  const t = useTexts(COLUMN);
  const { language } = useAppState();
  const announce = useAnnounce();
  const { answers, choices, crosswalk, started } = useSession();
  const [{ as: meaning, column: asked, header: said }] = useParams(KEPT);
  const header = said === "guess" ? hasHeader(sheet) : said === "yes";
  const column = asked > 0 && asked <= sheet.width ? asked - 1 : likelyColumn(sheet, header);
  const keys = useKeys(meaning);
  const lookup = useLookup(meaning);
  const names = useMemo(() => columnNames(sheet, header, t.numbered), [sheet, header, language]);
  const texts = useMemo(() => {
    const values = sheet.rows.slice(header ? 1 : 0).map((cells) => cells[column] ?? "");
    const width = widthOf(values);
    return values.map((value) => meant(value, width));
  }, [sheet, header, column]);
  const counts = useMemo(() => distinct(texts), [texts]);
  const waiting = useMemo(() => [...counts.keys()].filter((text) => text.length <= LONGEST && !answers.has(keys.answer(text))), [counts, answers, meaning, language]);
  const rows = useMemo(
    () => sheet.rows.slice(header ? 1 : 0).map((cells, number): Row => {
      const text = texts[number] ?? "";
      const found = text.length > LONGEST ? NOTHING_FOUND(text) : answers.get(keys.answer(text));
      const result = outcome(text, found, choices.get(keys.choice(text)));
      const beside = result.status === "matched" ? (crosswalk.get(keys.beside(result.concept.id)) ?? null) : null;
      return { number: number + 1, cells, value: cells[column] ?? "", text, outcome: result, beside };
    }),
    [sheet, texts, answers, choices, crosswalk, meaning, language],
  );
  const what = `${meaning} ${column} ${header}`;
  const start = (): void => {
    change({ started: what });
    lookup.start(waiting);
  };
  // In another language, or of another release, what the reader asked for is asked once more.
  useEffect(() => {
    if (started === what && waiting.length > 0 && !lookup.running && lookup.of === 0) lookup.start(waiting);
  });
  const before = useRef(lookup.running);
  useEffect(() => {
    if (before.current && !lookup.running && waiting.length === 0) {
      const { matched, ambiguous, unknown } = counted(rows);
      announce(t.finished(grouped(matched, language), grouped(ambiguous, language), grouped(unknown, language)));
    }
    before.current = lookup.running;
  });
  return (
    <>
      <Settings sheet={sheet} names={names} column={column} header={header} />
      {counts.size === 0 ? (
        <Empty title={t.empty} />
      ) : (
        <>
          {lookup.running && (
            <div class="lookup">
              <progress max={lookup.of} value={lookup.done} aria-label={t.progress(grouped(lookup.done, language), grouped(lookup.of, language))} />
              <span>{t.progress(grouped(lookup.done, language), grouped(lookup.of, language))}</span>
              <button type="button" class="button" onClick={lookup.cancel}>{t.cancel}</button>
            </div>
          )}
          {lookup.problem !== null && <Failed problem={lookup.problem} again={start} />}
          {!lookup.running && lookup.problem === null && waiting.length > 0 && <Begin texts={[...counts.keys()]} waiting={waiting.length} started={started === what} start={start} />}
          {started === what && <Result key={what} rows={rows} names={names} column={column} counts={counts} />}
        </>
      )}
    </>
  );
}

/** Longer texts are no names of anything; the service does not take them. */
const LONGEST = 200;
const NOTHING_FOUND = (text: string) => ({ text, match: null, candidates: [] });

function Begin({ texts, waiting, started, start }: { texts: readonly string[]; waiting: number; started: boolean; start: () => void }): JSX.Element {
  const t = useTexts(COLUMN);
  const { language } = useAppState();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus({ preventScroll: true }), []);
  return (
    <div class="begin">
      {!started && (
        <>
          <p>{t.preview}</p>
          <ul class="inline">
            {texts.slice(0, FIRST).map((text) => <li key={text}><q>{text}</q></li>)}
            {texts.length > FIRST && <li>…</li>}
          </ul>
        </>
      )}
      <p>
        <button ref={button} type="button" class="button main" onClick={start}>{started ? t.goOn(grouped(waiting, language)) : t.lookUp(grouped(waiting, language))}</button>
      </p>
    </div>
  );
}

function Settings({ sheet, names, column, header }: { sheet: Sheet; names: readonly string[]; column: number; header: boolean }): JSX.Element {
  const t = useTexts(COLUMN);
  const { language } = useAppState();
  const [{ as: meaning, add }, keep] = useParams(KEPT);
  return (
    <div class="filters settings">
      <p>
        {t.rows(grouped(sheet.rows.length - (header ? 1 : 0), language), sheet.width)}
        {" "}<button type="button" class="button quiet" onClick={forget}>{t.another}</button>
      </p>
      {sheet.width > 1 && (
        <label class="field">
          {t.column}
          <select value={String(column + 1)} onChange={(event) => keep({ column: Number(event.currentTarget.value) })}>
            {names.map((name, place) => <option key={place} value={String(place + 1)}>{name}</option>)}
          </select>
        </label>
      )}
      <label class="field">
        <input type="checkbox" checked={header} onChange={(event) => keep({ header: event.currentTarget.checked ? "yes" : "no" })} />
        {t.header}
      </label>
      <label class="field">
        {t.as}
        <select value={meaning} onChange={(event) => keep({ as: MEANING_NAMES.find((one) => one === event.currentTarget.value) ?? "occupations" })}>
          {MEANING_NAMES.map((one) => <option key={one} value={one}>{t[one]}</option>)}
        </select>
      </label>
      <fieldset class="chips">
        <legend>{t.add}</legend>
        {ADDED.map((one) => (
          <label key={one} class="chip">
            <input type="checkbox" checked={add.includes(one)} onChange={(event) => keep({ add: event.currentTarget.checked ? [...add, one] : add.filter((other) => other !== one) })} />
            {t[`add_${one}`]}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
