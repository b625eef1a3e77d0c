import Foundation
import Testing

/// A database with one known fault, or with none, and a query that meets it.
///
/// The folder holds `schema.sql`, `query.sql`, `candidates.sql` (one fix per line, all sensible ones, so that
/// the best of them is found by brute force) and `case.txt` with what is known of it.
struct PlantedFault: CustomTestStringConvertible, Sendable {
  let name: String
  let schema: String
  let query: String
  let candidates: [String]
  let facts: [String: String]

  var testDescription: String { name }
  var isHealthy: Bool { facts["kind"] == "healthy" }
  /// `missing-filter-index`, `missing-join-index`, `stale-statistics`, `sort-spill`; `other` has no fix here.
  var cause: String { facts["cause"] ?? "" }
  /// The table to blame, as the report names it.
  var table: String { facts["table"] ?? "" }
  /// Texts that no advised statement may contain.
  var forbidden: [String] {
    (facts["forbidden"] ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  static let folder = Bundle.module.resourceURL?.appendingPathComponent("PlantedFaults")

  /// Cases by name, sorted.
  static func all() -> [PlantedFault] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
      return []
    }
    return names.sorted().compactMap { PlantedFault(named: $0, in: folder) }
  }

  /// The cases of an ordinary test run: those marked `core`; all of them with `PLANDX_FAULTS=all` (`make
  /// faults`), which takes several minutes, or those whose names it lists.
  static func selected() -> [PlantedFault] {
    guard let wanted = ProcessInfo.processInfo.environment["PLANDX_FAULTS"] else {
      return all().filter { $0.facts["core"] != nil }
    }
    let names = Set(wanted.split(separator: ",").map(String.init))
    return all().filter { names == ["all"] || names.contains($0.name) }
  }

  private init?(named name: String, in folder: URL) {
    func text(_ file: String) -> String? {
      try? String(
        contentsOf: folder.appendingPathComponent(name).appendingPathComponent(file), encoding: .utf8)
    }
    guard let schema = text("schema.sql"), let query = text("query.sql"), let facts = text("case.txt") else {
      return nil
    }
    self.name = name
    self.schema = schema
    self.query = query.trimmingCharacters(in: CharacterSet(charactersIn: "; \n"))
    candidates = (text("candidates.sql") ?? "").split(separator: "\n").map(String.init)
      .filter { !$0.isEmpty && !$0.hasPrefix("--") }
    let pairs = facts.split(separator: "\n").compactMap { line -> (String, String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (String(line[..<colon]), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
    }
    self.facts = Dictionary(pairs) { first, _ in first }
  }
}
