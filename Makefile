# The one front door: people and CI run the same targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help run neo4j setup test test-explorer test-neo4j conformance check bench quality lock schema explorer graphiql wheel clean

# Given on the command line: DATA (a folder of publishers' files), STORE, NEO4J (a version), NEO4J_PORT, PYTEST_ARGS,
# PYTHON, LOCK_ARGS (--upgrade).
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# What npm builds from browser/PAGE into taxonomy/web/static/PAGE.
PAGES := explorer graphiql
PAGES_TRIED := $(PAGES:%=$(VENV)/.%)
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
UV := uv==0.13.9

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY) $(PAGES_TRIED) ## Load what is missing and serve [DATA=folder] [STORE=file or neo4j://host:7687]
	@$(KNOW_PASSWORD) exec $(BIN)/taxonomy run $(if $(DATA),--data "$(DATA)") $(if $(STORE),--store "$(STORE)")

neo4j: $(READY) ## Serve Neo4j on this machine, without Docker [NEO4J=5.26 or 2026] [NEO4J_PORT=7687]
	@exec $(BIN)/python -m neo4j_server $(if $(NEO4J),--version "$(NEO4J)") $(if $(NEO4J_PORT),--port "$(NEO4J_PORT)")

setup: $(READY) ## Make the environment .venv
	@echo "$(VENV) is ready."

test: $(READY) $(PAGES_TRIED) ## Run the whole test suite [PYTEST_ARGS=...]
	@if command -v npm >/dev/null; then $(TEST_EXPLORER); else \
	  echo "The unit tests of the graph browser need npm: not run." >&2; fi
	@$(BIN)/pytest -n 2 --dist loadgroup $(PYTEST_ARGS)

test-explorer: $(VENV)/.explorer ## Check the types of the graph browser, and run its unit tests (needs npm)
	@$(TEST_EXPLORER)

test-neo4j: $(READY) ## Run the tests against Neo4j servers, which may not be missing [PYTEST_ARGS=...]
	@TAXONOMY_REQUIRE_NEO4J=1 $(BIN)/pytest -n 2 --dist loadgroup -m neo4j $(PYTEST_ARGS)

conformance: $(READY) ## Hold the RDF of the publishers' files against SHACL, SKOS and itself [DATA=folder]
	@TAXONOMY_DATA="$(or $(DATA),$(TAXONOMY_DATA),../shared/data)" TAXONOMY_REQUIRE_REAL=1 \
	  TAXONOMY_REQUIRE_CONFORMANCE=1 $(BIN)/pytest -m real tests/rdf $(PYTEST_ARGS)

check: $(READY) ## Formatting, lints, types, import layers, SDL and docs
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/taxonomy schema --check
	@$(BIN)/pytest -q tests/test_docs.py

bench: $(READY) ## Run the benchmarks
	@$(BIN)/python -m benchmarks

quality: $(READY) ## Measure the quality of matching, on the data of TAXONOMY_DATA
	@$(BIN)/python -m benchmarks.quality

lock: $(READY) ## Bring requirements.lock in step with pyproject.toml [LOCK_ARGS=--upgrade]
	@$(PIP) install $(UV)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev --extra neo4j \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK_ARGS) \
	  --output-file requirements.lock pyproject.toml

schema: $(READY) ## Write graphql/schema.graphql from the code
	@$(BIN)/taxonomy schema > graphql/schema.graphql.new || { rm -f graphql/schema.graphql.new; exit 1; }
	@mv graphql/schema.graphql.new graphql/schema.graphql

BUILD = ( cd browser/$(1) && npm ci --no-audit --no-fund && npm run build )
TEST_EXPLORER = ( cd browser/explorer && npm run --silent check && npm run --silent test )

explorer: $(READY) ## Build the graph browser (needs npm)
	@$(call MUST_BUILD,$@)

graphiql: $(READY) ## Build the GraphiQL page (needs npm)
	@$(call MUST_BUILD,$@)

define MUST_BUILD
command -v npm >/dev/null || { echo "make $(1) needs npm (Node.js 20 or later)." >&2; exit 1; }; \
$(call BUILD,$(1)) && touch $(VENV)/.$(1)
endef

wheel: $(READY) $(PAGES) ## Build dist/*.whl
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

clean: ## Remove what make made; var/ (your data, and Neo4j) stays
	rm -rf $(VENV) build dist taxonomy/web/static browser/*/node_modules browser/explorer/src/api/generated .hypothesis .import_linter_cache \
	  .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What `make neo4j` keeps its password in; only a server of this machine is told it.
PASSWORD_FILE := var/neo4j/password
OURS := ^(neo4j|bolt)://(localhost|127\.0\.0\.1)(:[0-9]+)?/?$$
KNOW_PASSWORD = ours='$(OURS)'; \
  if [[ "$(STORE)" =~ $$ours && -z "$${TAXONOMY_NEO4J_PASSWORD:-}" && -r $(PASSWORD_FILE) ]]; then \
    TAXONOMY_NEO4J_PASSWORD=$$(<$(PASSWORD_FILE)); export TAXONOMY_NEO4J_PASSWORD; \
  fi;

# What `run` and `test` need of a page: the service works without it and its page tells how to build it, so a failure
# warns, once per change of the sources. Without npm there is no stamp: the page is built when npm has come.
SOURCES = browser/bundling.mjs \
  $(shell find browser/$(1) \( -name node_modules -o -name generated \) -prune -o -type f -print 2>/dev/null)
define TRY_BUILD
if command -v npm >/dev/null; then \
  echo "Building $(1) (once) ..." >&2; \
  $(call BUILD,$(1)) >$(VENV)/$(1).log 2>&1 \
    || echo "warning: $(1) was not built ($(VENV)/$(1).log says why); make $(1) tries again." >&2; \
  touch $@; \
fi
endef

$(VENV)/.explorer: $(call SOURCES,explorer) graphql/schema.graphql $(wildcard graphql/operations/*.graphql) | $(READY)
	@$(call TRY_BUILD,explorer)

$(VENV)/.graphiql: $(call SOURCES,graphiql) | $(READY)
	@$(call TRY_BUILD,graphiql)

# An environment that works is kept and brought in step with the lock; otherwise it is made anew. A bare Debian has
# Python without ensurepip: there venv fails, and pip comes from its own wheel.
$(READY): requirements.lock pyproject.toml .ci/bootstrap_pip.py
	@echo "Preparing $(VENV) ..." >&2
	@$(BIN)/python -m pip --version >/dev/null 2>&1 && exit; \
	for python in $(PYTHONS) ""; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break || true; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "No Python 3.11 or later ($(PYTHONS)): install one, or say make PYTHON=/path/to/python." >&2; exit 1; \
	fi; \
	"$$python" -m venv --clear $(VENV) >/dev/null 2>&1 \
	  || { "$$python" -m venv --clear --without-pip $(VENV) && $(BIN)/python .ci/bootstrap_pip.py; }
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
