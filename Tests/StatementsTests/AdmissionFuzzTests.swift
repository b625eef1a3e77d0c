import AdmissionTable
import Foundation
import JSONTree
import Testing

@testable import Statements

/// Statements that nobody thought of, made from the rows of the table by a generator with a fixed seed.
///
/// `PLANDX_FUZZ=<seed>:<count>` tries others, as many as there is time for.
@Suite struct AdmissionFuzzTests {
  @Test func admitsNothingButOneSelectThatOnlyReads() {
    let (seed, count) = Self.plan
    var mutator = StatementMutator(seed: seed)
    var admitted = 0
    for _ in 0..<count {
      let bytes = mutator.next()
      guard let text = try? StatementText(utf8: bytes) else { continue }
      let complaint = LargeStack.run { Self.complaint(about: text, &admitted) }
      #expect(
        complaint == nil, "\(complaint ?? ""): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
    // Mutations that break everything would prove nothing.
    #expect(admitted > count / 10)
    if count > 10_000 { print("fuzz: seed \(seed), \(count) statements, \(admitted) admitted") }
  }

  private static var plan: (seed: UInt64, count: Int) {
    let parts = (ProcessInfo.processInfo.environment["PLANDX_FUZZ"] ?? "").split(separator: ":")
    guard parts.count == 2, let seed = UInt64(parts[0]), let count = Int(parts[1]) else { return (15, 2_000) }
    return (seed, count)
  }

  private static func complaint(about text: StatementText, _ admitted: inout Int) -> String? {
    if let complaint = costComplaint(text.string) { return complaint }
    guard let statement = try? Admission.admit(text, parameters: .notNeeded) else { return nil }
    admitted += 1
    guard let given = try? PostgresGrammar.parse(text.string).root,
      let original = try? PostgresGrammar.parse(statement.original).root,
      let sent = try? PostgresGrammar.parse(statement.sql.text).root
    else { return "does not parse" }
    let first = SyntaxNode(given["stmts"]?.elements.first?["stmt"])
    guard SyntaxNode.sameStructure(only(original)?.fields, first?.fields) else { return "original differs" }
    guard let root = only(sent), root.kind == "SelectStmt" else { return "not one SELECT" }
    if statement.notes.isEmpty, !SyntaxNode.sameStructure(root.fields, first?.fields) { return "sql differs" }
    let statements = root.fields.objects.map(\.key).filter { $0.hasSuffix("Stmt") && $0 != "SelectStmt" }
    guard statements.isEmpty else { return "has \(statements)" }
    for part: StaticString in ["intoClause", "LockingClause", "CurrentOfExpr"]
    where !root.fields.descendants(named: part).isEmpty {
      return "has \(part)"
    }
    return nil
  }

  private static func only(_ tree: JSONValue) -> SyntaxNode? {
    guard let statements = tree["stmts"]?.elements, statements.count == 1 else { return nil }
    return SyntaxNode(statements[0]["stmt"])
  }

  /// The bounds before the scanner are worth what their reader of comments is: it must agree with the scanner.
  private static func costComplaint(_ text: String) -> String? {
    guard let tokens = try? PostgresGrammar.scan(text) else { return nil }
    let bytes = Array(text.utf8)
    let levels = tokens.filter { $0.kind == .blockComment }.map { nesting(of: bytes[$0.range]) }.max() ?? 0
    let found = ScannerCost(of: bytes).commentLevels
    return found == levels ? nil : "\(found) levels of comments instead of \(levels)"
  }

  private static func nesting(of comment: ArraySlice<UInt8>) -> Int {
    var (level, deepest, position) = (0, 0, comment.startIndex)
    while position + 1 < comment.endIndex {
      switch (comment[position], comment[position + 1]) {
      case (UInt8(ascii: "/"), UInt8(ascii: "*")): (level, position) = (level + 1, position + 2)
      case (UInt8(ascii: "*"), UInt8(ascii: "/")): (level, position) = (level - 1, position + 2)
      default: position += 1
      }
      deepest = max(deepest, level)
    }
    return deepest
  }
}

/// Makes statements by cutting and joining the tokens of others.
struct StatementMutator {
  private var random: SplitMix
  private let seeds: [[String]]

  init(seed: UInt64) {
    random = SplitMix(state: seed)
    let rows = AdmissionRows.all.filter { $0.bytes.count < 400 }
    // What is admitted four times as often: a mutation of what is rejected seldom comes through.
    let admitted = rows.filter { $0.verdict != .rejected }
    seeds = (rows + admitted + admitted + admitted).map { Self.pieces($0.text) }
  }

  /// Tokens and what stands between them.
  private static func pieces(_ text: String) -> [String] {
    guard !text.utf8.contains(0), let tokens = try? PostgresGrammar.scan(text) else {
      return text.map(String.init)
    }
    let bytes = Array(text.utf8)
    var (pieces, position): ([String], Int) = ([], 0)
    for token in tokens where token.start >= position {
      pieces.append(String(decoding: bytes[position..<token.start], as: UTF8.self))
      pieces.append(String(decoding: bytes[token.range], as: UTF8.self))
      position = token.end
    }
    return pieces + [String(decoding: bytes[position...], as: UTF8.self)]
  }

  private static let fragments = [
    ";", "; DROP TABLE t", " INTO made ", " FOR UPDATE ", " FOR SHARE OF t ", "--", "\n", "\r", "/*", "*/",
    "'", "\"",
    "E'", "e'\\'", "U&'", "U&\"", "$$", "$a$", "a$b$", "1e'", "date'\\'", "\\", "\\g", "(", ")", "[", "]",
    ",", ".", " AS ", " as ",
    " WITH d AS (DELETE FROM t RETURNING 1) SELECT 1 ", " RETURNING * ", " UNION SELECT 1 ",
    " WHERE CURRENT OF c ", "$1",
    " UESCAPE '!' ", " FROM t ", " for ", " update ", " set ", "'a'\n'b'", "U&'a'\n'b'", "E'a'\n'\\''",
    "\u{FEFF}", "é", "\u{0}",
    " VALUES (1) ", " FROM (SELECT 1) AS x ", "::int", " substring(a FOR update) ", " EXPLAIN ",
    " ROWS FROM (", "+-", "/", "*",
  ]

  mutating func next() -> [UInt8] {
    var pieces = any(seeds)
    for _ in 0...random.below(3) { mutate(&pieces) }
    var bytes = Array(pieces.joined().utf8)
    if random.below(20) == 0, !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
    return bytes
  }

  private mutating func mutate(_ pieces: inout [String]) {
    let (start, end) = range(in: pieces)
    switch random.below(6) {
    case 0:
      let other = any(seeds)
      pieces = Array(pieces[..<start]) + other[range(in: other).0...]
    case 1:
      let other = any(seeds)
      let (first, last) = range(in: other)
      pieces.replaceSubrange(start..<end, with: other[first..<last])
    case 2: pieces.removeSubrange(start..<end)
    case 3: pieces.insert(contentsOf: pieces[start..<end], at: end)
    case 4 where end < pieces.count: pieces.swapAt(start, end)
    default: pieces.insert(any(Self.fragments), at: start)
    }
  }

  private mutating func range(in pieces: [String]) -> (Int, Int) {
    let start = random.below(pieces.count + 1)
    return (start, min(pieces.count, start + random.below(8)))
  }

  private mutating func any<Element>(_ elements: [Element]) -> Element {
    elements[random.below(elements.count)]
  }
}

/// The same numbers for the same seed on every machine (Steele, Lea, Flood 2014).
private struct SplitMix {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ (value >> 31)) % UInt64(bound))
  }
}
