/// A value that few nodes have: kept apart, so that the others need no room for it.
@propertyWrapper public struct Rare<Value: Sendable & Equatable>: Sendable, Equatable {
  @usableFromInline final class Box: Sendable {
    @usableFromInline let value: Value

    @inlinable init(_ value: Value) { self.value = value }
  }

  @usableFromInline var box: Box?

  /// The value, where there is one.
  @inlinable public init(wrappedValue: Value?) { box = wrappedValue.map(Box.init) }

  /// The value; `nil` where there is none.
  @inlinable public var wrappedValue: Value? {
    get { box?.value }
    set { box = newValue.map(Box.init) }
  }

  /// The reference, to be given to others that have the same value.
  @inlinable public var projectedValue: Rare {
    get { self }
    set { self = newValue }
  }

  /// By what is kept, not by where.
  @inlinable public static func == (first: Rare, second: Rare) -> Bool {
    first.box === second.box || first.wrappedValue == second.wrappedValue
  }
}
