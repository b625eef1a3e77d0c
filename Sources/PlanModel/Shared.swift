/// A value that many nodes have alike: each holds no more than a reference to it.
@propertyWrapper public struct Shared<Value: Sendable & Equatable>: Sendable, Equatable {
  @usableFromInline final class Box: Sendable {
    @usableFromInline let value: Value

    @inlinable init(_ value: Value) { self.value = value }
  }

  @usableFromInline var box: Box

  /// A value that nobody shares so far.
  @inlinable public init(wrappedValue: Value) { box = Box(wrappedValue) }

  /// The value.
  @inlinable public var wrappedValue: Value {
    get { box.value }
    set { box = Box(newValue) }
  }

  /// The reference, to be given to others.
  @inlinable public var projectedValue: Shared {
    get { self }
    set { self = newValue }
  }

  /// By what is kept, not by where.
  @inlinable public static func == (first: Shared, second: Shared) -> Bool {
    first.box === second.box || first.box.value == second.box.value
  }
}
