/** What is below some concepts, with how far. */
export function treeCypher(roots: readonly string[]): string {
  const list = roots.map((id) => JSON.stringify(id)).join(", ");
  return `MATCH path = (root:Concept)<-[:BROADER*0..4]-(c:Concept)\nWHERE root.id IN [${list}]\nRETURN root.label, length(path) AS depth, c.code, c.label, c.id\nORDER BY root.code, depth, c.code`;
}
