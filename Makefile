# The report book. `make help` lists the targets. Only python3 (3.11 to 3.14) and make are needed.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
TOOLS := .venv/tools
PERIOD ?=
CHROMIUM := command -v chromium >/dev/null || { echo "this needs chromium on the PATH (Debian: apt-get install chromium)"; exit 2; }
# A lock names every package, so that nothing is left to resolve; all processors compile what was installed.
INSTALL := $(BIN)/python -m pip install --quiet --require-hashes --no-deps --no-compile --requirement
COMPILE := $(BIN)/python -m compileall -q -j 0 .venv/lib >/dev/null || true
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
export PYTHONHASHSEED = 0
# Where it is set, each process that a build or a test starts compiles the whole package again.
unexport PYTHONDONTWRITEBYTECODE
# Tests are shared out as tests/conftest.py orders them, and run in three processes also where there are two processors: they wait for the processes that they start.
SHARED := --dist loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help env dev book site rebuild serve test check unit browser notebooks-valid nightly walks links newest bench notebooks catalogues lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

env: $(READY) ## set up in .venv what a build needs

dev: $(TOOLS) ## set up in .venv what tests, the preview and JupyterLab need besides

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || { echo "Python 3.11 to 3.14 is needed; name it with make PYTHON=..."; exit 2; }
	$(PYTHON) -m venv .venv
	$(INSTALL) requirements.lock
	@$(COMPILE)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS): requirements-dev.lock $(READY)
	$(INSTALL) requirements-dev.lock
	@$(COMPILE)
	@touch $@

book: env ## build and publish the newest edition (another one with PERIOD=2023)
	$(BIN)/promotion-book build $(if $(PERIOD),--period $(PERIOD))
	$(BIN)/promotion-book publish $(if $(PERIOD),--period $(PERIOD))

site: env ## build and publish every edition that is due, the oldest first: later ones read what those before projected
	@due=$$($(BIN)/promotion-book due) || exit; echo "$$due" | while read -r place period; do \
	  $(BIN)/promotion-book build --place $$place --period $$period </dev/null && \
	  $(BIN)/promotion-book publish --place $$place --period $$period </dev/null || exit; done

rebuild: env ## build a published edition again and compare every byte (PERIOD=2023)
	@test -n "$(PERIOD)" || { echo "name the edition: make rebuild PERIOD=2023"; exit 2; }
	$(BIN)/promotion-book rebuild $(PERIOD) --verify

serve: env ## show the published site on this machine
	$(BIN)/promotion-book serve

test: check ## the checks, the unit tests, and every cell of every notebook: what must pass before a change is in
	$(BIN)/python -m pytest --nbval $(SHARED) -n 3 -m "not browser and not nightly" tests notebooks/ocop.ipynb

check: dev ## formatting, lint, types, and the data
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/promotion-book check

unit: dev ## the tests of the code, the data, the pages and the site
	$(BIN)/python -m pytest $(SHARED) -n 3 -m "not browser and not nightly"

browser: dev ## the pages of an edition in Chromium, on a desk and on a phone (Debian: apt-get install chromium)
	@$(CHROMIUM)
	$(BIN)/python -m pytest $(SHARED) -n 2 -m "browser and not nightly"

notebooks-valid: dev ## every cell of every notebook against its reference, each executed with a kernel of its own
	$(BIN)/python -m pytest --nbval $(SHARED) -n 2 notebooks

nightly: walks notebooks-valid links newest ## what takes too long for each change

walks: dev ## every edition with both engines, all windows and languages in Chromium, every point where a publisher may be stopped
	@$(CHROMIUM)
	$(BIN)/python -m pytest $(SHARED) -n 2 -m nightly

links: env ## ask every outside address that the data and the pages name whether it still answers; list the dead
	$(BIN)/python .ci/links

newest: ## the tests with the newest versions of all dependencies, in an environment of their own, each law with more examples
	$(PYTHON) -m venv --clear _build/newest
	_build/newest/bin/python -m pip install --quiet --editable ".[dev]"
	_build/newest/bin/python -m pytest $(SHARED) -n 2 -m "not browser and not nightly" --hypothesis-profile nightly

bench: dev ## compare with papermill, side by side; writes benchmarks/results.md (about half an hour)
	$(BIN)/python benchmarks/bench.py

notebooks: env ## renew the reference outputs that the notebooks hold
	$(BIN)/promotion-book references

catalogues: dev ## renew the catalogues of the languages, new entries empty
	$(BIN)/promotion-book catalogues

lock: dev ## renew both lock files from pyproject.toml; what is locked stays, where it can
	$(LOCK) --output-file requirements.lock pyproject.toml
	$(LOCK) --extra dev --constraints requirements.lock --output-file requirements-dev.lock pyproject.toml

clean: ## remove everything that was built, but not the published site
	rm -rf _build .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis notebooks/results
