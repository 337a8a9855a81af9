# One command to see it, one to test it. Both set up what they need, say what they do, and are quick the second time.

VENV   := .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
MODEL  := graphs/ukraine-troops
PAGE   := build/ukraine-troops.html
AS_OF  := 2026-01-10
SIZES  := 1m,20m

.PHONY: demo test test-thorough test-cluster test-versions lint docs pictures bench bench-scale clean
.DEFAULT_GOAL := demo

demo: $(VENV)/demo
	@echo "==> writing $(PAGE), the graph of who stands where, as of $(AS_OF)"
	@mkdir -p build
	@$(BIN)/actorgraph export html -m $(MODEL) --as-of $(AS_OF) -o $(PAGE)
	@echo; echo '==> actorgraph who opposes,declines "boots on the ground" --as-of $(AS_OF)'; echo
	@$(BIN)/actorgraph who opposes,declines "boots on the ground" --as-of $(AS_OF) -m $(MODEL)
	@echo; echo '==> actorgraph what Italy --as-of $(AS_OF)'; echo
	@$(BIN)/actorgraph what Italy --as-of $(AS_OF) -m $(MODEL)
	@echo; echo '==> actorgraph diff 2026-01-06 2026-01-07'; echo
	@$(BIN)/actorgraph diff 2026-01-06 2026-01-07 -m $(MODEL)
	@echo; echo "==> done: open $(PAGE) in a browser; it needs no network"

test: $(VENV)/test $(VENV)/programs $(VENV)/typescript lint
	@echo "==> pytest: tests, doctests, the page's scripts, and the page in a browser"
	@$(BIN)/pytest -n auto --dist loadfile -m "not cluster and not thorough"
	@echo "==> all passed"

test-thorough: $(VENV)/test $(VENV)/programs
	@echo "==> pytest: what takes long, all cases of what has many, and more examples of every law"
	@$(BIN)/pytest -n auto --dist loadfile -m "(thorough or hypothesis) and not cluster" --hypothesis-profile thorough
	@echo "==> all passed"

test-cluster: $(VENV)/spark $(VENV)/java
	@echo "==> pytest: the same questions on Spark, on this machine and on a cluster of it"
	@$(BIN)/pytest -m cluster tests/engines
	@echo "==> all passed"

test-versions: $(VENV)/test
	@.ci/versions $(BIN)/python
	@echo "==> all passed"

lint: $(VENV)/test
	@echo "==> ruff: style"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@echo "==> mypy: types"
	@$(BIN)/mypy --no-error-summary

docs: $(VENV)/test
	@echo "==> writing what README.md and docs/ show of the code and its answers anew"
	@$(BIN)/pytest -q --update -m docs tests

pictures: $(VENV)/test $(VENV)/programs
	@echo "==> keeping what the page looks like in build/pictures: every view at three widths, light and dark"
	@$(BIN)/pytest -q -n auto --pictures tests/explorer/test_looks.py

bench: $(VENV)/bench
	@echo "==> how long a question takes, as a ratio to what it must import"
	@$(BIN)/python tests/benchmarks/startup.py
	@echo; echo "==> how times grow with the records, from 100 to 100,000"
	@mkdir -p build
	@$(BIN)/pytest -q tests/benchmarks/scale.py --benchmark-quiet --benchmark-min-rounds=3 \
		--benchmark-json=build/scale.json
	@$(BIN)/python tests/benchmarks/report.py build/scale.json
	@echo; echo "==> how long the page takes to write, to open, to change view and day, and how smoothly it pans"
	@$(BIN)/python tests/benchmarks/page.py $(if $(BESIDE),--beside $(BESIDE))
	@echo; echo "==> what every measure takes on 500 actors with 5,000 stances"
	@$(BIN)/python tests/benchmarks/measures.py
	@echo; echo "==> the same questions to other ways of keeping dated edges"
	@$(BIN)/python tests/benchmarks/comparators.py

bench-scale: $(VENV)/bench
	@echo "==> the same questions to tables of millions of statements, side by side with what else could be asked: $(SIZES)"
	@$(BIN)/python tests/benchmarks/side_by_side.py $(SIZES) build/bench-scale
	@$(BIN)/python tests/benchmarks/verdicts.py build/bench-scale/found.json

clean:
	@echo "==> removing $(VENV), build and what npm installed"
	@rm -rf $(VENV) build tests/explorer/node_modules

# -- setting up -------------------------------------------------------------------------------------------------

$(VENV)/bin/python:
	@echo "==> making a virtual environment in $(VENV)"
	@.ci/venv $(PYTHON) $(VENV)

$(VENV)/demo: $(VENV)/bin/python pyproject.toml
	@echo "==> installing actorgraph"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/test: $(VENV)/bin/python pyproject.toml
	@echo "==> installing actorgraph and what its tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/demo $@

$(VENV)/bench: $(VENV)/test
	@echo "==> installing pytest-benchmark, and what to compare with where it installs"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]' || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check pytest-benchmark
	@touch $@

$(VENV)/spark: $(VENV)/test
	@echo "==> installing Spark, some 500 MB"
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,spark]'; then touch $@; \
		else echo "==> no Spark here and none may be installed: its tests are skipped"; fi

$(VENV)/programs: $(VENV)/bin/python .ci/programs
	@.ci/programs chromium chromium-headless-shell firefox-esr zsh fish
	@touch $@

$(VENV)/java: $(VENV)/bin/python .ci/programs
	@.ci/programs java
	@touch $@

$(VENV)/typescript: $(VENV)/test .ci/typescript tests/explorer/package.json tests/explorer/package-lock.json
	@if .ci/typescript $(BIN)/python; then touch $@; fi
