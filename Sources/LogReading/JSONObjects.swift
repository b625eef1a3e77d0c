/// Follows brackets and strings of JSON over lines, to find where an object ends.
struct JSONNesting {
  /// Open braces and brackets, those around the objects not counted.
  private(set) var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Whether a string is open at the end of a line, where JSON has none.
  var isBroken: Bool { isInString }

  /// What to do with a byte of a line.
  enum Step {
    /// An object starts at this byte.
    case begins
    /// The object ended with this byte.
    case ends
    /// A list opens directly inside the object.
    case opensList
  }

  /// Goes on to the next byte of note; `nil` at the line's end.
  mutating func next(in line: Bytes, from position: inout Int) -> Step? {
    while position < line.count {
      let byte = line[position]
      position += 1
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == .quote {
          isInString = false
        }
      } else if let step = step(byte) {
        return step
      }
    }
    return nil
  }

  private mutating func step(_ byte: UInt8) -> Step? {
    switch byte {
    case .quote where depth > 0: isInString = true
    case UInt8(ascii: "{"):
      depth += 1
      return depth == 1 ? .begins : nil
    case UInt8(ascii: "[") where depth > 0:
      depth += 1
      return depth == 2 ? .opensList : nil
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      guard depth > 0 else { return nil }
      depth -= 1
      return depth == 0 ? .ends : nil
    default: break
    }
    return nil
  }

  mutating func reset() { self = JSONNesting() }
}
