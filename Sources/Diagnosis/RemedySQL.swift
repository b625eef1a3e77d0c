import Catalog
import SQLNames
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
    case .analyze(let table): StatisticsSQL.analyze(table, isAlone: engine.indexBuild == .asynchronous)
    case .setWorkMem(let kilobytes): try setWorkMem(kilobytes)
    case .set(let settings): try set(settings)
    case .rebuildIndex(let index): try offered("REINDEX", MaintenanceSQL.rebuild(index))
    case .vacuum(let table): try offered("VACUUM", MaintenanceSQL.vacuum(table))
    case .setTableOption(let table, let option, let value):
      try offered("ALTER TABLE … SET", MaintenanceSQL.setOption(option, of: table, to: value))
    case .createStatistics(let proposal):
      try offered("CREATE STATISTICS", StatisticsSQL.create(proposal, evidence: evidence))
    case .setFunctionRows(let function, let rows, let before):
      try offered("ALTER FUNCTION", StatisticsSQL.setRows(rows, of: function, before: before))
    case .setStatisticsTarget(let column, let target):
      try offered("ALTER TABLE … SET STATISTICS", StatisticsSQL.setTarget(target, of: column))
    case .setDistinctValues(let column, let value):
      try offered("ALTER TABLE … SET (n_distinct)", StatisticsSQL.setDistinctValues(value, of: column))
    case .changeStatement, .reportBug: throw .nothingToRun
    }
  }

  private func offered(_ statement: String, _ script: RemedyScript) throws(RemedyRefusal) -> RemedyScript {
    guard engine.hasTableMaintenance else { throw .notOffered(statement: statement) }
    return script
  }

  private func createIndex(_ proposal: IndexProposal) throws(RemedyRefusal) -> RemedyScript {
    try IndexAdmission(engine: engine, evidence: evidence).check(proposal)
    let names = IndexNaming(evidence: evidence)
    var script =
      switch engine.indexBuild {
      case .asynchronous: IndexDDL.asynchronous(proposal, names: names, engine: engine)
      case .concurrently where proposal.partitions.isEmpty: IndexDDL.concurrent(proposal, names: names)
      case .concurrently: IndexDDL.partitioned(proposal, names: names)
      }
    script.install(proposal.requiredExtension, unless: evidence.database.extensions)
    return script
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

  private func set(_ settings: [SessionSetting]) throws(RemedyRefusal) -> RemedyScript {
    for setting in settings where !(engine.settableSettings?.contains(setting.name) ?? true) {
      throw .settingRefused(name: setting.name)
    }
    return RemedyScript(
      statements: settings.map { "SET \(SQLIdentifier($0.name)) = \(SQLLiteral($0.value));" },
      undo: settings.map { "RESET \(SQLIdentifier($0.name));" },
      dangers: [
        "It holds for this session and for every statement in it: set it for this query or its role, not for the server."
      ])
  }
}
