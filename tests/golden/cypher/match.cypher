// Counts what the publisher says; the service weighs it, adds ESCO's skills, and lets near ones count in part.
WITH ["MR4H_FFT_mTj"] AS skills, ["PQkQ_Dmk_ZF8"] AS occupations, ["FJjr_4pF_LEY"] AS excluded
CALL (occupations) {
  MATCH (had:Concept) WHERE had.id IN occupations
  OPTIONAL MATCH (had)-[:BROADER*0..1]->()-[:RELATED_SKILL]->(learned:Concept)
  RETURN collect(DISTINCT learned.id) AS learned
}
WITH occupations, excluded, [id IN skills + learned WHERE NOT id IN excluded] AS held
MATCH (o:Occupation:Concept)-[:BROADER*0..1]->()-[:RELATED_SKILL]->(skill:Concept)
WHERE NOT o.deprecated AND NOT o.id IN occupations + excluded
WITH o, held, excluded, collect(DISTINCT skill.id) AS needed
WITH o, size([id IN needed WHERE id IN held]) AS matched, size([id IN needed WHERE id IN excluded]) AS unwanted, size(needed) AS needs
WHERE matched > 0
RETURN o.id AS id, o.label AS occupation, matched, unwanted, needs
ORDER BY matched - unwanted DESC, occupation, id
LIMIT 100
