import Catalog

/// `## Evidence`: what was learnt about the tables, and what could not be.
struct EvidenceView {
  var lead: String?
  var tables: [EvidenceTable]
  var gaps: [String]
  var hasGaps: Bool
  var collectLead: String
  var collect: Fence?

  init(_ report: DiagnosticReport) {
    let book = report.evidence
    tables = [
      EvidenceTables.tables(book), EvidenceTables.columns(book), EvidenceTables.indexes(book),
      EvidenceTables.extendedStatistics(book), EvidenceTables.foreignKeys(book),
      EvidenceTables.functions(book),
      EvidenceTables.counts(book), EvidenceTables.distinctCounts(book), EvidenceTables.frequentValues(book),
      EvidenceTables.settings(book), EvidenceTables.database(book),
    ].compactMap { $0 }
    gaps = book.gaps.map(Self.gap)
    collectLead = "This SQL collects what is missing:"
    collect = Self.missingSQL(report).map(Fence.sql)
    lead = Self.lead(report, hasTables: !tables.isEmpty)
    if report.capture == .offline, gaps.isEmpty, tables.isEmpty {
      gaps = ["everything about the tables: no database was asked"]
    }
    if report.capture == .offline, collect == nil, !gaps.isEmpty { gaps.append(Self.nothingToCollect) }
    hasGaps = !gaps.isEmpty
  }

  /// Stands in an offline report without SQL that would collect evidence.
  static let nothingToCollect = "no SQL would collect it: the plan names no table that it reads"

  private static func lead(_ report: DiagnosticReport, hasTables: Bool) -> String? {
    if report.capture == .offline {
      return hasTables
        ? "This evidence was collected apart from the plan; plandx asked no database."
        : "No evidence was collected: plandx asked no database."
    }
    return hasTables ? nil : "No evidence was collected."
  }

  private static func gap(_ gap: EvidenceGap) -> String {
    "\(Markdown.prose(gap.missing)): \(Markdown.prose(gap.reason))"
  }

  /// What the caller gave, else the gaps' own queries.
  private static func missingSQL(_ report: DiagnosticReport) -> String? {
    if let sql = report.evidenceSQL, !sql.isEmpty { return sql }
    let queries = report.evidence.gaps.compactMap(\.query)
    return queries.isEmpty ? nil : queries.joined(separator: "\n")
  }
}

/// One table of evidence.
struct EvidenceTable {
  var title: String
  var columns: String
  var rule: String
  var rows: [String]
  var note: String?

  /// A table; `nil` without rows: an empty table says less than its absence.
  init?(_ title: String, columns: [String], rows: [[String]], note: String? = nil) {
    guard !rows.isEmpty else { return nil }
    self.title = title
    self.columns = Markdown.row(columns)
    rule = Markdown.rule(columns: columns.count)
    self.rows = rows.map { Markdown.row($0.map(Markdown.cell)) }
    self.note = note
  }
}
