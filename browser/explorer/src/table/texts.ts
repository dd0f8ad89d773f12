import { texts } from "../texts/define";

export const TABLE = texts({
  sv: {
    filter: "Filtrera raderna",
    rows: (shown: string, all: string) => (shown === all ? `${all} rader` : `${shown} av ${all} rader`),
    more: (all: string) => `Visar de första; i allt ${all}.`,
    select: "Urval",
    none: "Ingen rad innehåller det.",
    sortedUp: (column: string) => `Sorterad efter ${column}, stigande`,
    sortedDown: (column: string) => `Sorterad efter ${column}, fallande`,
    unsorted: "I ursprunglig ordning",
  },
  en: {
    filter: "Filter the rows",
    rows: (shown: string, all: string) => (shown === all ? `${all} rows` : `${shown} of ${all} rows`),
    more: (all: string) => `The first are shown, of ${all} in all.`,
    select: "Selection",
    none: "No row holds that.",
    sortedUp: (column: string) => `Sorted by ${column}, ascending`,
    sortedDown: (column: string) => `Sorted by ${column}, descending`,
    unsorted: "In the original order",
  },
});
