import PlanModel
import PlanReading
import Testing

/// A paste may stop anywhere: what is there is read, and where it stops is said.
@Suite struct TruncationTests {
  private static func isNoted(_ read: ReadPlan) -> Bool {
    read.notes.contains { if case .truncated = $0 { true } else { false } }
  }

  /// What is wrong with the reading of a text that stops; a refusal says itself where.
  private static func fault(_ text: ArraySlice<UInt8>, of whole: ExplainedPlan) -> String? {
    guard let read = try? PlanReader.read(Array(text)) else { return nil }
    let types = zip(read.plan.nodes, whole.nodes).map { ($0.type.name, $1.type.name) }
    guard read.plan.nodes.count <= whole.nodes.count, types.dropLast().allSatisfy({ $0 == $1 }) else {
      return "other nodes"
    }
    // YAML has no end of its own, and a tree of TEXT may end behind a node that needs no other.
    let last = read.plan.nodes.last?.type.name ?? ""
    let mayEnd = read.plan.nodes.count == whole.nodes.count || last == "Result" || last.hasSuffix("Scan")
    return isNoted(read) || mayEnd ? nil : "not noted"
  }

  @Test(arguments: [
    ("pasted/plain.txt", 1), ("pasted/long.txt", 17), ("psql/plain.txt", 3), ("formats/one.json", 1),
    ("formats/one.yaml", 1), ("formats/one.xml", 1),
  ])
  func readsWhatStandsBeforeACutAtAnyByte(_ name: String, _ step: Int) throws {
    let text = Array(try Fixture.named(name).text.utf8)
    let whole = try PlanReader.read(text).plan
    let faults = stride(from: 0, to: text.count, by: step).compactMap { end in
      Self.fault(text[..<end], of: whole).map { "\(end): \($0)" }
    }
    #expect(faults == [])
  }

  /// At every line of a plan of 74 lines: the note names the last, but where PostgreSQL may end a plan as well.
  @Test func saysInWhichLineAPlanStops() throws {
    let rows = try Fixture.named("pasted/long.txt").text.rows
    let mayEnd = Set(Array(14...16) + Array(57...61) + Array(65...72))
    for count in 1..<rows.count {
      let read = try PlanReader.read(rows.prefix(count).joined(separator: "\n"))
      let places = read.notes.compactMap { if case .truncated(let at) = $0 { at.line } else { nil } }
      #expect(places == [count] || mayEnd.contains(count) && places.isEmpty, "\(count)")
    }
  }
}
