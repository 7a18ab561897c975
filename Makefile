# slateboard: `make run` to use it, `make test` to check it. Works with GNU make 3.81 and newer.

SHELL := /bin/bash
CARGO ?= cargo
# Where cargo puts the release binary.
TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)
SLATEBOARD := $(TARGET)/release/slateboard
SAMPLE := storyboards/the-keeper.yaml

.DEFAULT_GOAL := help
.PHONY: help run test test-gpu test-server supply torture fuzz bench bench-server screens docs build deps model

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

run: model ## open the sample board (or run the demo where stdout is no terminal)
	@if [ -t 1 ]; then "$(SLATEBOARD)" $(SAMPLE); else "$(SLATEBOARD)" demo; fi

# Documentation tests first: the runner's summary is then the last thing to read.
test: ## run every test with the real default model
	@.ci/deps tests
	@.ci/readers >/dev/null
	@$(CARGO) run --quiet --bin slateboard -- model pull
	$(CARGO) test --doc
	@if $(CARGO) nextest --version >/dev/null 2>&1; then \
		echo "$(CARGO) nextest run"; $(CARGO) nextest run; \
	else \
		$(CARGO) test --lib --bins --tests; \
	fi

test-gpu: ## generate with all layers on a Vulkan device, Mesa's software one included
	@.ci/deps vulkan
	@$(CARGO) run --quiet --bin slateboard -- model pull
	@settings=$$(.ci/vulkan-headers) && while IFS= read -r setting; do \
		if [ -n "$$setting" ]; then export "$$setting"; fi; done <<< "$$settings" && \
	export GGML_VK_VISIBLE_DEVICES="$${GGML_VK_VISIBLE_DEVICES:-0}" && \
	CARGO_TARGET_DIR="$(TARGET)-vulkan" $(CARGO) test --features vulkan --test gpu -- --nocapture

supply: ## licences, sources and duplicates of what is built in; advisories where cargo-deny is installed
	@.ci/supply --advisories

torture: ## kill, fill, cut off and hang it up, many times (docs/reliability.md)
	SLATEBOARD_TORTURE=long $(CARGO) test --lib store::disk -- --nocapture
	SLATEBOARD_TORTURE=long $(CARGO) test --test torture --test tui_pty -- --nocapture

# What cargo-fuzz wants of a nightly compiler, the stable one has too.
FUZZ_SECONDS ?= 1800
FUZZ_TARGETS ?= $(notdir $(basename $(wildcard fuzz/fuzz_targets/*.rs)))
fuzz: deps ## feed every reader of files half an hour of nonsense each (FUZZ_SECONDS, FUZZ_TARGETS)
	@$(CARGO) fuzz --version >/dev/null 2>&1 || $(CARGO) install cargo-fuzz
	@mkdir -p "$(TARGET)/fuzz-corpus" && tar -xJf fuzz/corpora.tar.xz --skip-old-files -C "$(TARGET)/fuzz-corpus"
	@for target in $(FUZZ_TARGETS); do \
		mkdir -p "$(TARGET)/fuzz-corpus/$$target" && \
		RUSTC_BOOTSTRAP=1 $(CARGO) fuzz run --sanitizer none "$$target" "$(TARGET)/fuzz-corpus/$$target" fuzz/corpus/$$target \
			-- -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=4096 || exit 1; \
	done

test-server: ## let llama.cpp's own server write takes, built from its sources once
	@.ci/deps
	@$(CARGO) run --quiet --bin slateboard -- model pull
	@server=$$(.ci/llama-server) && export SLATEBOARD_LLAMA_SERVER="$$server" && \
	$(CARGO) test --test remote -- --ignored --nocapture --test-threads 1

bench: model ## measure speed, as ratios taken in one run
	$(CARGO) bench --bench speed --bench tui

bench-server: model ## measure generate --all against llama.cpp's own server and the barest client of it
	@server=$$(.ci/llama-server) && export SLATEBOARD_LLAMA_SERVER="$$server" && $(CARGO) bench --bench server

screens: model ## make the pictures of the README from a real run
	$(CARGO) run --quiet --example screens -- "$(SLATEBOARD)" docs/screens

docs: deps ## the crate's documentation
	$(CARGO) doc --no-deps

build: deps ## the release binary
	$(CARGO) build --release

model: build ## fetch the default model once
	@"$(SLATEBOARD)" model pull

deps: ## install what is missing
	@.ci/deps
