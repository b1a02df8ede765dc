# Gazeti's verbs. Each lays what it needs on a machine with make and Python 3.11 or newer.
.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench soak lock

help: ## list these verbs
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

demo: ## make a sample newsroom in demo/ and serve it on PORT (8000)
	@tools/environment runtime
	@exec .venv/bin/gazeti demo

test: ## run the checks and all tests that this machine can run, then name what was left out
	@tools/environment dev
	@exec .venv/bin/python tools/test.py

check: ## format, lint, types, floors, templates, spelling, migrations, locks: nothing is changed
	@tools/environment dev
	@exec .venv/bin/python tools/check.py

fix: ## let the formatters and linters mend what they can
	@tools/environment dev
	@exec .venv/bin/python tools/fix.py

bench: ## measure speed, freshness, first paint and weight, as numbers
	@tools/environment dev
	@exec .venv/bin/python -m bench

soak: ## run the tests that take minutes
	@tools/environment dev
	@GAZETI_SOAK=1 exec .venv/bin/python -m pytest -m soak -n0 -p no:randomly

lock: ## choose the newest dependencies that requirements/*.in allow, with their hashes
	@tools/environment dev
	@exec tools/lock
