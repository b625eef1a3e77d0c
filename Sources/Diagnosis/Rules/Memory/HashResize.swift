import Catalog
import PlanModel

/// Finds hash tables that had to grow while they were built, because too few rows were expected.
///
/// ## Why it matters
/// A table that was made for a few rows is enlarged several times, and every row in it is linked anew. Above
/// all it shows that the planner hashed a side that it took for small.
///
/// ## Formula
/// A Hash in one batch whose buckets are more than they originally were, and whose input brought at least five
/// times the rows expected. Impact is the own time of the Hash.
///
/// ## Thresholds
/// - any growth of the buckets (plan-math.md, "Derived measures")
/// - 5x: from there on a misestimate is significant (plan-math.md, "Estimation error")
/// - impact at least 5%: from there on a finding is MODERATE (report.md, "Severity")
///
/// ## Silent when
/// The buckets are as planned, the estimate was off by less than five times, or the Hash took under 5%.
///
/// ## Remedies
/// None of its own: it is a consequence of the estimate of its input, and other rules say why that is wrong.
///
/// ## Known limits
/// A table that grew into several batches is looked at by HashBatches.
public struct HashResize: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "HashResize"
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every hash table that was built.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    return .examined(query.plan.nodes.indices.compactMap { finding(of: $0, in: query) })
  }

  private func finding(of node: Int, in query: DiagnosticCase) -> Finding? {
    guard let hash = query.plan.nodes[node].hash, query.plan.nodes[node].type.name == "Hash",
      let buckets = hash.buckets, let planned = hash.originalBuckets, buckets > planned,
      (hash.batches ?? 1) <= 1, let input = query.inputs(of: node).first,
      let estimate = query.underestimate(of: input)
    else { return nil }
    let impact = query.impact(ofOwnTimeOf: [node])
    guard impact.share >= Self.leastShare else { return nil }
    return Finding(
      rule: Self.name,
      title:
        "The hash table of \(query.label(of: input)) was made for \(Words.ratio(query.error(of: input))) fewer rows",
      blamedNodes: [node], impact: impact,
      observations: [
        "It grew from \(Words.count(planned)) to \(Words.count(buckets)) buckets while it was built."
      ],
      comparisons: [
        Comparison("Rows per loop", estimated: query.planRows(of: input), actual: query.rows(of: input))
      ],
      measurements: [
        Measurement("buckets", buckets, source: "Buckets"),
        Measurement("buckets planned", planned, source: "Buckets … originally"),
      ],
      cause: Cause(
        ["The planner sizes the table by the rows that it expects."], basis: .inferredFromPlan,
        falsifier: "with a right estimate of its input the table still grows"),
      noRemedy:
        "Nothing is advised for the hash table: the estimate of its input is what misled the planner.",
      explainedBy: estimate, key: ProblemKey(Self.name, "\(node)"))
  }
}
