import { partsOf, type Expansion } from "./model";

/** Effective skills rest on several relations; a plain graph has these. */
const SKILLS = ["RELATED_SKILL", "ESSENTIAL_SKILL", "OPTIONAL_SKILL"];

/** The relations of the same concepts in a store in Neo4j: as published, without what the service infers of skills. */
export function cypherOf(begin: readonly string[], expansions: readonly Expansion[]): string {
  const list = (ids: readonly string[]): string => [...new Set(ids)].map((id) => JSON.stringify(id)).join(", ");
  if (expansions.length === 0) return `MATCH (c:Concept)-[r]-(other:Concept)\nWHERE c.id IN [${list(begin)}]\nRETURN type(r) AS relation, startNode(r) = c AS out, count(*) AS count\nORDER BY relation, out`;
  const types = expansions.flatMap(({ way }) => {
    const parts = partsOf(way);
    return "skills" in parts ? SKILLS : [parts.relation];
  });
  return `MATCH (c:Concept)-[r:${[...new Set(types)].join("|")}]-(other:Concept)\nWHERE c.id IN [${list(expansions.map(({ concept }) => concept))}]\nRETURN DISTINCT startNode(r).label, type(r), endNode(r).label, r.provenance, r.level\nORDER BY type(r), startNode(r).label, endNode(r).label`;
}
