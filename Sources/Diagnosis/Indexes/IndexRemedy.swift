import Catalog
import SQLNames

/// Words an index proposal as a remedy: what it brings, and what it costs to keep.
struct IndexRemedy {
  let proposal: IndexProposal
  let benefit: IndexBenefit
  let relation: RelationEvidence?
  /// Why the planner may not take the index at once; `nil` where nothing speaks against it.
  var notYetUsed: String?

  func remedy(impact: Impact, rationale: String) -> Remedy {
    Remedy(
      .createIndex(proposal), rationale: rationale, caveats: caveats,
      expectation: expectation(impact: impact))
  }

  private var caveats: [String] {
    var caveats: [String] = []
    if benefit.isFounded {
      let whole = benefit.beside.isEmpty ? "" : " for all of them together"
      caveats.append(
        "Size: about \(Words.bytes(benefit.sizeBytes))\(whole) (computed from the row count and average key width)."
      )
    }
    if let count = relation?.indexes?.count {
      caveats.append(
        "The table has \(Words.count(Double(count))) \(count == 1 ? "index" : "indexes"); every write to an indexed column maintains one more."
      )
    }
    caveats += heapOnlyUpdates + stated + [notYetUsed].compactMap(\.self)
    if !proposal.supersedes.isEmpty {
      caveats.append(
        "It starts with the keys of \(Words.list(proposal.supersedes.map { SQLIdentifier($0).quoted })), which can be dropped once it is valid and their other uses are checked."
      )
    }
    return caveats
  }

  /// An UPDATE that changes no indexed column may leave all indexes alone.
  private var heapOnlyUpdates: [String] {
    guard let indexes = relation?.indexes else { return [] }
    let present = Set(indexes.flatMap { $0.keys.map(\.text) + $0.includedColumns })
    let added = (proposal.keys.map(\.text) + proposal.includedColumns).filter { !present.contains($0) }
    guard !added.isEmpty else { return [] }
    return [
      "An UPDATE of \(Words.list(added.map { SQLIdentifier($0).quoted })) can then no longer be a heap-only (HOT) update; how often that happens is not in the evidence."
    ]
  }

  private var stated: [String] {
    proposal.predicate.map {
      ["It serves only statements that ask for \($0), written so: for other values it is of no use."]
    } ?? []
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
