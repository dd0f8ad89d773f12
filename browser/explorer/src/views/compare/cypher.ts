/** The skills of two occupations, their own and those of their groups, and who has which; what comes over ESCO is not in the graph. */
export function skillsCypher(one: string, other: string): string {
  return `MATCH (a:Concept {id: ${JSON.stringify(one)}})
MATCH (b:Concept {id: ${JSON.stringify(other)}})
MATCH (holder:Concept)-[:BROADER*0..1]->()-[r:RELATED_SKILL]->(skill:Concept)
WHERE holder IN [a, b]
WITH skill, a, b, collect(DISTINCT holder) AS holders, collect(DISTINCT r.provenance) AS provenances, collect(DISTINCT r.necessity) AS necessities
RETURN skill.id AS id, skill.label AS skill, CASE WHEN size(holders) = 2 THEN 'both' WHEN holders[0] = a THEN 'A' ELSE 'B' END AS where, provenances, necessities
ORDER BY where, skill, id`;
}
