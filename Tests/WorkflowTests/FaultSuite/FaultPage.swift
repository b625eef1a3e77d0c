import Foundation

/// A run's results as a page of Markdown: totals first, then every case.
struct FaultPage {
  let results: [FaultResult]
  let selection: FaultSelection

  init(_ results: [FaultResult], of selection: FaultSelection) {
    (self.results, self.selection) = (results, selection)
  }

  /// Cases in which something is wrong.
  private var faults: [FaultResult] { results.filter { !$0.fault.deservesSilence } }
  private var curable: [FaultResult] { faults.filter { !$0.fault.needsRewrite } }
  private var rewrites: [FaultResult] { faults.filter(\.fault.needsRewrite) }
  private var silent: [FaultResult] { results.filter(\.fault.deservesSilence) }

  var medianYield: Double? {
    let yields = results.compactMap(\.yield).sorted()
    return yields.isEmpty ? nil : yields[yields.count / 2]
  }

  var markdown: String {
    """
    # Planted faults\(selection == .heldOut ? ", held out" : "")

    Made by `make faults\(selection == .heldOut ? "-held-out" : "")`: what the analysis said of the databases of
    `Tests/WorkflowTests/PlantedFaults`. A rank is the number of the finding that names the true cause; for two
    faults at a time that of each, or *next* where the smaller one is finding 1 once the larger is cured. Times are
    medians of 5 warm runs in milliseconds: as planted, after pasting what finding 1 advises, and with the best of
    all fixes of the planted kind. Yield = (before − after) / (before − reference).

    \(totals)

    ## Faults

    \(Self.table(curable))

    ## Faults that only another statement cures

    \(Self.table(rewrites))

    ## Databases that deserve silence

    \(Self.table(silent))

    """
  }

  private var totals: String {
    let found = curable.filter(\.findsTheCauseFirst).count
    let foundInRewrites = rewrites.filter(\.findsTheCauseFirst).count
    let doubles = faults.filter { $0.fault.second != nil }
    let ordered = doubles.filter(\.hasTheRightOrder).count
    let yields = results.compactMap(\.yield)
    let curing = yields.filter { $0 >= FaultResult.leastYield }.count
    return """
      | Total | |
      |---|---|
      | True cause in finding 1 | \(found) of \(curable.count) |
      | … where only another statement cures it | \(foundInRewrites) of \(rewrites.count) |
      | Two faults at a time, the larger first | \(ordered) of \(doubles.count) |
      | Yield of pasting finding 1's SQL, least | \(Self.text(yields.min())) |
      | Yield, median | \(Self.text(medianYield)) |
      | Yield of at least \(FaultResult.leastYield) | \(curing) of \(yields.count) |
      | Healthy plans and traps without a recommendation | \(quiet) of \(silent.count) |
      | … of those, with a twin in this run whose fault is found | \(twins.found) of \(twins.all) |
      | Forbidden advice | \(results.filter { !$0.forbidden.isEmpty }.count) |
      | Cases without any complaint | \(results.filter(\.complaints.isEmpty).count) of \(results.count) |
      """
  }

  private var quiet: Int { silent.filter(\.complaints.isEmpty).count }

  /// Healthy cases whose twin was run, and those of them whose twin fires.
  private var twins: (found: Int, all: Int) {
    let byName = Dictionary(results.map { ($0.fault.name, $0) }) { first, _ in first }
    let known = silent.compactMap { $0.fault.twin.flatMap { byName[$0] } }
    return (known.filter(\.findsTheCauseFirst).count, known.count)
  }

  private static let head = """
    | Case | Kind | Cause | Finding 1 | Rank | Before | After | Reference | Yield | Forbidden advice |
    |---|---|---|---|---|---|---|---|---|---|
    """

  private static func table(_ results: [FaultResult]) -> String {
    guard !results.isEmpty else { return "None." }
    return ([head] + results.map { "| \(line(of: $0)) |" }).joined(separator: "\n")
  }

  /// The cells of a case's row.
  static func line(of result: FaultResult) -> String {
    let fault = result.fault
    var ranks = result.rank.map(String.init) ?? "–"
    if fault.second != nil {
      ranks += ", \(result.secondRank.map(String.init) ?? (result.secondIsNext ? "next" : "–"))"
    }
    let causes = [fault.cause, fault.second?.cause].compactMap { $0 }.joined(separator: ", ")
    let cells = [
      fault.name, fault.kind.rawValue, causes, result.first.replacingOccurrences(of: "|", with: "\\|"),
      fault.deservesSilence ? "" : ranks, text(result.before), text(result.after), text(result.reference),
      text(result.yield), result.forbidden.isEmpty ? "" : result.forbidden.joined(separator: "; "),
    ]
    return cells.joined(separator: " | ")
  }

  private static func text(_ figure: Double?) -> String {
    guard let figure else { return "–" }
    return String(format: abs(figure) >= 100 ? "%.0f" : "%.2f", figure)
  }
}
