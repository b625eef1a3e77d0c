import PlanModel

/// Reads what stands below the tree: planning, execution time, JIT, settings, triggers, DPU estimate.
struct TextTrailers {
  /// The plan's parts beside the tree.
  private(set) var plan = ExplainedPlan(nodes: [])
  private(set) var hasBegun = false
  private var section = Section.none
  private var sectionColumn = 0

  private enum Section {
    case none, planning, jit, dpu
    case unknown(String)
  }

  /// Whether `line` starts like a trailer that this version knows.
  static func isKnown(_ line: Bytes) -> Bool {
    line.hasPrefix("Planning") || line.hasPrefix("Execution Time:") || line.hasPrefix("Execution time:")
      || line.hasPrefix("JIT:")
      || line.hasPrefix("Settings:") || line.hasPrefix("Query Identifier:")
      || line.hasPrefix("Statement DPU Estimate:") || line.hasPrefix("Trigger ")
  }

  /// Takes a line; `false` where it is no trailer.
  mutating func take(_ line: Bytes, column: Int) -> Bool {
    // A trigger's name may hold anything.
    if let trigger = TriggerExecution(printed: line) {
      begin(at: column)
      plan.triggers.append(trigger)
      return true
    }
    guard let property = PropertyLine(line) else { return false }
    let key = property.key.text
    let value = line.from(property.valueStart).trimmed
    if hasBegun, column > sectionColumn, takeSectionLine(key, value) { return true }
    guard key.first?.isUppercase == true else { return false }
    begin(at: column)
    takeTrailer(key, value)
    return true
  }

  private mutating func begin(at column: Int) {
    hasBegun = true
    section = .none
    sectionColumn = column
  }

  private mutating func takeTrailer(_ key: String, _ value: Bytes) {
    switch key {
    case "Planning Time" where Self.milliseconds(value) != nil,
      "Planning time" where Self.milliseconds(value) != nil:
      plan.planningTime = Self.milliseconds(value)
    case "Execution Time" where Self.milliseconds(value) != nil,
      "Execution time" where Self.milliseconds(value) != nil:
      plan.executionTime = Self.milliseconds(value)
    case "Query Identifier": plan.queryIdentifier = value.text
    case "Settings" where SettingsText.settings(value) != nil:
      plan.settings = SettingsText.settings(value) ?? []
    case "Planning" where value.isEmpty: section = .planning
    case "JIT" where value.isEmpty:
      section = .jit
      plan.jit = JITSummary()
    case "Statement DPU Estimate":
      section = .dpu
      plan.dpu = DPUEstimate()
    default:
      section = .unknown(key)
      plan.otherTrailers.append(PlanProperty(PropertyKey(key), value.text))
    }
  }

  private mutating func takeSectionLine(_ key: String, _ value: Bytes) -> Bool {
    switch section {
    case .none: return false
    case .planning: takePlanning(key, value)
    case .jit: plan.jit?.take(PropertyKey(key), value.text)
    case .dpu: takeDPU(key, value)
    case .unknown(let heading):
      plan.otherTrailers.append(PlanProperty(PropertyKey("\(heading): \(key)"), value.text))
    }
    return true
  }

  private mutating func takePlanning(_ key: String, _ value: Bytes) {
    if key == "Buffers", let buffers = BufferUsage(printed: value) {
      plan.planningBuffers = buffers
    } else if key == "I/O Timings", let timings = IOTimings(printed: value) {
      plan.planningIOTimings = timings
    } else {
      plan.otherTrailers.append(PlanProperty(PropertyKey("Planning: \(key)"), value.text))
    }
  }

  /// `Read: 0.00047 DPU (Transaction minimum: 0.00375)`.
  private mutating func takeDPU(_ key: String, _ value: Bytes) {
    var scanner = ByteScanner(value)
    let number = scanner.number()
    switch key {
    case "Compute": plan.dpu?.compute = number
    case "Read": plan.dpu?.read = number
    case "Write": plan.dpu?.write = number
    case "Multi-Region Write": plan.dpu?.multiRegionWrite = number
    case "Total": plan.dpu?.total = number
    default:
      plan.otherTrailers.append(PlanProperty(PropertyKey("Statement DPU Estimate: \(key)"), value.text))
    }
    guard scanner.take(" DPU (Transaction minimum: ") else { return }
    let minimum = scanner.takeUntil { $0 == UInt8(ascii: ")") }
    plan.dpu?.transactionMinimums.append(PlanProperty(PropertyKey(key), minimum.text))
  }

  private static func milliseconds(_ value: Bytes) -> Double? {
    var scanner = ByteScanner(value)
    guard let number = scanner.number(), scanner.take(" ms") else { return nil }
    // Behind the last line a statement's semicolon, or the end of a block of code, may have been left.
    let rest = value.from(scanner.position)
    return rest.isEmpty || ";{[<`\"'|".utf8.contains(rest[0]) ? number : nil
  }
}

extension TriggerExecution {
  /// `Trigger for constraint orders_fk on orders: time=1.234 calls=5`.
  fileprivate init?(printed line: Bytes) {
    guard line.hasPrefix("Trigger ") else { return nil }
    guard let end = line.lastOffset(of: ": time=") ?? line.lastOffset(of: ": calls=") else { return nil }
    var scanner = ByteScanner(line)
    scanner.position = end + 2
    let time = scanner.take("time=") ? scanner.number() : nil
    scanner.skipBlanks()
    guard scanner.take("calls="), let calls = scanner.number(), scanner.isAtEnd else { return nil }
    self.init(name: line.slice(8..<end).text, time: time, calls: calls)
  }
}

/// `work_mem = '1MB', search_path = '"$user", public'`.
enum SettingsText {
  /// The settings in their order; `nil` where the text is no list of settings.
  static func settings(_ text: Bytes) -> [PlanProperty]? {
    var settings: [PlanProperty] = []
    var scanner = ByteScanner(text)
    repeat {
      guard let name = name(&scanner) else { return nil }
      let start = scanner.position
      guard let end = endOfValue(text, from: start) else { return nil }
      settings.append(PlanProperty(PropertyKey(name.text), text.slice(start..<end).text))
      scanner.position = end + 1
    } while scanner.take(", ")
    return settings
  }

  /// Takes `name = '`.
  private static func name(_ scanner: inout ByteScanner) -> Bytes? {
    let name = scanner.takeUntil { $0 == 0x20 || $0 == UInt8(ascii: "'") }
    return !name.isEmpty && scanner.take(" = '") ? name : nil
  }

  /// Quotes inside a value are not doubled: it ends where `', name = '` or the line's end follows.
  private static func endOfValue(_ text: Bytes, from start: Int) -> Int? {
    var quote = text.offset(of: UInt8(ascii: "'"), from: start)
    while let at = quote {
      var behind = ByteScanner(text)
      behind.position = at + 1
      if behind.isAtEnd || behind.take(", ") && name(&behind) != nil { return at }
      quote = text.offset(of: UInt8(ascii: "'"), from: at + 1)
    }
    return nil
  }
}
