import ArgumentParser
import Workflow

/// `--param N=VALUE[:TYPE]`.
///
/// The type is what follows the last colon, where that can be a type's name; a colon at the end says that
/// there is none. NULL alone is NULL, and nothing at all the empty string.
///
///     1=41            41, of the type that the server infers
///     1=41:bigint     41 as bigint
///     1=10:30         the time: no type begins with a digit
///     1=urn:isbn:     the value urn:isbn
///     1=NULL  1=      NULL, and the empty string
///     1=NULL:         the text NULL
struct ParameterOption: Equatable {
  let number: Int
  /// `nil` for NULL.
  let value: String?
  let typeName: String?

  /// As many parameters as the protocol can count.
  private static let mostParameters = 65_535

  /// - Throws: `ValidationError` that quotes what was given.
  init(_ text: String) throws {
    guard let equals = text.firstIndex(of: "=") else {
      throw ValidationError("--param takes N=VALUE or N=VALUE:TYPE, not '\(text)'")
    }
    let digits = text[..<equals]
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits),
      (1...Self.mostParameters).contains(number)
    else {
      throw ValidationError("--param takes the number of a parameter, 1 for $1, before '=', not '\(digits)'")
    }
    self.number = number
    (value, typeName) = Self.split(text[text.index(after: equals)...])
  }

  private static func split(_ text: Substring) -> (value: String?, typeName: String?) {
    guard let colon = text.lastIndex(of: ":") else { return (nullOr(text), nil) }
    let name = text[text.index(after: colon)...]
    if name.isEmpty { return (String(text[..<colon]), nil) }
    return isTypeName(name) ? (nullOr(text[..<colon]), String(name)) : (String(text), nil)
  }

  private static func nullOr(_ text: Substring) -> String? {
    text.uppercased() == "NULL" ? nil : String(text)
  }

  /// Letters, digits and what else may stand in `numeric(10,2)[]`, `timestamp with time zone`, `app."Kind"`.
  private static func isTypeName(_ name: Substring) -> Bool {
    guard let first = name.first, first.isLetter || first == "_" || first == "\"" else { return false }
    return name.contains("\"") || name.allSatisfy { $0.isLetter || $0.isNumber || "_$. ()[],".contains($0) }
  }

  /// What the workflow binds.
  static func bound(_ options: [ParameterOption]) -> BoundParameters {
    BoundParameters(
      options.map { BoundParameters.Parameter(number: $0.number, value: $0.value, typeName: $0.typeName) })
  }
}
