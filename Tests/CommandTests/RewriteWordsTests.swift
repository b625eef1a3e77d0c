import Testing
import ThrowawayServer
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

  @Test func saysThatPoliciesForWritingChooseOtherRows() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: #"""
        CREATE TABLE pu (id int PRIMARY KEY, own text, v int);
        INSERT INTO pu SELECT i, CASE WHEN i % 10 = 0 THEN 'policy_clerk' ELSE 'x' END, 0 FROM generate_series(1, 20000) i;
        CREATE INDEX ON pu (own);
        ALTER TABLE pu ENABLE ROW LEVEL SECURITY;
        CREATE POLICY s ON pu FOR SELECT USING (true);
        CREATE POLICY "up |" ON pu FOR UPDATE USING (own = current_user);
        CREATE ROLE policy_clerk; GRANT SELECT, UPDATE, DELETE ON pu TO policy_clerk;
        ANALYZE pu;
        """#)
    let options = ["-d", database.connectionString, "--role", "policy_clerk"]
    let update = try await Plandx.run(["analyze"] + options + ["UPDATE pu SET v = v + 1 WHERE id < 500"])
    #expect(update.status == 0, "\(update.errors)")
    #expect(
      update.output.contains("(row-level security has other policies for the statement than for the SELECT)"))
    #expect(!update.output.contains("joins that a SELECT"))
    #expect(
      update.output.contains(
        "the statement changes only rows that the policies for UPDATE let through (\"up |\"); the SELECT shows what the role may read, so its row count and plan may be others, as a rule larger"
      ))
    #expect(
      update.output.contains("in force for this role on `public.pu` (`s`; for UPDATE `up \\|`): another role")
    )
    let delete = try await Plandx.run(["analyze"] + options + ["DELETE FROM pu WHERE id < 500"])
    #expect(delete.output.contains("no policy lets this role DELETE any row, so the statement changes none"))
    #expect(delete.output.contains("on `public.pu` (`s`; no policy lets it DELETE): another role"))
    let select = try await Plandx.run(["analyze"] + options + ["SELECT FROM pu WHERE id < 500"])
    #expect(select.output.contains("on `public.pu` (`s`): another role"))
    #expect(!select.output.contains("Row-level security on"))
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
