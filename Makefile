# Every target sets itself up from nothing: Python 3.11 or newer, make and git are enough.
#
#   make demo    the app with the ten weeks of a made-up runner; where nobody looks, her story
#   make test    every check and every test, and every branch of the core is taken;
#                NO_SKIP=1 counts a skipped test as failed
#   make check   the fast part of it: lint, types, imports, protocol files
#   make bench   speed and memory, as JSON
#   make setup   only the set-up
#   make lock    choose the pinned versions anew (needs uv)
#   make screens pictures of every page, into docs/screens (needs Chromium)
#   make clean   remove what the targets made

SHELL = /bin/sh
.DEFAULT_GOAL = help
.PHONY: help setup demo test check bench screens lock clean

WORKERS ?= 2
# Percent of the branches of the core that the tests have to take.
COVER ?= 100

# Tests on real activity files need the folder; they say so where it is absent.
HAMSTRIDE_ACTIVITIES ?= $(abspath $(wildcard ../shared/data/activities))
HAMSTRIDE_NO_SKIP = $(filter-out 0,$(NO_SKIP))
export HAMSTRIDE_ACTIVITIES HAMSTRIDE_NO_SKIP

VENV = .venv
BIN = $(VENV)/bin
RUNNING = $(VENV)/.set-up-to-run
DEVELOPING = $(VENV)/.set-up-to-develop

help:
	@sed -n 's/^#   //p' Makefile

setup: $(DEVELOPING)

# Somebody at a terminal gets the app on Ana's Today; anything else gets her story and comes back.
demo: $(RUNNING)
	@if [ -t 1 ] && [ -z "$$CI" ]; then \
		exec $(BIN)/hamstride serve --demo --open --data demo-store; \
	fi; \
	$(BIN)/hamstride demo && echo && \
	echo "At a terminal, make demo opens the app on Ana's day: hamstride serve --demo" && \
	echo "hamstride stands in $(BIN): . $(BIN)/activate puts it on your path."

check: $(DEVELOPING)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/hamstride check-protocols

test: check
	$(BIN)/pytest -n $(WORKERS) --cov --cov-fail-under=$(COVER)

bench: $(DEVELOPING)
	@$(BIN)/python -m bench

screens: $(DEVELOPING)
	@$(BIN)/python -m tools.screens

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*

# Set-up. A stamp says that a step was finished, so that the next call has nothing to do.

find_python = \
	for python in $(PYTHON) python3 python3.11 python3.12 python3.13 python3.14; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then echo $$python; break; fi; \
	done

$(VENV)/.made:
	@python=$$($(find_python)); \
	if [ -z "$$python" ]; then \
		echo "Hamstride needs Python 3.11 or newer, and none was found." \
			"Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; \
	elif command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --seed --allow-existing --python "$$python" $(VENV); \
	elif ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "This Python comes without venv." \
			"On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	else \
		$$python -m venv $(VENV); \
	fi
	@touch $@

ifneq ($(shell command -v uv 2>/dev/null),)
INSTALL = uv pip install --quiet --python $(BIN)/python
else
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

# The package is built by what the requirements pinned: nothing arrives without its hash.
install_package = $(INSTALL) --no-deps --no-build-isolation --editable .

$(RUNNING): requirements.txt pyproject.toml | $(VENV)/.made
	@echo "Installing what hamstride runs on ..." >&2
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(install_package)
	@touch $@

$(DEVELOPING): requirements-dev.txt pyproject.toml | $(VENV)/.made
	@echo "Installing what hamstride is developed with ..." >&2
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@$(install_package)
	@touch $@ $(RUNNING)

LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --group build pyproject.toml

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH." >&2; exit 1; }
	$(LOCK) --upgrade --extra web -o requirements.txt
	$(LOCK) --upgrade --extra web --extra postgres --extra dev -c requirements.txt -o requirements-dev.txt
