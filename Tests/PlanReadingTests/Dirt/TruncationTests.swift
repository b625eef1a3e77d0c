import PlanModel
import PlanReading
import Testing

/// A paste may stop anywhere: what is there is read, and where it stops is said.
@Suite struct TruncationTests {
  private static func isNoted(_ read: ReadPlan) -> Bool {
    read.notes.contains { if case .truncated = $0 { true } else { false } }
  }

  /// What is wrong with the reading of a text that stops; a refusal says itself where.
  private static func fault(
    _ text: ArraySlice<UInt8>, of whole: ExplainedPlan, isStrict: Bool
  ) -> String? {
    guard let read = try? PlanReader.read(Array(text)) else { return nil }
    let types = zip(read.plan.nodes, whole.nodes).map { ($0.type.name, $1.type.name) }
    guard read.plan.nodes.count <= whole.nodes.count, types.dropLast().allSatisfy({ $0 == $1 }) else {
      return "other nodes"
    }
    // YAML has no end of its own, and PostgreSQL may end a plan behind its last node.
    let last = read.plan.nodes.last?.type.name ?? ""
    let mayEnd =
      read.plan.nodes.count == whole.nodes.count || !isStrict && (last == "Result" || last.hasSuffix("Scan"))
    return isNoted(read) || mayEnd ? nil : "not noted"
  }

  @Test(arguments: [
    ("pasted/plain.txt", 1), ("pasted/long.txt", 5), ("psql/plain.txt", 3), ("formats/one.json", 1),
    ("formats/one.yaml", 1), ("formats/one.xml", 1), ("pasted/long.json", 4_999), ("pasted/long.yaml", 4_999),
    ("pasted/long.xml", 4_999),
  ])
  func readsWhatStandsBeforeACutAtAnyByte(_ name: String, _ step: Int) throws {
    let text = Array(try Fixture.named(name).text.utf8)
    let whole = try PlanReader.read(text).plan
    let faults = stride(from: 0, to: text.count, by: step).compactMap { end in
      Self.fault(text[..<end], of: whole, isStrict: name == "pasted/long.txt").map { "\(end): \($0)" }
    }
    #expect(faults == [])
  }

  /// At every line of a plan of 74 lines: the note names the last, but where PostgreSQL may end a plan as well.
  @Test func saysInWhichLineAPlanStops() throws {
    let rows = try Fixture.named("pasted/long.txt").text.rows
    let mayEnd = Set(66...72)
    for count in 1..<rows.count {
      let read = try PlanReader.read(rows.prefix(count).joined(separator: "\n"))
      let places = read.notes.compactMap { if case .truncated(let at) = $0 { at.line } else { nil } }
      #expect(places == [count] || mayEnd.contains(count) && places.isEmpty, "\(count)")
    }
  }

  private static let node = "  (cost=0.00..1.00 rows=1 width=4)"

  @Test(arguments: [
    ("Hash Join\n  Hash Cond: (a.id = b.id)\n", true), ("Merge Join\n  ->  Seq Scan on a\n", true),
    ("Sort\n  Sort Key: a\n", true), ("Append\n  Subplans Removed: 2\n", false), ("Append\(node)\n", true),
    ("Update on t\(node)\n", true), ("BitmapOr\(node)\n  ->  Bitmap Index Scan on i\(node)\n", true),
    ("Seq Scan on t\n  Filter: (a = 'x\n", true), ("Seq Scan on t\n  Filter: (a > 1)\n", false),
    ("Seq Scan on t\(node)\n  Filter: (SubPlan 1)\n", true),
    ("Seq Scan on t\(node)\n  Filter: (SubPlan 1)\n  SubPlan 1\n    ->  Result\(node)\n", false),
    ("Seq Scan on t\(node)\nPlanning Ti", true), ("Seq Scan on t\(node)\nSettings: work_mem = '1", true),
    ("Seq Scan on t\(node)\n  Buffers: shared hi", true), ("Seq Scan on t\(node)\n  Output: a, b,", true),
  ])
  func tellsAWholePlanFromOneThatStops(_ text: String, _ isCut: Bool) throws {
    #expect(Self.isNoted(try PlanReader.read(text)) == isCut)
  }
}
