import Catalog
import Foundation
import PlanModel
import Postgres
import Statements
import Testing
import ThrowawayServer

@testable import Workflow

/// On tables of over 100,000 rows, with parallel plans enabled, the SELECT that stands for an UPDATE or
/// DELETE finds as many rows as the statement changes, by the plan that the statement has.
@Suite struct RewriteCorpusTests {
  private static let parts = 4
  /// The corpus has a foreign table.
  private static let functions = FunctionAdmission(
    allowed: [QualifiedName(schema: nil, name: "postgres_fdw_handler")])

  /// A part of the corpus at a time, so that a session is used for many statements.
  @Test(arguments: 0..<parts) func findsTheRowsOfTheStatementByItsPlan(_ part: Int) async throws {
    let database = try await RewriteCorpusDatabase.shared.value
    // The copy's foreign table leads here, so that writing there has to be over.
    let changed = try await database.changed.value
    let session = try await database.session()
    // Each has a million rows to compare: all captures of a part have one watch.
    let found = try await unchanged(session) {
      var found: [String: Double] = [:]
      for (index, statement) in RewriteCorpus.statements.enumerated() where index % Self.parts == part {
        found[statement.sql] = try await checkPlan(statement, on: session)
      }
      return found
    }
    await session.close()
    for statement in RewriteCorpus.statements {
      guard let rows = found[statement.sql], let changes = changed[statement.sql] else { continue }
      #expect(statement.rows == .same ? rows == changes : rows > changes, "\(statement.sql)")
    }
  }

  /// - Returns: how many rows the SELECT found.
  private func checkPlan(_ statement: RewrittenStatement, on session: Session) async throws -> Double? {
    let settings = RewriteCorpusDatabase.eager + [.init("role", statement.role)]
    var request = try await CaptureRequest.make(statement.sql, on: session, settings: settings)
    let capture = try await Capture.take(request, on: session, functions: Self.functions)
    #expect(capture.plan.plan.nodes.allSatisfy { !$0.type.isGather }, "\(statement.sql)")
    let saysSo = request.statement.notes.contains(.rowsMayRepeat(request.statement.origin))
    #expect(statement.rows == .same || saysSo, "\(statement.sql)")

    request.avoidsIndexOnlyScans = capture.request.avoidsIndexOnlyScans
    let difference = try await JSONPlanComparison.difference(request, on: session)
    switch capture.fidelity {
    case .same, .sameWithoutIndexOnlyScans:
      #expect(statement.reason == nil, "\(statement.sql)")
      #expect(difference == nil, "\(statement.sql)")
    case .differs(let differences, let reason):
      let words = "\(statement.sql): \(differences) \(String(describing: reason))"
      #expect(reason != nil && reason == statement.reason, "\(words)")
      #expect(difference != nil, "\(words)")
    case .notCompared, nil: Issue.record("\(statement.sql): \(String(describing: capture.fidelity))")
    }
    return capture.plan.plan.root.actual.figures?.rows
  }

  @Test func differsInFewStatementsAlone() {
    let all = RewriteCorpus.statements
    #expect(all.count >= 80)
    #expect(all.count { $0.reason != nil } * 60 <= all.count * 5)
  }
}
