import Catalog
import Testing

@testable import Diagnosis

@Suite struct TriggerTimeTests {
  private let rule = TriggerTime()
  private static let accounts = QualifiedName(schema: "public", name: "accounts_x")

  private func evidence(isIndexed: Bool?, rows: Double = 100_000) -> EvidenceBook {
    EvidenceBook.shop.changing("accounts_x") { relation in
      relation.foreignKeys = [
        ForeignKeyConstraint(
          name: "bookings_account_id_fkey", table: QualifiedName(schema: "public", name: "bookings"),
          columns: ["account_id"], referencedTable: Self.accounts, referencedColumns: ["id"], rows: rows,
          pages: 600, isIndexed: isIndexed)
      ]
    }
  }

  @Test func advisesAnIndexOnTheReferringColumns() throws {
    let finding = try rule.finding(in: "fires-on-unindexed-foreign-key", evidence: evidence(isIndexed: false))
    #expect(finding.advisedKeys == "account_id")
    #expect(finding.proposal?.table.name == "bookings")
    #expect(finding.impact.milliseconds == 916.745)
    #expect(finding.cause.basis == .supportedByCatalog)
  }

  @Test func advisesNoIndexThatExistsOrOnASmallTable() throws {
    let stem = "fires-on-unindexed-foreign-key"
    #expect(try rule.finding(in: stem, evidence: evidence(isIndexed: true)).remedies.isEmpty)
    #expect(try rule.finding(in: stem, evidence: evidence(isIndexed: false, rows: 999)).remedies.isEmpty)
  }

  @Test func checksWhatWasNotSeen() throws {
    let finding = try rule.finding(in: "fires-on-unindexed-foreign-key")
    #expect(finding.cause.basis == .unverified)
    #expect(finding.cause.check?.contains("'bookings_account_id_fkey'") ?? false)
    #expect(finding.remedies.isEmpty)
  }

  @Test func tellsATriggerOfTheTableFromOneOfAForeignKey() throws {
    let finding = try rule.finding(in: "fires-on-own-trigger")
    #expect(finding.noRemedy?.contains("log_nested_statements") ?? false)
  }

  /// The case of a statement that was not run: a SELECT found 61 rows for 36 units of cost.
  private func unrun(_ change: DataChange, evidence: EvidenceBook) throws -> DiagnosticCase {
    let plan =
      "Seq Scan on public.accounts_x  (cost=0.00..36.00 rows=61 width=6) (actual time=0.010..0.250 rows=61 loops=1)\nExecution Time: 0.300 ms"
    let base = try DiagnosticCase(plan, evidence: evidence)
    return DiagnosticCase(
      plan: base.plan, conditions: base.conditions, statement: nil, evidence: base.evidence,
      engine: .postgres, change: change)
  }

  @Test(arguments: [[], ["id"], ["name", "id"]])
  func reckonsWhatADeleteThatWasNotRunWouldScan(columns: [String]) throws {
    let change = DataChange(
      command: columns.isEmpty ? "DELETE" : "UPDATE", table: Self.accounts, columns: columns)
    guard
      case .examined(let findings) = rule.examine(try unrun(change, evidence: evidence(isIndexed: false))),
      let finding = findings.first
    else {
      Issue.record("the foreign key was seen")
      return
    }
    #expect(finding.advisedKeys == "account_id")
    #expect(finding.proposal?.table.name == "bookings")
    #expect(finding.impact == Impact(milliseconds: nil, share: 1))
    #expect(finding.cause.basis == .supportedByCatalog)
    // 600 blocks, 100,000 rows tested by one operator, 61 times.
    #expect(finding.observations[0].contains("one scan is 1,850, 61 scans are 112,850"))
  }

  @Test(arguments: [
    (DataChange(command: "UPDATE", table: accounts, columns: ["name"]), false, 100_000.0),
    (DataChange(command: "DELETE", table: accounts), true, 100_000),
    (DataChange(command: "DELETE", table: accounts), false, 999),
  ])
  func saysNothingOfForeignKeysThatCostLittle(change: DataChange, isIndexed: Bool, rows: Double) throws {
    let query = try unrun(change, evidence: evidence(isIndexed: isIndexed, rows: rows))
    #expect(rule.examine(query) == .examined([]))
  }

  @Test func namesTheTriggersThatDidNotRun() throws {
    let change = DataChange(command: "DELETE", table: Self.accounts)
    let book = evidence(isIndexed: true).changing("accounts_x") { $0.statistics.triggers = ["Keep history"] }
    guard case .notExamined(let gap) = rule.examine(try unrun(change, evidence: book)) else {
      Issue.record("the trigger was not run")
      return
    }
    #expect(gap.missing == "time in trigger \"Keep history\" of public.accounts_x")
  }

  @Test func saysThatNothingIsKnownOfTriggersWithoutTheCatalog() throws {
    let change = DataChange(command: "DELETE", table: Self.accounts)
    guard case .notExamined = rule.examine(try unrun(change, evidence: EvidenceBook())) else {
      Issue.record("nobody knows")
      return
    }
  }
}
