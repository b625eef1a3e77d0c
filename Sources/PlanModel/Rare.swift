/// A value that few nodes have: kept apart, so that the others need no room for it.
@propertyWrapper public struct Rare<Value: Sendable & Equatable>: Sendable, Equatable {
  private final class Box: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  private var box: Box?

  /// The value, where there is one.
  public init(wrappedValue: Value?) { box = wrappedValue.map(Box.init) }

  /// The value; `nil` where there is none.
  public var wrappedValue: Value? {
    get { box?.value }
    set { box = newValue.map(Box.init) }
  }

  /// By what is kept, not by where.
  public static func == (first: Rare, second: Rare) -> Bool { first.wrappedValue == second.wrappedValue }
}
