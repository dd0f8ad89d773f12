MATCH (o:Occupation)
WHERE NOT o.deprecated AND COUNT { (o)<-[:EXACT_MATCH]-(:EscoOccupation) } = 0
  AND EXISTS { (o)-[:BROADER*1..4]->(:Concept {id: "DJh5_yyF_hEM"}) }
RETURN o.id, o.label ORDER BY o.label
