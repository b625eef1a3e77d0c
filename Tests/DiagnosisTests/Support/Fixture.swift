import Catalog
import Foundation
import PlanModel
import PlanReading
import Statements
import Testing

@testable import Diagnosis

/// A captured plan in the folder of the rule that it is for. Its name says what the rule must answer, and why.
struct Fixture: Sendable, Hashable, CustomTestStringConvertible {
  let rule: String
  let stem: String

  var testDescription: String { "\(rule)/\(stem)" }

  /// What the name says that the rule must answer.
  enum Side: String, CaseIterable { case fires = "fires-", silent = "silent-", notExamined = "not-examined-" }

  var side: Side? { Side.allCases.first { stem.hasPrefix($0.rawValue) } }

  /// Pasted without a database: nothing is known of the tables.
  var isOffline: Bool { stem.contains("-offline-") }

  /// Every file below `Fixtures`, by name.
  static let all: [Fixture] = names(in: "").flatMap { rule in
    names(in: rule).map { Fixture(rule: rule, stem: String($0.dropLast(".txt".count))) }
  }

  func text() throws -> String {
    try String(contentsOf: Self.folder.appending(path: "\(rule)/\(stem).txt"), encoding: .utf8)
  }

  private static let folder =
    (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appending(path: "Fixtures")

  private static func names(in path: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path)
    return (names ?? []).sorted()
  }
}

extension DiagnosticCase {
  /// The case of a captured plan with what is known of the tables of its database.
  init(_ fixture: Fixture, evidence: EvidenceBook? = nil, engine: EngineProfile? = nil) throws {
    try self.init(
      fixture.text(), evidence: evidence ?? (fixture.isOffline ? EvidenceBook() : .shop), engine: engine)
  }

  /// The case of a captured plan with its statement.
  init(_ fixture: Fixture, statement sql: String) throws {
    let plan = try PlanReader.read(fixture.text()).plan
    self.init(
      plan: plan, conditions: PlanConditions(plan), statement: try Admission.admit(StatementText(sql)).shape,
      evidence: .shop, engine: .shown(by: plan))
  }

  /// The case of a plan as text.
  init(_ text: String, evidence: EvidenceBook = .shop, engine: EngineProfile? = nil) throws {
    let plan = try PlanReader.read(text).plan
    self.init(
      plan: plan, conditions: PlanConditions(plan), statement: nil, evidence: evidence,
      engine: engine ?? .shown(by: plan))
  }
}

extension Rule {
  /// What the rule finds in a plan of its folder.
  func findings(
    in stem: String, evidence: EvidenceBook? = nil, engine: EngineProfile? = nil
  ) throws -> [Finding] {
    let fixture = Fixture(rule: Self.name.text, stem: stem)
    return examine(try DiagnosticCase(fixture, evidence: evidence, engine: engine)).findings
  }

  /// The one finding in a plan of its folder.
  func finding(
    in stem: String, evidence: EvidenceBook? = nil, engine: EngineProfile? = nil
  ) throws -> Finding {
    let findings = try findings(in: stem, evidence: evidence, engine: engine)
    #expect(findings.count == 1)
    return try #require(findings.first)
  }
}

extension RuleOutcome {
  /// None where the rule could not look.
  var findings: [Finding] { if case .examined(let findings) = self { findings } else { [] } }
}

extension Finding {
  /// The index that is advised.
  var proposal: IndexProposal? { indexProposal }

  /// The keys of the index that is advised, as they stand in its definition: `status, placed_at DESC`.
  var advisedKeys: String? { proposal?.keyList }
}

extension IndexProposal {
  /// The keys as they stand in the definition, direction and NULLS only where not the default.
  var keyList: String {
    keys.map { key in
      let text = key.isExpression ? "(\(key.text))" : key.text
      let order = key.isDescending ? " DESC" : ""
      return text + order + (key.hasDefaultNulls ? "" : key.nullsFirst ? " NULLS FIRST" : " NULLS LAST")
    }.joined(separator: ", ")
  }
}
