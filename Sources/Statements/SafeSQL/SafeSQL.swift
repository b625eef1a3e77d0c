import Catalog
import SQLNames

/// SQL text that was built from typed pieces: the one way in which this program makes SQL.
///
/// A literal in the source code is a piece, and so are names, numbers and quoted constants. A `String`
/// is none: what came from outside cannot become SQL by accident.
///
///     let table = QualifiedName(schema: "public", name: "order")
///     let query: SafeSQL = "SELECT count(*) FROM \(table)"   // SELECT count(*) FROM public."order"
///     let wrong: SafeSQL = "SELECT \(someString)"            // does not compile
public struct SafeSQL: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
  /// The text to send.
  public let text: String

  /// The text to send.
  public var description: String { text }

  /// Text that stands in the source code.
  public init(stringLiteral text: StaticString) { self.text = text.description }

  /// Source text and typed pieces in turn.
  public init(stringInterpolation pieces: StringInterpolation) { text = pieces.text }

  private init(trusted text: String) { self.text = text }

  /// The pieces of an interpolated literal.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    /// Called by the compiler.
    public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    /// Text that stands in the source code.
    public mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

    /// A name, quoted where it must be.
    public mutating func appendInterpolation(_ name: SQLIdentifier) { text += name.quoted }

    /// A name with its schema, quoted where they must be.
    public mutating func appendInterpolation(_ name: QualifiedName) { text += name.quoted }

    /// A string constant.
    public mutating func appendInterpolation(_ constant: SQLLiteral) { text += constant.quoted }

    /// A whole number.
    public mutating func appendInterpolation(_ number: Int) { text += number.description }

    /// A number with a fraction; `NaN` and the infinities as PostgreSQL writes them.
    public mutating func appendInterpolation(_ number: Double) {
      text += number.isFinite ? number.description : SQLLiteral.notFinite(number)
    }

    /// SQL that was built before.
    public mutating func appendInterpolation(_ sql: SafeSQL) { text += sql.text }

    /// A part of an admitted statement. It never ends in a line comment, so what follows is safe.
    public mutating func appendInterpolation(_ fragment: SQLFragment) { text += fragment.text }
  }
}

extension Sequence<SafeSQL> {
  /// The pieces one after another, with the separator between them.
  public func joined(separator: SafeSQL) -> SafeSQL {
    reduce(into: SafeSQL?.none) { result, next in
      result = result.map { "\($0)\(separator)\(next)" } ?? next
    } ?? ""
  }
}

/// A part of a statement that was admitted, or an expression that PostgreSQL printed and its grammar
/// accepts: the only text from outside that may become SQL.
public struct SQLFragment: Sendable, Hashable, CustomStringConvertible {
  /// The text as written; ends in a token, not in a comment.
  public let text: String

  /// The text as written.
  public var description: String { text }

  /// Only the readers of this target know that a text was parsed and where it ends.
  init(verbatim text: String) { self.text = text }
}
