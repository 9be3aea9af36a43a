# `make run` starts the product, `make test` tries everything, `make sure` answers "may I push?".
# Needs Python 3.11 or newer; everything else comes from pip into .venv.

SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python

# The first Python that is new enough; `make run PYTHON=/path/to/python3.12` chooses another.
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)

.PHONY: help run install dev test sure bench format clean

help: ## Show this list.
	@echo "make run     set everything up and start the product (Ctrl-C stops it)"
	@echo "make test    set up and run every test: SQLite, PostgreSQL where it is installed, browser"
	@echo "make sure    format, lint, types, import contracts, migrations, translations: may I push?"
	@echo "make bench   measure speed and memory on SQLite and PostgreSQL"
	@echo "make format  put every file into the house's format"
	@echo "make clean   remove .venv (the data in var/ stays)"

run: install ## Start the product; on a fresh machine this prepares everything first.
	@exec $(BIN)/chengyun up

install: $(VENV)/installed
dev: $(VENV)/installed-dev

$(PY):
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer is missing. On Debian 12: apt-get install python3.11 python3.11-venv"; exit 1; fi
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) has no venv module. On Debian: apt-get install python3-venv"; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(PY)
	@echo "Installing; this takes a minute the first time ..."
	@$(PY) -m pip install -q -q --disable-pip-version-check -e . || { \
		echo "pip could not install the packages named in pyproject.toml; its message is above."; exit 1; }
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(PY)
	@echo "Installing what tests and checks need ..."
	@$(PY) -m pip install -q -q --disable-pip-version-check -e '.[dev]' || { \
		echo "pip could not install the packages named in pyproject.toml; its message is above."; exit 1; }
	@touch $@ $(VENV)/installed

test: dev ## Every test.
	@$(PY) scripts/run_tests.py

# The checks read the settings; what those make must not look like a developer's own data.
sure: export CHENGYUN_DATA = $(CURDIR)/.mypy_cache/data
sure: dev ## May I push?
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy chengyun scripts bench
	$(BIN)/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) scripts/translations.py --check
	@echo "sure: everything holds"

bench: dev ## Speed and memory; arguments: make bench ARGS="create --database sqlite"
	@$(PY) -m bench $(ARGS)

format: dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --exit-zero .

clean:
	rm -rf $(VENV)
