/// Where a plan's expressions mention the results of sub-plans.
///
/// Up to release 16 an InitPlan's result is `$0`, from 17 on `(InitPlan 1).col1`; a SubPlan is called by
/// its name, one that fills a hash table as `hashed SubPlan 1`. Mentions in `Output` are kept apart: nodes above the one that evaluates an expression
/// print it as well.
struct SubplanReferences {
  /// Nodes, ascending, by what their conditions mention: `$0`, `InitPlan 1`, `SubPlan 1`.
  private(set) var inConditions: [String: [Int]] = [:]
  /// Nodes by what only what they hand on mentions.
  private(set) var inOutput: [String: [Int]] = [:]
  /// Whether the plan has sub-plans.
  let isNeeded: Bool

  /// Keys that name what a node below has evaluated already.
  private static let handedOn: Set<PropertyKey> = [.output, .sortKey, .presortedKey, .groupKey]

  /// Reads every expression once; nothing where the plan has no sub-plans.
  init(_ plan: ExplainedPlan) {
    isNeeded = plan.nodes.indices.contains { !plan.nodes[$0].relationship.isMember }
    guard isNeeded else { return }
    for index in plan.nodes.indices {
      for property in plan.nodes[index].properties {
        for name in SubplanNames(property.value) {
          if Self.handedOn.contains(property.key) {
            Self.add(index, to: &inOutput[name, default: []])
          } else {
            Self.add(index, to: &inConditions[name, default: []])
          }
        }
      }
    }
  }

  /// Nodes are met in order, so that a node's mentions are neighbours.
  private static func add(_ node: Int, to nodes: inout [Int]) {
    if nodes.last != node { nodes.append(node) }
  }

  /// The names by which expressions call the result of a sub-plan with this heading.
  static func names(ofHeading heading: String) -> [String] {
    let words = heading.split(separator: " ", maxSplits: 2)
    let parameters = SubplanNames(heading).filter { $0.hasPrefix("$") }
    if !parameters.isEmpty { return parameters }
    return words.count > 1 ? ["\(words[0]) \(words[1])"] : []
  }
}

/// The names of sub-plans and parameters in an expression, in their order; literals are passed over.
private struct SubplanNames: Sequence, IteratorProtocol {
  private var rest: Substring.UTF8View

  init(_ expression: String) { rest = Substring(expression).utf8 }

  mutating func next() -> String? {
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""): skipQuoted(byte)
      case UInt8(ascii: "$"):
        rest.removeFirst()
        if let number = takeWord({ $0 >= 0x30 && $0 <= 0x39 }) { return "$" + number }
      case UInt8(ascii: "I"), UInt8(ascii: "S"), UInt8(ascii: "h"):
        let name = takeSubplan("InitPlan ") ?? takeSubplan("SubPlan ") ?? takeSubplan("hashed SubPlan ")
        if let name { return name }
        rest.removeFirst()
      default: rest.removeFirst()
      }
    }
    return nil
  }

  private mutating func takeSubplan(_ kind: String) -> String? {
    guard rest.starts(with: kind.utf8) else { return nil }
    rest.removeFirst(kind.utf8.count)
    return takeWord { $0 == UInt8(ascii: "_") || $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x7A }
      .map { kind + $0 }
  }

  private mutating func takeWord(_ belongs: (UInt8) -> Bool) -> String? {
    let word = rest.prefix(while: belongs)
    guard !word.isEmpty else { return nil }
    rest = rest[word.endIndex...]
    return String(Substring(word))
  }

  private mutating func skipQuoted(_ quote: UInt8) {
    rest = rest.dropFirst().drop { $0 != quote }.dropFirst()
  }
}

extension PlanRelationship {
  /// The numbers behind `$` by which the plan calls what this sub-plan returns; none from release 17 on.
  public var returnedParameters: [Int] {
    switch self {
    case .initPlan(let heading), .subPlan(let heading):
      SubplanReferences.names(ofHeading: heading).compactMap { Int($0.dropFirst()) }
    case .member, .cte: []
    }
  }
}
