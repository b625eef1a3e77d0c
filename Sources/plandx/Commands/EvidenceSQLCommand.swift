import ArgumentParser
import Catalog
import Diagnosis
import PlanReading
import Statements
import Workflow

/// `plandx evidence-sql`: the evidence queries as one psql script, to run where plandx cannot.
struct EvidenceSQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence-sql",
    abstract: "Print the SQL that collects the evidence for a plan or a statement.",
    discussion: """
      plandx evidence-sql --plan plan.txt | psql -At -d shop > stats.json, then \
      plandx offline plan.txt --stats stats.json: the report has the causes that a live one has. \
      For a statement alone only the catalogs are asked and rows counted: what its plan tests is not known. \
      The output holds values of your tables.
      """)

  @Option(help: ArgumentHelp("The plan, in any form of EXPLAIN's output; - is stdin.", valueName: "file"))
  var plan: String?

  @Option(
    help: ArgumentHelp("The statement, from a file: names the functions that it calls.", valueName: "file"))
  var sql: String?

  @Option(help: "The engine: postgres, dsql (default: as the plan shows).")
  var engine: EngineProfile.Engine?

  mutating func run() throws {
    let statement = try sql.map { try Self.statement(from: InputFile(path: $0).bytes()) }
    guard let text = try evidence(statement).text else {
      throw CommandFailure(.unusableInput, "no table is read, so there is no evidence to collect")
    }
    try StandardOutput.write(text + "\n")
  }

  private func evidence(_ statement: AdmittedStatement?) throws -> EvidenceSQL {
    let chosen = engine.map(EngineProfile.profile)
    if let plan, plan != "-" {
      return .init(try OfflineCommand.readPlan(from: InputFile(path: plan).bytes()), statement, chosen)
    }
    if plan == nil, let statement { return EvidenceSQL(for: statement, engine: chosen ?? .postgres) }
    let bytes = try InputFile.standardInput(wanted: "a plan or a statement")
    guard plan == nil, let alone = try? Self.statement(from: bytes) else {
      return .init(try OfflineCommand.readPlan(from: bytes), statement, chosen)
    }
    return EvidenceSQL(for: alone, engine: chosen ?? .postgres)
  }

  private static func statement(from bytes: [UInt8]) throws -> AdmittedStatement {
    try LiveRun.admitForReading(StatementInput.statement(from: bytes))
  }
}

extension EvidenceSQL {
  fileprivate init(_ read: ReadPlan, _ statement: AdmittedStatement?, _ engine: EngineProfile?) {
    self.init(for: read.plan, statement: statement, engine: engine ?? .shown(by: read.plan))
  }
}
