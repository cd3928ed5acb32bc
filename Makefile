# make demo   installs, runs the main job in a synthetic city, serves its workspace
# make test   installs what the tests need and runs them all
# Both need Python 3.11 or newer with pip, and a package registry. Nothing is installed globally.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
UV_VENV := .venv-uv
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo $(UV_VENV)/bin/uv)
VENDOR := src/headstamp/web/static/vendor/made-from.txt
DEMO_SERVE ?= 1
PYTEST_ARGS ?=
PYTEST = $(BIN)/python -m pytest -n 2 --dist loadfile
# Trust the certificates this machine trusts, where it has a list: agencies often inspect TLS.
ifneq ($(wildcard /etc/ssl/cert.pem /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt),)
export UV_SYSTEM_CERTS := 1
endif

.DEFAULT_GOAL := help
.PHONY: help install demo serve test check bench docs lock clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

install: $(VENV)/.base $(VENDOR)  ## install the program and nothing else

demo: $(VENV)/.base $(VENDOR)  ## install, run the main job, serve its workspace (DEMO_SERVE=0: do not serve)
	DEMO_SERVE=$(DEMO_SERVE) $(BIN)/headstamp demo --serve $(DEMO_ARGS)

serve: $(VENV)/.base  ## serve the workspace of the last demo
	$(BIN)/headstamp serve --workspace demo/workspace

test: $(VENV)/.dev $(VENDOR)  ## install what tests need and run them all; the web's on PostgreSQL first
	@$(if $(TORCH),$(BIN)/python tools/install_torch.py,true)
	@sh tools/install-chromium.sh
	@sh tools/install-postgresql.sh
	$(if $(findstring tests/,$(PYTEST_ARGS)),,$(BIN)/python tests/postgres.py $(PYTEST) $(PYTEST_ARGS) tests/web)
	$(PYTEST) $(PYTEST_ARGS)

check: $(VENV)/.dev  ## lint, types, import rules, documentation
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate_reference.py --check

bench: $(VENV)/.dev  ## measure, each figure beside its target
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.run $(BENCH_ARGS)

docs: $(VENV)/.dev  ## write the generated reference pages
	$(BIN)/python tools/generate_reference.py

lock: $(UV)  ## compile the pins anew
	sh tools/lock.sh $(UV)

$(VENDOR): package-lock.json tools/vendor.py | $(VENV)/.base
	$(BIN)/python tools/vendor.py $(UV)
	@touch $@

clean:  ## remove what these targets made
	rm -rf $(VENV) $(UV_VENV) demo build $(dir $(VENDOR)) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(UV_VENV)/bin/uv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	sh tools/install-uv.sh $(PYTHON) $(UV_VENV)

$(VENV)/.made: | $(UV)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	@touch $@

# A changed lock makes the environment anew; a changed pyproject.toml installs only the package again.
install = sh tools/install.sh $(UV) $(VENV) $(or $(filter %.lock,$?),-) $(PYTHON)

$(VENV)/.base: requirements/base.lock pyproject.toml | $(VENV)/.made
	@if [ -e $(VENV)/.dev ]; then $(MAKE) --no-print-directory $(VENV)/.dev; else $(install); fi
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml | $(VENV)/.made
	$(install)
	@touch $@ $(VENV)/.base
