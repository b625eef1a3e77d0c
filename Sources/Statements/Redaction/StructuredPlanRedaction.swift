import JSONTree

/// A format of EXPLAIN in which every value stands in quotes or tags of its own.
enum StructuredPlanFormat {
  case json, yaml, xml

  /// `nil` for TEXT.
  init?(_ plan: String) {
    let text = plan.drop { $0.isWhitespace }
    switch text.first {
    case "[", "{": self = .json
    case "<": self = .xml
    default:
      guard text.hasPrefix("- Plan:") || text.hasPrefix("- Query Text:") else { return nil }
      self = .yaml
    }
  }

  /// One line: these formats never break a value but XML, whose parts are as good as the whole.
  func redact(_ line: String, with redactor: inout Redactor) -> String {
    self == .xml ? redactElement(line, with: &redactor) : redactMember(line, with: &redactor)
  }

  // MARK: JSON and YAML

  /// `"Filter": "(a = 'x'::text)",` and `Filter: "(a = 'x'::text)"`; list items have no key.
  private func redactMember(_ line: String, with redactor: inout Redactor) -> String {
    let (key, value) = Self.member(line)
    guard let first = value.first, !PlanKeys.holdFigures(key), !PlanKeys.holdName(key) else { return line }
    guard first == "\"" || first == "[" else { return line }
    // An opened list goes on in the lines below.
    guard let tree = try? JSONTree(value.utf8) else {
      return value == "[" ? line : redactor.redactExpression(line)
    }
    let rest = String(decoding: value.utf8.dropFirst(tree.byteCount), as: UTF8.self)
    let head = line[..<value.startIndex]
    if let text = tree.root.string { return head + Self.quoted(redactor.redactExpression(text)) + rest }
    let items = tree.root.elements.map { item in
      item.string.map { Self.quoted(redactor.redactExpression($0)) } ?? item.source
    }
    return head + "[" + items.joined(separator: ", ") + "]" + rest
  }

  /// The key without quotes, empty for a list item, and the value with all that follows it.
  private static func member(_ line: String) -> (key: String, value: Substring) {
    let start = line.drop { $0 == " " || $0 == "\t" || $0 == "-" }
    if start.first == "\"" {
      guard let end = start.dropFirst().firstIndex(of: "\""), start[end...].hasPrefix("\":") else {
        return ("", start)
      }
      let key = start[start.index(after: start.startIndex)..<end]
      return (String(key), start[end...].dropFirst(2).drop { $0 == " " })
    }
    guard let colon = start.firstIndex(of: ":") else { return ("", start) }
    return (String(start[..<colon]), start[colon...].dropFirst().drop { $0 == " " })
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  // MARK: XML

  /// `<Filter>(a = 'x'::text)</Filter>`
  private func redactElement(_ line: String, with redactor: inout Redactor) -> String {
    guard let open = line.firstIndex(of: "<"), let openEnd = line[open...].firstIndex(of: ">") else {
      return Self.escaped(redactor.redactExpression(Self.unescaped(line)))
    }
    let key = line[line.index(after: open)..<openEnd].split(separator: "-").joined(separator: " ")
    let content = line[line.index(after: openEnd)...]
    guard !content.isEmpty, !PlanKeys.holdFigures(key), !PlanKeys.holdName(key) else { return line }
    let close = content.lastRange(of: "</")?.lowerBound ?? content.endIndex
    let value = String(content[..<close])
    // Numbers and truth values of their own are figures.
    guard Double(value) == nil, value != "true", value != "false" else { return line }
    return line[...openEnd] + Self.escaped(redactor.redactExpression(Self.unescaped(value)))
      + content[close...]
  }

  private static let entities = [
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#x0d;", "\r"),
  ]

  private static func unescaped(_ text: String) -> String {
    var result = text
    for (entity, character) in entities {
      result = result.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return result.split(separator: "&amp;", omittingEmptySubsequences: false).joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    var result = text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&amp;")
    for (entity, character) in entities {
      result = result.split(separator: character, omittingEmptySubsequences: false).joined(separator: entity)
    }
    return result
  }
}

extension StringProtocol {
  /// The last place of a text.
  fileprivate func lastRange(of text: String) -> Range<Index>? { ranges(of: text).last }
}
