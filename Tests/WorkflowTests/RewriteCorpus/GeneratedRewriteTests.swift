import Catalog
import PlanModel
import Postgres
import Statements
import Testing
import ThrowawayServer

@testable import Workflow

/// Whatever UPDATE or DELETE the server can plan, the SELECT made from it can be planned too, at the same cost.
@Suite struct GeneratedRewriteTests {
  private static let count = 240

  /// What became of one statement.
  private enum Outcome: Equatable {
    /// The server refuses the statement itself.
    case refused
    case same
    case differs(String, PlannerReason?)
    /// The server refuses the SELECT alone.
    case broken(String)
  }

  @Test(arguments: [1, 2] as [UInt64]) func agreesInPlanOrNamesTheReason(_ seed: UInt64) async throws {
    let session = try await RewriteCorpusDatabase.shared.value.session()
    var generator = StatementGenerator(seed: seed)
    var (refused, differing) = (0, 0)
    for _ in 0..<(Self.count / 2) {
      let sql = generator.statement()
      switch try await outcome(sql, on: session) {
      case .same: break
      case .refused: refused += 1
      case .differs(let difference, let reason):
        differing += 1
        #expect(reason != nil, "\(difference): \(sql)")
      case .broken(let message): Issue.record("\(message): \(sql)")
      }
    }
    #expect(refused * 4 < Self.count / 2)
    #expect(differing * 12 <= Self.count / 2)
    await session.close()
  }

  private func outcome(_ sql: String, on session: Session) async throws -> Outcome {
    do { _ = try Admission.admit(StatementText(sql)) } catch { return .broken("\(error)") }
    var request = try await CaptureRequest.make(sql, on: session, settings: RewriteCorpusDatabase.eager)
    let own: ExplainedPlan
    do { own = try await explain(request.statement.originalFragment, request, session) } catch {
      return .refused
    }
    do {
      let select = try await explain(request.statement.sql, request, session)
      let fidelity = RewriteFidelity.compare(own, select, notes: request.statement.notes)
      guard fidelity != .same else { return .same }
      request.avoidsIndexOnlyScans = !own.nodes.contains { $0.type.name == "Index Only Scan" }
      let fetching = try await explain(request.statement.sql, request, session)
      switch RewriteFidelity.compare(own, fetching, notes: request.statement.notes) {
      case .differs(let differences, let reason): return .differs(differences.joined(separator: "; "), reason)
      default: return .same
      }
    } catch {
      return .broken("\(error)")
    }
  }

  private func explain(
    _ sql: SQLFragment, _ request: CaptureRequest, _ session: Session
  ) async throws -> ExplainedPlan {
    let explain = ExplainForm(.postgres, analyze: false).statement("\(sql)").text
    let rows = try await session.transaction(request.transaction(timeout: .seconds(60))) {
      transaction throws(PostgresError) in try await transaction.query(explain)
    }
    return try Capture.read(rows).plan
  }
}
