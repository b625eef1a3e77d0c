# plandx: everything a newcomer types. `make demo` needs nothing but a Swift toolchain and apt-get.

SWIFT_SOURCES = Package.swift Sources Tests report-templates scripts Benchmarks

.PHONY: setup build release demo test lint format clean

setup:
	@scripts/setup

build: setup
	swift build

release: setup
	swift build -c release --product plandx

demo: release
	.build/release/plandx demo

test: setup
	swift test

lint:
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)

format:
	swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

clean:
	swift package clean
