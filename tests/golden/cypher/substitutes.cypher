MATCH (c:Concept {id: "rQds_YGd_quU"})<-[r:SUBSTITUTES]-(other:Concept)
WHERE r.level IN [75]
RETURN type(r) AS relation, startNode(r) = c AS out, other.id AS id, other.code AS code, other.label AS label, r.level AS level, r.necessity AS necessity, r.rank AS rank, r.provenance AS provenance
ORDER BY relation, out, level DESC, label, id
