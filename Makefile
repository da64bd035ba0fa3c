# Everything a contributor types. `make` alone lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash

GO ?= go
TOOL := $(GO) tool -modfile=tools/go.mod
ACTIONLINT := $(GO) tool -modfile=tools/actionlint/go.mod actionlint
POLICIES := --ignore '*.json' --ignore '*.go' policies
# Without the tag, templates of the command line keep a renderer of Markdown and man pages in the binary: 270 kB.
TAGS := -tags urfave_cli_no_docs
# The race detector needs a C compiler.
RACE := $(shell command -v $${CC:-cc} >/dev/null 2>&1 && [ "$$($(GO) env CGO_ENABLED)" = 1 ] && echo -race)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 14

.PHONY: build
build: ## Build bin/amiscan, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath $(TAGS) -ldflags='-s -w' -o bin/amiscan ./cmd/amiscan

.PHONY: demo
demo: ## Scan a made-up AWS account on this machine: no AWS account, no Docker
	@echo "Building amiscan (the first build compiles the AWS SDK: two to five minutes; later ones take seconds) ..."
	@CGO_ENABLED=0 $(GO) build -trimpath $(TAGS) -o bin/amiscan ./cmd/amiscan
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/demo ./internal/awsstub/demo
	@bin/demo -amiscan bin/amiscan -out demo

.PHONY: organization
organization: ## Serve a made-up organization of 2,000 accounts on this machine, for docs/audit.md
	@CGO_ENABLED=0 $(GO) build -trimpath $(TAGS) -o bin/amiscan ./cmd/amiscan
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/organization ./internal/awsstub/serve
	@mkdir -p demo && echo "An organization of 2,000 accounts; its variables are in demo/organization.env. End it with Ctrl-C."
	@bin/organization -accounts 2000 -latency 20ms -env demo/organization.env

# The commands and the policies run without the race detector: the ones start the whole program hundreds of times, the others
# run Rego, and what runs side by side stands in the packages below, which run with it. The soundness of every verdict is
# tested on few samples with the race detector and on all of them without.
.PHONY: test
test: ## Run the whole suite; sets itself up
	@set -euo pipefail; \
	settings=$$(scripts/setup-tests); \
	[ -n "$(RACE)" ] || { echo "left out: the race detector (no C compiler)"; [ "$${CI:-}" != true ]; }; \
	env $$settings $(GO) test $(RACE) -timeout 30m $$($(GO) list ./... | grep -v -e /cmd/ -e /policies$$); \
	env $$settings $(GO) test -timeout 30m ./policies ./internal/eval ./cmd/...

.PHONY: test-heavy
test-heavy: ## Audit with a real Slurm that requeues tasks, into a directory and into moto's S3 (three minutes; root)
	scripts/test-heavy

.PHONY: lint
lint: lint-shell ## Run the linters for Go, Rego, shell scripts and workflows
	$(TOOL) golangci-lint config verify
	$(TOOL) golangci-lint run ./...
	@! $(GO) tool opa fmt --list policies | grep .
	$(GO) tool opa check --strict -s policies/schema $(POLICIES)

# The scripts, and those inside of workflows.
.PHONY: lint-shell
lint-shell:
	@set -euo pipefail; \
	settings=$$(scripts/setup-tests); \
	shellcheck=$$(sed -n 's/^AMISCAN_SHELLCHECK=//p' <<<"$$settings"); \
	[ -z "$$shellcheck" ] || "$$shellcheck" --severity=warning $$(find .ci scripts -type f) deploy/slurm/*.sbatch; \
	$(ACTIONLINT) -shellcheck "$$shellcheck" .github/workflows/*.yml examples/github/*.yml deploy/github/*.yml

.PHONY: bench
bench: ## Measure how fast policies judge, how long a build waits for one image, and audits beside their floor (20 minutes)
	$(GO) test -run '^$$' -bench . -benchmem ./internal/eval
	$(GO) test -run '^$$' -bench ImageGate -benchtime 5x ./cmd/amiscan
	$(GO) test -run '^$$' -bench 'LargeUnit|Audit' -benchtime 1x -timeout 60m ./cmd/amiscan

.PHONY: generate
generate: ## Write the schemas of what policies see
	$(GO) generate ./policies

.PHONY: verify
verify: ## Fail if generated files or the breakages are stale
	$(GO) generate ./policies
	git diff --exit-code -- policies/schema policies/schemas.json.gz
	@for patch in testdata/breakages/*.patch; do git apply --check "$$patch" || exit 1; done

.PHONY: size
size: build ## Print the size of the stripped binary; fail above the budget of 45 MB
	@size=$$(wc -c < bin/amiscan); echo "bin/amiscan: $$((size / 1000000)) MB stripped (budget: 45 MB)"; [ $$size -lt 45000000 ]

.PHONY: dist
dist: ## Cross-build every target of a release into dist/; fail above the budget of 45 MB each
	scripts/dist . dist

.PHONY: dist-check
dist-check: ## Build the commit twice and compare; the second time from nothing (some 20 minutes on two cores)
	scripts/dist-check

.PHONY: breakages
breakages: ## Break a copy of amiscan in the ways kept under testdata/breakages and expect the suite to notice
	scripts/breakages

.PHONY: clean
clean: ## Remove what was built and installed here
	rm -rf bin demo dist .venv .tools testdata/node/node_modules
