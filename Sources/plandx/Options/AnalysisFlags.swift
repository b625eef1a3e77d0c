import ArgumentParser
import Catalog
import Postgres
import Statements
import Workflow

/// How far an analysis may go, and as whom.
struct AnalysisFlags: ParsableArguments {
  @Option(help: "How much evidence: full, catalog (no scan of user tables), none.")
  var evidence: EvidenceLevel = .full

  @Flag(help: "Count tables of over 50 million rows too, instead of sampling them or leaving them out.")
  var exactCounts = false

  @Option(
    help: ArgumentHelp(
      "Connections on which tables are counted at the same time, this one included; 1 behind a pooler.",
      valueName: "n"))
  var connections = 4

  @Flag(help: "Run no experiment.")
  var noExperiments = false

  @Option(help: "Run no experiment when the statement took longer than this many seconds (at most 30).")
  var experimentLimit = ExperimentBudget.longestCapture

  @Option(help: "Stop the statement after this many seconds.")
  var timeout = 300.0

  @Option(
    help: """
      Vouch for a function that is not on the list of harmless ones, for all its overloads: NAME in every \
      schema, SCHEMA.NAME in that one; quoted as in SQL (repeatable).
      """)
  var allowFunction: [FunctionNameArgument] = []

  @Option(
    name: .customLong("param"),
    help: ArgumentHelp(
      "The value of $N, as N=VALUE or N=VALUE:TYPE (repeatable). It is bound, never written into the statement.",
      discussion: """
        The type is what follows the last colon, where that can be the name of a type; without one the \
        server infers it. A colon at the end says that there is none: 1=urn:isbn: is the value urn:isbn. \
        1=NULL is NULL, 1= the empty string, 1=NULL: the text NULL.
        """, valueName: "N=VALUE[:TYPE]"))
  var parameters: [String] = []

  @Flag(help: "Show the generic plan of a statement with parameters, and run all trials with it.")
  var genericPlan = false

  @Option(help: "Act as this role (SET ROLE).")
  var role: String?

  @Option(help: "The application's search_path.")
  var searchPath: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "A setting of the application's session (repeatable): planner, memory, parallel plans, formats, or its own.",
      valueName: "NAME=VALUE"))
  var settings: [String] = []

  @Flag(help: "Print every statement that would be sent, with its budget, and send none.")
  var dryRun = false

  /// Seconds: the largest whole number of them that `statement_timeout` takes.
  private static let longestTimeout = 2_147_483.0

  func validate() throws {
    guard experimentLimit > 0, experimentLimit <= ExperimentBudget.longestCapture else {
      throw ValidationError(
        "--experiment-limit takes seconds from above 0 to 30: it may lower the rule, not raise it")
    }
    guard (1...16).contains(connections) else {
      throw ValidationError("--connections takes 1 to 16: each of them is a session of the server")
    }
    guard timeout > 0, timeout <= Self.longestTimeout else {
      throw ValidationError(
        "--timeout takes seconds above 0, at most 2147483: the server counts milliseconds in 31 bits")
    }
    _ = try settings.map(SettingOption.init)
    let numbers = try parameters.map(ParameterOption.init).map(\.number)
    if let twice = numbers.first(where: { number in numbers.count { $0 == number } > 1 }) {
      throw ValidationError("--param \(twice) is given more than once: $\(twice) has one value")
    }
  }

  /// The values of the statement's parameters.
  var boundParameters: BoundParameters {
    ParameterOption.bound(parameters.compactMap { try? ParameterOption($0) })
  }

  /// What makes the session the application's. The role comes last: it may not be allowed to set the others.
  var sessionSettings: [TransactionSettings.Setting] {
    let given = settings.compactMap { try? SettingOption($0).setting }
    let path = searchPath.map { [TransactionSettings.Setting("search_path", $0)] } ?? []
    let role = role.map { [TransactionSettings.Setting("role", $0)] } ?? []
    return path + given + role
  }

  /// Which plan of a statement with parameters is wanted.
  var planKind: PlanKind { genericPlan ? .generic : .custom }

  /// What is to be captured on an engine.
  func request(_ statement: AdmittedStatement, _ engine: EngineProfile) -> CaptureRequest {
    CaptureRequest(
      statement: statement, engine: engine, timeout: .seconds(timeout), settings: sessionSettings,
      parameters: boundParameters, planKind: planKind)
  }

  /// The options by which a later run gets the same plan, as they stand on a command line.
  var repeatedOptions: [String] {
    parameters.flatMap { ["--param", $0] } + (genericPlan ? ["--generic-plan"] : [])
      + (role.map { ["--role", $0] } ?? []) + (searchPath.map { ["--search-path", $0] } ?? [])
      + settings.compactMap { try? SettingOption($0).repeated }.flatMap { ["--set", $0] }
  }

  /// The workflow's options.
  func options(showingAll: Bool) -> AnalysisOptions {
    var options = AnalysisOptions()
    options.evidence = evidence
    options.scans.countsAll = exactCounts
    options.scans.connections = connections
    options.experimentLimit = experimentLimit
    options.skipsExperiments = noExperiments
    options.showsAll = showingAll
    return options
  }
}

extension EvidenceLevel: ExpressibleByArgument {}

/// A function's name as `--allow-function` takes it.
struct FunctionNameArgument: ExpressibleByArgument {
  let name: QualifiedName

  init?(argument: String) {
    guard let name = QualifiedName(functionName: argument) else { return nil }
    self.name = name
  }
}
