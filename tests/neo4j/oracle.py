"""The questions that the services answer, asked in Cypher; whatever varies is a parameter.

Written from docs/model.md and the docstrings of the services, not from their code.
"""

from typing import Final

# What is said of the occupation itself, and of its group; by whom, how needed, which place, through whom.
EVIDENCE: Final = """
MATCH (o:Concept:Occupation {id: $id})-[r:RELATED_SKILL]->(s:Concept)
RETURN s.id AS skill, r.provenance AS provenance, coalesce(r.necessity, 'related') AS necessity,
       r.rank AS rank, null AS via
UNION ALL
MATCH (o:Concept:Occupation {id: $id})
CALL (o) { MATCH (o)-[:BROADER]->(g:SsykLevel4) RETURN DISTINCT g }
MATCH (g)-[r:RELATED_SKILL]->(s:Concept)
RETURN s.id AS skill, 'group' AS provenance, coalesce(r.necessity, 'related') AS necessity,
       null AS rank, g.id AS via
"""

ALL_EDGES: Final = """
MATCH (o:Occupation)
CALL (o) {
  MATCH (o)-[:RELATED_SKILL]->(s:Concept) RETURN s
  UNION ALL
  MATCH (o)-[:BROADER]->(g:SsykLevel4)
  WITH DISTINCT g
  MATCH (g)-[:RELATED_SKILL]->(s:Concept) RETURN s
}
WITH o, s, count(*) AS pieces
RETURN o.id AS occupation, collect([s.id, pieces]) AS skills
"""

WEIGHTS: Final = """
MATCH (o:Concept:Occupation {id: $id})
OPTIONAL MATCH (o)-[:BROADER]->(g:SsykLevel4)
WITH o, g LIMIT 1
CALL (o, g) {
  MATCH (o)-[r:RELATED_SKILL]->(s:Concept)
  RETURN s, $trust[r.provenance] * $need[coalesce(r.necessity, 'related')] * coalesce(20 / (19.0 + r.rank), 1)
         AS strength
  UNION ALL
  MATCH (g)-[r:RELATED_SKILL]->(s:Concept)
  CALL (g, s) {
    MATCH (g)<-[:BROADER]-(p:Occupation)
    WITH DISTINCT p, s WHERE EXISTS { (p)-[:RELATED_SKILL]->() }
    RETURN CASE count(p) WHEN 0 THEN 0.0
           ELSE toFloat(count(CASE WHEN EXISTS { (p)-[:RELATED_SKILL]->(s) } THEN 1 END)) / count(p) END
           AS support
  }
  RETURN s, $trust['group'] * $need[coalesce(r.necessity, 'related')] * (0.4 + 0.6 * support) AS strength
}
WITH s, reduce(doubt = 1.0, strength IN collect(strength) | doubt * (1 - strength)) AS doubt
CALL (s) { MATCH (s)<-[:RELATED_SKILL]-(g:SsykLevel4) RETURN count(DISTINCT g) AS having }
WITH s, doubt, CASE having WHEN 0 THEN 1.0 ELSE 1 - log(having) / log(COUNT { (:SsykLevel4) }) END AS rarity
RETURN s.id AS skill, (1 - doubt) * (0.6 + 0.4 * rarity) AS weight
"""

OCCUPATIONS_OF: Final = """
MATCH (s:Concept:Skill {id: $id})<-[r:RELATED_SKILL]-(o:Occupation)
WHERE ($provenance IS NULL OR r.provenance IN $provenance)
  AND ($necessity IS NULL OR coalesce(r.necessity, 'related') IN $necessity)
RETURN o.id AS id
UNION
MATCH (s:Concept:Skill {id: $id})<-[r:RELATED_SKILL]-(:SsykLevel4)<-[:BROADER]-(o:Occupation)
WHERE ($provenance IS NULL OR 'group' IN $provenance)
  AND ($necessity IS NULL OR coalesce(r.necessity, 'related') IN $necessity)
RETURN o.id AS id
"""

BROADER: Final = """
MATCH (:Concept {id: $id})-[:BROADER]->(above:Concept)
WHERE $scheme IS NULL OR above.scheme = $scheme
RETURN above.id
"""

ANCESTORS: Final = """
MATCH way = (below:Concept {id: $id})-[:BROADER*]->(above:Concept)
WHERE above <> below AND ($scheme IS NULL OR above.scheme = $scheme)
RETURN above.id AS id, min(length(way)) AS steps
"""

DESCENDANTS: Final = """
UNWIND $ids AS id MATCH (:Concept {id: id})<-[:BROADER*0..]-(below:Concept) RETURN DISTINCT below.id
"""

RELATIONS: Final = """
MATCH (:Concept {id: $id})-[r]->(other:Concept)
RETURN 'out' AS side, type(r) AS type, other.id AS id, r {.*} AS said
UNION ALL
MATCH (:Concept {id: $id})<-[r]-(other:Concept)
RETURN 'in' AS side, type(r) AS type, other.id AS id, r {.*} AS said
"""

COUNTS: Final = """
MATCH (:Concept {id: $id})-[r]->(other:Concept)
RETURN type(r) AS type, 'out' AS side, other.kind AS kind, count(*) AS relations
UNION ALL
MATCH (:Concept {id: $id})<-[r]-(other:Concept)
RETURN type(r) AS type, 'in' AS side, other.kind AS kind, count(*) AS relations
"""

OCCUPATIONS: Final = """
MATCH (o:Occupation)
WHERE NOT o.deprecated
  AND ($fields IS NULL OR EXISTS { (o)-[:OCCUPATION_FIELD]->(f) WHERE f.id IN $fields })
  AND ($groups IS NULL OR EXISTS { (o)-[:BROADER*0..]->(g) WHERE g.id IN $groups })
  AND ($skills IS NULL OR
       all(id IN $skills WHERE EXISTS { (o)-[:BROADER*0..1]->()-[:RELATED_SKILL]->(:Concept {id: id}) }))
  AND ($has IS NULL OR $has = EXISTS { (o)-[:BROADER*0..1]->()-[:RELATED_SKILL]->() })
RETURN o.id
"""

SKILLS_OF_GROUPS: Final = """
UNWIND $ids AS id
MATCH (:Concept {id: id})<-[:BROADER*0..]-(:SsykLevel4)-[:RELATED_SKILL]->(s:Concept)
RETURN DISTINCT s.id
"""

LENGTH: Final = """
MATCH (a:Concept {id: $start}), (b:Concept {id: $end})
OPTIONAL MATCH way = shortestPath((a)-[rs*..6]-(b)) WHERE all(r IN rs WHERE type(r) IN $types)
RETURN length(way)
"""

# Parallel statements of one relation are several paths here and one step of the service.
PATHS: Final = """
MATCH (a:Concept {id: $start}), (b:Concept {id: $end})
MATCH way = allShortestPaths((a)-[rs*..6]-(b)) WHERE all(r IN rs WHERE type(r) IN $types)
WITH DISTINCT [n IN nodes(way) | n.id] AS ids,
     [at IN range(0, length(way) - 1) |
      [type(rs[at]), startNode(rs[at]) = nodes(way)[at]]] AS steps
RETURN ids, steps LIMIT $most
"""
