import Catalog
import PlanModel

/// One cause of wrong row estimates: what the numbers show to be wrong, and what cures it.
protocol EstimateFault: Sendable {
  /// The rule that reports it.
  static var rule: RuleName { get }
  /// What has it: a table, its columns, a function. Misestimates with the same subject are one finding.
  var subject: String { get }
  /// The fault in one line, with the error that it led to: `6.2x`.
  func title(_ error: String) -> String
  /// What shows it, in sentences.
  var observations: [String] { get }
  /// The figures behind them.
  var measurements: [Measurement] { get }
  /// How it is known.
  var basis: Cause.Basis { get }
  /// What would show it to be wrong.
  func falsifier(_ node: String) -> String
  /// What cures it; the expectation is the same for all.
  func remedies(for engine: EngineProfile, _ expectation: ExpectedImpact) -> [Remedy]
  /// Why nothing is advised, where nothing is.
  func noRemedy(for engine: EngineProfile) -> String?
}

extension EstimateFault {
  var rule: RuleName { Self.rule }
  var key: ProblemKey { ProblemKey(Self.rule, subject) }
  var basis: Cause.Basis { .supportedByCatalog }
}

/// A costly misestimate, what is wrong behind it as far as the numbers show, and the arithmetic.
struct DiagnosedEstimate {
  let misestimate: Misestimate
  /// `nil` where no cause is shown.
  let fault: (any EstimateFault)?
  /// The planner's arithmetic beside what was counted, in sentences; empty where nothing is known.
  let arithmetic: [String]

  init(_ misestimate: Misestimate, in query: DiagnosticCase) {
    self.misestimate = misestimate
    if let scan = ScanDiagnosis(misestimate, in: query) {
      (fault, arithmetic) = (scan.fault, scan.sentences)
    } else if let join = JoinDiagnosis(misestimate, in: query) {
      (fault, arithmetic) = (join.fault, join.sentences)
    } else if let groups = GroupDiagnosis(misestimate, in: query) {
      (fault, arithmetic) = (groups.fault, groups.sentences)
    } else {
      (fault, arithmetic) = (OpaqueRows(misestimate, in: query), [])
    }
  }

  /// How the finding that carries the cause is called: its own fault's, else the misestimate's.
  var key: ProblemKey {
    fault?.key ?? ProblemKey(EstimationError.name, "\(misestimate.node)")
  }
}

extension DiagnosticCase {
  /// Misestimates on which something costly rests, each with its cause.
  var diagnosedEstimates: [DiagnosedEstimate] {
    diagnosed.value {
      Misestimate.all(in: self).filter { !$0.costlyNodes.isEmpty }.map { DiagnosedEstimate($0, in: self) }
    }
  }
}
