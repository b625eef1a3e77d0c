/// `Sort Method: external merge  Disk: 1234kB`.
public struct SortUsage: Sendable, Equatable {
  /// `quicksort`, `top-N heapsort`, `external sort`, `external merge`.
  public var method: String
  /// Kilobytes used.
  public var spaceUsed: Double?
  /// Whether that space was on disk.
  public var isOnDisk: Bool

  /// A sort's method and space as printed.
  public init(method: String, spaceUsed: Double?, isOnDisk: Bool) {
    self.method = method
    self.spaceUsed = spaceUsed
    self.isOnDisk = isOnDisk
  }
}
