/// The name of a prepared statement that no other session's can be: `plandx_` and a random number.
///
/// A pooler lets many programs share one server connection, and with it the names of prepared statements.
public struct PreparedName: Sendable, Hashable, CustomStringConvertible {
  /// Lower-case letters, digits and an underscore: an identifier as it stands.
  public let description: String

  /// What all such names begin with.
  public static let prefix = "plandx_"

  /// A new name.
  public init() {
    let (high, low) = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
    description = Self.prefix + String(high, radix: 36) + String(low, radix: 36)
  }

  /// What removes the statement: a rollback does not.
  var deallocation: Statement { Statement("DEALLOCATE \(description)") }
}
