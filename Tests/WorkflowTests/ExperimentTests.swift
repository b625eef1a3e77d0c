import Diagnosis
import PlanModel
import Postgres
import Testing
import ThrowawayServer

@testable import Workflow

/// GUC experiments on a live server.
@Suite(.serialized) struct ExperimentTests {
  private static let made = Task { try await LoggedServer.makeDatabase(script: script) }

  private static let script = """
    CREATE TABLE big (id int PRIMARY KEY, small_id int, pad text);
    INSERT INTO big SELECT i, i * 7919 % 100000, repeat('x', 20) FROM generate_series(1, 60000) i;
    CREATE TABLE small (id int PRIMARY KEY, kind int);
    INSERT INTO small SELECT i, i % 200 FROM generate_series(1, 2000) i;
    ANALYZE;
    CREATE ROLE short_of_disk LOGIN;
    GRANT SELECT ON big, small TO short_of_disk;
    ALTER ROLE short_of_disk SET temp_file_limit = '100kB';
    ALTER ROLE short_of_disk SET work_mem = '256kB';
    """

  private static let join = "SELECT count(*) FROM big b JOIN small s ON s.id = b.small_id WHERE s.kind = 3"

  @Test func comparesTheDefaultWithMergeJoinOnly() async throws {
    let session = try await LoggedSession(Self.made.value).session
    guard case .done(let table) = try await session.analyze(Self.join).experiments else {
      Issue.record("not done")
      return
    }
    #expect(table.variants.map(\.name) == ["Default", "Merge Join Only"])
    #expect(table.variants[0].settings.isEmpty)
    let plans = try table.variants.map { try #require($0.plan) }
    #expect(plans[0].nodes.contains { $0.type.name == "Hash Join" })
    #expect(plans[1].nodes.contains { $0.type.name == "Merge Join" })
    #expect(!plans[1].nodes.contains { $0.type.name == "Hash Join" })
    #expect(plans.map(\.root.actual.figures?.rows) == [1, 1])
    #expect(table.capturedTime != nil && table.untimedExecution != nil)
    #expect(table.untried.isEmpty)
  }

  @Test func leavesNoSettingBehind() async throws {
    let session = try await LoggedSession(Self.made.value).session
    _ = try await session.analyze(Self.join, settings: [.init("work_mem", "123kB")])
    for (name, value) in [
      ("enable_hashjoin", "on"), ("enable_nestloop", "on"), ("enable_mergejoin", "on"), ("work_mem", "4MB"),
      ("statement_timeout", "0"), ("lock_timeout", "0"), ("search_path", "\"$user\", public"),
      ("transaction_read_only", "off"),
    ] {
      #expect(try await session.query("SHOW \(name)")[0][0] == value)
    }
  }

  @Test func sendsNothingButWhatTrialsMaySend() async throws {
    let logged = try await LoggedSession(Self.made.value)
    let request = try await CaptureRequest.make(Self.join, on: logged.session)
    let capture = try await request.captured(on: logged.session)
    let before = try await logged.statements()
    // The functions are looked at again in each transaction, by the same questions.
    let admission = Set(before.drop { $0 != "SAVEPOINT plandx" }.filter { !$0.hasPrefix("EXPLAIN") })
    let experiments = Experiments(request: request, limit: 30, areTurnedOff: false)
    _ = try await experiments.run(capture, findings: [], on: logged.session)
    let sent = try await logged.statements().dropFirst(before.count)
    #expect(sent.count > 12)
    for statement in sent where !admission.contains(statement) {
      let isListed = [
        "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", "SELECT pg_catalog.set_config(",
        "EXPLAIN (ANALYZE, VERBOSE, BUFFERS, SETTINGS) \(Self.join)",
        "EXPLAIN (ANALYZE, TIMING OFF) \(Self.join)",
        "ROLLBACK",
      ].contains { statement.hasPrefix($0) }
      #expect(isListed, "\(statement)")
    }
  }

  /// Sorting the big table needs a file that this role may not make.
  @Test func turnsAFailedVariantIntoAFindingWithTheServersWords() async throws {
    let session = try await LoggedSession(Self.made.value, role: "short_of_disk").session
    let result = try await session.analyze(Self.join)
    guard case .done(let table) = result.experiments else {
      Issue.record("not done")
      return
    }
    let message = "ERROR: temporary file size exceeds temp_file_limit (100kB) (SQLSTATE 53400)"
    #expect(table.variants.last?.outcome == .failed(message: message))
    #expect(table.baseline?.plan?.executionTime != nil)
    let finding = try #require(
      result.findings.findings.first { $0.finding.title.hasPrefix("GUC experiment failed") })
    #expect("\(finding)".contains(message))
    #expect(try await session.query("SHOW enable_hashjoin")[0][0] == "on")
  }

  @Test(arguments: [
    (join, 0.000_001, false, "overLimit"), (join, 30, true, "turnedOff"),
    ("SELECT count(*) FROM big", 30, false, "noJoin"),
  ])
  func saysWhyNothingWasTried(_ sql: String, _ limit: Double, _ off: Bool, _ reason: String) async throws {
    let logged = try await LoggedSession(Self.made.value)
    let request = try await CaptureRequest.make(sql, on: logged.session)
    let capture = try await request.captured(on: logged.session)
    let before = try await logged.statements().count
    let experiments = Experiments(request: request, limit: limit, areTurnedOff: off)
    let section = try await experiments.run(capture, findings: [], on: logged.session)
    #expect("\(section)".contains(".\(reason)"), "\(section)")
    #expect(try await logged.statements().count == before)
  }

  @Test func neverRaisesTheLimitOfThirtySeconds() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let request = try await CaptureRequest.make(Self.join, on: session)
    #expect(Experiments(request: request, limit: 400, areTurnedOff: false).limit == 30)
  }

  @Test func triesNothingAfterATimeout() async throws {
    let session = try await LoggedSession(Self.made.value).session
    let request = try await CaptureRequest.make(
      "SELECT pg_sleep(30) FROM big b JOIN small s ON s.id = b.small_id", on: session,
      timeout: .milliseconds(200))
    let result = try await request.analyzed(on: session)
    #expect(result.capture.timedOutAfter == .milliseconds(200))
    #expect(result.experiments == .skipped(.captureTimedOut(limit: 0.2, experimentLimit: 30)))
  }
}
