import { texts } from "../texts/define";

export const CONCEPTS = texts({
  sv: {
    search: "Sök begrepp",
    placeholder: "Yrke, kompetens, kod …",
    found: (count: string) => `${count} träffar`,
    none: "Inga träffar",
    matched: "hittad som",
    deprecated: "används inte längre",
    select: "Lägg i urvalet",
    selected: "I urvalet",
    selectOne: (label: string) => `Lägg ${label} i urvalet`,
    unknown: "finns inte i utgåvan",
    change: "Byt",
    changeOne: (label: string) => `Byt ut ${label}`,
    fromSelection: "Ur urvalet",
  },
  en: {
    search: "Search concepts",
    placeholder: "Occupation, skill, code …",
    found: (count: string) => `${count} found`,
    none: "Nothing found",
    matched: "found as",
    deprecated: "no longer in use",
    select: "Add to the selection",
    selected: "In the selection",
    selectOne: (label: string) => `Add ${label} to the selection`,
    unknown: "not in this release",
    change: "Change",
    changeOne: (label: string) => `Change ${label}`,
    fromSelection: "From the selection",
  },
});
