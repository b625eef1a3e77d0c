import Foundation
import Postgres
import Statements

@testable import Workflow

/// Compares a statement's own plan with its SELECT's from `EXPLAIN (FORMAT JSON)`: a second opinion that
/// shares no code with ``RewriteFidelity``.
enum JSONPlanComparison {
  /// The first difference in node types, relations, indexes, conditions and total costs below ModifyTable.
  static func difference(_ request: CaptureRequest, on session: Session) async throws -> String? {
    let statements = [request.statement.originalFragment, request.statement.sql]
    let settings = request.transaction(timeout: .seconds(60))
    var plans: [[String: Any]] = []
    for statement in statements {
      let rows = try await session.transaction(settings) { transaction throws(PostgresError) in
        try await transaction.query("EXPLAIN (VERBOSE, FORMAT JSON) " + statement.text)
      }
      plans.append(try plan(rows[0][0] ?? ""))
    }
    let (own, select) = (plans[0], plans[1])
    let (ownNodes, nodes) = (below(own, extra: extra(own, select)), preorder(select))
    guard ownNodes.count == nodes.count else { return "\(ownNodes.count) nodes, not \(nodes.count)" }
    let labels = [labels(ownNodes), labels(nodes)]
    for (mine, theirs) in zip(ownNodes, nodes) {
      let descriptions = [describe(mine, labels[0]), describe(theirs, labels[1])]
      if descriptions[0] != descriptions[1] { return descriptions.joined(separator: " | ") }
    }
    return nil
  }

  private static func plan(_ text: String) throws -> [String: Any] {
    let answer = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
    return answer?.first?["Plan"] as? [String: Any] ?? [:]
  }

  private static func children(_ node: [String: Any]) -> [[String: Any]] {
    node["Plans"] as? [[String: Any]] ?? []
  }

  private static func preorder(_ node: [String: Any]) -> [[String: Any]] {
    [node] + children(node).flatMap(preorder)
  }

  private static func cost(_ node: [String: Any]) -> Double { node["Total Cost"] as? Double ?? -1 }

  /// How many of ModifyTable's init plans belong to RETURNING: as many as the SELECT lacks.
  private static func extra(_ own: [String: Any], _ select: [String: Any]) -> Int {
    let counts = [own, select].map {
      children($0).count { $0["Parent Relationship"] as? String == "InitPlan" }
    }
    return counts[0] - counts[1]
  }

  /// The topmost node with all of ModifyTable's cost, then what hangs on ModifyTable, then the rest.
  private static func below(_ modify: [String: Any], extra: Int) -> [[String: Any]] {
    var hanging = children(modify).filter { $0["Parent Relationship"] as? String == "InitPlan" }
    var top = children(modify).first { $0["Parent Relationship"] as? String == "Outer" } ?? [:]
    let returning = hanging.suffix(max(0, extra))
    hanging = hanging.dropLast(max(0, extra))
    top["Total Cost"] = cost(modify) - returning.map(cost).reduce(0, +)
    return [top] + hanging.flatMap(preorder) + children(top).flatMap(preorder)
  }

  private static func labels(_ nodes: [[String: Any]]) -> [String: String] {
    let pairs = nodes.compactMap { node in
      (node["Alias"] as? String).map { ($0, node["Relation Name"] as? String ?? $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private static let conditions = [
    "Filter", "Index Cond", "Recheck Cond", "Hash Cond", "Merge Cond", "Join Filter", "TID Cond",
    "One-Time Filter",
  ]

  private static func describe(_ node: [String: Any], _ labels: [String: String]) -> String {
    let names = ["Node Type", "Operation", "Join Type", "Schema", "Relation Name", "Index Name"].map {
      node[$0] as? String ?? "-"
    }
    let tests = conditions.compactMap { key in
      (node[key] as? String).map { key + ": " + words(of: $0, labels) }
    }
    let rounded = (cost(node) * 100).rounded() / 100
    return (names + tests + ["\(rounded)"]).joined(separator: ", ")
  }

  /// A condition's words in alphabetical order, tables by their names: `a.x = b.y` and `b.y = a.x` are one.
  private static func words(of condition: String, _ labels: [String: String]) -> String {
    condition.split { " ().".contains($0) }.map { labels[String($0)] ?? String($0) }.sorted()
      .joined(separator: " ")
  }
}
