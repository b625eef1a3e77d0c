import PlanModel

/// Reads a paste as it stands, and where that leaves doubts, once more with one kind of dirt after the other
/// taken off. The reading that shows most of a plan wins; of equals, the first.
struct RepairedPaste {
  private var best: Attempt
  /// What was taken off so far, the latest last.
  private var repairs: [RepairedText] = []

  private typealias Repair = (Bytes) -> RepairedText?

  static func read(_ source: Bytes) throws(PlanReadingError) -> ReadPlan {
    var paste = RepairedPaste(best: Attempt(source))
    paste.repair(source)
    // Redshift's plans look like PostgreSQL's, but for the names of their nodes.
    let mayBeForeign =
      paste.best.plan.map { $0.nodes.prefix(2).contains { $0.type.name.hasPrefix("XN ") } } ?? true
    if mayBeForeign || paste.best.startsWithArrow,
      let (foreign, place) = ForeignPlan.first(in: source)
    {
      throw .foreignPlan(foreign, at: place)
    }
    let read = try paste.best.result.get()
    // What stands before the name of the root would become part of it.
    guard read.format != .text || read.plan.root.type.isPlausible else {
      throw .unexpectedLine(at: read.start, line: read.text.prefix { $0 != "\n" }.description)
    }
    return read
  }

  private mutating func repair(_ source: Bytes) {
    // An entity may be written as an entity.
    apply([QuotedPrintable.decoded, CarriedCharacters.repaired, CarriedCharacters.repaired], to: source)
    guard best.isDoubtful else { return }
    apply([ChatMarks.removed, CarriedField.opened, LineDress.repaired, LineDress.repaired], to: source)
    guard best.isDoubtful else { return }
    let dressed = repairs
    for manner in [RewrappedText.Manner.words, .columns] where best.isDoubtful {
      repairs = dressed
      apply(
        [{ RewrappedText.joined($0, manner) ?? RewrappedDocument.joined($0, manner) }], to: source,
        isAlternative: manner == .columns)
    }
  }

  /// Applies repairs to the text so far, as long as they find something. What is an alternative to a repair
  /// before must be better than that, not as good.
  private mutating func apply(_ steps: [Repair], to source: Bytes, isAlternative: Bool = false) {
    for step in steps {
      let repaired = repairs.last.map { $0.bytes.withUnsafeBufferPointer(step) } ?? step(source)
      guard let repaired else { continue }
      repairs.append(repaired)
      let attempt = repaired.bytes.withUnsafeBufferPointer { Attempt($0, repairs) }
      if attempt.isBetter(than: best, orAsGood: !isAlternative && !best.isDoubtfulByQuotesAlone) {
        best = attempt
      }
      if !attempt.isDoubtful { return }
    }
  }
}

/// What one reading of a paste came to.
private struct Attempt {
  var result: Result<ReadPlan, PlanReadingError>
  /// How many repairs the text had.
  var repairs = 0
  private var foundStart: Bool
  private(set) var startsWithArrow: Bool
  private var mayGoOn: Bool

  init(_ text: Bytes, _ repaired: [RepairedText] = []) {
    var paste = PasteReader(blocks: PastedText.blocks(of: text))
    repairs = repaired.count
    do throws(PlanReadingError) {
      var read = try paste.read().moved { repaired.origin(of: $0) }
      read.notes += repaired.joinedLines.map { .joinedLine(at: $0) }
      result = .success(read)
    } catch {
      result = .failure(error.moved { repaired.origin(of: $0) })
    }
    foundStart = paste.foundStart
    startsWithArrow = paste.startsWithArrow
    mayGoOn = paste.mayGoOn
  }

  var plan: ExplainedPlan? { try? result.get().plan }

  /// Nobody prints such a plan: something else must have become part of it.
  var isDoubtful: Bool { hasOtherDoubts || hasBrokenQuotes }

  /// A literal may well hold a line break.
  var isDoubtfulByQuotesAlone: Bool { hasBrokenQuotes && !hasOtherDoubts }

  private var hasBrokenQuotes: Bool {
    (try? result.get())?.notes.contains { if case .brokenQuote = $0 { true } else { false } } == true
  }

  private var hasOtherDoubts: Bool {
    guard let read = try? result.get() else { return true }
    return startsWithArrow || mayGoOn || !hasKnownRoot(read)
      || read.plan.otherTrailers.contains(where: \.isMisplaced)
      || read.notes.contains {
        switch $0 {
        case .joinedLine, .truncated, .openValue: true
        default: false
        }
      }
  }

  private func hasKnownRoot(_ read: ReadPlan) -> Bool { read.format != .text || read.plan.root.type.isKnown }

  func isBetter(than other: Attempt, orAsGood: Bool) -> Bool {
    guard let read = try? result.get() else { return other.plan == nil && foundStart && !other.foundStart }
    guard hasKnownRoot(read) else { return false }
    guard let otherRead = try? other.result.get() else { return true }
    if other.hasOtherDoubts && !isDoubtful || read.plan.nodes.count > otherRead.plan.nodes.count {
      return true
    }
    guard read.plan.nodes.count == otherRead.plan.nodes.count else { return false }
    // That a literal has no line break any longer does not tell that it had none.
    guard isDoubtful || other.isDoubtfulByQuotesAlone else { return true }
    let (oddities, others) = (PlanOddities.count(in: read), PlanOddities.count(in: otherRead))
    return other.isDoubtful && (orAsGood ? oddities <= others : oddities < others)
  }
}

extension NodeType {
  /// Whether some release may print it: words, and brackets around some.
  fileprivate var isPlausible: Bool {
    isKnown || name.utf8.allSatisfy { $0.isLetter || $0.isDigit || " ()-_".utf8.contains($0) }
  }
}

extension PlanProperty {
  /// A trailer that is part of a line, or whose value was not understood.
  fileprivate var isMisplaced: Bool {
    let key = key.name
    // With a section's name in front, it stands where it should.
    return !key.contains(": ") && key != "Serialization" && key != "Memory"
  }
}

extension [RepairedText] {
  /// Where a place in the last text stood in the source of the first.
  fileprivate func origin(of place: SourcePosition) -> SourcePosition {
    reversed().reduce(place) { $1.origin(of: $0) }
  }

  /// The lines of the first source that the last repair joined to those above them.
  fileprivate var joinedLines: [SourcePosition] {
    last.map { last in last.joinedLines.map { [RepairedText](dropLast()).origin(of: $0) } } ?? []
  }
}
