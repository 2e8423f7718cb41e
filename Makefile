# The report book. `make help` lists the targets. Only python3 (3.11) and make are needed.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PERIOD ?=
CHROMIUM := command -v chromium >/dev/null || { echo "this needs chromium on the PATH (Debian: apt-get install chromium)"; exit 2; }
export PYTHONHASHSEED = 0

.DEFAULT_GOAL := help
.PHONY: help env book site rebuild serve test check unit browser notebooks-valid nightly walks links newest bench notebooks catalogues lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

env: $(READY) ## set up the environment in .venv

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Python 3.11 is needed; name it with make PYTHON=..."; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
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

test: check unit notebooks-valid ## everything that CI runs

check: env ## formatting, lint, types, and the data
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/promotion-book check

unit: env ## the tests of the code, the data, the pages and the site
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not browser and not nightly"

browser: env ## the pages of an edition in Chromium, on a desk and on a phone (Debian: apt-get install chromium)
	@$(CHROMIUM)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "browser and not nightly"

notebooks-valid: env ## every cell of every notebook against its reference
	$(BIN)/python -m pytest --nbval -n 2 --dist loadscope -p no:cacheprovider notebooks

nightly: walks links newest ## what takes too long for each change

walks: env ## every edition with both engines, all windows and languages in Chromium, every point where a publisher may be stopped
	@$(CHROMIUM)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m nightly

links: env ## ask every outside address that the data and the pages name whether it still answers
	$(BIN)/python .ci/links

newest: ## the tests with the newest versions of all dependencies, in an environment of their own
	$(PYTHON) -m venv --clear _build/newest
	_build/newest/bin/python -m pip install --quiet --editable ".[dev]"
	_build/newest/bin/python -m pytest -n 2 --dist loadgroup -m "not browser and not nightly"

bench: env ## compare with papermill, side by side; writes benchmarks/results.md (about half an hour)
	$(BIN)/python benchmarks/bench.py

notebooks: env ## renew the reference outputs that the notebooks hold
	$(BIN)/promotion-book references

catalogues: env ## renew the catalogues of the languages, new entries empty
	$(BIN)/promotion-book catalogues

lock: env ## renew requirements.lock from pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --extra dev \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header \
	  --output-file requirements.lock pyproject.toml

clean: ## remove everything that was built, but not the published site
	rm -rf _build .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis notebooks/results
