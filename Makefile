# `make help` says what there is. Needs Python 3.11 or newer; everything else is brought along.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8001
BIN := .venv/bin
READY := .venv/.ready
COMPILE = var/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" --python-version 3.11 pyproject.toml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo demo-reset test lint check-deploy format lock bench bench-quick bench-releases bench-studio bench-timing bench-uploads bench-recordings bench-imports fuzz keys kills kills-recordings mutants year faults outages trace screenshots lighthouse audit licences release-dump

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) .env ## Make the virtual environment and a .env for development
	@:

demo: setup ## Serve Trackflow with demo data on http://127.0.0.1:8001 (PORT=... for another, LOCAL=on with recordings)
	@$(BIN)/python manage.py demo --port $(PORT) $(if $(filter on,$(LOCAL)),--local)

demo-reset: setup ## Throw the demo's data away, then serve afresh
	@$(BIN)/python manage.py demo --port $(PORT) --reset $(if $(filter on,$(LOCAL)),--local)

test: setup ## Run all tests (ARGS="-k word" for some)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

lint: setup check-deploy ## Check style, types, import direction, templates and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find templates/library -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +
	$(BIN)/python -m mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

check-deploy: setup ## Check the settings a server would run with
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') DEBUG=off DEMO=off HTTPS=on \
		ALLOWED_HOSTS=trackflow.example $(BIN)/python manage.py check --deploy --fail-level WARNING

format: setup ## Format code and templates
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	find templates/library -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

lock: setup ## Write the hash-locked requirements anew from pyproject.toml
	test -x var/lock/bin/uv || { $(PYTHON) -m venv var/lock && var/lock/bin/pip install --quiet uv; }
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra observability --output-file requirements-observability.txt
	$(COMPILE) --extra local --output-file requirements-local.txt
	$(COMPILE) --extra local --extra observability --group dev --output-file requirements-dev.txt

audit: ## Ask for known faults in what Trackflow runs with, and list it all in var/sbom.json (CycloneDX)
	test -x var/audit/bin/pip-audit || { $(PYTHON) -m venv var/audit && var/audit/bin/pip install --quiet pip-audit cyclonedx-bom; }
	var/audit/bin/cyclonedx-py requirements --output-file var/sbom.json requirements.txt
	var/audit/bin/pip-audit --require-hashes --disable-pip --requirement requirements.txt

licences: setup ## Write docs/licences.md anew
	@$(BIN)/python -m bench.licences

bench: setup ## Measure everything with 1,000 submissions and write docs/performance.md (ARGS="--size 100000 --threads 4")
	@$(BIN)/python -m bench $(ARGS)

bench-quick: setup ## Compare the pages' ratios with the last committed ones, in a minute
	@$(BIN)/python -m bench.quick

bench-releases: setup ## Measure the pages of 10,000 releases with 20 steps each and write docs/performance.md
	@$(BIN)/python -m bench.releases $(ARGS)

bench-studio: setup ## Measure the studio's pages with 10,000 projects of 15 steps each and write docs/performance.md
	@$(BIN)/python -m bench.studio $(ARGS)

bench-timing: setup ## Measure whether answers tell by their time who has an account (ARGS="--count 100 --page sign-up")
	$(BIN)/python -m bench.timing $(ARGS)

bench-uploads: setup ## Measure the web server's memory while twelve people upload large pictures at once
	@$(BIN)/python -m bench.uploads $(ARGS)

bench-recordings: setup ## Measure what keeping recordings costs and write docs/performance.md (ARGS="--only hashing,rescan")
	@$(BIN)/python -m bench.recordings $(ARGS)

bench-imports: setup ## Measure the own time of imports into the studio and write docs/performance.md
	@$(BIN)/python -m bench.imports $(ARGS)

fuzz: setup ## Send 50,000 random requests and fill in 20,000 forms; no 500, nothing typed is lost (ARGS="--count 5000 --typed 500 --seed 7")
	@$(BIN)/python -m bench.fuzz $(ARGS)

keys: setup ## Press 600 random key sequences at the desk, fast and slow, and time the next demo (ARGS="--count 20")
	@$(BIN)/python -m bench.keys $(ARGS)

mutants: setup ## Take out one check of the core after the other; the tests must fail (ARGS="NAME ..." for some)
	@$(BIN)/python -m bench.mutants $(ARGS)

kills: setup ## Kill workers in a loop while 1,000 events are announced, and count what was lost or told twice
	KILLED_EVENTS=1000 $(BIN)/python -m pytest -q -s trackflow/tests/test_killed_workers.py

kills-recordings: setup ## Kill watcher and worker of files in a loop while 500 files change; the rows must equal the disk
	KILLED_FILES=500 $(BIN)/python -m pytest -q -s recordings/tests/shelves/test_killed_watch.py

year: setup ## Walk through a simulated year of a label with real workers; its sums must agree
	YEAR_DAYS=366 YEAR_STEP=1 $(BIN)/python -m pytest -q trackflow/tests/test_year.py

faults: setup ## Break everything 500 times under load and write docs/reliability.md (ARGS="--faults 60 --seed 7")
	$(BIN)/python -m bench.faults --write $(ARGS)

outages: setup ## The part of it that stops PostgreSQL, 20 times, up to a minute each (ARGS="--faults 4 --longest 3")
	$(BIN)/python -m bench.faults --only "database stopped" --faults 20 --longest 60 $(ARGS)

trace: setup ## Say how many of our files a request enters (ARGS=--files for their names)
	@$(BIN)/python -m bench.trace $(ARGS)

release-dump: setup ## Write this version's database for the upgrade tests of later ones, once for each release
	$(BIN)/python -m bench.release_dump

screenshots: setup ## Take the README's screenshots from a running demo with LOCAL=on
	$(BIN)/python -m bench.screenshots http://127.0.0.1:$(PORT)

lighthouse: setup node_modules/.ready ## Score four pages of a running demo; needs Node 18.20 or newer
	@node bench/lighthouse.mjs http://127.0.0.1:$(PORT) \
		$$($(BIN)/python -c 'from demo.cast import PASSWORD, logins; print(logins()[0].email, PASSWORD)')

node_modules/.ready: package-lock.json
	@command -v npm >/dev/null || { echo "Install Node.js and npm first."; exit 1; }
	npm ci --no-audit --no-fund
	@touch $@

$(READY): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Trackflow needs Python 3.11 or newer: make PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.env: | $(READY)
	@umask 077 && $(BIN)/python -c 'import secrets; print(f"SECRET_KEY={secrets.token_urlsafe(50)}\nDEBUG=on")' > $@
	@echo "Wrote .env for development."
