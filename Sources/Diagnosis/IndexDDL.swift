import Catalog
import SQLNames
import Statements

/// Index statements in the three forms that do not stop writers.
enum IndexDDL {
  /// PostgreSQL, an ordinary table.
  static func concurrent(_ proposal: IndexProposal, names: IndexNaming) -> RemedyScript {
    var names = names
    let table = proposal.table
    let name = names.name(table: table.name, keys: proposal.keys)
    let qualified = QualifiedName(schema: table.schema, name: name)
    return RemedyScript(
      statements: ["CREATE INDEX CONCURRENTLY \(SQLIdentifier(name)) ON \(table) \(columns(proposal));"]
        + expressionStatistics(proposal),
      undo: ["DROP INDEX CONCURRENTLY \(qualified);"],
      dangers: [
        "It cannot run inside a transaction block, and it waits for every transaction that is open on the table.",
        "A build that fails or is cancelled leaves an INVALID index that slows writes and serves no query: drop it with the statement above, then build again.",
        "It needs disk for the whole index and, while it builds, for sorting.",
      ], notes: statisticsNote(proposal) + superseded(proposal, "DROP INDEX CONCURRENTLY"))
  }

  /// PostgreSQL, a partitioned table: CONCURRENTLY works on partitions only.
  static func partitioned(_ proposal: IndexProposal, names: IndexNaming) -> RemedyScript {
    var names = names
    let table = proposal.table
    let parent = names.name(table: table.name, keys: proposal.keys)
    let qualified = QualifiedName(schema: table.schema, name: parent)
    let columns = columns(proposal)
    var statements: [SafeSQL] = ["CREATE INDEX \(SQLIdentifier(parent)) ON ONLY \(table) \(columns);"]
    for partition in proposal.partitions {
      let name = names.name(table: partition.name, keys: proposal.keys)
      let child = QualifiedName(schema: partition.schema, name: name)
      statements += [
        "CREATE INDEX CONCURRENTLY \(SQLIdentifier(name)) ON \(partition) \(columns);",
        "ALTER INDEX \(qualified) ATTACH PARTITION \(child);",
      ]
    }
    return RemedyScript(
      statements: statements + expressionStatistics(proposal), undo: ["DROP INDEX \(qualified);"],
      dangers: [
        "The index of the parent stays INVALID until the index of every partition is attached.",
        "A CONCURRENTLY build that fails leaves an INVALID index on its partition: drop it and build it again before attaching it.",
        "The DROP INDEX that undoes it locks the parent and all partitions for a moment: CONCURRENTLY is refused there.",
        "It needs disk for the indexes of all partitions.",
        "CREATE INDEX CONCURRENTLY cannot run inside a transaction block: run the statements one by one.",
      ],
      notes: unlistedPartitions(proposal) + statisticsNote(proposal)
        + superseded(proposal, "DROP INDEX"))
  }

  /// The planner learns the distribution of an expression from the index on it.
  private static func expressionStatistics(_ proposal: IndexProposal) -> [SafeSQL] {
    proposal.keys.contains(where: \.isExpression) ? ["ANALYZE \(proposal.table);"] : []
  }

  private static func statisticsNote(_ proposal: IndexProposal) -> [String] {
    guard proposal.keys.contains(where: \.isExpression) else { return [] }
    return ["Only after ANALYZE has the planner statistics of the expression."]
  }

  private static func unlistedPartitions(_ proposal: IndexProposal) -> [String] {
    guard !proposal.listsAllPartitions else { return [] }
    return [
      "Only the partitions that the plan reads are listed. The index of the parent becomes valid when every other partition of \(proposal.table.quoted) has its index attached as well."
    ]
  }

  /// Aurora DSQL: a job, one DDL per transaction, no schema before the index name.
  static func asynchronous(
    _ proposal: IndexProposal, names: IndexNaming, engine: EngineProfile
  ) -> RemedyScript {
    var names = names
    let table = proposal.table
    let name = names.name(table: table.name, keys: proposal.keys)
    let qualified = QualifiedName(schema: table.schema, name: name)
    return RemedyScript(
      statements: ["CREATE INDEX ASYNC \(SQLIdentifier(name)) ON \(table) \(columns(proposal));"],
      undo: ["DROP INDEX \(qualified);"],
      dangers: [
        "One DDL statement per transaction: run it on its own.",
        "It starts a job (see `sys.jobs`). The index serves queries only when `pg_index.indisvalid` is true: `SELECT indisvalid FROM pg_index WHERE indexrelid = \(SQLLiteral(qualified.quoted).quoted)::regclass;`",
        "Every row written costs Write DPU for its index entry, INCLUDE columns with it.",
      ], notes: limits(of: engine) + superseded(proposal, "DROP INDEX"))
  }

  /// `(status, created_at DESC) INCLUDE (total)`, `USING gin (tags) WHERE (…)`.
  private static func columns(_ proposal: IndexProposal) -> SafeSQL {
    let keys = proposal.keys.map(key).joined(separator: ", ")
    let method: SafeSQL =
      proposal.method == .btree ? "" : "USING \(SQLIdentifier(proposal.method.rawValue)) "
    let included = proposal.includedColumns.map { name -> SafeSQL in "\(SQLIdentifier(name))" }
    let include: SafeSQL = included.isEmpty ? "" : " INCLUDE (\(included.joined(separator: ", ")))"
    let condition = proposal.predicate.flatMap { SQLFragment(expression: $0) }
    let filter: SafeSQL = condition.map { " WHERE (\($0))" } ?? ""
    return "\(method)(\(keys))\(include)\(filter)"
  }

  private static func key(_ key: IndexKey) -> SafeSQL {
    let order: SafeSQL = key.isDescending ? " DESC" : ""
    let nulls: SafeSQL = key.hasDefaultNulls ? "" : key.nullsFirst ? " NULLS FIRST" : " NULLS LAST"
    let operators: SafeSQL = key.operatorClass.map { " \(SQLIdentifier($0))" } ?? ""
    if key.isExpression, let expression = SQLFragment(expression: key.text) {
      return "(\(expression))\(operators)\(order)\(nulls)"
    }
    return "\(SQLIdentifier(key.text))\(operators)\(order)\(nulls)"
  }

  private static func superseded(_ proposal: IndexProposal, _ drop: String) -> [String] {
    proposal.supersedes.map { index in
      let name = QualifiedName(schema: proposal.table.schema, name: index).quoted
      return
        "It starts with the keys of `\(index)`, which it can replace: once it is valid and nothing else needs the old one, `\(drop) \(name);`"
    }
  }

  private static func limits(of engine: EngineProfile) -> [String] {
    guard let date = engine.factsDate, let indexes = engine.maxIndexesPerTable else { return [] }
    return [
      "Limits as of \(date): \(indexes) indexes per table with the primary key, \(engine.maxKeyColumns) key columns. They change; check the AWS documentation."
    ]
  }
}
