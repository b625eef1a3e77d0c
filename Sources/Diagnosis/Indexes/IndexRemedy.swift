import Catalog

/// Words an index proposal as a remedy: what it brings, and what it costs to keep.
struct IndexRemedy {
  let proposal: IndexProposal
  let benefit: IndexBenefit
  let relation: RelationEvidence?

  func remedy(impact: Impact, rationale: String) -> Remedy {
    Remedy(
      .createIndex(proposal), rationale: rationale, caveats: caveats,
      expectation: expectation(impact: impact))
  }

  private var caveats: [String] {
    var caveats: [String] = []
    if benefit.isFounded {
      caveats.append(
        "Size: about \(Words.bytes(benefit.sizeBytes)) (computed from the row count and average key width).")
    }
    if let count = relation?.indexes?.count {
      caveats.append(
        "The table has \(Words.count(Double(count))) \(count == 1 ? "index" : "indexes"); every write to an indexed column maintains one more."
      )
    }
    if !proposal.supersedes.isEmpty {
      caveats.append(
        "It starts with the keys of \(Words.list(proposal.supersedes)), which can be dropped once it is valid and their other uses are checked."
      )
    }
    return caveats
  }

  private func expectation(impact: Impact) -> ExpectedImpact {
    guard benefit.isFounded else {
      return .unknown(
        direction: "less time in this scan",
        missing: "the table's row count, size and indexes (the evidence SQL of this report collects them)")
    }
    let source = """
      the time in the captured plan of what the index replaces; by the planner's cost model it falls from \
      \(Words.count(benefit.costBefore)) to \(Words.count(benefit.costAfter)) cost units; not tried: the \
      index does not exist yet
      """
    return impact.milliseconds.map { .computed(upTo: $0, from: source) }
      ?? .computedCost(upToShare: impact.share, from: source)
  }
}
