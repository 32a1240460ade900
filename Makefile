# make timeline   set up, poll the feeds of feeds.toml, print the timeline
# make test       set up, run every check and test
# make score      scores of recognition on a corpus file (CORPUS=..., GOLD format of tests/corpus)
# make bench      ratios of speed in one run
# make hostile    the whole hostile web
# make man        manual pages into build/man/man1
# make lock       resolve the locked dependencies again

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
CORPUS ?= tests/corpus/heldout.jsonl
.DEFAULT_GOAL := help
.PHONY: help timeline test check score bench hostile man lock clean

help:
	@sed -n 's/^# //p' Makefile

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Tracker needs Python 3.11 or later: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@mkdir -p $(VENV)
ifdef UV
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV) || { echo "venv is missing: apt install python3-venv" >&2; exit 2; }
endif
	@touch $@

# The program itself: locked dependencies, then this checkout, editable.
$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/.python
ifdef UV
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
endif
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/.run
ifdef UV
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
endif
	@touch $@

# Exit 69 says that no feed could be reached: the record's timeline is still worth printing.
timeline: $(VENV)/.run
	@$(BIN)/tracker poll --max-time 20 || [ $$? -eq 69 ]
	@$(BIN)/tracker timeline

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/tracker record check

test: check
	$(BIN)/pytest -q -n 3 --dist worksteal -m "not hostile"

score: $(VENV)/.run
	@$(BIN)/python benchmarks/score.py $(CORPUS)
	@$(BIN)/python benchmarks/record_ids.py $(CORPUS)

bench: $(VENV)/.dev
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/store.py
	@$(BIN)/python benchmarks/backfill.py --pages 1000
	@$(BIN)/python benchmarks/million.py
	@$(BIN)/python benchmarks/polls.py --rounds 3

hostile: $(VENV)/.dev
	$(BIN)/pytest -q -n 2 --dist worksteal -m hostile

man: $(VENV)/.run
	@$(BIN)/tracker man -o build/man/man1

lock:
	uv lock --default-index https://pypi.org/simple
	uv export --quiet --frozen --no-emit-project --no-header -o requirements.txt
	uv export --quiet --frozen --no-emit-project --no-header --extra dev --extra tui -o requirements-dev.txt

clean:
	rm -rf $(VENV) dist build
