import Diagnosis

/// Numbers as the report prints them: `1,842 ms`, `12.4x`, `99.6%`.
enum Figure {
  /// A decimal with thousands separators and exactly so many digits after the point.
  static func fixed(_ value: Double, digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard let units = UInt64(exactly: scaled), units < 1 << 62 else { return "\(value)" }
    let step = UInt64(scale)
    let sign = value < 0 && units > 0 ? "-" : ""
    let whole = sign + grouped(units / step)
    guard digits > 0 else { return whole }
    let fraction = String(units % step)
    return whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  /// As ``fixed(_:digits:)``, without zeros at the end.
  static func trimmed(_ value: Double, digits: Int) -> String {
    let text = fixed(value, digits: digits)
    guard let point = text.firstIndex(of: ".") else { return text }
    let kept = text[point...].reversed().drop { $0 == "0" }.count
    return String(kept == 1 ? text[..<point] : text[..<text.index(point, offsetBy: kept)])
  }

  /// Rows, pages, calls: whole, or with the decimals that averages have.
  static func count(_ value: Double) -> String { trimmed(value, digits: 2) }

  /// Milliseconds, to the digits that a reader needs: `1,842 ms`, `12.3 ms`, `0.123 ms`.
  static func milliseconds(_ value: Double) -> String {
    switch value.magnitude {
    case 100...: fixed(value, digits: 0) + " ms"
    case 10..<100: fixed(value, digits: 1) + " ms"
    case 1..<10: fixed(value, digits: 2) + " ms"
    default: fixed(value, digits: 3) + " ms"
    }
  }

  /// Milliseconds as EXPLAIN prints them: `1,842.317 ms`.
  static func exactMilliseconds(_ value: Double) -> String { fixed(value, digits: 3) + " ms" }

  /// Seconds: `45.2s`, `30s`.
  static func seconds(_ value: Double) -> String { trimmed(value, digits: 1) + "s" }

  /// A factor: `12.4x`, `1,204x`.
  static func ratio(_ value: Double) -> String {
    (value < 100 ? fixed(value, digits: 1) : fixed(value, digits: 0)) + "x"
  }

  /// A share, 0 to 1, in percent; never rounded up to 100% nor down to 0%.
  static func percent(_ share: Double) -> String {
    let rounded = trimmed(share * 100, digits: 1)
    if share > 0, rounded == "0" { return "under 0.1%" }
    if share < 1, rounded == "100" { return "over 99.9%" }
    return rounded + "%"
  }

  /// An impact's share: as few digits as leave its severity as it is, so that 50.4% is not printed as 50%.
  static func impactShare(_ share: Double) -> String {
    let severity = Severity(share: share)
    for digits in 0...4 {
      let text = trimmed(share * 100, digits: digits)
      guard let printed = Double(text), Severity(share: printed / 100) == severity else { continue }
      if printed == 0 && share > 0 { continue }
      return text + "%"
    }
    return "\(share * 100)%"
  }

  /// Bytes: `8,192 kB`, `12 MB`.
  static func bytes(_ value: Double) -> String {
    switch value {
    case 10_485_760...: fixed(value / 1_048_576, digits: 0) + " MB"
    case 10_240...: fixed(value / 1024, digits: 0) + " kB"
    default: fixed(value, digits: 0) + " bytes"
    }
  }

  /// Processing units, with the five decimals that Aurora DSQL prints.
  static func dpu(_ value: Double) -> String { fixed(value, digits: 5) }

  /// A figure with its unit.
  static func measured(_ value: Double, unit: String) -> String {
    switch unit {
    case "": count(value)
    case "ms": milliseconds(value)
    case "x": ratio(value)
    case "bytes": bytes(value)
    case "%": trimmed(value, digits: 1) + "%"
    case "DPU": dpu(value) + " DPU"
    default: trimmed(value, digits: 3) + " " + unit
    }
  }

  private static func grouped(_ value: UInt64) -> String {
    var text = ""
    for (index, digit) in String(value).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}
