# Everything a contributor types. `make` alone lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash

GO ?= go
TOOL := $(GO) tool -modfile=tools/go.mod
POLICIES := --ignore '*.json' --ignore '*.go' policies
# The race detector needs a C compiler.
RACE := $(shell command -v $${CC:-cc} >/dev/null 2>&1 && [ "$$($(GO) env CGO_ENABLED)" = 1 ] && echo -race)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 14

.PHONY: build
build: ## Build bin/amiscan, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o bin/amiscan ./cmd/amiscan

.PHONY: demo
demo: ## Scan a made-up AWS account on this machine: no AWS account, no Docker
	@echo "Building amiscan (the first build compiles the AWS SDK: two to five minutes; later ones take seconds) ..."
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/amiscan ./cmd/amiscan
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/demo ./internal/awsstub/demo
	@bin/demo -amiscan bin/amiscan -out demo

# The commands run without the race detector: they start the whole program hundreds of times, and what runs side by side
# stands in the packages below, which run with it.
.PHONY: test
test: ## Run the whole suite; sets itself up
	@set -euo pipefail; \
	settings=$$(scripts/setup-tests); \
	[ -n "$(RACE)" ] || { echo "left out: the race detector (no C compiler)"; [ "$${CI:-}" != true ]; }; \
	env $$settings $(GO) test $(RACE) -timeout 30m $$($(GO) list ./... | grep -v /cmd/); \
	env $$settings $(GO) test -timeout 30m ./cmd/...

.PHONY: lint
lint: ## Run the linters for Go and Rego
	$(TOOL) golangci-lint config verify
	$(TOOL) golangci-lint run ./...
	@! $(GO) tool opa fmt --list policies | grep .
	$(GO) tool opa check --strict -s policies/schema $(POLICIES)

.PHONY: bench
bench: ## Measure how fast policies judge
	$(GO) test -run '^$$' -bench . -benchmem ./internal/eval

.PHONY: generate
generate: ## Write the schemas of what policies see
	$(GO) generate ./policies

.PHONY: verify
verify: ## Fail if generated files or the breakages are stale
	$(GO) generate ./policies
	git diff --exit-code -- policies/schema
	@for patch in testdata/breakages/*.patch; do git apply --check "$$patch" || exit 1; done

.PHONY: size
size: build ## Print the size of the stripped binary; fail above the budget of 45 MB
	@size=$$(wc -c < bin/amiscan); echo "bin/amiscan: $$((size / 1000000)) MB stripped (budget: 45 MB)"; [ $$size -lt 45000000 ]

.PHONY: breakages
breakages: ## Break a copy of amiscan in the ways kept under testdata/breakages and expect the suite to notice
	scripts/breakages

.PHONY: clean
clean: ## Remove what was built and installed here
	rm -rf bin demo .venv testdata/node/node_modules
