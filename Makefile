# docket's commands for people who have the source. `make help` lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help

CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/docket
export DOCKET_TEST_MODEL ?= $(CACHE)/SmolLM2-135M-Instruct.Q4_1.gguf
export DOCKET_TEST_GEMMA ?= $(CACHE)/gemma-3-270m-q4_k_m.gguf
export DOCKET_TEST_PEERS ?= $(CACHE)/peers

SWIFT_BUILD := swift build -c release --explicit-target-dependency-import-check error
# Undefined behaviour in C ends the process, as a trap in Swift does.
FUZZ_BUILD := swift build -c release --product Fuzz --sanitize=address --scratch-path .build/asan \
	-Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined
TESTS_AT_ONCE ?= 12
SWIFT_FILES := Sources Tests Connectors Recipes Migrations Package.swift

.PHONY: help
help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: build model ## read a rehearsal tenant's systems, file, summarise and tag, show the result
	@Deploy/demo.sh "$(DOCKET_TEST_MODEL)"

.PHONY: build
build: deps ## build docket and docket-sandbox in .build/release
	@$(SWIFT_BUILD)

# With more tests at a time than that, those that wait for a server starve on two cores.
# `--num-workers` is for XCTest alone: Swift Testing passes over it without a word.
.PHONY: test
test: deps models peers lint fuzz ## run everything that can fail: lint, fuzzer, unit and integration tests
	@$(SWIFT_BUILD) --build-tests
	@swift test -c release --skip-build --parallel \
		--experimental-maximum-parallelization-width $(TESTS_AT_ONCE)

.PHONY: fuzz
fuzz: deps ## feed damaged model files and strange texts to the engine; FUZZ="--seconds 600" for longer
	@$(FUZZ_BUILD)
	@.build/asan/release/Fuzz $(FUZZ)

.PHONY: lint
lint: ## check the form of every source file and script
	@swift format lint --strict --recursive --parallel $(SWIFT_FILES)
	@shellcheck --external-sources Deploy/*.sh .ci/run

.PHONY: bench
bench: build models ## measure speed and memory, as ratios within one run
	@Deploy/peers.sh "$(CACHE)/bench" benchmarks
	@PEER_DLT="$(CACHE)/bench/bin/python" Deploy/bench.sh "$(DOCKET_TEST_MODEL)" \
		"$(DOCKET_TEST_GEMMA)"

.PHONY: quality
quality: build models ## measure answers on labelled texts; CORPORA=DIR, QUALITY_DOCUMENTS=100 of them
	@Deploy/quality.sh "$(CORPORA)" "$(DOCKET_TEST_MODEL)" "$(DOCKET_TEST_GEMMA)"

.PHONY: model
model: deps ## fetch the demo's model into $(CACHE), checked by its hash
	@Deploy/model.sh smollm2 "$(DOCKET_TEST_MODEL)"

.PHONY: models
models: model ## fetch the second model of tests and benchmarks as well
	@Deploy/model.sh gemma "$(DOCKET_TEST_GEMMA)"

.PHONY: peers
peers: deps ## install the servers and clients of others that tests are held against
	@Deploy/peers.sh "$(DOCKET_TEST_PEERS)" tests

.PHONY: peer
peer: build model ## test remote models against llama.cpp's own server, which is compiled first
	@$(SWIFT_BUILD) --build-tests
	@Deploy/peer.sh "$(CACHE)/peer" "$(DOCKET_TEST_MODEL)" \
		swift test -c release --skip-build --filter RealServer

# Seeds, seconds of change for each, and connectors (all where it is empty), by name.
SEEDS ?= 1 2 3 4 5
SECONDS_EACH ?= 60

.PHONY: mutation
mutation: deps ## read sources that change at random; SEEDS="1 2" SECONDS_EACH=60 CONNECTORS="outlook"
	@$(SWIFT_BUILD) --build-tests
	@DOCKET_MUTATION_SEEDS="$(SEEDS)" DOCKET_MUTATION_SECONDS="$(SECONDS_EACH)" \
		DOCKET_MUTATION_CONNECTORS="$(CONNECTORS)" \
		swift test -c release --skip-build --parallel \
		--experimental-maximum-parallelization-width $(TESTS_AT_ONCE) --filter MutationTests

# Minutes of all faults, seconds of each that comes at random, and a seed to play again.
CHAOS_MINUTES ?= 60
CHAOS_SECONDS ?= 60
CHAOS_SEED ?=

.PHONY: chaos
chaos: deps models ## play every fault again and again; CHAOS_MINUTES=60 CHAOS_SECONDS=60 CHAOS_SEED=
	@$(SWIFT_BUILD) --build-tests
	@end=$$((SECONDS + 60 * $(CHAOS_MINUTES))); \
	while DOCKET_CHAOS_SECONDS="$(CHAOS_SECONDS)" \
		DOCKET_CHAOS_SEED="$(or $(CHAOS_SEED),$$RANDOM)" \
		swift test -c release --skip-build --parallel \
		--experimental-maximum-parallelization-width $(TESTS_AT_ONCE) --filter 'Chaos|Fairness'; \
	do ((SECONDS < end)) || exit 0; done; exit 1

.PHONY: deps
deps: ## install the Debian packages that are missing, or say which
	@Deploy/dependencies.sh
