import Catalog
import Diagnosis
import PlanModel
import Postgres
import Statements

/// What the catalogs and the statistics views say about the tables of a plan.
struct CatalogEvidence {
  let plan: ExplainedPlan
  let conditions: PlanConditions
  let request: CaptureRequest

  /// Asks the server; what cannot be had becomes a gap.
  ///
  /// - Throws: only when the connection is lost or the run cancelled.
  func gather(on session: Session) async throws(PostgresError) -> EvidenceBook {
    let queries = CatalogQueries(
      for: plan, conditions, calling: request.statement.calls, engine: request.engine,
      version: try await session.serverVersionNumber)
    let answers: CatalogAnswers
    if let together = try await askTogether(queries.questions, on: session) {
      answers = together
    } else {
      answers = try await askApart(queries.questions, on: session)
    }
    var book = answers.book(for: plan, conditions)
    book.gaps += queries.gaps
    if let query = answers.rows[.database]?.first.flatMap(HistoryQuery.init) {
      try await addHistory(query, to: &book, on: session)
    }
    return book
  }

  /// By the identifier of the statement that the application runs, which of an UPDATE is not the SELECT's.
  private func addHistory(
    _ query: HistoryQuery, to book: inout EvidenceBook, on session: Session
  ) async throws(PostgresError) {
    let isOwn = request.statement.origin == .select
    guard let identifier = isOwn ? plan.queryIdentifier : request.originalIdentifier,
      let number = Int(identifier)
    else { return book.gaps.append(Self.noIdentifier(isOwn)) }
    do throws(PostgresError) {
      let rows = try await session.transaction(request.questions) { transaction throws(PostgresError) in
        try await transaction.queryAll(
          (Self.settings(request.engine) + [query.statement(number)]).map { Statement($0.text) })
      }
      let (history, gap) = HistoryQuery.read(rows.last ?? Rows(columns: [], rows: []), identifier)
      book.history = history
      book.gaps += gap.map { [$0] } ?? []
    } catch {
      guard let refusal = Refusal(error) else { throw error }
      book.gaps.append(refusal.gap("earlier executions of the statement (pg_stat_statements)"))
    }
  }

  private static func noIdentifier(_ isOwn: Bool) -> EvidenceGap {
    EvidenceGap(
      missing: "earlier executions of the statement",
      reason: isOwn
        ? "the plan has no Query Identifier: compute_query_id is off"
        : "the statement itself was not planned, and the SELECT in its place has another Query Identifier")
  }

  /// The statements of one round trip.
  static func statements(_ queries: CatalogQueries) -> [SafeSQL] {
    let first = queries.questions.compactMap(\.forms.first).map(\.sql)
    return first.prefix(1) + settings(queries.engine) + first.dropFirst()
  }

  private static func settings(_ engine: EngineProfile) -> [SafeSQL] {
    engine.settableSettings == nil ? [FunctionQueries.catalogSettings] : []
  }

  /// All questions in one transaction and one round trip; `nil` where one of them is refused.
  private func askTogether(
    _ questions: [CatalogQuestion], on session: Session
  ) async throws(PostgresError) -> CatalogAnswers? {
    let settings = Self.settings(request.engine)
    let first = questions.compactMap(\.forms.first).map(\.sql)
    let statements = first.prefix(1) + settings + first.dropFirst()
    do throws(PostgresError) {
      var rows = try await session.transaction(request.questions) { transaction throws(PostgresError) in
        try await transaction.queryAll(statements.map { Statement($0.text) })
      }
      rows.removeSubrange(1..<1 + settings.count)
      return CatalogAnswers(rows: Dictionary(uniqueKeysWithValues: zip(questions.map(\.topic), rows)))
    } catch {
      guard Refusal(error) != nil else { throw error }
      return nil
    }
  }

  /// Each question in a transaction of its own, so that what the role may not read costs no more than itself;
  /// all of them in one round trip, and those that were refused, in their next form, in another.
  private func askApart(
    _ questions: [CatalogQuestion], on session: Session
  ) async throws(PostgresError) -> CatalogAnswers {
    var answers = CatalogAnswers()
    var open = questions.map { (topic: $0.topic, forms: $0.forms[...]) }
    var isRepeated = false
    while !open.isEmpty {
      let results = try await ask(open.map { ($0.topic, $0.forms[$0.forms.startIndex].sql) }, on: session)
      var refused: [(topic: CatalogTopic, forms: ArraySlice<CatalogQuestion.Form>)] = []
      for (question, result) in zip(open, results) {
        switch result {
        case .success(let rows): answers.rows[question.topic] = rows
        case .failure(let error) where PostgresError.server(error).isWorthRepeating && !isRepeated:
          refused.append(question)
        case .failure(let error):
          answers.gaps += question.forms.prefix(1).map {
            EvidenceGap(missing: $0.missing, reason: error.message, query: $0.sql.text + ";")
          }
          refused.append((question.topic, question.forms.dropFirst()))
        }
      }
      open = refused.filter { !$0.forms.isEmpty }
      isRepeated = true
    }
    return answers
  }

  /// Questions in a round trip; of each its rows or the first error of its transaction.
  private func ask(
    _ questions: [(topic: CatalogTopic, sql: SafeSQL)], on session: Session
  ) async throws(PostgresError) -> [Result<Rows, ServerError>] {
    let settings = Self.settings(request.engine)
    let transactions = questions.map { topic, sql -> [Statement] in
      let asked = (topic == .settings ? [] : settings) + [sql]
      return request.questions.opening + asked.map { Statement($0.text) } + ["ROLLBACK"]
    }
    let limit = CaptureRequest.limitOfQuestions * questions.count
    let results = try await session.queryEach(Array(transactions.joined()), timeout: limit)
    var rest = results[...]
    return transactions.map { statements in
      let own = rest.prefix(statements.count)
      rest = rest.dropFirst(statements.count)
      let failed = own.first { if case .failure = $0 { true } else { false } }
      return failed ?? own.dropLast().last ?? .success(Rows(columns: [], rows: []))
    }
  }
}

extension CatalogQueries {
  /// The questions about the tables of a plan and the functions of its statement.
  init(
    for plan: ExplainedPlan, _ conditions: PlanConditions, calling calls: CalledNames?, engine: EngineProfile,
    version: Int
  ) {
    let tables = PlanTables(plan)
    self.init(
      tables: tables.names,
      testedColumns: Set(tables.names.flatMap { tables.testedColumns(of: $0, conditions) }),
      functions: conditions.functionNames.union((calls?.functions ?? []).map(\.name)), engine: engine,
      version: version)
  }
}
