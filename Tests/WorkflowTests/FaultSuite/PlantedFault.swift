import Foundation
import Testing

/// A database with one known fault, with two, or with none, and a query that meets it.
///
/// The folder holds `schema.sql`, `query.sql`, `candidates.sql` (one fix per line, all sensible ones, so that
/// the best of them is found by brute force), `case.txt` with what is known of it, a `key: value` each, and
/// `rewritten.sql` where another statement is the cure.
struct PlantedFault: CustomTestStringConvertible, Sendable {
  let name: String
  let schema: String
  let query: String
  let candidates: [String]
  /// The statement that cures it; it returns what the query returns.
  let rewritten: String?
  private let facts: [String: String]

  var testDescription: String { name }
  var kind: Kind { facts["kind"].flatMap(Kind.init) ?? .fault }
  /// The words of ``CauseWords``; the first is the cause, the others name the same defect.
  var causes: Set<String> { Set([cause] + list("also")) }
  var cause: String { facts["cause"] ?? "none" }
  /// The table to blame, as the report names it.
  var table: String { facts["table"] ?? "" }
  /// The smaller fault of a double case: its cause and the table to blame.
  var second: (cause: String, table: String)? {
    guard let parts = facts["second"]?.split(separator: "/", maxSplits: 1).map(String.init), parts.count == 2
    else { return nil }
    return (parts[0], parts[1])
  }
  /// Texts that no advised statement may contain.
  var forbidden: [String] { list("forbidden") }
  /// The best candidate; `nil` where none was named yet, and all are to be tried.
  var reference: String? { facts["reference"] }
  /// For a healthy case: the fault that is one change away.
  var twin: String? { facts["twin"] }

  /// Nothing is wrong, or nothing that advice would cure.
  var deservesSilence: Bool { cause == "none" }
  /// No SQL beside the statement cures it, only another statement.
  var needsRewrite: Bool { facts["rewrite"] == "yes" }
  /// Cases that nobody tunes by.
  var isHeldOut: Bool { facts["held-out"] == "yes" }
  var isCore: Bool { facts["core"] != nil }

  enum Kind: String {
    case fault, healthy
    /// The obvious advice is wrong here.
    case trap
  }

  private func list(_ key: String) -> [String] {
    (facts[key] ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}

extension PlantedFault {
  static let folder = Bundle.module.resourceURL?.appendingPathComponent("PlantedFaults")

  /// Cases by name, sorted.
  static let all: [PlantedFault] = {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
      return []
    }
    return names.sorted().compactMap { PlantedFault(named: $0, in: folder) }
  }()

  init?(named name: String, in folder: URL) {
    func text(_ file: String) -> String? {
      try? String(
        contentsOf: folder.appendingPathComponent(name).appendingPathComponent(file), encoding: .utf8)
    }
    guard let schema = text("schema.sql"), let query = text("query.sql"), let facts = text("case.txt") else {
      return nil
    }
    (self.name, self.schema) = (name, schema)
    self.query = Self.unterminated(query)
    rewritten = text("rewritten.sql").map(Self.unterminated)
    candidates = (text("candidates.sql") ?? "").split(separator: "\n").map(String.init)
      .filter { !$0.isEmpty && !$0.hasPrefix("--") }
    let pairs = facts.split(separator: "\n").compactMap { line -> (String, String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (String(line[..<colon]), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
    }
    self.facts = Dictionary(pairs) { first, _ in first }
  }

  private static func unterminated(_ statement: String) -> String {
    statement.trimmingCharacters(in: CharacterSet(charactersIn: "; \n"))
  }
}

/// Which cases a run is of: `PLANDX_FAULTS`, or those marked `core`.
enum FaultSelection: Sendable, Equatable {
  case core
  /// `make faults`: all that are not held out.
  case all
  /// `make faults-held-out`: the others.
  case heldOut
  case named(Set<String>)

  static let current = FaultSelection(ProcessInfo.processInfo.environment["PLANDX_FAULTS"])

  init(_ text: String?) {
    self =
      switch text {
      case nil, "core": .core
      case "all": .all
      case "held-out": .heldOut
      case let names?: .named(Set(names.split(separator: ",").map(String.init)))
      }
  }

  /// The selection's part of a file's name.
  var label: String {
    switch self {
    case .core: "core"
    case .all: "all"
    case .heldOut: "held-out"
    case .named: "named"
    }
  }

  var cases: [PlantedFault] { PlantedFault.all.filter(includes) }

  func includes(_ fault: PlantedFault) -> Bool {
    switch self {
    case .core: fault.isCore
    case .all: !fault.isHeldOut
    case .heldOut: fault.isHeldOut
    case .named(let names): names.contains(fault.name)
    }
  }
}
