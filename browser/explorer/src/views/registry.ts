import type { View } from "./view";

/** All views, in the order of the navigation; the first is where one begins. */
export const VIEWS: readonly View[] = [
  { id: "search", title: { sv: "Sök", en: "Search" }, load: () => import("./search/search") },
  { id: "tree", title: { sv: "Hierarki", en: "Hierarchy" }, about: () => ({}), load: () => import("./tree/tree") },
  { id: "graph", title: { sv: "Grannskap", en: "Neighbourhood" }, about: (id) => ({ from: id }), load: () => import("./graph/graph") },
  { id: "path", title: { sv: "Vägar", en: "Paths" }, about: (id) => ({ from: id }), load: () => import("./path/path") },
  {
    id: "relations", title: { sv: "Relationer", en: "Relations" }, about: (id) => ({ of: id }), load: () => import("./relations/relations"),
  },
  {
    id: "compare", title: { sv: "Jämför", en: "Compare" }, onCards: { sv: "Jämför med …", en: "Compare with …" },
    about: (id, kind) => (kind === "OCCUPATION_NAME" ? { a: id } : null), load: () => import("./compare/compare"),
  },
  {
    id: "match", title: { sv: "Matcha", en: "Match" }, onCards: { sv: "Gapet hit", en: "The gap to it" },
    about: (id, kind) => (kind === "OCCUPATION_NAME" ? { to: id } : null), load: () => import("./match/match"),
  },
  { id: "column", title: { sv: "Koda min kolumn", en: "Code my column" }, load: () => import("./column/column") },
  { id: "coverage", title: { sv: "Täckning", en: "Coverage" }, load: () => import("./coverage/coverage") },
  { id: "graphiql", title: { sv: "GraphiQL", en: "GraphiQL" }, load: () => import("./graphiql/graphiql") },
];
