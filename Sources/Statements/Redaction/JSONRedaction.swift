import JSONTree

/// Redacts strings of JSON, and of what Python and Ruby print: on lines of their own or all on one.
enum JSONRedaction {
  static func redact(_ plan: String, with redactor: inout Redactor) -> String {
    let bytes = Array(plan.utf8)
    var result: [UInt8] = []
    var key = ""
    var position = 0
    while position < bytes.count {
      guard isQuote(bytes[position]) else {
        result.append(bytes[position])
        position += 1
        continue
      }
      let end = endOfString(bytes, from: position)
      let string = bytes[position..<end]
      if isKey(bytes, behind: end) {
        key = String(decoding: string.dropFirst().dropLast(), as: UTF8.self)
        result += string
      } else {
        result += redact(value: string, of: key, with: &redactor)
      }
      position = end
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A string as JSON quotes it.
  static func quoted(_ text: String) -> String {
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

  private static func redact(
    value: ArraySlice<UInt8>, of key: String, with redactor: inout Redactor
  ) -> [UInt8] {
    if PlanKeys.holdFigures(key) || PlanKeys.holdName(key) { return Array(value) }
    // A string that is cut off has nothing to be scanned.
    guard let text = (try? JSONTree(pasted: value))?.root.string else {
      return Array(redactor.number(for: String(decoding: value, as: UTF8.self)).utf8)
    }
    return Array(quoted(redactor.redactExpression(text)).utf8)
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// The offset behind the closing quote, or the end of the text.
  private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
    var position = start + 1
    while position < bytes.count, bytes[position] != bytes[start] {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(position + 1, bytes.count)
  }

  /// Whether `:` or `=>` follows.
  private static func isKey(_ bytes: [UInt8], behind end: Int) -> Bool {
    let next = bytes[end...].first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    return next == UInt8(ascii: ":") || next == UInt8(ascii: "=")
  }
}
