extension Duration {
  /// Whole milliseconds, without the rest.
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
  }
}
