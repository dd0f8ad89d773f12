import type { Words } from "../../words/words";
import { ADDED, type Added } from "./settings";
import type { Beside } from "./crosswalk";
import type { Outcome, Status } from "./outcome";

/** One row of what was pasted: its cells, the value looked up, and what became of it. */
export interface Row {
  readonly number: number;
  readonly cells: readonly string[];
  readonly value: string;
  readonly text: string;
  readonly outcome: Outcome;
  readonly beside: Beside | null;
}

/** How many rows there are of each sort. */
export function counted(rows: readonly Row[]): Readonly<Record<Status, number>> {
  const counts: Record<Status, number> = { empty: 0, waiting: 0, matched: 0, ambiguous: 0, unknown: 0 };
  for (const { outcome } of rows) counts[outcome.status] += 1;
  return counts;
}

/** A column that is put beside the values: what of the crosswalk it holds. */
export interface AddedColumn {
  readonly of: Added;
  readonly key: string;
  readonly value: (beside: Beside, words: Words) => string;
  readonly width: string;
  readonly fileOnly?: boolean;
}

/** All that can be put beside the values, in the order of the file. */
export const ADDED_COLUMNS: readonly AddedColumn[] = [
  { of: "ssyk", key: "ssykCode", value: ({ ssykCode }) => ssykCode, width: "5.5rem" },
  { of: "ssyk", key: "ssykLabel", value: ({ ssykLabel }) => ssykLabel, width: "14rem" },
  ...([3, 2, 1] as const).flatMap((digits, place): AddedColumn[] => [
    { of: "levels", key: `ssyk${digits}Code`, value: ({ ssykAbove }) => ssykAbove[place]?.code ?? "", width: "8.5rem" },
    { of: "levels", key: `ssyk${digits}Label`, value: ({ ssykAbove }) => ssykAbove[place]?.label ?? "", width: "14rem" },
  ]),
  { of: "isco", key: "iscoCode", value: ({ iscoCode }) => iscoCode, width: "6rem" },
  { of: "isco", key: "iscoLabel", value: ({ iscoLabel }) => iscoLabel, width: "14rem", fileOnly: true },
  { of: "isco", key: "iscoBy", value: ({ iscoBy }, words) => (iscoBy === null ? "" : words.provenance(iscoBy)), width: "9rem", fileOnly: true },
  { of: "esco", key: "escoLabel", value: ({ escoLabel }) => escoLabel, width: "15rem" },
  { of: "esco", key: "match", value: ({ match }, words) => (match === null ? "" : words.match(match)), width: "9rem" },
  { of: "esco", key: "escoCode", value: ({ escoCode }) => escoCode, width: "7rem" },
  { of: "esco", key: "escoUri", value: ({ escoUri }) => escoUri, width: "15rem", fileOnly: true },
  { of: "field", key: "field", value: ({ field }) => field, width: "13rem" },
];

/** The columns that the settings ask for. */
export function addedColumns(add: readonly Added[]): readonly AddedColumn[] {
  return ADDED_COLUMNS.filter(({ of }) => ADDED.includes(of) && add.includes(of));
}
