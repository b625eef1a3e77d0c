import ArgumentParser
import Catalog
import Postgres
import Statements
import Workflow

/// How far an analysis may go, and as whom.
struct AnalysisFlags: ParsableArguments {
  @Option(help: "How much evidence: full, catalog (no scan of user tables), none.")
  var evidence: EvidenceLevel = .full

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

  @Option(help: "Act as this role (SET ROLE).")
  var role: String?

  @Option(help: "The application's search_path.")
  var searchPath: String?

  @Option(name: .customLong("set"), help: "A setting of the application's session, NAME=VALUE (repeatable).")
  var settings: [String] = []

  func validate() throws {
    guard experimentLimit > 0, experimentLimit <= ExperimentBudget.longestCapture else {
      throw ValidationError(
        "--experiment-limit takes seconds from above 0 to 30: it may lower the rule, not raise it")
    }
    guard timeout > 0 else { throw ValidationError("--timeout takes seconds above 0") }
    if let wrong = settings.first(where: { !$0.dropFirst().contains("=") }) {
      throw ValidationError("--set takes NAME=VALUE, not '\(wrong)'")
    }
  }

  /// What makes the session the application's.
  var sessionSettings: [TransactionSettings.Setting] {
    let given = settings.map { pair in
      TransactionSettings.Setting(
        String(pair.prefix { $0 != "=" }), String(pair.drop { $0 != "=" }.dropFirst()))
    }
    let path = searchPath.map { [TransactionSettings.Setting("search_path", $0)] } ?? []
    let role = role.map { [TransactionSettings.Setting("role", $0)] } ?? []
    return path + given + role
  }

  /// The workflow's options.
  func options(showingAll: Bool) -> AnalysisOptions {
    var options = AnalysisOptions()
    options.evidence = evidence
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
