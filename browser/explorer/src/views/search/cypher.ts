/** Near enough: Neo4j's index ranks as it does, not as our search. */
export function searchCypher(text: string, most: number): string {
  const word = JSON.stringify(text);
  return `MATCH (c:Concept)\nWHERE toLower(c.label) CONTAINS toLower(${word}) OR c.code = ${word}\nRETURN c.id, c.kind, c.code, c.label\nORDER BY c.label LIMIT ${most}`;
}
