// What the publisher says of the occupation and its group; the service weighs it, adds ESCO's skills, and lets near ones count in part.
WITH ["MR4H_FFT_mTj"] AS skills, ["PQkQ_Dmk_ZF8"] AS occupations, ["FJjr_4pF_LEY"] AS excluded
CALL (occupations) {
  MATCH (had:Concept) WHERE had.id IN occupations
  OPTIONAL MATCH (had)-[:BROADER*0..1]->()-[:RELATED_SKILL]->(learned:Concept)
  RETURN collect(DISTINCT learned.id) AS learned
}
WITH [id IN skills + learned WHERE NOT id IN excluded] AS held
MATCH (:Concept {id: "bXNH_MNX_dUR"})-[:BROADER*0..1]->()-[r:RELATED_SKILL]->(skill:Concept)
RETURN skill.id AS id, skill.label AS skill, skill.id IN held AS matched, collect(DISTINCT r.provenance) AS provenances, collect(DISTINCT r.necessity) AS necessities
ORDER BY matched DESC, skill, id
