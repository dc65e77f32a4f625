# make            install what is needed into .venv, then run the study in this folder
#                 STUDY=folder another study; CORES=n; VERBOSE=1 the engine's own output
# make new STUDY=folder               make the folder of a new study, with an example text and commented settings
# make open       open the report of the study in the browser
# make unlock     remove the lock that a killed run left behind; refuses while a run lives
# make test       install, then run every test
# make test-robustness                plant faults for a quarter of an hour, and count them in docs/reliability.md
# make check      ruff, mypy, snakefmt and the lint of Snakemake
# make text DOCUMENT=raw/file.pdf     read one document's extraction as Markdown
# make verify     run the study anew in an empty folder and name the first cell that differs
# make package    pack the finished study, its results and the code for a repository: results/package.zip
# make audit      recompute every number of the findings, the report and its tables from the sentences and hits
# make sample     draw sentences of the study to code by hand: results/sample.csv and .xlsx
# make next-sample  draw the sentences to code next when a sample is coded: results/next_sample.csv and .xlsx
# make suggest    propose terms that the themes of the lexicon may lack: results/term_suggestions.csv and .md
# make code       draw the sample if there is none, and open the page on which it is coded: results/coding.html
# make next-code  the same for the sentences to code next: results/next_coding.html
# make docs       write the references of tables, settings and the command from the code
# make screenshots                    take the pictures of the report for README and the tutorial (needs Chromium)
# make site       build the documentation as a website in docs/site/built
# make cluster    install what `framescope run --profile slurm` needs besides
# make storage    install what a run with results in an object storage needs besides
# make opinion    install what `second_opinion: true` in config.yaml needs besides
# make clean-cache                    forget finished work; the next run does everything again
# make pins       pin the requirements of pyproject.toml anew, also for conda (needs uv)

SHELL := /bin/bash
unexport PYTHONDONTWRITEBYTECODE
PYTHON := .venv/bin/python
FRAMESCOPE := .venv/bin/framescope
STUDY ?= .
CORES ?= 2
# Through the environment, so that a name with quotes or blanks reaches programs as it is.
export STUDY DOCUMENT
RUN = $(FRAMESCOPE) run "$$STUDY" --cores $(CORES) $(if $(VERBOSE),--verbose)
PINS := --universal --python-version 3.12 --generate-hashes --no-annotate --no-header

.PHONY: study new open package unlock test test-robustness check text sample next-sample suggest code next-code verify audit docs site screenshots clean-cache pins cluster

study: .venv/installed
	@$(RUN)

new open package: .venv/installed
	@$(FRAMESCOPE) $@ "$$STUDY"

unlock: .venv/installed
	@$(FRAMESCOPE) unlock "$$STUDY"

# Two at a time; tests of one file share the studies that they run.
test: .venv/installed-tests .venv/publication/installed .venv/site/installed .venv/storage/installed .venv/opinion/installed
	$(PYTHON) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

test-robustness: .venv/installed-tests
	@counts=$$(mktemp) && trap 'rm -f "$$counts"' EXIT && \
	FRAMESCOPE_ROBUSTNESS=full FRAMESCOPE_COUNTS="$$counts" $(PYTHON) -m pytest tests/robustness; ended=$$?; \
	PYTHONPATH=workflow $(PYTHON) -m tests.robustness.reliability "$$counts" > docs/reliability.md && exit $$ended

check: .venv/installed-tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/snakefmt --check Snakefile workflow/Snakefile workflow/rules
	$(PYTHON) -m pytest tests/engine/test_lint.py

text: .venv/installed
	@$(FRAMESCOPE) show "$$DOCUMENT"

verify: .venv/installed
	@$(FRAMESCOPE) verify "$$STUDY" --cores $(CORES)

audit: .venv/installed
	@$(PYTHON) -m benchmarks.audit "$$STUDY"

sample: .venv/installed
	@$(RUN) results/sample.csv

next-sample: .venv/installed
	@$(RUN) results/next_sample.csv

suggest: .venv/installed
	@$(FRAMESCOPE) suggest "$$STUDY" --cores $(CORES)

code: .venv/installed
	@$(RUN) results/sample.csv
	@$(FRAMESCOPE) code "$$STUDY"

next-code: next-sample
	@$(FRAMESCOPE) code "$$STUDY" --next

docs: .venv/installed
	$(PYTHON) -m framescope.present.dictionary
	$(PYTHON) -m framescope.present.settings
	$(PYTHON) -m framescope.command_guide

screenshots: .venv/installed-tests
	$(PYTHON) docs/images/make.py

site: .venv/site/installed
	.venv/site/bin/mkdocs build --quiet --config-file docs/site/mkdocs.yml

cluster: .venv/installed-cluster

.PHONY: storage opinion
storage: .venv/installed-storage

opinion: .venv/installed-opinion

clean-cache:
	rm -rf "$$STUDY/results/cache"

pins:
	uv pip compile pyproject.toml $(PINS) --output-file requirements.txt
	uv pip compile pyproject.toml --extra cluster $(PINS) --output-file requirements-cluster.txt
	uv pip compile pyproject.toml --extra cluster --extra storage $(PINS) --output-file requirements-storage.txt
	uv pip compile pyproject.toml --extra opinion $(PINS) --output-file requirements-opinion.txt
	uv pip compile pyproject.toml tests/storage/requirements.in --extra storage $(PINS) --output-file tests/storage/requirements.txt
	uv pip compile pyproject.toml --extra cluster --extra test $(PINS) --output-file requirements-test.txt
	uv pip compile tests/publication/requirements.in $(PINS) --output-file tests/publication/requirements.txt
	uv pip compile docs/site/requirements.in $(PINS) --output-file docs/site/requirements.txt
	$(PYTHON) -m tests.requirements.conda
	$(PYTHON) -m tests.requirements.notices

.venv/installed: requirements.txt pyproject.toml install.sh
	@./install.sh requirements.txt
	@touch $@

.venv/installed-cluster: requirements-cluster.txt pyproject.toml install.sh
	@./install.sh requirements-cluster.txt
	@touch .venv/installed $@

.venv/installed-storage: requirements-storage.txt pyproject.toml install.sh
	@./install.sh requirements-storage.txt
	@touch .venv/installed $@

.venv/installed-opinion: requirements-opinion.txt pyproject.toml install.sh
	@./install.sh requirements-opinion.txt
	@touch .venv/installed $@

.venv/installed-tests: requirements-test.txt pyproject.toml install.sh
	@./install.sh requirements-test.txt
	@touch .venv/installed $@

# The validators of packages, the website and object storage need other versions of libraries than Framescope, and tests
# run with and without what a second opinion needs.
.venv/publication/installed: tests/publication/requirements.txt
.venv/site/installed: docs/site/requirements.txt
.venv/storage/installed: tests/storage/requirements.txt
.venv/opinion/installed: requirements-opinion.txt
.venv/publication/installed .venv/site/installed .venv/storage/installed .venv/opinion/installed: .venv/installed-tests
	$(PYTHON) -m venv --clear $(@D)
	CXXFLAGS="-include cstdint" $(@D)/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r $(filter %.txt,$^)
	@touch $@
