import ArgumentParser
import Diagnosis

/// Where the report goes and how much is said beside it.
struct OutputOptions: ParsableArguments {
  @Option(name: [.short, .long], help: "Write the report to a file; '-' is stdout, the default.")
  var output: String?

  @Flag(help: "Replace the file even when it is no report of this statement.")
  var force = false

  @Option(help: "Exit with 3 when a finding is at least this severe: low, moderate, high, critical.")
  var failOn: FailOn?

  @Flag(help: "Print minor findings too.")
  var all = false

  @Option(help: "Color on the terminal: auto, always, never. NO_COLOR is honoured.")
  var color: ColorChoice = .auto

  @Flag(name: [.short, .long], help: "No progress and no summary.")
  var quiet = false

  @Flag(name: [.short, .long], help: Self.verboseHelp)
  var verbose = false

  /// Of every command that connects.
  static let verboseHelp: ArgumentHelp =
    "Log every statement that is sent, with its time; those of one round trip have one."

  mutating func validate() {
    if output == "-" { output = nil }
  }
}

/// A severity from which on a run fails.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
  case low, moderate, high, critical

  /// The least rank that fails.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
