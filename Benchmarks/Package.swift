// swift-tools-version: 6.2
import PackageDescription

// A package of its own: who builds plandx neither fetches nor builds the benchmark library.
let package = Package(
  name: "plandx-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "plandx", path: ".."),
    // Without its traits it needs no allocator of its own; time and instructions are what is measured here.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Phases",
      dependencies: [
        .product(name: "PlandxKit", package: "plandx"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Phases",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6]
)
