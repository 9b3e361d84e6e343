# Everything a fresh machine needs is python3 (3.11 or newer) and make; the rest goes into .venv here.
# `make` alone lists what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOL := PYTHONPATH=tests $(BIN)/python -m tools
MEASURES := bench bench_online bench_batches accuracy accuracy_scan bench_licenses bench_sweep
DEMO := meta-llama/Llama-3.2-3B google-bert/bert-base-uncased

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help demo audit test lint format types docs docs-check examples screenshot site messages reuse package-check bench check clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "osaid-audit needs Python 3.11 or newer; say which with: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "This Python cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

demo: $(READY) ## audit the bundled dossiers offline, print the verdicts, write the HTML reports
	@$(TOOL).demo $(DEMO)

audit: $(READY) ## audit one model live: make audit MODEL=org/name ARGS='--lang fr'
	@test -n "$(MODEL)" || { echo "Say which model: make audit MODEL=org/name" >&2; exit 2; }
	@$(BIN)/osaid-audit "$(MODEL)" $(ARGS) || test $$? -eq 1

test: $(READY) ## run all tests
	@$(BIN)/python -m pytest -q -n auto --timeout 180 $(ARGS)

lint: $(READY) ## ruff: rules and format
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --quiet --check . || { echo "Run 'make format'." >&2; exit 1; }
	@echo "lint: clean"

format: $(READY) ## let ruff mend what it can
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format .

types: $(READY) ## mypy, strict
	@$(BIN)/mypy

docs: $(READY) ## write the generated parts of docs/ and README.md
	@$(TOOL).docs write

docs-check: $(READY) ## fail when a generated part or an example is out of date
	@$(TOOL).docs check --examples

examples: $(READY) ## write reports/examples from the bundled dossiers
	@$(TOOL).docs write --examples

messages: $(READY) ## gather what the program says, for translators, and compile their texts
	@$(TOOL).messages write

screenshot: $(READY) ## picture an example report for README.md, with Chromium if it is there
	@$(TOOL).screenshot

site: $(READY) ## build the documentation site into build/site; a broken link or a foreign resource fails
	@$(BIN)/python -m pip install --quiet --group docs
	@$(TOOL).website

reuse: $(READY) ## every file says its license
	@$(BIN)/reuse lint --quiet || { $(BIN)/reuse lint; exit 1; }
	@echo "reuse: compliant"

package-check: $(READY) ## build sdist and wheel, install the wheel into an empty venv, run it from elsewhere
	@$(TOOL).package_check

bench: $(READY) ## measure: cost of --help and of an audit, memory, a refused connection; batches and sweeps; accuracy on ../shared; license texts beside other packages; all run, whatever fails
	@$(BIN)/python -m pip install --quiet --group bench
	@failed=; for each in $(MEASURES); do $(TOOL).$$each || failed="$$failed $$each"; done; \
	  test -z "$$failed" || { echo "bench: past a limit or broken:$$failed" >&2; exit 1; }

check: lint types docs-check reuse test package-check site ## all of the above that can fail

clean: ## remove what the targets made
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
