import ArgumentParser
import Catalog
import Diagnosis

/// `plandx batch`: many plans, out of logs or files of plans.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch", abstract: "Read many plans out of auto_explain's logs, one line of JSON for each.",
    discussion: """
      Reads what auto_explain logged in any format, in stderr's form with any log_line_prefix, csvlog, \
      jsonlog, from syslog or a cloud's export, compressed by gzip or not, and files of pasted plans. What a \
      file is, its content tells. Constants of statements are replaced by $1, $2, …

      An entry that cannot be read is reported on stderr with its file and its offset in bytes, and skipped. \
      Exit status: 0 done, with or without such entries; 3 --fail-on reached; 65 nothing but such entries; \
      66 a file is missing; 130 interrupted; 141 nobody reads stdout any more.
      """)

  @Argument(help: "Logs and files of plans; - or nothing reads stdin.")
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "Print a table of the N statements that took most time in all, instead of a line for each plan.",
      valueName: "N"))
  var top: Int?

  @Option(help: "Exit with 3 when a finding is at least this severe: low, moderate, high, critical.")
  var failOn: FailOn?

  @Flag(help: "Minor findings too.")
  var all = false

  @Flag(help: "Leave the constants in statements, and print the values of parameters.")
  var literals = false

  @Option(help: "The engine: postgres, dsql (default: as each plan shows).")
  var engine: EngineProfile.Engine?

  @Flag(name: [.short, .long], help: "No totals at the end.")
  var quiet = false

  @Flag(name: [.short, .long], help: "Say of each file what it is and how many plans it holds.")
  var verbose = false

  func validate() throws {
    if let top, top < 1 { throw ValidationError("--top takes a number above 0") }
  }

  mutating func run() throws {
    let files = files.isEmpty ? ["-"] : files
    let analysis = PlanAnalysis(
      engine: engine.map(EngineProfile.profile), showsAll: all, keepsLiterals: literals)
    var run = BatchRun(
      analysis: analysis, table: top.map({ RankedTable(rows: $0) }), failOn: failOn, verbose: verbose)
    for file in files { try run.read(file) }
    try run.finish(quiet: quiet)
  }
}
