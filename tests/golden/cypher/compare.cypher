MATCH (a:Concept {id: "PQkQ_Dmk_ZF8"})
MATCH (b:Concept {id: "bXNH_MNX_dUR"})
MATCH (holder:Concept)-[:BROADER*0..1]->()-[r:RELATED_SKILL]->(skill:Concept)
WHERE holder IN [a, b]
WITH skill, a, b, collect(DISTINCT holder) AS holders, collect(DISTINCT r.provenance) AS provenances, collect(DISTINCT r.necessity) AS necessities
RETURN skill.id AS id, skill.label AS skill, CASE WHEN size(holders) = 2 THEN 'both' WHEN holders[0] = a THEN 'A' ELSE 'B' END AS where, provenances, necessities
ORDER BY where, skill, id
