"""A Neo4j server without Docker, from Maven Central: `python -m neo4j_server`, and the servers of the tests.

Run from a checkout only. Neo4j is licensed under GPL-3.0 and is not part of our wheel.
"""
