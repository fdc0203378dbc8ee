# Two commands: `make run` starts the demo, `make test` passes all tests. Both install what they need first.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

TARGET := $(or $(CARGO_TARGET_DIR),target)
TOOLS := $(TARGET)/tools
WASM := $(TARGET)/wasm32-unknown-unknown/wasm-release/app.wasm
SITE := $(TARGET)/site
SERVER := $(TARGET)/debug/server
export WASM_BINDGEN := $(TOOLS)/bin/wasm-bindgen

# End-to-end specs of `make test`: all but Lighthouse, which wants the machine for itself.
JOURNEYS := $(addprefix tests/,a/ b/ c/ d/ e/ f/ g/ h/ i/ j/ m/ p/ z/ effort) \
  demo-door every-screen journey keyboard mailbox markup office outline registry room styleguide watch

.PHONY: run setup setup-run site server reader styleguide demo-info test test-slow bench bridge-windows lint test-rust test-e2e fmt

## Starts the demo: builds what is missing, then serves until Ctrl-C.
run: setup-run site server
	exec $(SERVER) demo --dir $(TARGET)/demo --site-dir $(SITE)

## Prints a running demo's addresses, certificates and accounts as one JSON object.
demo-info:
	@$(SERVER) demo-info --dir $(TARGET)/demo

## All tests.
test: setup lint site server test-rust test-e2e

## Slow fault runs: the server is killed in mid-commit 100 times, on each engine; reader-bridge's parsers get 5 minutes
## each; at last, by itself, Lighthouse on every screen.
test-slow: setup site server reader
	SERVER=$(abspath $(SERVER)) SITE_DIR=$(abspath $(SITE)) node end2end/faults/crash.js 100
	SERVER=$(abspath $(SERVER)) SITE_DIR=$(abspath $(SITE)) .ci/with-postgres \
	  bash -c 'DATABASE_URL=$$TEST_POSTGRES_URL/postgres node end2end/faults/crash.js 100'
	FUZZ_SECONDS=300 cargo test -p reader-bridge --test fuzz -- --nocapture
	SERVER=$(abspath $(SERVER)) SITE_DIR=$(abspath $(SITE)) .ci/e2e-on sqlite lighthouse --project js

## reader-bridge for Windows: the program and its installer, or a line that says why not.
bridge-windows:
	.ci/bridge-windows $(TARGET)

## The bars of speed, measured on release builds: fails when one is missed. `make bench BENCH='list start'` measures a part
## of the server's.
bench: setup site
	cargo build --release -p reader-bridge --bins --examples
	$(TARGET)/release/examples/cost $(TARGET)/release/reader-bridge
	cargo build --release -p server --bin server --example bench
	.ci/with-postgres $(TARGET)/release/examples/bench --server $(TARGET)/release/server --site-dir $(SITE) $(BENCH)

setup-run:
	.ci/setup run

setup:
	.ci/setup test

lint:
	cargo fmt --all --check
	cargo clippy -p domain -p protocol -p server --all-targets -- -D warnings
	cargo clippy -p reader-bridge -p virtual-card --all-targets -- -D warnings
	cargo clippy -p app --features ssr --all-targets -- -D warnings
	cargo clippy -p app --features hydrate --target wasm32-unknown-unknown --lib -- -D warnings
	cd end2end && npx tsc --noEmit

## The browser files; fails when the app is over its size budget.
site:
	cargo build -p app --lib --features hydrate --target wasm32-unknown-unknown --profile wasm-release
	node style/site.mjs --wasm $(WASM) --out $(SITE)

server:
	cargo build -p server

## Every part in every state, one page a chapter, to be opened in a browser.
styleguide: site
	cargo run -p app --features ssr --example styleguide -- $(TARGET)/styleguide $(SITE)

## What the card reader's tests start: reader-bridge and the virtual card.
reader:
	cargo build -p reader-bridge -p virtual-card

test-rust: site
	INSTA_UPDATE=no SITE_DIR=$(abspath $(SITE)) .ci/with-postgres cargo test --no-fail-fast --tests -p domain -p protocol -p server
	cargo test --no-fail-fast --tests -p app --features ssr
	cargo test --no-fail-fast --tests -p reader-bridge -p virtual-card

test-e2e: site server reader styleguide
	SERVER=$(abspath $(SERVER)) SITE_DIR=$(abspath $(SITE)) .ci/e2e $(JOURNEYS)

fmt:
	cargo fmt --all
