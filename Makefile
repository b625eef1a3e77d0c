# plandx: everything a newcomer types. `make demo` needs nothing but a Swift toolchain and apt-get.

SWIFT_SOURCES = Package.swift Sources Tests report-templates scripts Benchmarks/Package.swift Benchmarks/Benchmarks

# On Linux the Swift runtime goes into the binary: it starts in half the time, and runs where no Swift is.
STATIC = $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)

.PHONY: setup build release demo test faults address-sanitizer thread-sanitizer lint format docs benchmarks clean

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

# Planted faults compare times: they run alone, after all else.
test: setup
	@scripts/setup pgbouncer cmark-gfm
	@scripts/fetch-regression-outputs
	swift build --build-tests $(SANITIZER)
	swift test --skip-build $(SANITIZER) --skip PlantedFault
	swift test --skip-build $(SANITIZER) --filter PlantedFault

# The planted faults that an ordinary test run leaves out; several minutes.
faults: setup
	PLANDX_FAULTS=all swift test --filter PlantedFault

# The whole suite under a sanitizer: by hand, a quarter of an hour each.
address-sanitizer thread-sanitizer:
	LSAN_OPTIONS=suppressions=$(CURDIR)/scripts/leaks.supp:print_suppressions=0 \
		$(MAKE) test SANITIZER="--sanitize=$(@:-sanitizer=) --scratch-path .build/$@"

lint:
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)

format:
	swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

docs: setup
	scripts/generate-rules
	scripts/update-readme

benchmarks: release
	hyperfine --shell=none --warmup 5 --runs 100 ".build/release/plandx --help"
	cd Benchmarks && swift package --disable-sandbox benchmark

clean:
	swift package clean
