import JSONTree
import PlanModel

/// Reads what stands beside `Plan` in a query's object.
enum JSONTrailers {
  static func read(
    _ query: JSONValue, of document: Bytes, isVerbose: Bool, into plan: inout ExplainedPlan
  ) {
    for (key, value) in query.members {
      switch key {
      case "Plan", "Query Text": break
      case "Planning Time": plan.planningTime = value.double
      case "Execution Time": plan.executionTime = value.double
      case "Query Identifier": plan.queryIdentifier = JSONProperties.text(of: value)
      case "JIT": plan.jit = jit(value)
      case "Triggers": plan.triggers = triggers(value.elements, isVerbose: isVerbose)
      case "Settings":
        plan.settings = value.members.map {
          PlanProperty(PropertyKey($0.key), JSONProperties.text(of: $0.value))
        }
      case "Serialization": plan.otherTrailers.append(PlanProperty("Serialization", serialization(value)))
      case "Planning": readPlanning(value, of: document, into: &plan)
      default: plan.otherTrailers.append(PlanProperty(PropertyKey(key), JSONProperties.text(of: value)))
      }
    }
  }

  private static func readPlanning(
    _ value: JSONValue, of document: Bytes, into plan: inout ExplainedPlan
  ) {
    let members = JSONMembers(of: value, in: document)
    plan.planningBuffers = JSONFigures(members).buffers
    plan.planningIOTimings = JSONFigures(members).ioTimings
    if let used = members["Memory Used"], let allocated = members["Memory Allocated"] {
      let text = "used=\(JSONProperties.text(of: used))kB  allocated=\(JSONProperties.text(of: allocated))kB"
      plan.otherTrailers.append(PlanProperty("Planning: Memory", text))
    }
    for (key, value) in value.members where !JSONFigures.keys.contains(key) && !key.hasPrefix("Memory ") {
      plan.otherTrailers.append(
        PlanProperty(PropertyKey("Planning: \(key)"), JSONProperties.text(of: value)))
    }
  }

  /// `time=0.003 ms  output=1kB  format=text`, from release 17 on; whatever else there is stands behind it.
  private static func serialization(_ value: JSONValue) -> String {
    value.members.filter { !JSONFigures.keys.contains($0.key) || $0.value.double != 0 }.map { key, value in
      let text = JSONProperties.text(of: value)
      return switch key {
      case "Time": "time=\(text) ms"
      case "Output Volume": "output=\(text)kB"
      case "Format": "format=\(text)"
      default: "\(key)=\(text)"
      }
    }.joined(separator: "  ")
  }

  // MARK: JIT

  /// The block with its lines spelt as TEXT spells them.
  static func jit(_ value: JSONValue) -> JITSummary {
    var summary = JITSummary()
    for (key, value) in value.members where key != "Worker Number" {
      summary.take(PropertyKey(key), jitLine(key, value))
    }
    return summary
  }

  private static func jitLine(_ key: String, _ value: JSONValue) -> String {
    guard value.kind == .object else { return JSONProperties.text(of: value) }
    return value.members.map { name, value in
      key == "Timing" ? "\(name) \(time(value))" : "\(name) \(JSONProperties.text(of: value))"
    }.joined(separator: ", ")
  }

  /// From release 17 on `Generation` is an object: `0.500 ms (Deform 0.100 ms)`.
  private static func time(_ value: JSONValue) -> String {
    guard value.kind == .object else { return JSONProperties.text(of: value) + " ms" }
    let parts = value.members.filter { $0.key != "Total" }.map {
      "\($0.key) \(JSONProperties.text(of: $0.value)) ms"
    }
    let total = value["Total"].map { JSONProperties.text(of: $0) } ?? ""
    return "\(total) ms (\(parts.joined(separator: ", ")))"
  }

  // MARK: Triggers

  /// TEXT names the constraint instead of the trigger unless it is VERBOSE, and the relation only
  /// where triggers of several relations ran.
  private static func triggers(_ values: [JSONValue], isVerbose: Bool) -> [TriggerExecution] {
    let relations = Set(values.compactMap { $0["Relation"]?.string })
    return values.map { value in
      var words: [String] = []
      let constraint = value["Constraint Name"]?.string
      if let name = value["Trigger Name"]?.string, isVerbose || constraint == nil { words.append(name) }
      if let constraint { words.append("for constraint \(constraint)") }
      if let relation = value["Relation"]?.string, relations.count > 1 { words.append("on \(relation)") }
      return TriggerExecution(
        name: words.joined(separator: " "), time: value["Time"]?.double, calls: value["Calls"]?.double ?? 0)
    }
  }
}
