"""Every Cypher text of the Neo4j store; whatever varies is a parameter.

Names of labels and relationship types are parameters too (`$(...)`, Neo4j 5.26 or later): they are made in
`neo4j_graph.py` and nowhere built into text.
"""

from typing import Final

# --- the store node, the lock, the sequence -------------------------------------------------------

STORE_STATE: Final = """
OPTIONAL MATCH (s:TaxonomyStore {key: 'store'})
OPTIONAL MATCH (l:LoadLock {key: 'load'})
RETURN s.schema AS schema, s.current AS current, s.sequence AS sequence,
       l.owner IS NOT NULL AND l.heartbeat >= datetime.realtime() - duration({seconds: $ttl}) AS held
"""

FOREIGN_NODE: Final = """
MATCH (n:Concept|Superseded|Past|Release|Finding|Staged|Retired|Observation|StagedObservation|PastObservation)
RETURN labels(n) AS labels LIMIT 1
"""

CREATE_STORE: Final = """
MERGE (s:TaxonomyStore {key: 'store'})
ON CREATE SET s.schema = $schema, s.current = 0, s.sequence = 0
RETURN s.schema AS schema
"""

BEGIN_PUBLICATION: Final = """
MATCH (s:TaxonomyStore {key: 'store'}) SET s.sequence = s.sequence + 1 + s.sequence % 2
"""

END_PUBLICATION: Final = """
MATCH (s:TaxonomyStore {key: 'store'}) SET s.sequence = s.sequence + s.sequence % 2
"""

MOVE_POINTER: Final = """
MATCH (s:TaxonomyStore {key: 'store'}) WHERE s.current = $expected SET s.current = $ordinal
RETURN s.current AS current
"""

LOCK_HOLDER: Final = """
MATCH (l:LoadLock {key: 'load'}) WHERE l.owner IS NOT NULL
RETURN l.owner AS owner, l.host AS host, l.process AS process, l.since AS since,
       l.heartbeat < datetime.realtime() - duration({seconds: $ttl}) AS stale
"""

# The first SET takes the write lock, so that the condition after it is read by one at a time.
TAKE_LOCK: Final = """
MERGE (l:LoadLock {key: 'load'}) SET l.touched = datetime.realtime()
WITH l WHERE l.owner IS NULL OR l.owner = $dead
          OR l.heartbeat < datetime.realtime() - duration({seconds: $ttl})
SET l.owner = $owner, l.host = $host, l.process = $process,
    l.since = datetime.realtime(), l.heartbeat = datetime.realtime()
RETURN l.owner AS owner
"""

CONFIRM_LOCK: Final = """
MATCH (l:LoadLock {key: 'load', owner: $owner}) SET l.heartbeat = datetime.realtime() RETURN 1 AS held
"""

# Waits for the end of whatever transaction has confirmed the lock.
TOUCH_LOCK: Final = "MATCH (l:LoadLock {key: 'load'}) SET l.touched = datetime.realtime()"

FREE_LOCK: Final = """
MATCH (l:LoadLock {key: 'load', owner: $owner}) REMOVE l.owner, l.host, l.process, l.since, l.heartbeat
"""

# --- releases and findings ------------------------------------------------------------------------

RELEASES: Final = """
MATCH (s:TaxonomyStore {key: 'store'})
OPTIONAL MATCH (r:Release) WHERE r.ordinal <= s.current
WITH s, r ORDER BY r.ordinal
RETURN s.schema AS schema, s.current AS current,
       collect([r.ordinal, r.publishedAt, r.hash, r.summary]) AS releases
"""

RELEASES_AHEAD: Final = """
MATCH (s:TaxonomyStore {key: 'store'}) MATCH (r:Release) WHERE r.ordinal > s.current RETURN count(*) AS ahead
"""

CREATE_RELEASE: Final = """
CREATE (r:Release) SET r = $release, r.publishedAt = datetime.truncate('millisecond', datetime.realtime())
RETURN r.publishedAt AS at
"""

DELETE_RELEASE: Final = "MATCH (r:Release {ordinal: $ordinal}) DETACH DELETE r"

CREATE_FINDINGS: Final = "UNWIND $rows AS row CREATE (f:Finding) SET f = row RETURN count(*) AS done"

READ_FINDINGS: Final = """
MATCH (f:Finding {release: $ordinal}) WITH f ORDER BY f.number
RETURN collect([f.code, f.severity, f.subject, f.file, f.row, f.message, f.count]) AS rows
"""

# --- observations: never changed, so that one is new, stays, or goes --------------------------------

STAGE_OBSERVATIONS: Final = """
UNWIND $rows AS row CREATE (o:StagedObservation) SET o = row RETURN count(*) AS done
"""

FIND_OBSERVATIONS: Final = """
MATCH (o:Observation)
RETURN collect([o.concept, o.measure, o.region, o.period, elementId(o)]) AS found
"""

END_OBSERVATIONS: Final = """
UNWIND $ids AS id MATCH (o:Observation) WHERE elementId(o) = id
REMOVE o:Observation SET o:PastObservation, o.until = $until
WITH o OPTIONAL MATCH (o)-[r]->() DELETE r
RETURN count(DISTINCT o) AS done
"""

UNTIE_OBSERVATIONS: Final = "MATCH (:Observation)-[r]->() DELETE r RETURN count(*) AS done"

PUBLISH_OBSERVATIONS: Final = """
MATCH (o:StagedObservation) REMOVE o:StagedObservation SET o:Observation RETURN count(*) AS done
"""

# Those that are new have no relationship yet; after a whole copy, none has.
TIE_OBSERVATIONS: Final = """
MATCH (o:Observation) WHERE NOT (o)-[:OBSERVED_OF]->()
MATCH (c:Concept {id: o.concept})
CREATE (o)-[:OBSERVED_OF]->(c)
WITH o WHERE o.region IS NOT NULL
MATCH (r:Concept {id: o.region})
CREATE (o)-[:OBSERVED_IN]->(r)
RETURN count(*) AS done
"""

READ_OBSERVATIONS: Final = """
MATCH (o:Observation|PastObservation)
WHERE o.since <= $ordinal AND (o.until IS NULL OR $ordinal < o.until)
RETURN collect([o.concept, o.measure, o.region, o.value, o.unit, o.period, o.source]) AS rows
"""

# --- reading: few records with long lists, for every record costs more than its bytes ------------------

READ_CONCEPTS: Final = """
MATCH (n:Concept) WHERE n.since <= $ordinal RETURN n.since AS since, collect(n.record) AS records
"""

READ_SUPERSEDED: Final = """
MATCH (n:Superseded) WHERE n.since <= $ordinal AND $ordinal < n.until AND n.until <= $current
RETURN n.since AS since, collect(n.record) AS records
"""

READ_RELATIONS: Final = """
MATCH (a:Concept)-[r]->(b:Concept) WHERE r.since <= $ordinal
RETURN type(r) AS type, r.provenance AS provenance, r.source AS source, r.necessity AS necessity,
       r.level AS level, r.since AS since,
       collect(a.id) AS subjects, collect(b.id) AS objects, collect(coalesce(r.rank, -1)) AS ranks
"""

READ_PAST_RELATIONS: Final = """
MATCH (a:Past)-[r]->(b:Past) WHERE r.since <= $ordinal AND $ordinal < r.until AND r.until <= $current
RETURN substring(type(r), 4) AS type, r.provenance AS provenance, r.source AS source,
       r.necessity AS necessity, r.level AS level, r.since AS since,
       collect(a.id) AS subjects, collect(b.id) AS objects, collect(coalesce(r.rank, -1)) AS ranks
"""

# --- staging a full copy ----------------------------------------------------------------------------

# `id()` is a quarter faster than `elementId()` here; it is deprecated and stays a part of Cypher 5.
STAGE_CONCEPTS: Final = """
CYPHER 5 UNWIND $rows AS row CREATE (n:Staged) SET n = row RETURN collect([n.id, id(n)]) AS made
"""

STAGE_RELATIONS: Final = """
CYPHER 5 UNWIND $rows AS row
MATCH (a:Staged) WHERE id(a) = row[0]
MATCH (b:Staged) WHERE id(b) = row[1]
CREATE (a)-[r:$($type)]->(b) SET r = $properties, r.rank = row[2]
RETURN count(*) AS done
"""

RETIRE_CURRENT: Final = """
MATCH (n:Concept) REMOVE n:Concept, n:$($labels[n.kind]) SET n:Retired
RETURN count(*) AS done
"""

PUBLISH_STAGED: Final = """
MATCH (n:Staged) REMOVE n:Staged SET n:Concept, n:$($labels[n.kind])
RETURN count(*) AS done
"""

# --- history: written before it is true, hence invisible ------------------------------------------

SUPERSEDE_CONCEPTS: Final = """
UNWIND $ids AS id
MATCH (n:Concept {id: id})
CREATE (old:Superseded) SET old = properties(n), old.until = $until
RETURN count(*) AS done
"""

MAKE_ANCHORS: Final = "UNWIND $ids AS id MERGE (:Past {id: id}) RETURN count(*) AS done"

SUPERSEDE_RELATIONS: Final = """
UNWIND $rows AS row
MATCH (a:Concept {id: row[0]})
MATCH (b:Concept {id: row[1]})
MATCH (a)-[r]->(b) WHERE type(r) = $type AND r.provenance = row[2]
MATCH (p:Past {id: row[0]})
MATCH (q:Past {id: row[1]})
CREATE (p)-[was:$($was)]->(q) SET was = properties(r), was.until = $until
RETURN collect([row[0], row[1], row[2], elementId(r)]) AS found
"""

# --- the difference, all in the publishing transaction ---------------------------------------------

DELETE_RELATIONS: Final = (
    "UNWIND $ids AS id MATCH ()-[r]->() WHERE elementId(r) = id DELETE r RETURN count(*) AS done"
)

DELETE_CONCEPTS: Final = (
    "UNWIND $ids AS id MATCH (n:Concept {id: id}) DETACH DELETE n RETURN count(*) AS done"
)

CREATE_CONCEPTS: Final = """
UNWIND $rows AS row CREATE (n:Concept:$($label)) SET n = row
RETURN count(*) AS done
"""

CHANGE_CONCEPTS: Final = (
    "UNWIND $rows AS row MATCH (n:Concept {id: row.id}) SET n = row RETURN count(*) AS done"
)

MOVE_CONCEPTS: Final = """
UNWIND $rows AS row MATCH (n:Concept {id: row.id}) REMOVE n:$(row.old) SET n:$(row.new)
RETURN count(*) AS done
"""

CHANGE_RELATIONS: Final = """
UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row[0] SET r = row[1]
RETURN count(*) AS done
"""

CREATE_RELATIONS: Final = """
UNWIND $rows AS row
MATCH (a:Concept {id: row[0]})
MATCH (b:Concept {id: row[1]})
CREATE (a)-[r:$($type)]->(b) SET r = $properties, r.rank = row[2]
RETURN count(*) AS done
"""

# --- removing, so many at a time; each returns how many it removed -----------------------------------

CLEAN: Final = (
    "MATCH (:Staged)-[r]->() WITH r LIMIT 20000 DELETE r RETURN count(*) AS removed",
    "MATCH (n:Staged) WITH n LIMIT 10000 DETACH DELETE n RETURN count(*) AS removed",
    "MATCH (:Retired)-[r]->() WITH r LIMIT 20000 DELETE r RETURN count(*) AS removed",
    "MATCH (n:Retired) WITH n LIMIT 10000 DETACH DELETE n RETURN count(*) AS removed",
    """
    MATCH (n:Superseded)
    WHERE n.until > $current OR NOT any(o IN $ordinals WHERE n.since <= o AND o < n.until)
    WITH n LIMIT 10000 DETACH DELETE n RETURN count(*) AS removed
    """,
    """
    MATCH (:Past)-[r]->(:Past)
    WHERE r.until > $current OR NOT any(o IN $ordinals WHERE r.since <= o AND o < r.until)
    WITH r LIMIT 20000 DELETE r RETURN count(*) AS removed
    """,
    "MATCH (p:Past) WHERE NOT (p)--() WITH p LIMIT 10000 DELETE p RETURN count(*) AS removed",
    """
    MATCH (f:Finding) WHERE NOT f.release IN $ordinals
    WITH f LIMIT 10000 DELETE f RETURN count(*) AS removed
    """,
    "MATCH (o:StagedObservation) WITH o LIMIT 10000 DELETE o RETURN count(*) AS removed",
    """
    MATCH (o:PastObservation)
    WHERE NOT any(n IN $ordinals WHERE o.since <= n AND n < o.until)
    WITH o LIMIT 10000 DELETE o RETURN count(*) AS removed
    """,
)
"""What killed loads left, replaced copies, and history that no published release needs."""

# --- schema -----------------------------------------------------------------------------------------

SHOW_CONSTRAINTS: Final = """
SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties RETURN name, type, labelsOrTypes, properties
"""

SHOW_INDEXES: Final = """
SHOW INDEXES YIELD name, type, labelsOrTypes, properties, options, owningConstraint
RETURN name, type, labelsOrTypes, properties, options, owningConstraint
"""

AWAIT_INDEXES: Final = "CALL db.awaitIndexes(60)"

UNIQUE_CONCEPT: Final = "CREATE CONSTRAINT concept_id IF NOT EXISTS FOR (n:Concept) REQUIRE n.id IS UNIQUE"
UNIQUE_STAGED: Final = "CREATE CONSTRAINT staged_id IF NOT EXISTS FOR (n:Staged) REQUIRE n.id IS UNIQUE"
UNIQUE_PAST: Final = "CREATE CONSTRAINT past_id IF NOT EXISTS FOR (n:Past) REQUIRE n.id IS UNIQUE"
UNIQUE_RELEASE: Final = (
    "CREATE CONSTRAINT release_ordinal IF NOT EXISTS FOR (n:Release) REQUIRE n.ordinal IS UNIQUE"
)
UNIQUE_STORE: Final = (
    "CREATE CONSTRAINT taxonomy_store_key IF NOT EXISTS FOR (n:TaxonomyStore) REQUIRE n.key IS UNIQUE"
)
UNIQUE_LOCK: Final = "CREATE CONSTRAINT load_lock_key IF NOT EXISTS FOR (n:LoadLock) REQUIRE n.key IS UNIQUE"
INDEX_CODE: Final = "CREATE INDEX concept_code IF NOT EXISTS FOR (n:Concept) ON (n.code)"
INDEX_URI: Final = "CREATE INDEX concept_uri IF NOT EXISTS FOR (n:Concept) ON (n.uri)"
INDEX_LABEL: Final = "CREATE INDEX concept_label IF NOT EXISTS FOR (n:Concept) ON (n.label)"
INDEX_SUPERSEDED: Final = "CREATE INDEX superseded_id IF NOT EXISTS FOR (n:Superseded) ON (n.id)"
INDEX_FINDING: Final = "CREATE INDEX finding_release IF NOT EXISTS FOR (n:Finding) ON (n.release)"
INDEX_OBSERVATION: Final = "CREATE INDEX observation_measure IF NOT EXISTS FOR (n:Observation) ON (n.measure)"
FULL_TEXT_SV: Final = """
CREATE FULLTEXT INDEX concept_text_sv IF NOT EXISTS FOR (n:Concept) ON EACH [n.label, n.altLabels]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'swedish'}}
"""
FULL_TEXT_EN: Final = """
CREATE FULLTEXT INDEX concept_text_en IF NOT EXISTS FOR (n:Concept) ON EACH [n.labelEn, n.altLabelsEn]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}}
"""
