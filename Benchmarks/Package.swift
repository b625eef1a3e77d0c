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
    .target(name: "SamplePlans", path: "Benchmarks/SamplePlans"),
    .target(name: "AllocationCount", path: "Benchmarks/AllocationCount"),
    .executableTarget(
      name: "Phases",
      dependencies: [
        "SamplePlans", .product(name: "PlandxKit", package: "plandx"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Phases",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    // Prints what that library has no columns for: MB/s and bytes allocated per node.
    .executableTarget(
      name: "Reading",
      dependencies: ["AllocationCount", "SamplePlans", .product(name: "PlandxKit", package: "plandx")],
      path: "Benchmarks/Reading"),
  ],
  swiftLanguageModes: [.v6]
)
