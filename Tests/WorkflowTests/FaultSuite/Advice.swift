import Catalog
import Diagnosis
import Postgres
import Statements
import ThrowawayServer
import Workflow

/// What an analysis of a case says and advises.
struct Advice {
  let findings: [AdvisedFinding]
  /// What rules could not look at.
  let gaps: [EvidenceGap]
  var first: AdvisedFinding? { findings.first }

  init(on fault: PlantedFault, in database: ThrowawayDatabase) async throws {
    let session = try await Session.connect(ConnectionSettings(database: database.connectionString))
    let result: AnalysisResult
    do {
      let request = try await CaptureRequest.make(fault.query, on: session)
      result = try await request.analyzed(on: session)
    } catch {
      await session.close()
      throw error
    }
    await session.close()
    let printer = RemedySQL(engine: .postgres, evidence: result.evidence)
    findings = result.findings.findings.map { AdvisedFinding($0, printer) }
    gaps = result.findings.gaps
  }

  /// The number of the first finding that names one of these causes, and the table where one is given.
  func rank(of causes: Set<String>, table: String? = nil) -> Int? {
    let place = findings.firstIndex { finding in
      !finding.causes.isDisjoint(with: causes) && table.map(finding.names) ?? true
    }
    return place.map { $0 + 1 }
  }

  /// Which of these texts stand in an advised statement.
  func forbidden(_ texts: [String]) -> [String] {
    let advised = findings.flatMap(\.advice)
    return texts.filter { text in advised.contains { $0.contains(text) } }
  }
}

/// A finding and its statements as the report prints them.
struct AdvisedFinding {
  let rule: RuleName
  let title: String
  /// Whether it recommends anything, in SQL or in words.
  let recommends: Bool
  /// All that is to be pasted, in order.
  let statements: [String]
  /// The statements without the ANALYZE that makes other advice effective.
  let advice: [String]
  /// The causes, in the words of the cases, that it may stand for.
  var causes: Set<String> { CauseWords.causes(of: rule) }
  private let words: String

  init(_ ranked: RankedFinding, _ printer: RemedySQL) {
    let finding = ranked.finding
    let remedies = finding.remedies.filter { $0.action != .reportBug }
    (rule, title, recommends) = (finding.rule, finding.title, !remedies.isEmpty)
    let scripts = remedies.map { remedy in
      (action: remedy.action, statements: (try? printer.script(for: remedy.action))?.statements ?? [])
    }
    statements = scripts.flatMap(\.statements)
    advice = scripts.flatMap { script in
      if case .analyze = script.action { return script.statements }
      return script.statements.filter { !$0.hasPrefix("ANALYZE ") }
    }
    let said = [finding.title] + finding.observations + finding.cause.explanation
    words = (said + remedies.map(\.rationale) + statements).joined(separator: "\n")
  }

  /// Whether it speaks of a table, given with its schema.
  func names(table: String) -> Bool {
    guard let name = table.split(separator: ".").last?.filter({ $0 != "\"" }) else { return false }
    return words.contains(name)
  }
}
