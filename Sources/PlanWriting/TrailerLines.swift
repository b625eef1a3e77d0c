import PlanModel

/// Writes what stands below the tree.
struct TrailerLines {
  let dialect: TextDialect

  func lines(of plan: ExplainedPlan) -> [IndentedLine] {
    var lines: [IndentedLine] = []
    if !plan.settings.isEmpty { lines.append(settings(plan.settings)) }
    if let identifier = plan.queryIdentifier { lines.append(IndentedLine("Query Identifier: " + identifier)) }
    lines += planning(plan)
    lines += time("Planning Time", plan.planningTime)
    lines += plan.triggers.map(line)
    lines += plan.jit?.lines ?? []
    lines += others(plan)
    lines += time("Execution Time", plan.executionTime)
    return lines + (plan.dpu.map { dpu($0, plan) } ?? [])
  }

  private func settings(_ settings: [PlanProperty]) -> IndentedLine {
    IndentedLine("Settings: " + settings.map { "\($0.key.name) = '\($0.value)'" }.joined(separator: ", "))
  }

  private func time(_ key: String, _ milliseconds: Double?) -> [IndentedLine] {
    milliseconds.map { [IndentedLine("\(key): \($0.fixed(3)) ms")] } ?? []
  }

  private func line(of trigger: TriggerExecution) -> IndentedLine {
    let time = trigger.time.map { "time=\($0.fixed(3)) " } ?? ""
    return IndentedLine("Trigger \(trigger.name): \(time)calls=\(trigger.calls.fixed(0))")
  }

  // MARK: Sections

  private func planning(_ plan: ExplainedPlan) -> [IndentedLine] {
    let lines =
      FigureText(dialect: dialect).usage(plan.planningBuffers, plan.planningIOTimings)
      .map { IndentedLine($0, indentation: 2) } + members(of: "Planning", in: plan)
    return lines.isEmpty ? [] : [IndentedLine("Planning:")] + lines
  }

  private func dpu(_ dpu: DPUEstimate, _ plan: ExplainedPlan) -> [IndentedLine] {
    let components = [
      ("Compute", dpu.compute), ("Read", dpu.read), ("Write", dpu.write),
      ("Multi-Region Write", dpu.multiRegionWrite), ("Total", dpu.total),
    ]
    let lines = components.compactMap { name, units -> IndentedLine? in
      guard let units else { return nil }
      let minimum = dpu.transactionMinimums.first { $0.key.name == name }
      let note = minimum.map { " (Transaction minimum: \($0.value))" } ?? ""
      return IndentedLine("\(name): \(units.fixed(5)) DPU\(note)", indentation: 2)
    }
    return [IndentedLine("Statement DPU Estimate:")] + lines + members(of: "Statement DPU Estimate", in: plan)
  }

  // MARK: Lines kept verbatim

  private static let sections = ["Planning", "Statement DPU Estimate"]

  private func others(_ plan: ExplainedPlan) -> [IndentedLine] {
    plan.otherTrailers.compactMap { property in
      guard let (section, key) = property.key.sectionAndKey else { return IndentedLine(property) }
      guard !Self.sections.contains(section) else { return nil }
      return IndentedLine(PlanProperty(PropertyKey(key), property.value), indentation: 2)
    }
  }

  private func members(of section: String, in plan: ExplainedPlan) -> [IndentedLine] {
    plan.otherTrailers.compactMap { property in
      guard let parts = property.key.sectionAndKey, parts.section == section else { return nil }
      return IndentedLine(PlanProperty(PropertyKey(parts.key), property.value), indentation: 2)
    }
  }
}

extension PropertyKey {
  /// `Planning: Memory`, taken apart; `nil` for a line outside sections.
  fileprivate var sectionAndKey: (section: String, key: String)? {
    guard let colon = name.firstRange(of: ": ") else { return nil }
    return (String(name[..<colon.lowerBound]), String(name[colon.upperBound...]))
  }
}
