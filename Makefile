.DEFAULT_GOAL := help
.PHONY: run test gate bench pictures lint lock i18n fonts setup setup-tests help

run: setup ## fresh machine to running service at http://127.0.0.1:8000 (PORT changes it)
	@exec scripts/run.sh

test: setup-tests ## everything the suite has, on SQLite and PostgreSQL, with a real browser
	@scripts/test.sh

gate: setup-tests ## the long tier of the tests at full figures (up to an hour)
	@scripts/test.sh gate

bench: setup-tests ## the benchmark: prints a table of ratios, writes bench/latest.json
	@.venv/bin/python -m bench.run

pictures: setup-tests ## take the pictures of docs/pictures anew, with a real browser on the whole round
	@HUIYIN_PICTURES=docs/pictures .venv/bin/pytest -n0 -q tests/journeys/test_round.py

lint: setup-tests ## style, types and the order of the floors
	@scripts/lint.sh

lock: setup-tests ## pin requirements.in and requirements-dev.in with hashes (UPGRADE=1 takes the newest)
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

i18n: setup-tests ## collect the words to translate and compile the catalogues
	@scripts/i18n.sh

fonts: ## try again to fetch the fonts of letters
	@scripts/fonts.sh --again

setup: ## what the service needs: system packages, .venv, pinned requirements, fonts
	@scripts/setup.sh

setup-tests: setup ## what the tests need on top: browser, PostgreSQL, tools
	@scripts/setup-tests.sh

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 14
