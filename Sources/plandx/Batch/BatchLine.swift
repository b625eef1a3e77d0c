import LogReading

/// One line of NDJSON: docs/batch.md has the keys.
struct BatchLine {
  private var json = JSONLine()

  init(_ plan: AnalyzedPlan, file: String) {
    json.add("file", file)
    json.add("offset", plan.offset)
    json.add("time", plan.origin.time)
    json.add("pid", plan.origin.processID)
    json.add("database", plan.origin.database)
    json.add("user", plan.origin.user)
    json.add("fingerprint", plan.fingerprint)
    json.add("query_id", plan.queryIdentifier)
    json.add("plan_id", plan.planIdentifier)
    json.add("duration_ms", plan.duration)
    json.add("planning_ms", plan.planningTime)
    json.add("execution_ms", plan.executionTime)
    json.add("nodes", plan.nodeCount)
    json.add("shape", plan.shape)
    json.add("format", plan.format.rawValue)
    json.add("query", plan.statement)
    if let parameters = plan.parameters { json.add("parameters", parameters) }
    json.add("findings", plan.findings.map(Self.object))
  }

  var text: String { json.text + "\n" }

  private static func object(_ finding: BatchFinding) -> JSONLine {
    var json = JSONLine()
    json.add("rule", finding.rule)
    json.add("severity", finding.severity.rawValue)
    json.add("title", finding.title)
    json.add("impact_ms", finding.milliseconds)
    json.add("share", finding.share)
    json.add("nodes", finding.nodes)
    return json
  }
}

/// An object of JSON in one line, its members in the order in which they were added.
struct JSONLine {
  private var members = ""

  var text: String { "{\(members)}" }

  mutating func add(_ key: String, _ value: String?) { addRaw(key, value.map(Self.quoted)) }
  mutating func add(_ key: String, _ value: Int?) { addRaw(key, value.map { "\($0)" }) }

  /// Milliseconds to the microsecond, as the server prints them; shares to six digits.
  mutating func add(_ key: String, _ value: Double?) {
    addRaw(key, value.flatMap { $0.isFinite ? Self.number($0) : nil })
  }

  mutating func add(_ key: String, _ values: [String]) {
    addRaw(key, "[\(values.map(Self.quoted).joined(separator: ","))]")
  }

  mutating func add(_ key: String, _ objects: [JSONLine]) {
    addRaw(key, "[\(objects.map(\.text).joined(separator: ","))]")
  }

  private mutating func addRaw(_ key: String, _ value: String?) {
    if !members.isEmpty { members += "," }
    members += "\"\(key)\":\(value ?? "null")"
  }

  private static func number(_ value: Double) -> String {
    let rounded = (value * 1_000_000).rounded() / 1_000_000
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
  }

  /// A string of JSON; what a terminal would obey is escaped too.
  private static func quoted(_ text: String) -> String {
    var result: [UInt8] = [UInt8(ascii: "\"")]
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += [UInt8(ascii: "\\"), UInt8(scalar.value)]
      case "\n": result += "\\n".utf8
      case "\t": result += "\\t".utf8
      case "\r": result += "\\r".utf8
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || isFormat(scalar):
        for unit in String(scalar).utf16 { result += escape(unit).utf8 }
      default: result += String(scalar).utf8
      }
    }
    return String(decoding: result, as: UTF8.self) + "\""
  }

  private static func isFormat(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0x7F && scalar.properties.generalCategory == .format
      || scalar.value == 0x2028 || scalar.value == 0x2029
  }

  private static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
