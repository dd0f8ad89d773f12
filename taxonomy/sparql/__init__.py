"""SPARQL 1.1 over a release: the store, the guard before the engine, and the processes that it runs in."""
