# One target a job. A fresh machine needs python3 (3.11 or newer, with venv) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# On two cores two workers halve the wall time of the suite.
WORKERS ?= auto

.PHONY: demo test lint docs bench styles clean

$(VENV)/.base: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.test $(VENV)/.lint $(VENV)/.docs $(VENV)/.bench $(VENV)/.spark: $(VENV)/.%: $(VENV)/.base
	$(BIN)/python -m pip install --quiet --group $*
	touch $@

demo: $(VENV)/.base            ## the main job on refs/: a list in; .bib, APA, ACM and a page out
	$(BIN)/pubkit publish refs/papers.txt --owner "Tianhao Wu" -o out/ --force

test: $(VENV)/.test            ## the whole test suite
	$(BIN)/python -m pytest -n $(WORKERS) -q

lint: $(VENV)/.lint            ## format, style, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.docs            ## HTML documentation in docs/_build/html, warnings are errors
	$(BIN)/python -m sphinx -W --keep-going -b html docs docs/_build/html

bench: $(VENV)/.bench          ## the ratios of docs/benchmarks.md
	$(BIN)/python -m benchmarks

styles: $(VENV)/.base          ## every official style formats refs/papers.bib and 1,000 mixed items
	$(BIN)/python -m benchmarks.all_styles

clean:
	rm -rf $(VENV) out docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
