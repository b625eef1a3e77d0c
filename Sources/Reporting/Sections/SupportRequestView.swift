import Catalog
import Diagnosis
import PlanModel
import struct Statements.Redactor

/// `## Support Request Template`: what a vendor needs, without any value from a table or the statement.
struct SupportRequestView {
  var subject: String
  var queryIdentifier: String
  var engine: String
  var description: String
  var tables: [TableRow]
  var indexUse: String
  var indexes: Fence?
  var noIndexes: String?
  var dpu: String
  var statement: Fence?
  var plan: Fence

  struct TableRow {
    var name: String
    var relTuples: String
    var relPages: String
    var counted: String
  }

  init(_ report: DiagnosticReport) {
    var redactor = Redactor(avoiding: [
      report.statement.ran ?? report.statement.original ?? "", report.planText,
    ])
    let bug = report.findings.findings.first { $0.severity == .bugReport }
    subject = "Impossible row counts in the EXPLAIN ANALYZE output of \(report.engine.name)"
    queryIdentifier = report.plan.queryIdentifier ?? "not reported"
    engine = Self.engine(report)
    description = Self.description(bug, report)
    tables = report.evidence.relations.map(Self.table)
    indexUse = Self.indexUse(report)
    let definitions = Self.definitions(report.evidence).map { redactor.redact(indexDefinition: $0) + ";" }
    indexes = definitions.isEmpty ? nil : .sql(definitions.joined(separator: "\n"))
    noIndexes = definitions.isEmpty ? "No index definition is known." : nil
    dpu = QueryInformationView.dpu(report.plan.dpu)
    statement = (report.statement.ran ?? report.statement.original).map { .sql(redactor.redact(sql: $0)) }
    plan = .text(redactor.redact(planText: report.planText))
  }

  private static func engine(_ report: DiagnosticReport) -> String {
    guard let version = report.server?.version else { return report.engine.name }
    return version.hasPrefix(report.engine.name) ? version : "\(report.engine.name) (\(version))"
  }

  /// What was seen and where, why it cannot be, and what that means for the result.
  private static func description(
    _ bug: RankedFinding?, _ report: DiagnosticReport
  ) -> String {
    let nodes = bug?.finding.blamedNodes.filter(report.plan.nodes.indices.contains) ?? []
    let seen = nodes.map { index -> String in
      let node = report.plan.nodes[index]
      let figures = node.actual.figures
      return
        "\(Markdown.code(node.label)) reports \(figures.map { Figure.count($0.rows) } ?? "no") rows in each of \(figures.map { Figure.count($0.loops) } ?? "no") loops"
    }.joined(separator: "; ")
    let lead = seen.isEmpty ? "The plan below reports impossible figures." : "In the plan below, \(seen)."
    let reason = nodes.first.map { impossibility(of: report.plan.nodes[$0], report.evidence) }
    return [lead, reason, ResultStatement(report).text].compactMap { $0 }.joined(separator: " ")
  }

  /// Why the figures of a node cannot be, from facts that the section itself shows.
  private static func impossibility(of node: PlanNode, _ evidence: EvidenceBook) -> String {
    let rows = node.actual.figures?.rows ?? 0
    let table = node.relation.flatMap { evidence.relation(QualifiedName(schema: $0.schema, name: $0.name)) }
    if rows.isNaN || rows < 0 { return "That is impossible: a number of rows is never negative." }
    if let known = table?.bestRowCount, rows > known {
      return
        "That is impossible: \(Markdown.code(table?.name.label ?? "")) holds \(Figure.count(known)) rows."
    }
    return "That is impossible: no run can read that many rows in the time that this one took."
  }

  private static func table(_ relation: RelationEvidence) -> TableRow {
    let statistics = relation.statistics
    return TableRow(
      name: Markdown.cell(Markdown.code(relation.name.label)),
      relTuples: statistics.relTuples.map(Figure.count) ?? "not known",
      relPages: statistics.relPages.map(Figure.count) ?? "not known",
      counted: relation.rowCount.map { Figure.count($0.value) + ($0.method == .sampled ? " (sampled)" : "") }
        ?? "not counted")
  }

  /// The indexes that the plan reads, with their columns.
  private static func indexUse(_ report: DiagnosticReport) -> String {
    var names: [String] = []
    for name in report.plan.nodes.compactMap(\.indexName) where !names.contains(name) { names.append(name) }
    guard !names.isEmpty else { return "The plan reads no index." }
    let indexes = report.evidence.relations.flatMap { $0.indexes ?? [] }
    let known = names.map { name -> String in
      guard let index = indexes.first(where: { $0.name == name }) else {
        return "\(Markdown.code(name)) (columns not known)"
      }
      let columns = index.keys.map { $0.isExpression ? "an expression" : Markdown.code($0.text) }
      return "\(Markdown.code(name)) (\(columns.joined(separator: ", ")))"
    }
    return "Indexes that the plan reads: \(known.joined(separator: "; "))."
  }

  private static func definitions(_ evidence: EvidenceBook) -> [String] {
    evidence.relations.flatMap { $0.indexes ?? [] }.map(\.definition)
  }
}
