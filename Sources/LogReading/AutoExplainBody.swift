import JSONTree

/// What auto_explain prints below the line with the duration, taken apart: the statement, its parameters, and
/// the plan.
public struct AutoExplainBody: Sendable, Equatable {
  /// `Query Text`, verbatim; `nil` where there is none.
  public private(set) var statement: String?
  /// `Query Parameters`, verbatim; printed since PostgreSQL 16.
  public private(set) var parameters: String?
  /// Where the plan may start, best guess first. There are several where the text of a statement has lines
  /// that look like a plan; in the formats but TEXT the plan is all of the body.
  public private(set) var planStarts: [Int]
  /// Whether lines of several sessions are mixed, as where all write to one terminal: the statement does not stand
  /// first, or a second one stands in it.
  public private(set) var isMixed = false

  private static let textKey: StaticString = "Query Text: "
  private static let parametersKey: StaticString = "Query Parameters: "
  /// Most places that are worth trying.
  private static let mostStarts = 8

  /// Takes the body of an entry apart.
  public init(_ body: [UInt8]) {
    let parts = body.withUnsafeBufferPointer { Self.parts(of: $0) }
    (statement, parameters, planStarts) = parts
    isMixed = body.withUnsafeBufferPointer(Self.isMixed)
  }

  /// The body's statement ends where the plan starts: what it is for that start.
  public init(_ body: [UInt8], planAt start: Int) {
    let parts = body.withUnsafeBufferPointer { Self.textParts(of: $0, planAt: start) }
    (statement, parameters) = parts
    planStarts = [start]
  }

  /// Whether a line may be the first of a body.
  static func startsLike(_ line: Bytes) -> Bool {
    line.hasPrefix("Query Text: ") || line.hasPrefix("{") || line.hasPrefix("<explain ")
  }

  private static func isMixed(_ body: Bytes) -> Bool {
    let text = body.from(body.firstIndex { !$0.isBlank && $0 != .newline } ?? body.count)
    return !text.isEmpty
      && (!startsLike(text) && text.first != UInt8(ascii: "[") || text.contains("\nQuery Text: "))
  }

  private static func parts(of body: Bytes) -> (String?, String?, [Int]) {
    let start = body.firstIndex { !$0.isBlank && $0 != .newline } ?? 0
    switch body.from(start).first {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return (jsonString("\"Query Text\": ", in: body), jsonString("\"Query Parameters\": ", in: body), [0])
    case UInt8(ascii: "<"):
      return (element("Query-Text", in: body), element("Query-Parameters", in: body), [0])
    default:
      // YAML quotes the statement as JSON does, TEXT does not, and has costs behind its root.
      if let statement = jsonString(textKey, in: body.from(start), atStart: true),
        body.offset(of: "\nPlan:") != nil
      {
        return (statement, jsonString("\nQuery Parameters: ", in: body), [0])
      }
      let starts = planStarts(in: body)
      let (statement, parameters) = textParts(of: body, planAt: starts.first ?? body.count)
      return (statement, parameters, starts)
    }
  }

  // MARK: TEXT

  private static func textParts(of body: Bytes, planAt end: Int) -> (String?, String?) {
    guard body.hasPrefix(textKey) else { return (nil, nil) }
    let text = body.slice(textKey.utf8CodeUnitCount..<max(end, textKey.utf8CodeUnitCount))
    guard let line = lastLine(parametersKey, in: text) else { return (trimmedEnd(text), nil) }
    return (
      trimmedEnd(text.slice(0..<line)), trimmedEnd(text.from(line + parametersKey.utf8CodeUnitCount))
    )
  }

  private static func trimmedEnd(_ text: Bytes) -> String {
    var end = text.count
    while end > 0, text[end - 1].isBlank || text[end - 1] == .newline { end -= 1 }
    return text.slice(0..<end).text
  }

  private static func lastLine(_ key: StaticString, in text: Bytes) -> Int? {
    var (found, from): (Int?, Int) = (nil, 0)
    while let at = text.offset(of: key, from: from) {
      if at == 0 || text[at - 1] == .newline { found = at }
      from = at + 1
    }
    return found
  }

  /// Lines at the margin that have costs: auto_explain indents all nodes but the root.
  private static func planStarts(in body: Bytes) -> [Int] {
    var starts: [Int] = []
    var from = 0
    while starts.count < mostStarts, let costs = body.offset(of: "(cost=", from: from) {
      var start = costs
      while start > 0, body[start - 1] != .newline { start -= 1 }
      if !body[start].isBlank, !body.hasPrefix("->", at: start) { starts.append(start) }
      from = body.offset(of: .newline, from: costs) ?? body.count
    }
    return starts
  }

  // MARK: JSON, YAML, XML

  /// The string behind the first occurrence of a key. It stands before the plan, and a quote in a string
  /// has a backslash, so that what looks like the key is the key.
  private static func jsonString(_ key: StaticString, in body: Bytes, atStart: Bool = false) -> String? {
    guard let at = body.offset(of: key), !atStart || at == 0 else { return nil }
    let value = body.from(at + key.utf8CodeUnitCount)
    guard value.first == .quote, let end = endOfString(value) else { return nil }
    return (try? JSONTree(value.slice(0..<end)))?.root.string
  }

  private static func endOfString(_ text: Bytes) -> Int? {
    var from = 1
    while let quote = text.offset(of: .quote, from: from) {
      var slashes = 0
      while text[quote - 1 - slashes] == UInt8(ascii: "\\") { slashes += 1 }
      if slashes % 2 == 0 { return quote + 1 }
      from = quote + 1
    }
    return nil
  }

  private static func element(_ name: String, in body: Bytes) -> String? {
    let text = body.text
    guard let open = text.firstRange(of: "<\(name)>"),
      let close = text[open.upperBound...].firstRange(of: "</\(name)>")
    else { return nil }
    return unescaped(text[open.upperBound..<close.lowerBound])
  }

  private static let entities = [
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x0d;", "\r"), ("&amp;", "&"),
  ]

  /// The entities that PostgreSQL writes; the ampersand last, which the others begin with.
  private static func unescaped(_ text: Substring) -> String {
    entities.reduce(String(text)) { text, entity in
      text.split(separator: entity.0, omittingEmptySubsequences: false).joined(separator: entity.1)
    }
  }
}
