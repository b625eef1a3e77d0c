import Catalog
import PlanModel

/// What the rules about spilling say alike: the cause, and `work_mem` as the remedy.
struct MemoryAdvice {
  /// `sort`, `hash table`, `aggregate`.
  let what: String
  /// What needs the memory: `The rows`, `The groups`.
  let contents: String
  /// Why more memory helps.
  let rationale: String
  /// What else would help where `work_mem` cannot.
  let otherwise: String
  let need: MemoryNeed
  let query: DiagnosticCase

  var cause: Cause {
    let sentence = "\(contents) need about \(Words.bytes(need.bytes)) of memory"
    let falsifier = "with work_mem = \(need.workMemLabel) the \(what) still goes to disk"
    guard let setting = query.bytes(ofSetting: "work_mem") else {
      return Cause(
        ["\(sentence), more than work_mem allowed; its value was not seen."], basis: .inferredFromPlan,
        falsifier: falsifier, check: "SHOW work_mem;")
    }
    return Cause(
      ["\(sentence); work_mem is \(Words.bytes(setting))\(multiplied)."], basis: .supportedByCatalog,
      falsifier: falsifier)
  }

  private var multiplied: String {
    need.allowance > 1 ? ", of which this \(what) may take \(Words.count(need.allowance)) times as much" : ""
  }

  func remedies(impact: Impact, source: String) -> [Remedy] {
    guard query.engine.hasWorkMem, query.fitsCap(need) else { return [] }
    let caveats = [
      "work_mem is a limit for each sort and hash of each process, not for the session: with many sessions at once raise it for this query's sessions or role only."
    ]
    return [
      Remedy(
        .setWorkMem(kilobytes: need.workMemKilobytes), rationale: rationale, caveats: caveats,
        expectation: impact.expectation(from: "\(source); not tried"))
    ]
  }

  var noRemedy: String? {
    guard query.engine.hasWorkMem else {
      return "\(query.engine.name) does not let work_mem be set: \(otherwise)."
    }
    return query.fitsCap(need)
      ? nil
      : "The \(what) needs about \(Words.bytes(need.bytes)): too much to ask of work_mem. \(Words.capitalized(otherwise))."
  }
}

extension Impact {
  /// The whole impact as what a remedy may bring, by arithmetic.
  func expectation(from source: String) -> ExpectedImpact {
    milliseconds.map { .computed(upTo: $0, from: source) } ?? .computedCost(upToShare: share, from: source)
  }
}
