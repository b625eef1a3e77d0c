import ArgumentParser
import Postgres
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

  @Option(help: "Vouch for a function that is not on the list of harmless ones (repeatable).")
  var allowFunction: [String] = []

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
    if let fixed = sessionSettings.first(where: { Self.fixedSettings.contains($0.name.lowercased()) }) {
      throw ValidationError(
        "--set cannot change \(fixed.name): the server must read the statement as plandx does")
    }
  }

  /// What decides where a string in a statement ends.
  private static let fixedSettings: Set<String> = [
    "standard_conforming_strings", "backslash_quote", "client_encoding", "names",
  ]

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
