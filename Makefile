# Everything a developer types. Needs only python3.11+ and make; the rest is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
AS_OF := 2026-09-07
# An amount of work instead of seconds: the sample's reports come out byte for byte, on any machine.
WORK := 8000

.DEFAULT_GOAL := help
.PHONY: help plan test check bench sample golden

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

.venv/installed: pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit("roadmap needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	$(BIN)/python -m planner.scheduling.compiled.warm
	$(BIN)/python -m planner.forecast.warm
	touch $@

plan: .venv/installed  ## install, plan the sample, write reports/
	$(BIN)/roadmap plan data/commerce-platform.xlsx --as-of $(AS_OF) --work $(WORK) || test $$? -eq 1

test: .venv/installed  ## run the test suite
	$(BIN)/python -m pytest -n auto

check: .venv/installed  ## type check, lint, import layers
	$(BIN)/python -m mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

bench: .venv/installed  ## measure speed, as ratios side by side
	$(BIN)/python -m tests.benchmarks

sample: .venv/installed  ## make the sample workbooks and their committed reports anew
	$(BIN)/python data/make_samples.py
	$(BIN)/roadmap plan data/commerce-platform.xlsx --as-of $(AS_OF) --work $(WORK) || test $$? -eq 1
	$(BIN)/roadmap graph data/commerce-platform.xlsx --as-of $(AS_OF) --work $(WORK) --select item:ASK-2 --out reports/ask-2.svg
	$(BIN)/roadmap report exec --plan reports/commerce-platform/plan.json
	$(BIN)/roadmap report team Invoicing --plan reports/commerce-platform/plan.json
	$(BIN)/roadmap decide draft DEC-1 --work 200 --plan reports/commerce-platform/plan.json

golden: .venv/installed  ## rewrite the golden files, to be read in review
	$(BIN)/python -m pytest -q --update-golden
