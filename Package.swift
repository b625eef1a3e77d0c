// swift-tools-version: 6.2
import PackageDescription

/// Warnings stop a CI build; on a user's machine a newer compiler's new warning must not.
let strictness: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil,
  resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, resources: resources,
    swiftSettings: strictness)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: strictness)
}

let package = Package(
  name: "plandx",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "plandx", targets: ["plandx"]),
    .library(
      name: "PlandxKit",
      targets: [
        "PlanModel", "PlanReading", "PlanWriting", "LogReading", "Gzip", "Statements", "Catalog", "Diagnosis",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .systemLibrary(name: "CPgQuery", providers: [.apt(["libpg-query-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    library("ByteReading"),
    library("JSONTree", ["ByteReading"]),
    library("SQLNames"),
    library("PlanModel", ["SQLNames"]),
    library("PlanReading", ["PlanModel", "JSONTree", "ByteReading"]),
    library("LogReading", ["JSONTree", "ByteReading"]),
    library("Gzip", ["CZlib"]),
    library("PlanWriting", ["PlanModel", "SQLNames"]),
    library("Statements", ["CPgQuery", "JSONTree", "SQLNames", "Catalog"]),
    library("Catalog"),
    library("Diagnosis", ["PlanModel", "SQLNames", "Statements", "Catalog"]),
    library("Postgres", ["CLibPQ", "Catalog"]),
    library(
      "Workflow",
      ["JSONTree", "SQLNames", "PlanModel", "PlanReading", "Statements", "Catalog", "Diagnosis", "Postgres"]),
    library(
      "ReportTemplates", path: "report-templates", resources: [.embedInCode("sections")]),
    library(
      "Reporting",
      [
        "Diagnosis", "PlanModel", "PlanReading", "SQLNames", "Statements", "Catalog", "ReportTemplates",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    library("ThrowawayServer"),
    .executableTarget(
      name: "plandx",
      dependencies: [
        "PlanModel", "PlanReading", "LogReading", "Gzip", "Statements", "Catalog", "Diagnosis", "Postgres",
        "Workflow", "Reporting", "ThrowawayServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strictness),
    // Documentation that is made from the sources; no product, so nobody else builds it.
    .executableTarget(
      name: "handbook", dependencies: ["Diagnosis"], path: "scripts/handbook", swiftSettings: strictness),

    tests("JSONTreeTests", ["JSONTree"]),
    tests("PlanModelTests", ["PlanModel", "PlanReading", "Postgres", "ThrowawayServer"]),
    tests("PlanReadingTests", ["PlanReading", "PlanWriting", "PlanModel"], resources: [.copy("Fixtures")]),
    library("AdmissionTable", ["Statements"], path: "Tests/AdmissionTable"),
    library("Unchanged", ["ThrowawayServer"], path: "Tests/Unchanged"),
    tests("StatementsTests", ["Statements", "SQLNames", "Catalog", "JSONTree", "AdmissionTable"]),
    tests("LogReadingTests", ["LogReading", "Gzip"]),
    tests("CatalogTests", ["Catalog"]),
    tests(
      "DiagnosisTests",
      ["Diagnosis", "PlanModel", "PlanReading", "Statements", "Catalog", "ThrowawayServer"],
      resources: [.copy("Fixtures")]),
    tests("PostgresTests", ["Postgres", "Catalog", "ThrowawayServer"]),
    tests(
      "WorkflowTests",
      [
        "Workflow", "Diagnosis", "PlanModel", "PlanReading", "Statements", "Catalog", "Postgres",
        "ThrowawayServer", "Unchanged",
      ], resources: [.copy("PlantedFaults"), .copy("Support/reach.sql"), .copy("Support/casts.sql")]),
    tests(
      "ReportingTests",
      [
        "Reporting", "ReportTemplates", "Diagnosis", "PlanModel", "PlanReading", "Statements", "Catalog",
      ],
      resources: [.copy("Fixtures")]),
    tests("DocumentationTests", ["handbook", "plandx", "ThrowawayServer"]),
    tests(
      "CommandTests",
      [
        "Postgres", "ThrowawayServer", "Workflow", "plandx", "AdmissionTable", "Unchanged", "LogReading",
        "PlanReading",
      ],
      resources: [.copy("Fixtures")]),
  ],
  swiftLanguageModes: [.v6]
)
