MATCH path = (root:Concept)<-[:BROADER*0..4]-(c:Concept)
WHERE root.id IN ["Z8ci_bBE_tmx", "DJh5_yyF_hEM"]
RETURN root.label, length(path) AS depth, c.code, c.label, c.id
ORDER BY root.code, depth, c.code
