import Catalog
import Diagnosis
import Testing

@Suite struct RemedySQLTests {
  static let table = QualifiedName(schema: "public", name: "orders")

  static func evidence(_ indexes: [IndexDefinition] = [], kind: RelationKind = .table) -> EvidenceBook {
    EvidenceBook(relations: [
      RelationEvidence(
        statistics: RelationStatistics(name: table, kind: kind),
        columns: [ColumnStatistics(name: "doc", type: "jsonb", isNotNull: false)], indexes: indexes)
    ])
  }

  static func index(_ name: String, _ keys: [String], including: [String] = []) -> IndexDefinition {
    IndexDefinition(name: name, definition: "", keys: keys.map { IndexKey($0) }, includedColumns: including)
  }

  @Test(arguments: [
    (
      IndexProposal(table: table, keys: [IndexKey("status")]), EngineProfile.postgres,
      "CREATE INDEX CONCURRENTLY orders_status_idx ON public.orders (status);"
    ),
    (
      IndexProposal(
        table: table, keys: [IndexKey("status"), IndexKey("created_at", isDescending: true)],
        includedColumns: ["Total"]), .postgres,
      "CREATE INDEX CONCURRENTLY orders_status_created_at_idx ON public.orders (status, created_at DESC) INCLUDE (\"Total\");"
    ),
    (
      IndexProposal(
        table: table,
        keys: [IndexKey("a", isDescending: true, nullsFirst: false), IndexKey("b", nullsFirst: true)]),
      .postgres,
      "CREATE INDEX CONCURRENTLY orders_a_b_idx ON public.orders (a DESC NULLS LAST, b NULLS FIRST);"
    ),
    (
      IndexProposal(table: table, keys: [IndexKey("lower(email)", isExpression: true)]), .postgres,
      "CREATE INDEX CONCURRENTLY orders_expr_idx ON public.orders ((lower(email)));"
    ),
    (
      IndexProposal(table: QualifiedName(schema: "Sales", name: "order"), keys: [IndexKey("user")]),
      .postgres,
      "CREATE INDEX CONCURRENTLY order_user_idx ON \"Sales\".\"order\" (\"user\");"
    ),
    (
      IndexProposal(table: table, keys: [IndexKey("status")], includedColumns: ["total"]), .dsql,
      "CREATE INDEX ASYNC orders_status_idx ON public.orders (status) INCLUDE (total);"
    ),
  ])
  func printsAnIndexForTheEngine(_ proposal: IndexProposal, _ engine: EngineProfile, _ sql: String) throws {
    let script = try RemedySQL(engine: engine).script(for: .createIndex(proposal))
    #expect(script.statements.first == sql)
    #expect(script.statements.count == (proposal.keys.contains(where: \.isExpression) ? 2 : 1))
    #expect(script.undo.count == 1)
    #expect(!script.dangers.isEmpty)
  }

  @Test(arguments: [
    (EngineProfile.postgres, ["DROP INDEX CONCURRENTLY public.orders_status_idx;"]),
    (.dsql, ["DROP INDEX public.orders_status_idx;"]),
  ])
  func undoesAnIndexInTheEnginesOwnWay(_ engine: EngineProfile, _ undo: [String]) throws {
    let proposal = IndexProposal(table: Self.table, keys: [IndexKey("status")])
    #expect(try RemedySQL(engine: engine).script(for: .createIndex(proposal)).undo == undo)
  }

  @Test func buildsAnIndexOfAPartitionedTablePartByPart() throws {
    let proposal = IndexProposal(
      table: Self.table, keys: [IndexKey("id")],
      partitions: [QualifiedName(schema: "parts", name: "p1"), QualifiedName(schema: "parts", name: "p2")])
    let script = try RemedySQL(engine: .postgres, evidence: Self.evidence(kind: .partitionedTable))
      .script(for: .createIndex(proposal))
    #expect(
      script.statements == [
        "CREATE INDEX orders_id_idx ON ONLY public.orders (id);",
        "CREATE INDEX CONCURRENTLY p1_id_idx ON parts.p1 (id);",
        "ALTER INDEX public.orders_id_idx ATTACH PARTITION parts.p1_id_idx;",
        "CREATE INDEX CONCURRENTLY p2_id_idx ON parts.p2 (id);",
        "ALTER INDEX public.orders_id_idx ATTACH PARTITION parts.p2_id_idx;",
      ])
    #expect(script.undo == ["DROP INDEX public.orders_id_idx;"])
  }

  @Test func choosesANameThatIsFreeAndThatTheServerDoesNotCut() throws {
    let long = String(repeating: "ü", count: 40)
    let evidence = Self.evidence([
      Self.index("orders_status_idx", ["id"]), Self.index("orders_status_idx1", ["id"]),
    ])
    let names = [
      try Self.name(of: [IndexKey("status")], evidence),
      try Self.name(of: [IndexKey(long), IndexKey("x")], evidence),
    ]
    #expect(names[0] == "orders_status_idx2")
    #expect(names[1].filter { $0 != "\"" }.utf8.count <= 63)
    #expect(names[1].contains("_idx"))
  }

  static func name(of keys: [IndexKey], _ evidence: EvidenceBook) throws -> String {
    let proposal = IndexProposal(table: table, keys: keys)
    let sql = try RemedySQL(engine: .postgres, evidence: evidence).script(for: .createIndex(proposal))
      .statements[0]
    return String(sql.dropFirst("CREATE INDEX CONCURRENTLY ".count).prefix { $0 != " " })
  }

  @Test(arguments: [
    (
      RemedyAction.createIndex(IndexProposal(table: table, keys: [])), EngineProfile.postgres,
      RemedyRefusal.noKeys
    ),
    (
      .createIndex(IndexProposal(table: table, keys: [IndexKey("status")])), .postgres,
      .duplicates(index: "orders_status_total_idx")
    ),
    (
      .createIndex(IndexProposal(table: table, keys: [IndexKey("status")], includedColumns: ["total"])),
      .postgres,
      .duplicates(index: "orders_status_total_idx")
    ),
    (
      .createIndex(IndexProposal(table: table, keys: [IndexKey("doc")])), .dsql,
      .notIndexable(column: "doc", type: "jsonb")
    ),
    (
      .createIndex(IndexProposal(table: table, keys: (1...9).map { IndexKey("c\($0)") })), .dsql,
      .tooManyKeys(limit: 8)
    ),
    (
      .createIndex(IndexProposal(table: table, keys: [IndexKey("a", isDescending: true)])), .dsql,
      .noDescendingKeys
    ),
    (.setWorkMem(kilobytes: 65_536), .dsql, .settingRefused(name: "work_mem")),
    (.reportBug, .postgres, .nothingToRun),
  ])
  func refusesWhatTheServerWouldRefuseOrAlreadyHas(
    _ action: RemedyAction, _ engine: EngineProfile, _ refusal: RemedyRefusal
  ) {
    let evidence = Self.evidence([Self.index("orders_status_total_idx", ["status", "total"])])
    #expect(throws: refusal) { try RemedySQL(engine: engine, evidence: evidence).script(for: action) }
  }

  @Test func refusesTheIndexBeyondTheEnginesLimit() {
    let evidence = Self.evidence((1...24).map { Self.index("i\($0)", ["c\($0)"]) })
    #expect(throws: RemedyRefusal.tooManyIndexes(limit: 24)) {
      try RemedySQL(engine: .dsql, evidence: evidence).script(
        for: .createIndex(IndexProposal(table: Self.table, keys: [IndexKey("new")])))
    }
  }

  @Test func refusesAnIndexOfAPartitionedTableWhosePartitionsAreUnknown() {
    #expect(throws: RemedyRefusal.partitionsUnknown(table: Self.table)) {
      try RemedySQL(engine: .postgres, evidence: Self.evidence(kind: .partitionedTable)).script(
        for: .createIndex(IndexProposal(table: Self.table, keys: [IndexKey("new")])))
    }
  }

  @Test func buildsBesideAnInvalidIndexOfTheSameKeys() throws {
    var broken = Self.index("orders_status_idx", ["status"])
    broken.isValid = false
    let script = try RemedySQL(engine: .postgres, evidence: Self.evidence([broken])).script(
      for: .createIndex(IndexProposal(table: Self.table, keys: [IndexKey("status")])))
    #expect(script.statements == ["CREATE INDEX CONCURRENTLY orders_status_idx1 ON public.orders (status);"])
  }

  @Test(arguments: [(65_536, "SET work_mem = '64MB';"), (70_001, "SET work_mem = '70001kB';")])
  func setsWorkMemForTheSession(_ kilobytes: Int, _ sql: String) throws {
    let script = try RemedySQL(engine: .postgres).script(for: .setWorkMem(kilobytes: kilobytes))
    #expect(script.statements == [sql])
    #expect(script.undo == ["RESET work_mem;"])
  }

  @Test func analyzesATable() throws {
    let script = try RemedySQL(engine: .postgres).script(
      for: .analyze(QualifiedName(schema: "public", name: "Order")))
    #expect(script.statements == ["ANALYZE public.\"Order\";"])
  }
}
