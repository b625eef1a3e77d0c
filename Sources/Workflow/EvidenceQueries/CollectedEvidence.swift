import Catalog
import Diagnosis
import JSONTree
import PlanModel
import Postgres

/// Why a text is not what psql printed for ``EvidenceSQL``.
public enum CollectedEvidenceError: Error, Sendable, Equatable {
  /// No line of it is an answer.
  case empty
  /// A line that is none, counted from 1.
  case notAnAnswer(line: Int, text: String)
  /// The script was printed by a plandx whose form of output is another one.
  case otherVersion(line: Int, version: Int)
  /// A question that this plandx does not ask, or one that was answered twice.
  case unexpected(line: Int, topic: String)
  /// The conditions that were counted are not those of this plan.
  case otherPlan(topic: String)
}

/// Evidence that somebody collected with the printed SQL, as psql wrote it.
public struct CollectedEvidence: Sendable {
  private let answers: [String: Rows]

  /// Tags that psql prints where it is not quiet.
  private static let tags: Set<String> = ["SET", ""]

  /// - Throws: the first line that does not fit.
  public init(_ text: String) throws(CollectedEvidenceError) {
    var answers: [String: Rows] = [:]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() where !Self.tags.contains(line.trimmed) {
      let (topic, rows) = try Self.answer(line, index + 1)
      guard answers.updateValue(rows, forKey: topic) == nil else {
        throw .unexpected(line: index + 1, topic: topic)
      }
    }
    guard answers["server"] != nil, answers.count > 1 else { throw .empty }
    self.answers = answers
  }

  private static func answer(
    _ line: Substring, _ number: Int
  ) throws(CollectedEvidenceError) -> (topic: String, rows: Rows) {
    guard let tree = try? JSONTree(line.utf8), let version = tree.root["plandx_evidence"]?.int,
      let topic = tree.root["topic"]?.string, let rows = tree.root["rows"]
    else { throw .notAnAnswer(line: number, text: String(line.prefix(40))) }
    guard version == EvidenceSQL.version else { throw .otherVersion(line: number, version: version) }
    return (topic, Rows(rows))
  }

  /// Which server answered.
  public var server: ServerIdentity? {
    answers["server"]?.first.map { row in
      ServerIdentity(
        version: row["version"] ?? "", versionNumber: row["version_number", as: Int.self] ?? 0,
        database: row["database"] ?? "", role: row["role"] ?? "", engine: .postgres)
    }
  }

  /// The evidence of a plan, as a live run would have gathered it; what was refused is a gap.
  ///
  /// - Throws: ``CollectedEvidenceError/otherPlan(topic:)``, or what this version does not know.
  public func book(
    for plan: ExplainedPlan, engine: EngineProfile
  ) throws(CollectedEvidenceError) -> EvidenceBook {
    let conditions = PlanConditions(plan)
    let jobs = CollectedJobs(plan, conditions, engine).jobs
    try checkTopics(jobs)
    var book = catalog.book(for: plan, conditions)
    var scans: [CountedFacts] = []
    for job in jobs { scans.append(try counted(job)) }
    book.add(scans)
    return book
  }

  private var catalog: CatalogAnswers {
    var catalog = CatalogAnswers()
    for topic in CatalogTopic.allCases {
      if let rows = answers[topic.rawValue] {
        catalog.rows[topic] = rows
      } else {
        catalog.gaps.append(EvidenceGap(missing: topic.words, reason: Self.unanswered))
      }
    }
    return catalog
  }

  private static let unanswered = "the collected evidence has no answer: psql may have printed an error"

  private func checkTopics(_ jobs: [CountingJob]) throws(CollectedEvidenceError) {
    let known = Set(["server"] + CatalogTopic.allCases.map(\.rawValue) + jobs.map(\.key))
    guard let other = answers.keys.filter({ !known.contains($0) }).min() else { return }
    throw .otherPlan(topic: other)
  }

  private func counted(_ job: CountingJob) throws(CollectedEvidenceError) -> CountedFacts {
    guard let rows = answers[job.key] else { return CountedFacts(job.table, gap: job.gap(Self.unanswered)) }
    guard rows.isEmpty || rows.columns.count == job.width else { throw .otherPlan(topic: job.key) }
    return job.read(rows)
  }
}

extension Rows {
  /// Rows as `json_agg` wrote them, with the texts that the protocol would have brought.
  fileprivate init(_ array: JSONValue) {
    let objects = array.elements.map(\.members)
    self.init(
      columns: objects.first?.map(\.key) ?? [],
      rows: objects.map { members in members.map { Self.text($0.value) } })
  }

  private static func text(_ value: JSONValue) -> String? {
    switch value.kind {
    case .null: nil
    case .true: "t"
    case .false: "f"
    case .array, .object: value.source
    default: value.string ?? value.numberText
    }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
