import AdmissionTable
import Foundation
import Testing

@testable import Statements

/// The first layer of safety, over every kind of text.
@Suite struct AdmissionTests {
  @Test(arguments: AdmissionRows.all) func decidesByTheRule(_ row: AdmissionRow) {
    let decision = Decision(on: row.bytes)
    #expect(decision.rule == row.rule)
    #expect(decision.verdict == row.verdict)
  }

  @Test func hasARowForEveryRule() {
    let unreachable: Set<AdmissionRule> = [.rewriteDiffers, .unusedParameterValue]
    let missing = Set(AdmissionRule.allCases).subtracting(AdmissionRows.all.map(\.rule))
    #expect(missing == unreachable)
    #expect(AdmissionRows.all.count >= 400)
    #expect(Set(AdmissionRows.all.map(\.bytes)).count == AdmissionRows.all.count)
  }

  /// The statements that PostgreSQL 15's grammar knows are the nodes of its trees that end in `Stmt`, without
  /// the five that stand inside others or outside of SQL.
  @Test func hasARowForEveryStatementOfTheGrammar() {
    let found = AdmissionRows.all.compactMap { $0.bytes.count < 10_000 ? statementKind($0) : nil }
    let missing = Set(Self.statementKinds).subtracting(found)
    #expect(missing.isEmpty, "\(missing.sorted())")
    let unknown = Set(found).subtracting(Self.statementKinds)
    #expect(unknown.isEmpty, "\(unknown.sorted())")
  }

  private func statementKind(_ row: AdmissionRow) -> String? {
    guard let text = try? StatementText(utf8: row.bytes) else { return nil }
    return LargeStack.run { (try? ParsedStatement(text.string))?.root?.kind }
  }

  /// Nothing but these three has a way to a server.
  @Test func admitsThreeKindsAlone() {
    let admitted = AdmissionRows.all.filter { $0.verdict != .rejected && $0.bytes.count < 10_000 }
    #expect(Set(admitted.map(statementKind)) == ["SelectStmt", "UpdateStmt", "DeleteStmt"])
  }

  static let statementKinds = """
    AlterCollationStmt AlterDatabaseRefreshCollStmt AlterDatabaseSetStmt AlterDatabaseStmt
    AlterDefaultPrivilegesStmt AlterDomainStmt AlterEnumStmt AlterEventTrigStmt AlterExtensionContentsStmt
    AlterExtensionStmt AlterFdwStmt AlterForeignServerStmt AlterFunctionStmt AlterObjectDependsStmt
    AlterObjectSchemaStmt AlterOpFamilyStmt AlterOperatorStmt AlterOwnerStmt AlterPolicyStmt
    AlterPublicationStmt AlterRoleSetStmt AlterRoleStmt AlterSeqStmt AlterStatsStmt AlterSubscriptionStmt
    AlterSystemStmt AlterTSConfigurationStmt AlterTSDictionaryStmt AlterTableMoveAllStmt
    AlterTableSpaceOptionsStmt AlterTableStmt AlterTypeStmt AlterUserMappingStmt CallStmt CheckPointStmt
    ClosePortalStmt ClusterStmt CommentStmt CompositeTypeStmt ConstraintsSetStmt CopyStmt CreateAmStmt
    CreateCastStmt CreateConversionStmt CreateDomainStmt CreateEnumStmt CreateEventTrigStmt
    CreateExtensionStmt CreateFdwStmt CreateForeignServerStmt CreateForeignTableStmt CreateFunctionStmt
    CreateOpClassStmt CreateOpFamilyStmt CreatePLangStmt CreatePolicyStmt CreatePublicationStmt
    CreateRangeStmt CreateRoleStmt CreateSchemaStmt CreateSeqStmt CreateStatsStmt CreateStmt
    CreateSubscriptionStmt CreateTableAsStmt CreateTableSpaceStmt CreateTransformStmt CreateTrigStmt
    CreateUserMappingStmt CreatedbStmt DeallocateStmt DeclareCursorStmt DefineStmt DeleteStmt DiscardStmt
    DoStmt DropOwnedStmt DropRoleStmt DropStmt DropSubscriptionStmt DropTableSpaceStmt DropUserMappingStmt
    DropdbStmt ExecuteStmt ExplainStmt FetchStmt GrantRoleStmt GrantStmt ImportForeignSchemaStmt IndexStmt
    InsertStmt ListenStmt LoadStmt LockStmt MergeStmt NotifyStmt PrepareStmt ReassignOwnedStmt
    RefreshMatViewStmt ReindexStmt RenameStmt RuleStmt SecLabelStmt SelectStmt TransactionStmt TruncateStmt
    UnlistenStmt UpdateStmt VacuumStmt VariableSetStmt VariableShowStmt ViewStmt
    """.split { $0.isWhitespace }.map(String.init)

  @Test func asksForExactlyTheParametersOfTheStatement() {
    #expect(Decision(on: "SELECT $1, $2", values: [1, 2]).rule == .readsOnly)
    #expect(Decision(on: "SELECT $1, $1", values: [1]).rule == .readsOnly)
    #expect(Decision(on: "SELECT 1", values: [2]).rule == .unusedParameterValue)
    #expect(throws: Never.self) { try Admission.admit(StatementText("SELECT $1"), parameters: .notNeeded) }
  }

  @Test(
    arguments: [
      ([0xFF], 0), ([0xC3, 0x28], 0), ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 0), ([0xE2, 0x82], 0),
      ([0x41, 0xC3, 0xA9, 0xFF], 3), ([0xEF, 0xBB, 0xBF, 0xFF], 3), ([0x41, 0xF0, 0x9F, 0x98], 1),
    ] as [([UInt8], Int)])
  func namesTheByteThatIsNotUTF8(_ bytes: [UInt8], _ offset: Int) {
    #expect(throws: AdmissionError.invalidUTF8(byteOffset: offset)) { try StatementText(utf8: bytes) }
  }

  @Test func keepsTheUsersTextButForWhatEndsIt() throws {
    let admitted = try Admission.admit(
      StatementText("/*+ SeqScan(t) */ SELECT 1 -- one\n FROM t -- two\n; -- three"))
    #expect(admitted.original == "/*+ SeqScan(t) */ SELECT 1 -- one\n FROM t")
    #expect(admitted.sql.text == admitted.original)
    #expect(admitted.notes.isEmpty)
  }

  @Test(arguments: ["SELECT U&'a;'\n'b;'", "SELECT U&'a' \n\t\r'b'", "SELECT U&'a''b'\n'c' UESCAPE '!'"])
  func keepsAConstantThatGoesOnInTheNextLine(_ sql: String) throws {
    #expect(try Admission.admit(StatementText(sql + " ; ")).sql.text == sql)
  }

  @Test(arguments: [
    ("SELECT * FROM t FOR UPDATE", "SELECT * FROM t", ["FOR UPDATE"]),
    ("SELECT * FROM t FOR UPDATE OF t NOWAIT LIMIT 5", "SELECT * FROM t LIMIT 5", ["FOR UPDATE OF t NOWAIT"]),
    (
      "SELECT * FROM (SELECT 1 FROM a.t -- x\n FOR NO KEY UPDATE OF t, u SKIP LOCKED) y FOR KEY SHARE",
      "SELECT * FROM (SELECT 1 FROM a.t -- x\n ) y",
      ["FOR NO KEY UPDATE OF t, u SKIP LOCKED", "FOR KEY SHARE"]
    ),
    ("SELECT 1 FROM t -- x\nFOR SHARE", "SELECT 1 FROM t", ["FOR SHARE"]),
    ("SELECT 1 AS as FOR UPDATE", "SELECT 1 AS as", ["FOR UPDATE"]),
    (
      "SELECT 1 FROM t FOR SHARE OF U&\"!0074\" UESCAPE '!', t LIMIT 1", "SELECT 1 FROM t LIMIT 1",
      ["FOR SHARE OF U&\"!0074\" UESCAPE '!', t"]
    ),
  ])
  func dropsLockingClausesAndSaysSo(_ sql: String, _ expected: String, _ clauses: [String]) throws {
    let admitted = try Admission.admit(StatementText(sql))
    #expect(admitted.sql.text == expected)
    #expect(admitted.notes == [.lockingDropped(clauses)])
    #expect(admitted.original == sql)
    #expect(admitted.mustRunSerially)
  }

  /// libpg_query keeps one of the process's 1,024 keys of thread-local storage for each thread that parses.
  @Test func leavesThreadLocalStorageToOthersHoweverOftenItParses() {
    for _ in 0..<1_100 { #expect(Decision(on: "SELECT 1").verdict == .admitted) }
    var key = pthread_key_t()
    #expect(pthread_key_create(&key, nil) == 0)
    pthread_key_delete(key)
  }

  @Test func givesOneFingerprintToStatementsThatDifferInConstants() throws {
    let first = try Admission.admit(StatementText("SELECT a FROM t WHERE b = 1"))
    let second = try Admission.admit(StatementText("select a  from t where b = 27;"))
    #expect(first.fingerprint == second.fingerprint)
    #expect(first.fingerprint.count == 16)
    #expect(first.normalized == "SELECT a FROM t WHERE b = $1")
  }
}

/// What admission makes of a text.
struct Decision {
  let verdict: AdmissionRow.Verdict
  let rule: AdmissionRule

  init(on bytes: [UInt8], values: Set<Int> = []) {
    do {
      let admitted = try Admission.admit(StatementText(utf8: bytes), parameters: .given(values))
      rule = AdmissionRule(admitted)
      verdict = admitted.origin == .select ? .admitted : .rewritten
    } catch {
      rule = AdmissionRule(error)
      verdict = .rejected
    }
  }

  init(on text: String, values: Set<Int> = []) { self.init(on: Array(text.utf8), values: values) }
}
