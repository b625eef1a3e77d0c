# plandx: everything a newcomer types. `make demo` needs nothing but a Swift toolchain and apt-get.

SWIFT_SOURCES = Package.swift Sources Tests report-templates scripts Benchmarks/Package.swift Benchmarks/Benchmarks

# On Linux the Swift runtime goes into the binary: it starts in half the time, and runs where no Swift is.
STATIC = $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)

.PHONY: setup build release demo test faults faults-held-out tpch fuzz address-sanitizer thread-sanitizer lint format docs benchmarks clean

setup:
	@scripts/setup

build: setup
	swift build

release: setup
	swift build -c release --product plandx $(STATIC)

demo: release
	.build/release/plandx demo

# As many tests at a time as a small machine has cores: some wait for a server to obey within seconds.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 2

# What compares times of queries runs alone, after all else.
TIMED = PlantedFault|AdvisedIndexTests

test: setup
	@scripts/setup pgbouncer cmark-gfm
	@scripts/fetch-regression-outputs
	swift build --build-tests $(SANITIZER)
	scripts/run-tests --skip-build $(SANITIZER) --skip '$(TIMED)'
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=1 scripts/run-tests --skip-build $(SANITIZER) --filter '$(TIMED)'

# The planted faults that an ordinary test run leaves out: all but those that are held out, and those, which
# nobody tunes by. Half an hour and a minute; what came of it becomes a page of the documentation, pass or fail.
faults: SELECTION = all
faults: PAGE = planted-faults
faults-held-out: SELECTION = held-out
faults-held-out: PAGE = planted-faults-held-out
faults faults-held-out: setup
	swift build --build-tests
	@rm -f .build/planted-faults-$(SELECTION).md
	@PLANDX_FAULTS=$(SELECTION) swift test --skip-build --filter PlantedFault; status=$$?; \
		cp .build/planted-faults-$(SELECTION).md docs/$(PAGE).md && exit $$status

# The 22 queries of TPC-H, before and after what their reports recommend; needs the network for DuckDB.
tpch: release
	scripts/tpch

# Inputs that libFuzzer thinks of, for every reader: a minute each, or `scripts/fuzz SECONDS`.
fuzz: setup
	scripts/fuzz

# The whole suite under a sanitizer: by hand, a quarter of an hour each. Reports go to files, those of the
# commands that the tests run included: one that no test notices is found there. The exit status is none of
# plandx's, which a test could take it for. At each process's end ThreadSanitizer would wait a second for
# races; what is promised within seconds may take PLANDX_PATIENCE times as long.
address-sanitizer thread-sanitizer: REPORTS = $(CURDIR)/.build/$@/reports
address-sanitizer thread-sanitizer: export PLANDX_PATIENCE ?= 3
address-sanitizer thread-sanitizer: export ASAN_OPTIONS = log_path=$(REPORTS)/report:exitcode=86
address-sanitizer thread-sanitizer: export TSAN_OPTIONS = $(ASAN_OPTIONS):atexit_sleep_ms=0
address-sanitizer thread-sanitizer: export LSAN_OPTIONS = \
	suppressions=$(CURDIR)/scripts/leaks.supp:print_suppressions=0
address-sanitizer thread-sanitizer:
	@rm -rf $(REPORTS) && mkdir -p -m 1777 $(REPORTS)
	@$(MAKE) test SANITIZER="--sanitize=$(@:-sanitizer=) --scratch-path .build/$@"; status=$$?; \
		find $(REPORTS) -type f -exec cat {} +; \
		echo "$@: $$(find $(REPORTS) -type f | wc -l) processes with reports"; \
		rmdir $(REPORTS) && exit $$status

lint:
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)

format:
	swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

docs: setup
	scripts/generate-rules
	scripts/update-readme

benchmarks: release
	hyperfine --shell=none --warmup 5 --runs 100 ".build/release/plandx --help"
	cd Benchmarks && swift run -c release Reading
	cd Benchmarks && swift package --disable-sandbox benchmark

clean:
	swift package clean
