import type { View } from "./view";

/** All views, in the order of the navigation; the first is where one begins. */
export const VIEWS: readonly View[] = [
  { id: "search", title: { sv: "Sök", en: "Search" }, load: () => import("./search/search") },
  { id: "tree", title: { sv: "Hierarki", en: "Hierarchy" }, about: () => ({}), load: () => import("./tree/tree") },
  { id: "graph", title: { sv: "Grannskap", en: "Neighbourhood" }, about: (id) => ({ from: id }), load: () => import("./graph/graph") },
  { id: "path", title: { sv: "Vägar", en: "Paths" }, about: (id) => ({ from: id }), load: () => import("./path/path") },
];
