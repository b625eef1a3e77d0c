/// A database whose plans look like PostgreSQL's, or come under the same names, and are none.
public enum ForeignPlan: String, Sendable, Equatable, CaseIterable {
  case mySQL = "MySQL or MariaDB"
  case sqlServer = "SQL Server"
  case oracle = "Oracle"
  case sqlite = "SQLite"
  case cockroachDB = "CockroachDB"
  case spark = "Spark"
  case mongoDB = "MongoDB"
  case duckDB = "DuckDB"
  case clickHouse = "ClickHouse"
  case snowflake = "Snowflake"
  case tiDB = "TiDB"
  case db2 = "Db2"
  case trino = "Trino or Presto"
  case redshift = "Amazon Redshift"
  case greenplum = "Greenplum"

  /// The database's name.
  public var name: String { rawValue }

  /// The first line that only one of them prints, with its number from 1.
  static func first(in text: Bytes) -> (plan: ForeignPlan, position: SourcePosition)? {
    var cursor = LineCursor(text)
    while let line = cursor.next() {
      let content = text.slice(line.content)
      guard let plan = ForeignPlan(line: content.slice(0..<min(content.count, longestLine))) else { continue }
      let column = text.slice(line.start..<line.content.lowerBound).characterCount + 1
      return (plan, SourcePosition(line: line.number + 1, column: column))
    }
    return nil
  }

  private static let longestLine = 4_096

  /// Whose plan has such a line; `nil` where PostgreSQL may print it as well, or nobody does.
  private init?(line: Bytes) {
    let bare = Self.withoutBorder(line)
    if let plan = Self.starts.first(where: { entry in entry.words.contains { bare.hasPrefix($0) } }) {
      self = plan.plan
    } else if Self.isMySQLStep(bare) {
      self = .mySQL
    } else if let plan = Self.parts.first(where: { entry in
      entry.words.allSatisfy { line.offset(of: $0) != nil }
    }) {
      self = plan.plan
    } else {
      return nil
    }
  }

  /// Without the borders of a table, a prompt's or an e-mail's mark, or the name of the only column.
  private static func withoutBorder(_ line: Bytes) -> Bytes {
    var line = line
    while let first = line.first,
      first == UInt8(ascii: ">") || first == UInt8(ascii: "|") && !line.hasPrefix("|--")
    {
      line = line.from(1).trimmed
    }
    return line.hasPrefix("EXPLAIN: ") ? line.from(9).trimmed : line
  }

  private typealias Words = (plan: ForeignPlan, words: [StaticString])

  /// What a line begins with.
  private static let starts: [Words] = [
    (.oracle, ["Plan hash value:", "PLAN_TABLE_OUTPUT"]),
    (
      .sqlite,
      ["|--SCAN ", "`--SCAN ", "|--SEARCH ", "`--SEARCH ", "|--USE TEMP B-TREE", "`--USE TEMP B-TREE"]
    ),
    (
      .sqlite,
      [
        "|--CO-ROUTINE ", "|--COMPOUND QUERY", "`--COMPOUND QUERY", "|--MATERIALIZE ", "0|0|0|SCAN",
        "0|0|0|SEARCH",
      ]
    ),
    (
      .sqlServer,
      ["<ShowPlanXML", "StmtText", "|--Clustered ", "|--Index Seek(", "|--Index Scan(", "|--Table Scan("]
    ),
    (
      .sqlServer,
      ["|--Nested Loops(", "|--Hash Match(", "|--Merge Join(", "|--Compute Scalar(", "|--Stream Aggregate("]
    ),
    (
      .sqlServer,
      ["|--Sort(", "|--Filter(", "|--Top(", "|--Parallelism(", "|--Concatenation", "|--Key Lookup("]
    ),
    (.cockroachDB, ["distribution: local", "distribution: full", "distribution: partial"]),
    (
      .cockroachDB,
      ["• scan", "• filter", "• sort", "• hash join", "• lookup join", "• group", "• render", "• limit"]
    ),
    (.cockroachDB, ["• merge join", "• index join", "• distinct", "• cross join", "• top-k", "• values"]),
    (.spark, ["== Physical Plan ==", "== Parsed Logical Plan ==", "== Optimized Logical Plan =="]),
    (.spark, ["== Analyzed Logical Plan ==", "AdaptiveSparkPlan ", "+- *("]),
    (.duckDB, ["││       Physical Plan"]),
    (.clickHouse, ["ReadFromMergeTree", "ReadFromStorage", "ReadFromSystem", "ReadFromPreparedSource"]),
    (.clickHouse, ["ReadFromMemoryStorage", "ReadFromRemote", "Expression ((", "SettingQuotaAndLimits"]),
    (.snowflake, ["GlobalStats:"]),
    (.db2, ["Access Plan:", "DB2 Universal Database"]),
    (.trino, ["Fragment 0 [", "Fragment 1 ["]), (.redshift, ["XN ", "->  XN ", "-> XN "]),
  ]

  /// What a line has, in any place.
  private static let parts: [Words] = [
    (.mySQL, ["select_type", "possible_keys"]), (.mySQL, ["select_type:"]), (.mySQL, ["\"query_block\""]),
    (.sqlServer, ["<ShowPlanXML"]), (.sqlServer, ["(OBJECT:(["]),
    (.oracle, ["| Id ", "| Operation "]), (.oracle, ["TABLE ACCESS FULL"]),
    (.oracle, ["TABLE ACCESS BY INDEX ROWID"]),
    (.sqlite, ["addr ", "opcode ", "p1 "]),
    (.mongoDB, ["queryPlanner"]), (.mongoDB, ["winningPlan"]),
    (.cockroachDB, ["── • "]),
    (.duckDB, ["│", " Physical Plan "]), (.duckDB, ["Query Profiling Information"]),
    (.duckDB, ["│", " SEQ_SCAN "]), (.duckDB, ["│", " TABLE_SCAN "]), (.duckDB, ["│", " HASH_JOIN "]),
    (.duckDB, ["│", " PROJECTION "]), (.duckDB, ["│", " HASH_GROUP_BY "]),
    (.duckDB, ["│", " UNGROUPED_AGGREGATE "]), (.duckDB, ["│", " PERFECT_HASH_GROUP_BY "]),
    (.snowflake, ["partitionsTotal=", "partitionsAssigned="]), (.snowflake, ["\"GlobalStats\""]),
    (.tiDB, ["estRows", "operator info"]), (.db2, ["EXPLAIN INSTANCE"]),
    (.greenplum, ["(slice", "; segments: "]),
  ]

  /// MySQL's tree has one blank behind its arrow, and operations that PostgreSQL does not know.
  private static func isMySQLStep(_ line: Bytes) -> Bool {
    guard line.hasPrefix("-> "), line.count > 3, line[3] != 0x20 else { return false }
    let step = line.from(3)
    return steps.contains { step.hasPrefix($0) }
  }

  private static let steps: [StaticString] = [
    "Nested loop ", "Table scan on ", "Index lookup on ", "Index scan on ", "Index range scan on ",
    "Single-row ", "Covering index ", "Filter: ", "Sort: ", "Sort row IDs: ", "Limit: ", "Limit/Offset: ",
    "Aggregate: ", "Group aggregate: ", "Aggregate using temporary table", "Inner hash join",
    "Left hash join",
    "Hash semijoin", "Hash antijoin", "Stream results", "Rows fetched before execution", "Zero rows",
    "Select #",
    "Temporary table", "Materialize CTE ", "Materialize with ", "Materialize union ",
    "Materialize recursive ",
    "Remove duplicate", "Window aggregate", "Delete from ",
    "Full-text index search", "Intersect rows ", "Deduplicate rows ", "Multi-range index lookup",
    "Insert into ",
    "Count rows in ", "Weedout", "Union all materialize", "Union materialize",
  ]
}
