import Catalog
import Statements

/// Prints a remedy as statements for one engine: the only printer of advice.
///
///     CREATE INDEX CONCURRENTLY orders_status_idx ON public.orders (status);
public struct RemedySQL: Sendable {
  /// The engine that would run the statements.
  public var engine: EngineProfile
  /// What is known about the tables: existing indexes and column types.
  public var evidence: EvidenceBook

  /// A printer for an engine; without evidence neither duplicates nor types are checked.
  public init(engine: EngineProfile, evidence: EvidenceBook = EvidenceBook()) {
    self.engine = engine
    self.evidence = evidence
  }

  /// The statements for a remedy; throws why there are none.
  public func script(for action: RemedyAction) throws(RemedyRefusal) -> RemedyScript {
    switch action {
    case .createIndex(let proposal): try createIndex(proposal)
    case .analyze(let table): analyze(table)
    case .setWorkMem(let kilobytes): try setWorkMem(kilobytes)
    case .reportBug: throw .nothingToRun
    }
  }

  private func createIndex(_ proposal: IndexProposal) throws(RemedyRefusal) -> RemedyScript {
    try IndexAdmission(engine: engine, evidence: evidence).check(proposal)
    let names = IndexNaming(evidence: evidence)
    return switch engine.indexBuild {
    case .asynchronous: IndexDDL.asynchronous(proposal, names: names, engine: engine)
    case .concurrently where proposal.partitions.isEmpty: IndexDDL.concurrent(proposal, names: names)
    case .concurrently: IndexDDL.partitioned(proposal, names: names)
    }
  }

  private func analyze(_ table: QualifiedName) -> RemedyScript {
    RemedyScript(
      statements: ["ANALYZE \(table);"], undo: [],
      dangers: [
        "Every plan that reads \(table.quoted) may change, not only this one.",
        "Nothing undoes it: the next ANALYZE replaces these statistics.",
      ],
      notes: engine.indexBuild == .asynchronous ? ["Run it on its own, outside a transaction block."] : [])
  }

  private func setWorkMem(_ kilobytes: Int) throws(RemedyRefusal) -> RemedyScript {
    guard engine.hasWorkMem else { throw .settingRefused(name: "work_mem") }
    let size: SafeSQL = kilobytes % 1_024 == 0 ? "\(kilobytes / 1_024)MB" : "\(kilobytes)kB"
    return RemedyScript(
      statements: ["SET work_mem = '\(size)';"], undo: ["RESET work_mem;"],
      dangers: [
        "Each sort and each hash of each process may take \(size) (hashes hash_mem_multiplier times as much): set it for this session or role, not for the server."
      ])
  }
}
