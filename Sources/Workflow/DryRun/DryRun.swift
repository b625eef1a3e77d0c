import Catalog
import Postgres
import SQLNames
import Statements

/// Every statement that an analysis would send, made by the code that sends them, and sent to nobody.
///
/// What the catalog or the captured plan decides is a template: words in `<…>` stand for what is not known.
public struct DryRun: Sendable {
  /// Statements that are sent together, in their order.
  public struct Step: Sendable {
    /// What they are for, and what decides how often and whether they are sent.
    public var purpose: String
    /// How long each may take, and all together.
    public var budget: String
    /// The transactions, each from BEGIN to ROLLBACK.
    public var transactions: [[Statement]]
  }

  let request: CaptureRequest
  let functions: FunctionAdmission
  let options: AnalysisOptions

  /// The dry run of an analysis.
  public init(_ request: CaptureRequest, functions: FunctionAdmission, options: AnalysisOptions) {
    var request = request
    request.parameters = request.parameters.withPlaceholders
    self.request = request
    self.functions = functions
    self.options = options
  }

  /// All steps in order; those that these options leave out are not among them.
  ///
  /// - Throws: only when the system has no thread left.
  public func steps() async throws(PostgresError) -> [Step] {
    let before = [identification, try await rewriting(), parameterTypes, try await admissionBefore()]
    let captured = [try await fidelity(), try await capture(), otherPlan, contextBehind]
    return (before + captured).compactMap { $0 } + evidence + experiments
  }

  /// A transaction under settings, from BEGIN to ROLLBACK.
  func transaction(_ settings: TransactionSettings, _ statements: [Statement]) -> [Statement] {
    let removed = statements.contains { $0.sql.hasPrefix("PREPARE ") } ? [Self.deallocation] : []
    return settings.opening + statements + ["ROLLBACK"] + removed
  }

  /// In the place of the random name of a prepared statement.
  static let preparedName = PreparedName.prefix + "<random>"

  private static let deallocation = Statement("DEALLOCATE \(preparedName)")

  /// `300 s`, `0.5 s`
  static func seconds(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value)) s" : "\(value) s"
  }

  // MARK: Before the capture

  private var identification: Step {
    let questions = EngineProbe.limits(backend: "<process of the session>") + EngineProbe.statements
    return Step(
      purpose: "How long the server keeps this session when it lies idle, and which server it is.",
      budget: "10 s for all",
      transactions: stride(from: 0, to: questions.count, by: 3).map { Array(questions[$0..<$0 + 3]) })
  }

  private var isRewritten: Bool { request.statement.origin != .select }

  private func rewriting() async throws(PostgresError) -> Step? {
    guard isRewritten, let text = try? StatementText(request.statement.original) else { return nil }
    let preparing = StatementPreparation(engine: request.engine, settings: request.settings)
    let questions = try await Session.recording { session in
      _ = try? await preparing.rewriteForm(of: text, on: session)
    }
    guard !questions.isEmpty else { return nil }
    return Step(
      purpose:
        "What the rewriting depends on: kinds and partitions of the tables, types of the target's columns. The SELECT below is that for ordinary tables.",
      budget: "10 s each", transactions: Self.transactions(Self.withPlaceholders(questions)))
  }

  /// Where an error ends the transaction, admission has one of its own.
  private func admissionBefore() async throws(PostgresError) -> Step? {
    guard !request.engine.hasSavepoints else { return nil }
    return Step(
      purpose: Self.admissionPurpose, budget: "10 s each",
      transactions: [transaction(request.questions, try await admission())])
  }

  private static let admissionPurpose =
    "Whether every function that may be called is harmless. The names are those in the statement and in the views, policies and domains behind it; the question for domains is asked again while new ones are found."

  private func admission() async throws(PostgresError) -> [Statement] {
    try await recorded { transaction in _ = try? await functions.check(request, in: transaction) }
  }

  /// What a body sends inside a transaction.
  private func recorded(_ body: (Transaction) async -> Void) async throws(PostgresError) -> [Statement] {
    let all = try await Session.recording { session in
      try? await session.transaction(request.questions) { transaction throws(PostgresError) in
        await body(transaction)
      }
    }
    return Self.withPlaceholders(Array(all.dropFirst(request.questions.opening.count).dropLast()))
  }

  /// Statements that were written down, each transaction apart.
  private static func transactions(_ recorded: [Statement]) -> [[Statement]] {
    recorded.split { $0.sql.hasPrefix("BEGIN ") }.map { body in
      // What separates is left out by `split`, and is the same for all.
      Array(recorded.prefix(1)) + body
    }
  }

  /// A list that came from an answer is empty here.
  private static func withPlaceholders(_ recorded: [Statement]) -> [Statement] {
    recorded.map { statement in
      var shown = statement
      shown.sql = statement.sql.replacing(/ARRAY\[[^\]]*\]::oid\[\]/, with: "ARRAY[<OIDs>]::oid[]")
        .replacing(/ARRAY\[[^\]]*\]::text\[\]/, with: "ARRAY[<names>]::text[]")
      return shown
    }
  }

  private var parameterTypes: Step? {
    let named = request.parameters.all.compactMap(\.typeName)
    guard !named.isEmpty else { return nil }
    let question = ParameterTypeLookup.question.text
    return Step(
      purpose: "What the named types of parameters are.", budget: "10 s each",
      transactions: named.map { transaction(request.questions, [Statement(question, parameters: [$0])]) })
  }

  // MARK: The capture

  private var budgetOfCapture: String { "\(Self.seconds(request.timeout.inSeconds)) (--timeout)" }

  private func capture() async throws(PostgresError) -> Step {
    let explains = explained(by: [false, true].map { ExplainForm(request.engine, analyze: $0) })
    let admission = isRewritten || !request.engine.hasSavepoints ? [] : try await admission()
    return Step(
      purpose:
        "The capture. \(admission.isEmpty ? "" : Self.admissionPurpose + " ")Plain EXPLAIN; as whom and under which settings the plan is made; EXPLAIN ANALYZE, which alone runs the query. The functions are looked at in the same way at the start of every later transaction that plans the query, which is not repeated here.",
      budget: "\(budgetOfCapture) each, 10 s for what follows SAVEPOINT",
      transactions: [
        transaction(
          request.transaction(timeout: request.timeout),
          admission + explains.dropLast() + (try await contextInside()) + explains.suffix(1))
      ])
  }

  private func contextInside() async throws(PostgresError) -> [Statement] {
    guard request.engine.hasSavepoints else { return [] }
    return try await recorded { transaction in
      _ = try? await transaction.apart(limit: CaptureRequest.limitOfQuestions) {
        transaction throws(PostgresError) in
        try await transaction.queryAll(SessionContextQuery.statements(.dry, request))
      }
    }
  }

  /// EXPLAINs of the SELECT, prepared where the generic plan is wanted.
  func explained(by forms: [ExplainForm], _ request: CaptureRequest? = nil) -> [Statement] {
    let request = request ?? self.request
    return request.dryExplains(request.statement.sql, request.statement.parameters, forms)
  }

  private func fidelity() async throws(PostgresError) -> Step? {
    guard isRewritten else { return nil }
    let objections = try await recorded { transaction in
      _ = try? await functions.objectionToPlanningOriginal(request, in: transaction)
    }
    let admission = request.engine.hasSavepoints ? try await admission() : []
    let statement = request.statement
    let plain = [ExplainForm(request.engine, analyze: false)]
    let own = request.dryExplains(statement.originalFragment, statement.originalParameters, plain)
    let settings = request.transaction(timeout: request.timeout)
    return Step(
      purpose:
        "\(Self.admissionPurpose) Then whether the SELECT has the statement's own plan: plain EXPLAIN of both, which executes nothing, and only where nothing that planning would run is in the way. The SELECT is explained here only where the statement has no index-only scan; where it has one then, they are off in all that follows.",
      budget: "\(budgetOfCapture), 10 s for what follows SAVEPOINT",
      transactions: [
        transaction(settings, admission + objections + own), transaction(settings, explained(by: plain)),
      ])
  }

  private var otherPlan: Step? {
    guard let other = request.forOtherKind else { return nil }
    let explains = explained(by: [ExplainForm(other.engine, analyze: false)], other)
    return Step(
      purpose: "What the \(other.planKind.rawValue) plan would be like: plain EXPLAIN.",
      budget: budgetOfCapture,
      transactions: [transaction(other.transaction(timeout: other.timeout), explains)])
  }

  private var contextBehind: Step? {
    guard !request.engine.hasSavepoints else { return nil }
    let statements = SessionContextQuery.statements(.dry, request)
    return Step(
      purpose: "As whom and under which settings the plan was made.", budget: "10 s each",
      transactions: [transaction(request.transaction(timeout: CaptureRequest.limitOfQuestions), statements)])
  }
}

extension CatalogQueries {
  /// The queries for tables that only the captured plan will tell.
  static let dry = dry(.postgres)

  /// The queries for an engine.
  static func dry(_ engine: EngineProfile) -> CatalogQueries {
    CatalogQueries(
      tablesCalled: "<to_regclass of each table in the plan>", columns: "<columns that the plan tests>",
      functions: "<functions of the statement and of the plan>", engine: engine)
  }
}

extension BoundParameters {
  /// Types that only a session can find are words.
  fileprivate var withPlaceholders: BoundParameters {
    var copy = self
    for index in all.indices where all[index].typeName != nil {
      copy.all[index].type = Self.placeholder(all[index].number)
    }
    return copy
  }

  static func placeholder(_ number: Int) -> ParameterType {
    ParameterType(
      oid: 0, name: QualifiedName(schema: nil, name: "<type of $\(number)>"), label: "")
  }
}

extension CaptureRequest {
  fileprivate func dryExplains(
    _ sql: SQLFragment, _ numbers: [Int], _ forms: [ExplainForm]
  ) -> [Statement] {
    guard planKind == .generic else {
      return forms.map { ExplainableStatement.bound($0, sql, numbers, parameters) }
    }
    let name = PreparedName()
    let head = ExplainableStatement.preparationHead(name, parameters.declaration(mentioning: numbers))
    let execution = ExplainableStatement.execution(
      of: name, arguments: parameters.arguments(of: parameters.positions.map(BoundParameters.placeholder)))
    let texts = forms.map { $0.statement(execution).text }
    let preparation = Statement(Self.shown(head.text, name) + sql.text)
    let question = Statement(
      ExplainableStatement.preparedTypes.text, parameters: [DryRun.preparedName])
    return [preparation, question] + texts.map { Statement(Self.shown($0, name)) }
  }

  /// Names that this program has made up are shown as what they stand for.
  private static func shown(_ text: String, _ name: PreparedName) -> String {
    text.replacing(name.description, with: DryRun.preparedName)
      .replacing("\"<", with: "<").replacing(">\"", with: ">")
  }
}
