# make            install what is needed into .venv, then run the study in this folder
# make test       install, then run every test
# make text DOCUMENT=raw/file.pdf     read one document's extraction as Markdown
# make clean-cache                    forget finished work; the next run does everything again

SHELL := /bin/bash
unexport PYTHONDONTWRITEBYTECODE
PYTHON := .venv/bin/python
STUDY ?= .
CORES ?= 2
UV := $(shell command -v uv 2>/dev/null)

.PHONY: study test check text docs clean-cache verify

study: .venv/installed
	$(PYTHON) -m snakemake --cores $(CORES) --directory "$(STUDY)" --quiet rules --show-failed-logs

test: .venv/installed-tests
	$(PYTHON) -m pytest

check: .venv/installed-tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

text: .venv/installed
	@PYTHONPATH=workflow $(PYTHON) -m framescope.extract "$(DOCUMENT)"

docs: .venv/installed
	PYTHONPATH=workflow $(PYTHON) -m framescope.present.dictionary

clean-cache:
	rm -rf "$(STUDY)/results/cache"

.venv/installed: requirements.txt
	@./install.sh requirements.txt
	@touch $@

.venv/installed-tests: requirements-test.txt
	@./install.sh requirements-test.txt
	@touch .venv/installed $@
