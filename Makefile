# Leadwell. `make help` lists what there is; docs/running.md says more.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check check-code check-services check-browser check-processes bench chaos lock messages pictures

BIN := .venv/bin
export MODE ?= local
# Compiled once, not by every process again: with the tests' asserts that is half of what each worker does before its first test.
unexport PYTHONDONTWRITEBYTECODE
# More than two processors need: some tests wait for a relay that says nothing.
JOBS ?= 3
PLAIN := env -u DATABASE_URL -u REDIS_URL -u CELERY_BROKER_URL -u EMAIL_URL

help:           ## This list
	@sed -n 's/^\([a-z-]*\):[^#]*## /  make \1\t/p' Makefile | expand -t 20

setup:
	@project/tools/setup requirements.txt

setup-dev:
	@project/tools/setup requirements-dev.txt

run: setup      ## Set up and start everything on this machine (PORT=8000, data in var/); Ctrl-C stops it
	@exec $(BIN)/python manage.py up

test: setup-dev ## Set up and test with nothing but Python: SQLite and embedded parts
	@$(PLAIN) $(BIN)/pytest -n $(JOBS) -m "not browser and not services and not processes"

check: setup-dev check-code test check-services check-browser check-processes ## What CI runs: everything, nothing left out

check-code: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/bandit --quiet -c pyproject.toml -r leads project manage.py
	$(BIN)/python project/tools/audit.py
	$(BIN)/python project/tools/messages.py --check
	$(BIN)/python manage.py makemigrations --check --dry-run
	project/tools/check-deploy

check-services: setup-dev
	$(PLAIN) $(BIN)/python -m tests.with_services $(BIN)/pytest -n $(JOBS) -m "not browser and not processes"

# Each in a run of its own: a browser keeps an event loop in its process, and processes that are killed want quiet.
check-browser: setup-dev
	$(PLAIN) $(BIN)/pytest -n 2 --dist worksteal -m browser

check-processes: setup-dev
	$(PLAIN) $(BIN)/pytest -m processes

bench: setup-dev ## The benchmarks: one table of ratios
	$(BIN)/python -m tests.bench

chaos: setup-dev ## The fault tests in full: 10,000 captures, everything killed again and again
	CHAOS=full $(BIN)/pytest tests/processes

lock: setup-dev ## Pin the dependencies again, after a change in pyproject.toml
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements.txt -q
	$(BIN)/uv pip compile $(LOCK) --group dev pyproject.toml -o requirements-dev.txt -q -c requirements.txt
LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url

messages: setup-dev ## Collect the texts to translate (needs gettext) and compile the translations
	$(BIN)/python manage.py makemessages --all --no-obsolete --no-wrap --add-location file
	$(BIN)/python project/tools/messages.py

pictures: setup-dev ## Take the pictures of the README and of the staff guide (needs Chromium and ImageMagick)
	$(BIN)/python -m tests.pictures
