import Testing
import Workflow

@testable import plandx

/// What a report says of how a rewritten statement's plan compares.
@Suite struct RewriteWordsTests {
  @Test(arguments: PlannerReason.allCases) func saysWhyThePlansDiffer(_ reason: PlannerReason) {
    let sentence = RewriteFidelity.differs(["a", "b", "c", "d"], reason).sentence
    let beginning = "Plain EXPLAIN of the original statement differs from the SELECT's plan: a; b; c ("
    #expect(sentence.hasPrefix(beginning))
    #expect(sentence.hasSuffix(")"))
    #expect(sentence.count > beginning.count + 20)
    #expect(!sentence.dropLast().hasSuffix("."))
  }

  @Test func saysWhatIsKnownAlone() {
    #expect(
      RewriteFidelity.differs(["Filter of Seq Scan"], nil).sentence
        == "Plain EXPLAIN of the original statement differs from the SELECT's plan: Filter of Seq Scan")
    #expect(
      RewriteFidelity.notCompared("the role may not UPDATE").sentence
        == "The original statement's plan was not compared: the role may not UPDATE")
  }

  @Test(arguments: [
    ("UPDATE customers SET region = 'x' WHERE id = 7", "UPDATE"),
    ("DELETE FROM customers WHERE id = 7", "DELETE"),
  ])
  func goesOnWithoutTheRightToWrite(_ sql: String, _ verb: String) async throws {
    let run = try await Plandx.run(["analyze"] + Shop.options(role: "shop_clerk") + [sql])
    #expect(run.output.contains("not compared: the role may not \(verb)"))
    #expect(run.output.contains("Execution Time: "))
    #expect(run.status == 0)
  }
}
