# Tala: everything a person does with the source. `make help` lists it.

# The first Python that is new enough; config/bootstrap.py makes .venv with it.
# One that can make virtual environments is preferred; without, bootstrap.py says what is missing.
BOOTSTRAP = for need in "import venv, ensurepip" pass; do \
	for p in "$$PYTHON" python3 python3.13 python3.12 python3.11 python; do \
	[ -n "$$p" ] && "$$p" -c "import sys; $$need; sys.exit(sys.version_info < (3, 11))" \
	>/dev/null 2>&1 && exec "$$p" config/bootstrap.py
NO_PYTHON = done; done; echo "Tala needs Python 3.11 or newer: install it and run make again." >&2; exit 1

.PHONY: help run backup restore test check format lock bench
.DEFAULT_GOAL := help

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Start Tala (PORT=8000; DEMO=0 leaves the demo floor out; DATABASE_URL uses your PostgreSQL)
	@$(BOOTSTRAP) -m config.run; $(NO_PYTHON)

backup: ## Back the database up while people work (FILE=….zip; CHECK=1 restores it for a trial)
	@$(BOOTSTRAP) -m config.backup; $(NO_PYTHON)

restore: ## Restore FILE=… into an empty database, compare, and only then use it
	@$(BOOTSTRAP) -m config.restore; $(NO_PYTHON)

test: ## Run everything that must hold: the checks and all tests, browser tests included
	@$(BOOTSTRAP) --dev -m config.testing; $(NO_PYTHON)

check: ## Check format, lint, types, imports, migrations, templates and deployment settings
	@$(BOOTSTRAP) --dev -m config.checks; $(NO_PYTHON)

format: ## Put Python and templates into the house's format
	@$(BOOTSTRAP) --dev -m config.checks --fix; $(NO_PYTHON)

lock: ## Write requirements*.txt anew from requirements*.in
	@$(BOOTSTRAP) --dev -m config.checks --lock; $(NO_PYTHON)

bench: ## Measure how fast it is (LINES="10000 1000000"; DATABASE_URL: an empty one, and one size)
	@$(BOOTSTRAP) -m bench.run $(if $(LINES),--lines $(LINES)); $(NO_PYTHON)
	@$(BOOTSTRAP) -m bench.numbers $(if $(filter 10000000,$(LINES)),--lines 100000 1000000 10000000); $(NO_PYTHON)
