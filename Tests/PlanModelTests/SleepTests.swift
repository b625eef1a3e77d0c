import Foundation
import PlanModel
import PlanReading
import Testing

/// Time that is known because it was slept: sums would agree with a wrong payer or a wrong number of processes.
@Suite(.serialized) struct SleepTests {
  @Test(arguments: SleepCase.all)
  func blamesTheNodesThatSlept(_ sleepCase: SleepCase) async throws {
    var faults: [String] = []
    // A machine that is busy with other things delays any node; wrong arithmetic is wrong every time.
    for _ in 1...3 {
      let live = try await LiveServer.shared.explain(sleepCase.query, verbose: sleepCase.isVerbose)
      let run = SleepRun(sleepCase, plan: try PlanReader.read(live.text).plan)
      try expectTheSameOfEverySpelling(live, run)
      faults = run.faults
      if faults.isEmpty { return }
      faults.append(live.text)
    }
    Issue.record("\(faults.joined(separator: "\n"))")
  }

  /// `PLANDX_SLEEPS=<seed>:<count>` tries others.
  @Test func blamesNothingButTheSleepsOfRandomStatements() async throws {
    let plan = (ProcessInfo.processInfo.environment["PLANDX_SLEEPS"] ?? "15:40").split(separator: ":")
    var sleeps = RandomSleeps(seed: UInt64(plan[0]) ?? 15)
    for number in 0..<(Int(plan[1]) ?? 40) {
      let query = LiveQuery("random \(number)", sleeps.next())
      var fault: String?
      for _ in 1...3 {
        let text = try await LiveServer.shared.explain(query, verbose: number % 4 == 3).text
        fault = Self.fault(of: try PlanReader.read(text).plan).map { "\($0)\n\(query.sql)\n\(text)" }
        if fault == nil { break }
      }
      #expect(fault == nil, "\(fault ?? "")")
    }
  }

  private static func fault(of plan: ExplainedPlan) -> String? {
    let timings = PlanTimings(plan)
    let busy = plan.nodes.indices.filter {
      plan.nodes[$0].relation?.name != "pg_sleep"
        && timings.nodes[$0].ownTime ?? 0 > Double(RandomSleeps.length) / 2
    }
    let sum = timings.accountedFor ?? 0
    let faults = busy.map { "\(plan.nodes[$0].label) has \(timings.nodes[$0].ownTime ?? 0) ms" }
    return faults.first ?? (abs(sum - 1) < 0.02 ? nil : "\(sum * 100)% accounted for")
  }

  private func expectTheSameOfEverySpelling(_ live: LivePlan, _ run: SleepRun) throws {
    for spelling in ReleaseSpelling.all {
      let text = spelling.rewrite(live.text)
      #expect(
        PlanTimings(try PlanReader.read(text).plan) == run.timings, "release \(spelling.release): \(text)")
    }
    let json = PlanTimings(try PlanReader.read(live.json).plan)
    #expect(json.nodes.map(\.ownTime) == run.timings.nodes.map(\.ownTime))
    #expect(json.nodes.map(\.ranIn) == run.timings.nodes.map(\.ranIn))
  }
}

/// One execution of a statement that sleeps, and where its times are not what the sleeps make them.
struct SleepRun {
  var sleepCase: SleepCase
  var plan: ExplainedPlan
  var timings: PlanTimings

  init(_ sleepCase: SleepCase, plan: ExplainedPlan) {
    self.sleepCase = sleepCase
    self.plan = plan
    timings = PlanTimings(plan)
  }

  /// Milliseconds for which a node may be busy, or its process kept waiting, that does not sleep.
  private static let busy = 60.0

  var faults: [String] {
    sleepCase.sleeps.keys.filter { nodes($0).isEmpty }.map { "no \($0)" } + labels.flatMap(faultsOfTime)
      + sleepCase.ranIn.flatMap { faultsOfProcesses($0.key, $0.value) } + faultsOfSum + faultsOfExecution
  }

  private var labels: Set<String> { Set(plan.nodes.map(\.label)) }

  private func nodes(_ label: String) -> [Int] { plan.nodes.indices.filter { plan.nodes[$0].label == label } }

  /// A sleep is the least that a node takes. Processes that share it sleep side by side, but for one that
  /// builds a bitmap while the others wait.
  private func faultsOfTime(_ label: String) -> [String] {
    let nodes = nodes(label)
    let own = nodes.reduce(0) { $0 + (timings.nodes[$1].ownTime ?? 0) }
    let processes = nodes.map { timings.nodes[$0].processes }.max() ?? 1
    let isBitmap = label.hasPrefix("Bitmap Index Scan")
    let slept = (sleepCase.sleeps[label] ?? 0) / (isBitmap ? 1 : processes)
    // A process that starts late waits less for a bitmap; nodes that share a SubPlan are charged its average.
    let isAverage = isBitmap || nodes.contains { timings.nodes[$0].certainty == .inferred && processes == 1 }
    let least = isAverage ? 0.8 * slept : 0.97 * slept
    let most = 1.3 * slept + Self.busy * nodes.reduce(0) { $0 + startsOfWorkers($1) }
    return own >= least - 0.001 && own < most ? [] : ["\(label): \(own) ms, not \(least) to \(most)"]
  }

  /// A Gather starts workers every time that it runs, and waits for the slowest.
  private func startsOfWorkers(_ node: Int) -> Double {
    plan.nodes[node].type.isGather ? 2 * (plan.nodes[node].actual.figures?.loops ?? 0) : 1
  }

  private func faultsOfProcesses(_ label: String, _ expected: Double?) -> [String] {
    nodes(label).filter { timings.nodes[$0].ranIn != expected }.map {
      "\(label): ran in \(timings.nodes[$0].ranIn.map { "\($0)" } ?? "nobody knows how many") processes"
    }
  }

  private var faultsOfSum: [String] {
    let bound = timings.nodes.reduce(0.001) { $0 + 2 * $1.uncertainty }
    let root = timings.rootDuration ?? 0
    let sum = timings.nodes.reduce(0) { $0 + ($1.ownTime ?? 0) } - timings.timeAfterRoot
    let isAfterRoot = timings.timeAfterRoot >= sleepCase.afterRoot
    return (abs(sum - root) <= bound ? [] : ["own times add up to \(sum), the root took \(root) ms"])
      + (isAfterRoot && (sleepCase.afterRoot > 0 || timings.timeAfterRoot == 0)
        ? [] : ["\(timings.timeAfterRoot) ms after the root"])
  }

  private var faultsOfExecution: [String] {
    let never = Set(
      plan.nodes.indices.filter { timings.nodes[$0].isNeverExecuted }.map { plan.nodes[$0].label })
    let timed = plan.nodes.indices.filter {
      timings.nodes[$0].isNeverExecuted && (timings.nodes[$0].ownTime != 0 || timings.nodes[$0].ranIn != 0)
    }
    return (sleepCase.neverExecuted.isSubset(of: never) ? [] : ["never executed: \(never.sorted())"])
      + timed.map { "\(plan.nodes[$0].label) was never executed, and has a time" }
  }
}
