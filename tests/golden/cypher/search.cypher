MATCH (c:Concept)
WHERE toLower(c.label) CONTAINS toLower("sjuksköterska") OR c.code = "sjuksköterska"
RETURN c.id, c.kind, c.code, c.label
ORDER BY c.label LIMIT 1000
