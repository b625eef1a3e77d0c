import Catalog
import Diagnosis
import PlanModel
import Statements

/// Everything that one report says, before it has a form.
public struct DiagnosticReport: Sendable, Equatable {
  /// What was asked about, and what was run.
  public var statement: ReportedStatement
  /// The captured plan.
  public var plan: ExplainedPlan
  /// The plan exactly as captured or pasted.
  public var planText: String
  /// How the plan was obtained.
  public var capture: CaptureMode
  /// The engine that the plan comes from.
  public var engine: EngineProfile
  /// The server that answered; `nil` offline.
  public var server: ServerIdentity?
  /// The findings in printed order.
  public var findings: RankedFindings
  /// GUC experiments, or why there were none.
  public var experiments: ExperimentSection
  /// What was learnt about the tables.
  public var evidence: EvidenceBook
  /// Whether the number of result rows was checked; bears on impossible diagnostics only.
  public var resultCount: ResultCount
  /// Statements that would collect what is missing; `nil` where nothing is.
  public var evidenceSQL: String?
  /// When the plan was captured, as the caller words it.
  public var capturedAt: String?
  /// plandx's own version.
  public var plandxVersion: String
  /// The file that the report is written to; `nil` for stdout.
  public var fileName: String?
  /// As whom and under which settings the plan was made; empty offline.
  public var context: SessionContext
  /// Options by which a later run gets the same plan, as words of a command line; none of a connection.
  public var repeatedOptions: [String]
  /// A plan of the same statement, made at another time, that the captured one is compared with.
  public var pasted: PastedPlan?

  /// A report; see the properties.
  public init(
    statement: ReportedStatement, plan: ExplainedPlan, planText: String, capture: CaptureMode,
    engine: EngineProfile, server: ServerIdentity? = nil, findings: RankedFindings,
    experiments: ExperimentSection, evidence: EvidenceBook = EvidenceBook(),
    resultCount: ResultCount = .notCounted, evidenceSQL: String? = nil, capturedAt: String? = nil,
    plandxVersion: String, fileName: String? = nil, context: SessionContext = SessionContext(),
    repeatedOptions: [String] = [], pasted: PastedPlan? = nil
  ) {
    self.statement = statement
    self.plan = plan
    self.planText = planText
    self.capture = capture
    self.engine = engine
    self.server = server
    self.findings = findings
    self.experiments = experiments
    self.evidence = evidence
    self.resultCount = resultCount
    self.evidenceSQL = evidenceSQL
    self.capturedAt = capturedAt
    self.plandxVersion = plandxVersion
    self.fileName = fileName
    self.context = context
    self.repeatedOptions = repeatedOptions
    self.pasted = pasted
  }

  /// Planner settings that differ from the built-in default: as the plan prints them, else from the catalog.
  public var changedSettings: [PlanProperty] {
    let printed = Set(plan.settings.map(\.key.name))
    let others = evidence.settings.filter { !$0.isDefault && !printed.contains($0.name) }
    return plan.settings + others.map { PlanProperty(PropertyKey($0.name), $0.label) }
  }
}

/// A plan that somebody pasted beside a live capture.
public struct PastedPlan: Sendable, Equatable {
  /// The plan.
  public var plan: ExplainedPlan
  /// As pasted, without what stood around it.
  public var text: String
  /// What a reader should know about the paste: where it stops, what was left out.
  public var notes: [String]

  /// A pasted plan.
  public init(plan: ExplainedPlan, text: String, notes: [String] = []) {
    self.plan = plan
    self.text = text
    self.notes = notes
  }
}

/// The statement of a report.
public struct ReportedStatement: Sendable, Equatable {
  /// The user's own text; `nil` for a plan that came without its statement.
  public var original: String?
  /// The SELECT that was explained, where it differs from ``original``.
  public var ran: String?
  /// What the user's statement is.
  public var kind: Kind
  /// Sentences on how the statement was treated: a dropped `FOR UPDATE`, how the rewrite compares.
  public var notes: [String]
  /// The values of its parameters, by number.
  public var parameters: [ReportedParameter]

  /// What a statement is.
  public enum Kind: String, Sendable, Codable { case select, update, delete }

  /// A statement; see the properties.
  public init(
    original: String?, ran: String? = nil, kind: Kind = .select, notes: [String] = [],
    parameters: [ReportedParameter] = []
  ) {
    self.original = original
    self.ran = ran
    self.kind = kind
    self.notes = notes
    self.parameters = parameters
  }

  /// The SELECT that may be run by hand: never an UPDATE or DELETE; `nil` where it is not known.
  public var admittedSelect: String? { ran ?? (kind == .select ? original : nil) }

  /// ``admittedSelect`` with the parameters' values written into it, as psql takes it.
  var selectWithValues: String? {
    guard let admittedSelect, !parameters.isEmpty else { return admittedSelect }
    return ParameterText.replacing(in: admittedSelect) { number in
      parameters.first { $0.number == number }?.constant
    }
  }
}

/// A parameter of the statement and the value that was bound to it.
public struct ReportedParameter: Sendable, Equatable {
  /// The number behind `$`.
  public var number: Int
  /// In PostgreSQL's text format; `nil` for NULL.
  public var value: String?
  /// The type that the value was given, by its name; `nil` where the server did not say.
  public var type: String?
  /// The server inferred the type from the statement.
  public var isInferred: Bool

  /// A parameter with its value.
  public init(number: Int, value: String?, type: String?, isInferred: Bool) {
    self.number = number
    self.value = value
    self.type = type
    self.isInferred = isInferred
  }

  /// `'open'::text`, `NULL::integer`
  var constant: String {
    (value.map { SQLLiteral($0).quoted } ?? "NULL") + (type.map { "::\($0)" } ?? "")
  }
}

/// How the plan of a report was obtained.
public enum CaptureMode: Sendable, Equatable {
  /// Captured from a live server.
  case live
  /// The run was stopped after so many seconds; the plan is the planner's estimate.
  case timedOut(limit: Double)
  /// Pasted: no database was asked.
  case offline
}

/// Whether the number of rows that the statement returns was counted apart from EXPLAIN.
public enum ResultCount: Sendable, Equatable {
  /// Not counted.
  case notCounted
  /// `count(*)` over the statement.
  case counted(Double)
}
