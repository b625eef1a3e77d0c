import Catalog
import Diagnosis
import Foundation
import LogReading
import PlanModel
import PlanReading
import Statements

/// From an entry of a log to what is known of its plan.
struct PlanAnalysis: Sendable {
  private let engine: EngineProfile?
  private let showsAll: Bool
  private let keepsLiterals: Bool
  private let digests = DigestCache()

  init(engine: EngineProfile?, showsAll: Bool, keepsLiterals: Bool) {
    self.engine = engine
    self.showsAll = showsAll
    self.keepsLiterals = keepsLiterals
  }

  /// What became of an entry.
  enum Outcome: Sendable {
    case plan(AnalyzedPlan)
    /// It cannot be used; why, in words.
    case unusable(offset: Int, String)
    /// Text around pasted plans.
    case noPlan
  }

  /// Reads an entry: one plan, or for pasted text as many as stand in it.
  func outcomes(of entry: LoggedPlan) -> [Outcome] {
    let entry = entry.repaired
    if entry.duration == nil { return pasted(entry) }
    let body = AutoExplainBody(entry.body)
    guard !body.isMixed else {
      return [
        .unusable(
          offset: entry.offset,
          "lines of several sessions are mixed in it: the logging collector, csvlog and jsonlog keep them apart"
        )
      ]
    }
    guard let first = body.planStarts.first else {
      return [.unusable(offset: entry.offset, "the entry has no plan, or ends before it")]
    }
    var failure: PlanReadingError?
    for start in body.planStarts {
      do throws(PlanReadingError) {
        let read = try PlanReader.read(Array(entry.body[start...]))
        // What looks like a plan in a statement's text has the rest of the statement below it.
        guard read.otherPlans.isEmpty || body.planStarts.count == 1 else { continue }
        let parts = start == first ? body : AutoExplainBody(entry.body, planAt: start)
        return [outcome(read, parts, of: entry)]
      } catch {
        failure = failure ?? error
      }
    }
    return [.unusable(offset: entry.offset, failure?.place ?? "the entry has no plan")]
  }

  // MARK: Pasted text

  /// The pieces of pasted text, cut where the reader saw a further plan.
  private func pasted(_ entry: LoggedPlan) -> [Outcome] {
    var outcomes: [Outcome] = []
    var rest = [entry.body[...]]
    while let piece = rest.popLast() {
      let offset = entry.offset + piece.startIndex
      do throws(PlanReadingError) {
        let read = try PlanReader.read(Array(piece))
        rest += pieces(of: piece, at: read.otherPlans.map(\.start.line)).reversed()
        outcomes.append(outcome(read, AutoExplainBody([]), of: entry, at: offset))
      } catch {
        outcomes.append(entry.isCertain ? .unusable(offset: offset, error.place) : .noPlan)
      }
    }
    return outcomes
  }

  /// The parts of a text that start at given lines, counted from 1.
  private func pieces(of text: ArraySlice<UInt8>, at lines: [Int]) -> [ArraySlice<UInt8>] {
    guard !lines.isEmpty else { return [] }
    let wanted = Set(lines)
    var starts: [Int] = []
    var line = 1
    for index in text.indices where index == text.startIndex || text[index - 1] == 0x0A {
      if index > text.startIndex { line += 1 }
      if line > 1, wanted.contains(line) { starts.append(index) }
    }
    return zip(starts, starts.dropFirst() + [text.endIndex]).map { text[$0..<$1] }
  }

  // MARK: One plan

  private func outcome(
    _ read: ReadPlan, _ parts: AutoExplainBody, of entry: LoggedPlan, at offset: Int? = nil
  ) -> Outcome {
    let offset = offset ?? entry.offset
    for note in read.notes {
      if case .truncated = note { return .unusable(offset: offset, note.words) }
    }
    // The other formats show by themselves whether they are whole.
    if entry.isCutOff, read.format == .text {
      return .unusable(offset: offset, "the log ends in a line of the plan, without a line feed")
    }
    let plan = read.plan
    let findings = OfflineAnalysis(read, statement: nil, engine: engine, showsAll: showsAll).findings
    let digest = parts.statement.map { digests.digest(of: $0) }
    return .plan(
      AnalyzedPlan(
        offset: offset, origin: entry.origin, duration: entry.duration, plan: plan, format: read.format,
        digest: digest, statement: keepsLiterals ? parts.statement : digest?.text,
        parameters: keepsLiterals ? parts.parameters : nil, findings: findings.findings))
  }
}

extension PlanReadingError {
  /// What is wrong and where in the entry. The line itself may hold what is nobody's business.
  fileprivate var place: String {
    switch self {
    case .unexpectedLine(let at, _): "line \(at.line) of the plan, column \(at.column), does not fit a plan"
    case .malformedFigures(let at, _):
      "the figures in line \(at.line) of the plan, column \(at.column), cannot be read"
    default: words
    }
  }
}

extension LoggedPlan {
  /// With the mark for unknown characters in the place of what is not UTF-8: databases in other encodings log
  /// in theirs, and figures are ASCII in all of them.
  fileprivate var repaired: LoggedPlan {
    guard String(validating: body, as: UTF8.self) == nil else { return self }
    var entry = self
    entry.body = Array(String(decoding: body, as: UTF8.self).utf8)
    return entry
  }
}

/// Digests of the statements that were seen last: a log holds few statements many times.
///
/// Many threads meet at its lock. ThreadSanitizer knows Foundation's, and takes the standard library's for none
/// where one of them has to wait.
final class DigestCache: @unchecked Sendable {
  private static let mostEntries = 512
  private static let longestText = 16_384
  private let lock = NSLock()
  private var digests: [String: StatementDigest] = [:]

  func digest(of statement: String) -> StatementDigest {
    guard statement.utf8.count <= Self.longestText else { return StatementDigest(statement) }
    if let known = lock.withLock({ digests[statement] }) { return known }
    let digest = StatementDigest(statement)
    lock.withLock {
      if digests.count >= Self.mostEntries { digests.removeAll(keepingCapacity: true) }
      digests[statement] = digest
    }
    return digest
  }
}
