# One command for each thing a person does here; each sets up what it needs. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
START ?=
ARGS ?=
# Each of the many processes that tests and measurements start would compile the project anew, a quarter of its start.
unexport PYTHONDONTWRITEBYTECODE
# KLINE=local stores the K-line pictures and lets the posts point to them; those of past days are drawn.
KLINE ?= remote
CRAWL = $(BIN)/scrapy crawl finews -s FINEWS_KLINE_IMAGES=$(KLINE) $(if $(filter local,$(KLINE)),-s FINEWS_KLINE_CHARTS=1) $(ARGS)

.PHONY: help crawl test lint bench torture lock clean

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.crawl: requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.test: requirements-test.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

## make crawl [START=URL] [KLINE=local] [ARGS="-s NAME=VALUE"]   crawl the stand-in site that ships with the project, or START
crawl: $(VENV)/.crawl
ifeq ($(START),)
	$(BIN)/python -m crawler.demo run -- $(CRAWL) -s FINEWS_INVENTED=1
else
	$(CRAWL) -a start=$(START)
endif

# What fails is tried once more, and told ("1 rerun", and which): real processes, servers and kills on a busy machine.
PYTEST := --dist worksteal --reruns 1 --reruns-delay 2 -rfER

## make test    set up what the tests need and run them, in minutes: all but the long ones (make torture)
# More processes than most machines have cores: half of what tests do is wait.
test: $(VENV)/.test
	$(BIN)/python -m pytest -n 4 $(PYTEST) -m "not long" --ignore=tests/torture

## make bench [QUICK=1] [ONLY="crawling known"] [DOCS=1]   what things cost, as ratios measured in one run (docs/speed.md)
# In a folder of its own: what is measured against wants other versions. Dependencies are in the lock, and older pips trip over extras there.
BENCH := .venv-bench
$(BENCH)/.bench: requirements-bench.lock
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(BENCH)/.bench
	$(BENCH)/bin/python benchmarks/bench.py $(if $(QUICK),--quick) $(if $(DOCS),--docs) $(ONLY)

## make torture [SIZE=small]   the long tests: crashes, faults, whole worlds; at full size (hours) those of `make test`, too
SIZE ?= full
torture: $(VENV)/.test
	FINEWS_TORTURE=$(SIZE) $(BIN)/python -m pytest -n 2 $(PYTEST) $(if $(filter full,$(SIZE)),,-m long)

## make lint    style, types and the arrows of the map
lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

## make lock    pin the dependencies anew (lines with options are about this machine's package index: they go)
# Of soupsieve what runs on every Python 3.11: later ones want 3.11.5, and Debian 12 has 3.11.2.
COMPILE = $(BIN)/pip-compile --quiet -P 'soupsieve<3.0.2' --strip-extras --generate-hashes --no-header --no-annotate --allow-unsafe
lock:
	$(COMPILE) --extra demo -o requirements.lock pyproject.toml
	$(COMPILE) --extra dask --extra demo --extra mcp --extra notify --extra parquet --extra postgres --extra test -o requirements-test.lock pyproject.toml
	cp requirements.lock requirements-bench.lock  # what both hold stays the same where it can
	$(COMPILE) --extra bench --extra demo --extra mcp --extra parquet -o requirements-bench.lock pyproject.toml
	$(COMPILE) --only-build-deps --build-deps-for wheel -c requirements.lock -o requirements-build.lock pyproject.toml
	sed -i -e '/^--/d' -e '/./,$$!d' requirements*.lock

## make clean   remove what was set up (the output stays)
clean:
	rm -rf $(VENV) $(BENCH)
