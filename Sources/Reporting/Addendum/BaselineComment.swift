import Foundation

/// The comment at the end of a report that holds its ``Baseline``.
public enum BaselineComment {
  static let opening = "<!-- plandx-baseline "
  static let closing = " -->"

  /// Impossible figures are what a BUG REPORT is about; JSON has no numbers for them.
  private static let nonFinite = JSONEncoder.NonConformingFloatEncodingStrategy.convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  private static let nonFiniteRead = JSONDecoder.NonConformingFloatDecodingStrategy.convertFromString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")

  /// One line; no text from a statement can end the comment.
  public static func text(for baseline: Baseline) -> String {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = nonFinite
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = (try? encoder.encode(baseline)) ?? Data()
    return opening + escaped(String(decoding: data, as: UTF8.self)) + closing
  }

  /// The baseline in a comment's line; `nil` where it is none, or of a form that this version cannot read.
  public static func baseline(in line: String) -> Baseline? {
    guard line.hasPrefix(opening), line.hasSuffix(closing) else { return nil }
    let json = line.dropFirst(opening.count).dropLast(closing.count)
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = nonFiniteRead
    let baseline = try? decoder.decode(Baseline.self, from: Data(json.utf8))
    return baseline.flatMap { $0.version <= Baseline.currentVersion ? $0 : nil }
  }

  /// `<`, `>` and `--` occur inside JSON strings only, where the escapes mean the same.
  private static func escaped(_ json: String) -> String {
    var text = ""
    var previous: Character = " "
    for character in json {
      switch character {
      case "<": text += "\\u003c"
      case ">": text += "\\u003e"
      case "-" where previous == "-": text += "\\u002d"
      default: text.append(character)
      }
      previous = character
    }
    return text
  }
}
