import PlanModel

/// Writes a plan as EXPLAIN's TEXT format does: the inverse of reading it.
///
/// Everything is made of the plan's values; what the reader did not know is printed as it was kept. Takes time
/// linear in the plan.
public struct TextPlanWriter {
  private let plan: ExplainedPlan
  private let dialect: TextDialect
  private var text = ""
  /// Per node the column of its properties and of its children's arrows.
  private var columns: [Int] = []

  /// The lines of `plan`, each with a line feed, in the form of the server that `dialect` describes.
  public static func text(of plan: ExplainedPlan, dialect: TextDialect = TextDialect()) -> String {
    var writer = TextPlanWriter(plan: plan, dialect: dialect)
    writer.write()
    return writer.text
  }

  private init(plan: ExplainedPlan, dialect: TextDialect) {
    self.plan = plan
    self.dialect = dialect
    columns.reserveCapacity(plan.nodes.count)
  }

  private mutating func write() {
    for node in plan.nodes { write(node) }
    append(TrailerLines(dialect: dialect).lines(of: plan), at: 0)
  }

  private mutating func write(_ node: PlanNode) {
    let style = node.type.isStorageNode ? dialect.storageLines : dialect.lines
    let line = NodeLineText(dialect: dialect, style: style).line(of: node)
    if let parent = node.parent {
      let column = arrowColumn(of: node, below: columns[parent])
      append("->" + String(repeating: " ", count: style.blanksBehindArrow) + line, at: column)
      columns.append(column + style.step)
    } else {
      append(line, at: 0)
      columns.append(2)
    }
    append(PropertyLines(dialect: dialect).lines(of: node), at: columns[columns.count - 1])
  }

  /// Where a node's arrow stands; the heading of a sub-plan is printed above it.
  private mutating func arrowColumn(of node: PlanNode, below column: Int) -> Int {
    guard let heading = node.relationship.heading else { return column }
    append(heading, at: column)
    return column + 2
  }

  private mutating func append(_ lines: [IndentedLine], at column: Int) {
    for line in lines { append(line.text, at: column + line.indentation) }
  }

  private mutating func append(_ line: String, at column: Int) {
    for _ in 0..<column { text.append(" ") }
    text += line
    text.append("\n")
  }
}

/// A line and how far it is indented against its node's properties.
struct IndentedLine {
  var indentation: Int
  var text: String

  init(_ text: String, indentation: Int = 0) {
    self.indentation = indentation
    self.text = text
  }

  /// `Key: value`.
  init(_ property: PlanProperty, indentation: Int = 0) {
    let key = property.key.name
    self.init(property.value.isEmpty ? "\(key):" : "\(key): \(property.value)", indentation: indentation)
  }
}

extension PlanRelationship {
  fileprivate var heading: String? {
    switch self {
    case .member: nil
    case .initPlan(let heading), .subPlan(let heading): heading
    case .cte(let name): "CTE " + name
    }
  }
}
