/// IPv4 host addresses as numbers (`convert_inet_to_scalar` in `network.c`).
enum AddressText {
  /// `nil` for networks and IPv6, whose order is another.
  static func scalar(_ text: String) -> Double? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard parts.count == 4 else { return nil }
    return parts.reduce(0.0 as Double?) { sum, part in
      sum.flatMap { sum in part.map { sum * 256 + Double($0) } }
    }
  }
}
