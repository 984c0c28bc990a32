# `make brief` and `make test` each set up all they need. The other targets are for developers.

python := .venv/bin/python
brief := out/china-nato/brief.pdf
LABELLED := ../shared/eval

.PHONY: brief test coverage check check-output bench lock lock-checks train clean
.SILENT:

brief: .venv/ready
	.venv/bin/briefgen build config/china-nato.yaml > /dev/null
	echo $(brief)

# A file's tests go to one worker, so that what they share is made once.
workers := -n 2 --dist loadfile --no-loadscope-reorder

test: check
	$(python) -m pytest $(workers)

# The same, with the lines that no test runs; it takes longer.
coverage: .venv/ready
	$(python) -m pytest --cov --cov-report=term $(workers)

check: .venv/ready
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

# Every validator on the example and on two briefs that strain; see docs/checks.md.
check-output: .venv-checks/ready
	$(python) -m tools.checks

bench: .venv/ready
	tools/bench
	$(python) -m tools.bench_publish

# Resolve the dependencies again; the lock names no index, so it works with any.
lock: .venv/ready
	.venv/bin/pip-compile --quiet --upgrade --extra dev --all-build-deps --generate-hashes \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras \
	    --allow-unsafe --output-file requirements.lock pyproject.toml

lock-checks: .venv/ready
	.venv/bin/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url \
	    --no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe \
	    --output-file requirements-checks.lock requirements-checks.in
	cd tools/checks && npm update --package-lock-only

# Train the model again: about two and a half hours on two cores. LABELLED holds polnear/train and findings/.
train: .venv-train/ready
	.venv-train/bin/python -m training \
	    --polnear $(LABELLED)/polnear/train --findings $(LABELLED)/findings

.venv-train/ready: requirements-train.lock
	.venv/bin/python -m venv .venv-train
	.venv-train/bin/python -m pip --disable-pip-version-check --quiet \
	    install --require-hashes --no-deps -r requirements-train.lock
	touch $@

clean:
	rm -rf .venv .venv-checks .venv-train tools/checks/node_modules out dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/ready: requirements.lock pyproject.toml tools/setup
	tools/setup

.venv-checks/ready: .venv/ready requirements-checks.lock tools/checks/package-lock.json tools/setup-checks
	tools/setup-checks
