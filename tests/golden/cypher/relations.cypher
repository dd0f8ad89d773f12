MATCH (c:Concept {id: "bXNH_MNX_dUR"})-[r]-(other:Concept)
RETURN type(r) AS relation, startNode(r) = c AS out, other.id AS id, other.code AS code, other.label AS label, r.level AS level, r.necessity AS necessity, r.rank AS rank, r.provenance AS provenance
ORDER BY relation, out, level DESC, label, id
