import Catalog
import Postgres
import Statements

/// What follows the capture: the plan decides which of these are sent, and how often.
extension DryRun {
  var evidence: [Step] {
    switch options.evidence {
    case .none: []
    case .catalog: [catalogEvidence] + history
    case .full: [catalogEvidence] + history + [counts]
    }
  }

  private var catalogEvidence: Step {
    let statements = CatalogEvidence.statements(.dry(request.engine)).map { Statement($0.text) }
    return Step(
      purpose:
        "What the catalogs say about the tables of the plan; one by one, and without pg_stat_all_tables and pg_stats, where the role may not read them.",
      budget: "10 s each", transactions: [transaction(request.questions, statements)])
  }

  private var history: [Step] {
    guard !request.engine.missingCatalogs.contains("pg_stat_statements") else { return [] }
    let query = HistoryQuery.statement(
      view: "<schema of the extension>.pg_stat_statements", time: "<exec_time, or time before PostgreSQL 13>",
      since: "<since when it counts>", condition: "<s.queryid = the Query Identifier of the plan>")
    return [
      Step(
        purpose:
          "Earlier executions of the statement, where the database has the extension pg_stat_statements.",
        budget: "10 s",
        transactions: [
          transaction(request.questions, [FunctionQueries.catalogSettings, query].map { Statement($0.text) })
        ])
    ]
  }

  private var counts: Step {
    let most = TransactionSettings(
      statementTimeout: .seconds(EvidenceBudget.most), settings: request.settings, engine: request.engine)
    let pass = CountingPass.statement(
      counts: [
        "count(*)<, count(*) FILTER (WHERE …) for each condition of the plan on the table and for them together>"
      ],
      source: options.scans.countsAll ? "<ONLY the table>" : "<ONLY the table, sampled above 50 million rows>"
    )
    let values = [
      ValueCount.listing("<column>", "<the table>"), ValueCount.counting("<columns>", "<the table>"),
    ]
    return Step(
      purpose:
        "Rows of each table that the plan reads, one scan for each; again without or with single conditions where one of them cannot be evaluated on every row. Then, one scan for each, columns by which nodes join, group or filter whose rows are 2 times or more from their estimate: their distinct values, and the \(ValueCount.listed) most frequent ones. On up to \(options.scans.connections) connections (--connections), fewer where the tables are small.",
      budget:
        "twice the captured execution time for all, at least \(Self.seconds(EvidenceBudget.floor)), at most \(Self.seconds(EvidenceBudget.most)); statement_timeout is what is left of it",
      transactions: ([pass] + values).map { transaction(most, [request.bound($0)]) })
  }

  var experiments: [Step] { (options.skipsExperiments ? [] : [trials]) + [confirmation] }

  private var trials: Step {
    let form = ExplainForm(request.engine, analyze: true)
    let variants = [.baseline, .mergeJoinOnly, .hashJoinOnly, .someWorkMem, VariantPlan.someSettings]
    let untimed = request.engine.explainOptions == nil ? [] : [ExplainForm.untimed]
    let runs = variants.map { (form, $0.settings) } + untimed.map { ($0, []) }
    let limit = Duration.seconds(ExperimentBudget.longestCapture)
    return Step(
      purpose:
        "Trials, none when the capture took longer than \(Self.seconds(options.experimentLimit)): the query as it is, once with a clock at every node and once without; Merge Join Only where the plan joins, Hash Join Only, work_mem and other settings where findings ask for them. A variant that looks faster is run twice.",
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

  /// Names and values come from findings.
  fileprivate static let someSettings = VariantPlan(
    name: "settings",
    settings: [.init("<a setting that a finding advises>", "<its value>")])
}
