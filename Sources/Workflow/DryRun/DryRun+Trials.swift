import Catalog
import Postgres
import Statements

/// What follows the capture: the plan decides which of these are sent, and how often.
extension DryRun {
  var evidence: [Step] {
    switch options.evidence {
    case .none: []
    case .catalog: [catalogEvidence]
    case .full: [catalogEvidence, counts]
    }
  }

  private var catalogEvidence: Step {
    let statements = GatherEvidence.catalogStatements(.dry, request.engine)
    return Step(
      purpose: "What the catalogs say about the tables of the plan.", budget: "10 s each",
      transactions: [transaction(request.questions, statements)])
  }

  private var counts: Step {
    let most = TransactionSettings(
      statementTimeout: .seconds(EvidenceBudget.most), settings: request.settings, engine: request.engine)
    let pass = CountingPass.statement(
      counts: [
        "count(*)<, count(*) FILTER (WHERE …) for each condition of the plan on the table and for them together>"
      ],
      source: "<ONLY the table, sampled above 50 million rows>")
    return Step(
      purpose:
        "Rows of each table that the plan reads, one scan for each; again without or with single conditions where one of them cannot be evaluated on every row.",
      budget:
        "twice the captured execution time for all, at least \(Self.seconds(EvidenceBudget.floor)), at most \(Self.seconds(EvidenceBudget.most)); statement_timeout is what is left of it",
      transactions: [transaction(most, [request.bound(pass)])])
  }

  var experiments: [Step] { (options.skipsExperiments ? [] : [trials]) + [confirmation] }

  private var trials: Step {
    let form = ExplainForm(request.engine, analyze: true)
    let variants = [.baseline, .mergeJoinOnly, .hashJoinOnly, VariantPlan.someWorkMem]
    let runs = variants.map { (form, $0.settings) } + [(ExplainForm.untimed, [])]
    let limit = Duration.seconds(ExperimentBudget.longestCapture)
    return Step(
      purpose:
        "Trials, none when the capture took longer than \(Self.seconds(options.experimentLimit)): the query as it is, once with a clock at every node and once without; Merge Join Only where the plan joins, Hash Join Only and work_mem where findings ask for them. A variant that looks faster is run twice.",
      budget:
        "each run 3 times the warm run, at least 1 s, at most 30 s, which statement_timeout keeps; all 10 times the warm run, at least 10 s, at most 120 s",
      transactions: runs.filter { isSettable($0.1) }.map { form, settings in
        transaction(request.transaction(timeout: limit, adding: settings), explained(by: [form], typed))
      })
  }

  /// The capture has told the types by now.
  private var typed: CaptureRequest {
    var typed = request
    typed.parameters = request.parameters.typed(request.parameters.positions.map(BoundParameters.placeholder))
    return typed
  }

  private func isSettable(_ settings: [TransactionSettings.Setting]) -> Bool {
    settings.allSatisfy { request.engine.settableSettings?.contains($0.name) ?? true }
  }

  private var confirmation: Step {
    let limit = Duration.seconds(ExperimentBudget.longestCapture)
    return Step(
      purpose: "Only when EXPLAIN's figures are impossible: whether the number of rows is right.",
      budget: "30 s",
      transactions: [transaction(request.transaction(timeout: limit), [request.counting])])
  }
}

extension VariantPlan {
  /// Sizes come from findings.
  fileprivate static let someWorkMem = VariantPlan(
    name: "work_mem", settings: [.init("work_mem", "<what the plan needed, up to twice that>")])
}

extension FunctionQueries {
  /// The questions of function admission with `<…>` for what only the catalog knows.
  static func dry(for statement: AdmittedStatement) -> [Statement] {
    let queries = FunctionQueries(tables: [], schemas: [])
    let named = statement.shape.tables.filter { $0.kind == .table }
    let known = [resolution(of: named.map(\.qualifiedName)), catalogSettings]
    let asked =
      [queries.definitions, queries.columns(named: []), queries.bodies(of: []), queries.domains(TypeSeeds())]
      + lookups(statement, queries, writing: false)
    return known.map { Statement($0.text) } + asked.map { Statement(withPlaceholders($0)) }
  }

  /// The same for what planning an UPDATE or DELETE looks at besides.
  static func dryForWriting(_ statement: AdmittedStatement) -> [Statement] {
    let queries = FunctionQueries(tables: [], schemas: [])
    let named = statement.shape.tables.filter { $0.kind == .table }
    let known = [resolution(of: named.map(\.qualifiedName)), catalogSettings]
    let asked =
      [queries.writingDefinitions, queries.domains(TypeSeeds())]
      + lookups(statement, queries, writing: true)
    return known.map { Statement($0.text) } + asked.map { Statement(withPlaceholders($0)) }
  }

  private static func lookups(
    _ statement: AdmittedStatement, _ queries: FunctionQueries, writing: Bool
  ) -> [SafeSQL] {
    FunctionLookup.statements([FunctionCaller(path: nil, calls: statement.calls)], queries, writing: writing)
  }

  private static func withPlaceholders(_ sql: SafeSQL) -> String {
    sql.text.replacing(/ARRAY\[[^\]]*\]::oid\[\]/, with: "ARRAY[<OIDs of the tables>]::oid[]")
      .replacing(/ARRAY\[[^\]]*\]::text\[\]/, with: "ARRAY[<names>]::text[]")
  }
}
