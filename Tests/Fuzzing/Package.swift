// swift-tools-version: 6.2
import PackageDescription

// A package of its own: it links with libFuzzer's main, and builds plandx instrumented (`scripts/fuzz`).
let package = Package(
  name: "plandx-fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "plandx", path: "../..")],
  targets: [
    .executableTarget(
      name: "Fuzzing",
      dependencies: [.product(name: "PlandxKit", package: "plandx")])
  ],
  swiftLanguageModes: [.v6]
)
