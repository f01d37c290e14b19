# `make` alone lists what there is to do.
.DEFAULT_GOAL := help

.PHONY: help deps build demo demo-storm test check lint format bench

help: ## what there is to do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install with apt what is missing; says nothing when nothing is
	@.ci/deps

build: deps ## build everything, for debugging
	swift build

demo: deps ## run one drill of each kind against a shop on loopback
	@calendars/demo/run

# SPEED=1 takes the two minutes that a real storm takes.
SPEED ?= 4

demo-storm: deps ## a page storm over a real Alertmanager, answered by people
	@calendars/storm/run --speed $(SPEED)

test: deps ## build and run all tests; the last line counts them
	@Tests/run

check: lint ## what CI runs: lint, then test
	@$(MAKE) --no-print-directory test

lint: ## format, architecture, syntax of the scripts
	swift format lint --strict -r Package.swift Sources Tests Benchmarks
	Tests/Architecture/run
	Tests/Architecture/scripts

format: ## lay the code out as lint wants it
	swift format -i -r Package.swift Sources Tests Benchmarks

bench: deps ## measure, beside the peers; see docs/benchmarks.md
	@status=0; for script in Benchmarks/*.sh; do \
		echo "== $$script"; "$$script" || status=1; \
	done; exit $$status

# Where `make install` lays things out; a package builder sets DESTDIR.
PREFIX ?= /usr
SYSCONFDIR ?= /etc
DESTDIR ?=

INSTALL ?= install
UNITS := $(wildcard units/*.service units/*.socket)

# With the Swift runtime linked in, the programs need nothing but the C library, libsystemd and SQLite.
RELEASE_FLAGS := -c release --static-swift-stdlib
# The folder with release programs; given by hand, nothing is built.
BIN ?= .build/release

ifeq ($(origin BIN),file)
release_programs := release
endif

.PHONY: release install install-programs install-units install-content install-manuals

release: ## build the programs for installation
	swift build $(RELEASE_FLAGS)

install: install-programs install-units install-content install-manuals ## lay all out under DESTDIR= and PREFIX=

install-programs: $(release_programs)
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/drilld \
		$(DESTDIR)$(PREFIX)/lib/systemd/system-generators
	$(INSTALL) -s -m 0755 $(BIN)/drilld $(BIN)/drillctl $(DESTDIR)$(PREFIX)/bin/
	$(INSTALL) -s -m 0755 $(BIN)/drill-agent $(BIN)/staging-shop $(DESTDIR)$(PREFIX)/lib/drilld/
	$(INSTALL) -s -m 0755 $(BIN)/drilld-generator \
		$(DESTDIR)$(PREFIX)/lib/systemd/system-generators/

install-units:
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/lib/systemd/system $(DESTDIR)$(PREFIX)/lib/systemd/catalog \
		$(DESTDIR)$(PREFIX)/lib/sysusers.d $(DESTDIR)$(PREFIX)/lib/tmpfiles.d
	for unit in $(UNITS); do \
		sed 's|@PREFIX@|$(PREFIX)|g' $$unit | $(INSTALL) -m 0644 /dev/stdin \
			$(DESTDIR)$(PREFIX)/lib/systemd/system/$${unit#units/} || exit 1; \
	done
	$(INSTALL) -m 0644 units/drilld.catalog $(DESTDIR)$(PREFIX)/lib/systemd/catalog/
	$(INSTALL) -m 0644 units/drilld.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/drilld.conf
	$(INSTALL) -m 0644 units/drilld.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/drilld.conf

# Scenarios are there to be used; the sample calendars are there to be copied, so that nothing fires by
# itself after an installation.
install-content:
	$(INSTALL) -d $(DESTDIR)$(SYSCONFDIR)/drilld/calendars $(DESTDIR)$(SYSCONFDIR)/drilld/scenarios/hooks \
		$(DESTDIR)$(PREFIX)/lib/drilld/scenarios $(DESTDIR)$(PREFIX)/share/doc/drilld
	cp -R scenarios/. $(DESTDIR)$(PREFIX)/lib/drilld/scenarios/
	cp -R calendars $(DESTDIR)$(PREFIX)/share/doc/drilld/
	chmod -R u=rwX,go=rX $(DESTDIR)$(PREFIX)/lib/drilld/scenarios $(DESTDIR)$(PREFIX)/share/doc/drilld

# Manual pages and completions come from the tables that the programs themselves read.
install-manuals: $(release_programs)
	$(BIN)/drillctl generate man --into $(DESTDIR)$(PREFIX)/share/man
	$(BIN)/drillctl generate completions --into $(DESTDIR)$(PREFIX)/share
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/share/man/man8
	$(INSTALL) -m 0644 docs/man/drilld.8 docs/man/drill-agent.8 $(DESTDIR)$(PREFIX)/share/man/man8/

.PHONY: check-units system-test

# The unit set without booting anything.
check-units: ## verify the units without booting
	Tests/System/units.sh

# Boots a real systemd; says `skipped` where that cannot be done.
system-test: check-units ## the cases in a booted systemd alone
	Tests/System/run
