import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { SelectBox } from "../concepts/select-box";
import { Tools, type Question } from "../export/tools";
import { useAppState, useParams } from "../state/context";
import { params, text } from "../state/params";
import { grouped, useTexts } from "../texts/define";
import { useAnnounce } from "../ui/announce";
import { useMedia } from "../ui/media";
import { filtered, nextSorting, readSorting, sorted, writeSorting, type Read, type Sorting } from "./rows";
import { TABLE } from "./texts";
import { visible } from "./visible";

/** A column: what it holds (sorted, filtered, exported), and how that looks. */
export interface Column<Row> extends Read<Row> {
  readonly title: string;
  /** Without it, the value itself is shown. */
  readonly cell?: (row: Row) => ComponentChildren;
  /** Any CSS width; columns without one share what is left. */
  readonly width?: string;
  /** Aligned as numbers are. */
  readonly number?: boolean;
  /** Not seen where there is little room, on a narrow screen or beside a card; in files it always is. */
  readonly wideOnly?: boolean;
}

interface Props<Row> {
  /** What the table is called, in files as well. */
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** The concept of a row: what is selected with it, and what tells rows apart. */
  readonly concept: (row: Row) => { readonly id: string; readonly label: string };
  /** What tells rows apart where several are of one concept. */
  readonly name?: (row: Row) => string;
  /** How many rows there are in all, when these are the first of them only. */
  readonly total?: number;
  /** What was asked for this view, for "as GraphQL". */
  readonly questions: readonly Question[];
  readonly cypher?: string;
}

/** Rows are of one height, so that only those in sight need be drawn; `table.css` has the same. */
const ROW = 40;

/** Sorting and filter of the table stand in the URL, beside what the view itself keeps there. */
const KEPT = params({ sort: text(), find: text() });

/** Rows of concepts: sorted, filtered, selected and taken away as a file; as many as there are, for only those in sight are drawn. */
export function Table<Row>({ title, columns, rows, concept, name, total, questions, cypher }: Props<Row>): JSX.Element {
  const t = useTexts(TABLE);
  const { language, concept: open } = useAppState();
  const roomy = useMedia(open === null ? "(min-width: 64rem)" : "(min-width: 96rem)");
  const [{ sort, find }, keep] = useParams(KEPT);
  const announce = useAnnounce();
  const sorting = readSorting(sort);
  const shown = useMemo(
    () => sorted(filtered(rows, columns, find, language), columns, sorting, language),
    [rows, columns, find, sort, language],
  );
  const onSort = (column: Column<Row>): void => {
    const next = nextSorting(sorting, column.key);
    keep({ sort: writeSorting(next) });
    announce(next === null ? t.unsorted : next.descending ? t.sortedDown(column.title) : t.sortedUp(column.title));
  };
  const count = t.rows(grouped(shown.length, language), grouped(rows.length, language));
  const cells = { columns, rows: shown.map((row) => columns.map((column) => column.value(row))) };
  return (
    <section class="table-block" aria-label={title}>
      <div class="table-tools">
        <input type="search" aria-label={t.filter} placeholder={t.filter} value={find} onInput={(event) => keep({ find: event.currentTarget.value }, { replace: true })} />
        <p class="table-count" role="status">
          {count}
          {total !== undefined && total > rows.length && <> {t.more(grouped(total, language))}</>}
        </p>
        <Tools title={title} cells={cells} questions={questions} {...(cypher === undefined ? {} : { cypher })} />
      </div>
      {shown.length === 0 && rows.length > 0 ? (
        <p class="state">{t.none}</p>
      ) : (
        <Window title={title} columns={columns.filter(({ wideOnly }) => roomy || !wideOnly)} rows={shown} concept={concept} name={name ?? ((row) => concept(row).id)} sorting={sorting} onSort={onSort} />
      )}
    </section>
  );
}

interface WindowProps<Row> extends Pick<Props<Row>, "title" | "columns" | "rows" | "concept"> {
  readonly name: (row: Row) => string;
  readonly sorting: Sorting | null;
  readonly onSort: (column: Column<Row>) => void;
}

/** The part that scrolls. The row that has the focus stays, however far it is scrolled away. */
function Window<Row>({ title, columns, rows, concept, name, sorting, onSort }: WindowProps<Row>): JSX.Element {
  const t = useTexts(TABLE);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [{ top, height }, setScroll] = useState({ top: 0, height: 640 });
  const [focused, setFocused] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  const measure = (): void => {
    const element = scroller.current;
    if (element) setScroll({ top: element.scrollTop, height: element.clientHeight });
  };
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
    measure();
  }, [rows]);
  useEffect(() => {
    if (wanted.current === null) return;
    scroller.current?.querySelector<HTMLElement>(`tr[data-row="${wanted.current}"] a`)?.focus({ preventScroll: true });
    wanted.current = null;
  });

  /** Up and down go from row to row, past what is drawn. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length, PageDown: 10, PageUp: -10 }[event.key];
    const element = scroller.current;
    if (step === undefined || focused === null || element === null) return;
    event.preventDefault();
    const next = Math.min(Math.max(focused + step, 0), rows.length - 1);
    const above = next * ROW;
    if (above < element.scrollTop) element.scrollTop = above;
    else if (above + 2 * ROW > element.scrollTop + element.clientHeight) element.scrollTop = above + 2 * ROW - element.clientHeight;
    wanted.current = next;
    setFocused(next);
    measure();
  };
  const onFocus = (event: FocusEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("tr[data-row]")?.dataset["row"] : undefined;
    setFocused(row === undefined ? null : Number(row));
  };

  const { first, end } = visible(rows.length, ROW, top, height);
  const drawn = Array.from({ length: end - first }, (_, number) => first + number);
  if (focused !== null && focused < first) drawn.unshift(focused);
  if (focused !== null && focused >= end && focused < rows.length) drawn.push(focused);
  return (
    // The rows in it take the focus; without a row it is scrolled itself.
    <div ref={scroller} class="table-window" role="region" aria-labelledby={id} tabIndex={0} onScroll={measure} onKeyDown={onKeyDown} onFocusIn={onFocus}>
      <table class="rows" aria-rowcount={rows.length + 1}>
        <caption id={id} class="unseen">{title}</caption>
        <colgroup>
          <col class="select-column" />
          {columns.map((column) => (
            <col key={column.key} style={column.width ? { width: column.width } : {}} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" class="select-cell"><span class="unseen">{t.select}</span></th>
            {columns.map((column) => (
              <Head key={column.key} column={column} sorting={sorting} onSort={() => onSort(column)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {drawn.flatMap((number, place) => {
            const row = rows[number] as Row;
            const above = number - (drawn[place - 1] ?? -1) - 1;
            return [
              above > 0 && <Space key={`above ${number}`} rows={above} columns={columns.length + 1} />,
              <Line key={name(row)} number={number} row={row} columns={columns} concept={concept} />,
            ];
          })}
          <Space key="below" rows={rows.length - 1 - (drawn.at(-1) ?? rows.length - 1)} columns={columns.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

function Space({ rows, columns }: { rows: number; columns: number }): JSX.Element | null {
  return rows > 0 ? (
    <tr aria-hidden="true" class="space">
      <td colSpan={columns} style={{ height: `${rows * ROW}px` }} />
    </tr>
  ) : null;
}

function Head<Row>({ column, sorting, onSort }: { column: Column<Row>; sorting: Sorting | null; onSort: () => void }): JSX.Element {
  const way = sorting?.column !== column.key ? "none" : sorting.descending ? "descending" : "ascending";
  return (
    <th scope="col" aria-sort={way} class={column.number ? "number" : undefined}>
      <button type="button" onClick={onSort}>
        {column.title}
        <span class="sort" aria-hidden="true">{{ none: "", ascending: "▲", descending: "▼" }[way]}</span>
      </button>
    </th>
  );
}

function Line<Row>({ number, row, columns, concept }: { number: number; row: Row } & Pick<Props<Row>, "columns" | "concept">): JSX.Element {
  const { id, label } = concept(row);
  const { concept: open } = useAppState();
  return (
    <tr data-row={number} aria-rowindex={number + 2} class={open === id ? "open" : undefined}>
      <td class="select-cell"><SelectBox id={id} label={label} /></td>
      {columns.map((column) => (
        <td key={column.key} class={column.number ? "number" : undefined}>{column.cell ? column.cell(row) : column.value(row)}</td>
      ))}
    </tr>
  );
}
