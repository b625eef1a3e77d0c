import Catalog
import Diagnosis
import PlanModel
import Postgres
import SQLNames
import Statements

/// The statements that collect the evidence of a plan, for a reader who must run them elsewhere: one script for
/// `psql -At`, whose output ``CollectedEvidence`` reads.
///
/// The questions are those of a live run. Each answer is one line of JSON that names its question; a question
/// that is refused has no line, and the others are answered all the same.
public struct EvidenceSQL: Sendable {
  private let queries: CatalogQueries
  private let jobs: [CountingJob]
  private let budget: EvidenceBudget

  /// The version of the output's form.
  static let version = 1

  /// Evidence SQL for the tables that a plan reads, and the functions of its statement.
  public init(
    for plan: ExplainedPlan, statement: AdmittedStatement? = nil, engine: EngineProfile = .postgres
  ) {
    let conditions = PlanConditions(plan)
    queries = CatalogQueries(
      for: plan, conditions, calling: statement?.calls, engine: engine, version: CatalogQueries.oldestWithAll)
    jobs = PlanTables(plan).names.isEmpty ? [] : CollectedJobs(plan, conditions, engine).jobs
    budget = EvidenceBudget(executionTime: plan.executionTime)
    hasTables = !PlanTables(plan).names.isEmpty
  }

  /// Evidence SQL for the tables of a statement whose plan is not known: of those, rows alone are counted.
  public init(for statement: AdmittedStatement, engine: EngineProfile = .postgres) {
    let tables = statement.shape.tables.filter { $0.kind == .table }.map(\.qualifiedName)
    let names = tables.reduce(into: [QualifiedName]()) { if !$0.contains($1) { $0.append($1) } }
    queries = CatalogQueries(
      tables: names, testedColumns: Set(statement.shape.columns.map(\.column.name)),
      functions: Set(statement.calls.functions.map(\.name)), engine: engine)
    jobs = []
    budget = EvidenceBudget(executionTime: nil)
    hasTables = !names.isEmpty
  }

  private let hasTables: Bool

  /// One script, ready for psql; `nil` when no table is read.
  public var text: String? {
    guard hasTables else { return nil }
    let catalog = queries.questions.compactMap { question in
      question.forms.first.map { Self.answer(question.topic.rawValue, $0.sql) }
    }
    let counts = jobs.map { Self.answer($0.key, $0.statement) }
    let all = limits("10s", isReadOnly: true) + [Self.answer("server", server)] + catalog
    let scans = counts.isEmpty ? [] : limits("\(Int(budget.seconds))s") + counts
    return ([Self.head] + (all + scans).map { $0.text + ";" }).joined(separator: "\n\n")
  }

  private static let head = """
    -- Reads only. Run it by psql -At with this script on stdin or behind -f, and give the output to
    -- plandx offline PLAN --stats OUTPUT.
    """

  /// Not for an engine that lets no such settings be set.
  private func limits(_ limit: String, isReadOnly: Bool = false) -> [SafeSQL] {
    guard queries.engine.keepsTimeoutsInServer else { return [] }
    let reading: [SafeSQL] = ["SET default_transaction_read_only = on", "SET lock_timeout = '5s'"]
    return (isReadOnly ? reading : []) + ["SET statement_timeout = \(SQLLiteral(limit))"]
  }

  private var server: SafeSQL {
    """
    SELECT version() AS version, current_setting('server_version_num') AS version_number,
      current_database() AS database, current_user AS role
    """
  }

  /// A line break in JSON's own text is never part of a value.
  private static func answer(_ topic: String, _ sql: SafeSQL) -> SafeSQL {
    """
    SELECT replace(json_build_object('plandx_evidence', \(version), 'topic', \(SQLLiteral(topic)),
      'rows', (SELECT json_agg(q) FROM (
    \(sql)
    ) AS q))::text, chr(10), '')
    """
  }
}

/// The scans of user tables that a plan alone tells: what the catalog would say of their sizes and types is not
/// known yet.
struct CollectedJobs {
  let jobs: [CountingJob]

  init(_ plan: ExplainedPlan, _ conditions: PlanConditions, _ engine: EngineProfile) {
    let foreign = Set(
      plan.nodes.filter { $0.type.name == "Foreign Scan" }.compactMap { $0.relation.map(QualifiedName.init) })
    let suspected = SuspectedColumns(plan, conditions)
    let tables = PlanTables(plan).names.filter { !foreign.contains($0) }
    let passes = tables.map { table -> CountingJob in
      var pass = CountingPass(table, plan: plan, conditions: conditions)
      if engine.countsDistinctInPass { pass.distinct = suspected.distinct[table] ?? [] }
      return .pass(pass)
    }
    let values = tables.flatMap { table -> [CountingJob] in
      let distinct = engine.countsDistinctInPass ? [] : suspected.distinct[table] ?? []
      return (suspected.frequent[table] ?? []).map {
        .values(ValueCount(table: table, columns: [$0], listsValues: true))
      } + distinct.map { .values(ValueCount(table: table, columns: $0, listsValues: false)) }
    }
    jobs = passes + values
  }
}

extension CountingJob {
  /// The scan's name in collected evidence.
  var key: String {
    switch self {
    case .pass(let pass): "rows of \(pass.table.quoted)"
    case .values(let values):
      "\(values.listsValues ? "values" : "distinct values") of \(values.table.quoted): \(values.columns.joined(separator: ", "))"
    }
  }

  var statement: SafeSQL {
    switch self {
    case .pass(let pass): pass.statement
    case .values(let values): values.statement
    }
  }

  /// How many columns its answer has.
  var width: Int {
    switch self {
    case .pass(let pass): 1 + pass.conjunctions.count + pass.distinct.count
    case .values(let values): values.listsValues ? 3 : 1
    }
  }

  func read(_ rows: Rows) -> CountedFacts {
    switch self {
    case .pass(let pass): pass.read(rows)
    case .values(let values): values.read(rows)
    }
  }

  func gap(_ reason: String) -> EvidenceGap {
    switch self {
    case .pass(let pass): pass.gap(reason)
    case .values(let values): values.gap(reason)
    }
  }

  var table: QualifiedName {
    switch self {
    case .pass(let pass): pass.table
    case .values(let values): values.table
    }
  }
}
