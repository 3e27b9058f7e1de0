# Grapevine. `make` alone says what there is.
# Everything happens in .venv and .test beside this file; nothing is installed into the system's Python.

BIN := .venv/bin
PYTHON := $(BIN)/python

# Nothing here is compiled when it is installed, but once, when it is first used: where that may not be kept, each of the processes
# that are started takes three times as long to come up.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test test-fast check format bench bench-text bench-spread bench-inbox lock messages docs clean

help: ## what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

install: ## the environment to run Grapevine in (.venv)
	@sh scripts/install.sh run

install-dev: ## the same with what tests and checks need
	@sh scripts/install.sh run dev

run: install ## start Grapevine; on an empty home with the demo in it (GRAPEVINE_PORT, default 8000)
	@exec $(BIN)/grapevine up --demo

test: install-dev ## everything: checks, the suite on SQLite and on PostgreSQL, a browser, a real WordPress
	@sh scripts/system-packages.sh
	@$(PYTHON) scripts/suite.py all

test-fast: install-dev ## the everyday tests on SQLite
	@$(PYTHON) scripts/suite.py fast

check: install-dev ## format, lint, types, floors, templates, security, translations, docs, file lengths
	@$(PYTHON) scripts/check.py

format: install-dev ## put the code into the house's format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: ## the benchmark tables of docs/benchmarks.md, side by side with peers
	@sh scripts/install.sh run dev bench
	@$(PYTHON) -m benchmarks

bench-text: ## the benchmark of reading alone
	@sh scripts/install.sh run dev bench
	@$(PYTHON) -m benchmarks reading

bench-inbox: ## the inbox with four million messages, on SQLite and PostgreSQL (half an hour, 30 GB)
	@sh scripts/install.sh run dev bench
	@$(PYTHON) -m benchmarks.inbox --write

bench-spread: ## the benchmark of cascades and advice alone
	@sh scripts/install.sh run dev bench
	@$(PYTHON) -m benchmarks spread

messages: install-dev ## collect new texts into the translation catalogues
	@$(PYTHON) scripts/messages.py update

docs: install-dev ## make docs/settings.md and docs/reference.md anew from the code
	@$(PYTHON) scripts/docs.py update

lock: install-dev ## compile the lock files anew from pyproject.toml (add UPGRADE=--upgrade for newer versions)
	@sh scripts/lock.sh $(UPGRADE)

clean: ## remove .venv, .test and caches (never your data)
	rm -rf .venv .test .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
