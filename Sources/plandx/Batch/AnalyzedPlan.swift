import Diagnosis
import LogReading
import PlanModel
import PlanReading
import Statements

/// All that a line of output, or a row of the table, is made of.
struct AnalyzedPlan: Sendable {
  let offset: Int
  let origin: LogOrigin
  /// Milliseconds by the log.
  let duration: Double?
  let planningTime: Double?
  let executionTime: Double?
  let format: PlanFormat
  let nodeCount: Int
  let shape: String
  let queryIdentifier: String?
  let fingerprint: String?
  let statement: String?
  let parameters: String?
  let findings: [BatchFinding]

  init(
    offset: Int, origin: LogOrigin, duration: Double?, plan: ExplainedPlan, format: PlanFormat,
    digest: StatementDigest?, statement: String?, parameters: String?, findings: [RankedFinding]
  ) {
    self.offset = offset
    self.origin = origin
    self.duration = duration
    self.format = format
    self.statement = statement
    self.parameters = parameters
    planningTime = plan.planningTime
    executionTime = plan.executionTime
    nodeCount = plan.nodes.count
    shape = plan.shape
    queryIdentifier = plan.queryIdentifier ?? origin.queryIdentifier
    fingerprint = digest.map { $0.fingerprint ?? StableHash($0.text).hexadecimal }
    self.findings = findings.map { BatchFinding($0, in: plan) }
  }

  /// The same for all plans of one shape.
  var shapeHash: StableHash { StableHash(shape) }
  var planIdentifier: String { shapeHash.hexadecimal }

  /// Milliseconds that the statement took, by what tells it best; `nil` for a plan that was not run.
  var time: Double? { duration ?? executionTime }
}

/// A finding in short.
struct BatchFinding: Sendable {
  let rule: String
  let severity: Severity
  let title: String
  /// `nil` without node times.
  let milliseconds: Double?
  /// 0 to 1.
  let share: Double
  let nodes: [String]

  init(_ ranked: RankedFinding, in plan: ExplainedPlan) {
    rule = ranked.finding.rule.text
    severity = ranked.severity
    title = ranked.finding.title
    milliseconds = ranked.finding.impact.milliseconds
    share = ranked.finding.impact.share
    nodes = ranked.finding.blamedNodes.map { plan.nodes[$0].label }
  }
}

/// A hash that is the same in every run and on every machine: FNV-1a of 64 bits.
struct StableHash {
  let value: UInt64

  init(_ text: String) {
    value = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// 16 digits.
  var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
