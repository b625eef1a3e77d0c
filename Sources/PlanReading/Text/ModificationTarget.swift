import PlanModel

/// `Update on public.part_1 part`, `Foreign Update on …`: a line that names one target of several.
struct ModificationTarget {
  var command: String
  var isForeign: Bool
  /// Behind `on`, verbatim.
  var relation: String

  /// `nil` where the line is none of that.
  init?(_ line: Bytes) {
    let parts = NodeLine(line)
    guard let relation = parts.relation, parts.index == nil, parts.figuresStart == nil else { return nil }
    isForeign = parts.type.hasPrefix("Foreign ")
    let command = parts.type.from(isForeign ? 8 : 0)
    guard NodeType.isModification(command) else { return nil }
    self.command = command.text
    self.relation = relation.text
  }
}
