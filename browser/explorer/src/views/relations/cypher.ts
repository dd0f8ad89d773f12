import type { Side } from "./sides";

/** The relations of a concept, of one side and of some levels if wanted. */
export function relationsCypher(id: string, side: Side | null, levels: readonly string[]): string {
  const type = side === null ? "" : `:${side.relation}`;
  const arrow = side === null ? `-[r]-` : side.direction === "OUT" ? `-[r${type}]->` : `<-[r${type}]-`;
  const where = levels.length > 0 ? `\nWHERE r.level IN [${levels.join(", ")}]` : "";
  return `MATCH (c:Concept {id: ${JSON.stringify(id)}})${arrow}(other:Concept)${where}
RETURN type(r) AS relation, startNode(r) = c AS out, other.id AS id, other.code AS code, other.label AS label, r.level AS level, r.necessity AS necessity, r.rank AS rank, r.provenance AS provenance
ORDER BY relation, out, level DESC, label, id`;
}
