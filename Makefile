# Each target does all its own set-up: Python 3.11 to 3.13 and make are enough.
#
#   make run          the dashboard, on http://127.0.0.1:8501
#   make test         lint, then every test; the browser tests find or fetch a Chromium
#   make test-quick   what can be tested quickly: no browser, no workers, no training
#   make bench        every benchmark, on its small case, but for those that take hours
#   make lint         style and types
#   make clean        remove all that the above have made
#
# `make PYTHON=/some/where/python run` chooses the Python itself.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
    $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
    && echo $$p && break; done)

BIN := .venv/bin
READY := .venv/.ready
# Two processes, a file in one of them; each starts an app of its own once it has a browser
# test. Files are begun in the order of their names, so that the browser is not the last.
PYTEST := $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: run test test-quick bench lint browser clean

run: $(READY)
	$(BIN)/streamlit run app.py

test: lint browser
	$(PYTEST)

test-quick: $(READY)
	$(PYTEST) -m "not browser and not neural and not slow"

bench: $(READY)
	@status=0; for name in $$($(BIN)/python -m benchmarks --short | cut -d' ' -f1); do \
	    $(BIN)/python -m benchmarks $$name --quick || status=1; \
	done; exit $$status

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

browser: $(READY)
	@tests/browser/install

clean:
	rm -rf .venv build artefacts static *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip is asked as well, because an interrupted set-up leaves a Python without it.
$(READY): pyproject.toml constraints.txt
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || PYTHON="$(PYTHON)" .ci/venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@
