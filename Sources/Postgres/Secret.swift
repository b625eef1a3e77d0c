/// Text that no description, reflection or dump shows.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  let text: String

  /// Hides a text.
  public init(_ text: String) { self.text = text }

  /// Stands for the text wherever it would be printed.
  public var description: String { "(secret)" }
  /// Stands for the text wherever it would be printed.
  public var debugDescription: String { description }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
