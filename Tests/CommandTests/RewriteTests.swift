import Testing
import ThrowawayServer

/// `plandx rewrite` shows what would run.
@Suite(.serialized) struct RewriteTests {
  @Test(arguments: [
    ([], "SELECT a FROM t WHERE b = 1;", "SELECT a FROM t WHERE b = 1;\n"),
    ([], "UPDATE t SET a = b + 1 WHERE b = 1", "SELECT t.ctid, b + 1\nFROM t\nWHERE b = 1;\n"),
    ([], "DELETE FROM t USING u WHERE u.i = t.i", "SELECT t.ctid, u.ctid\nFROM u, t\nWHERE u.i = t.i;\n"),
    (["--engine", "dsql"], "DELETE FROM t WHERE b = 1", "SELECT t.*\nFROM t\nWHERE b = 1;\n"),
    ([], "SELECT a FROM t FOR UPDATE", "SELECT a FROM t;\n"),
    ([], "-- first\nSELECT 1", "-- first\nSELECT 1;\n"),
  ])
  func printsTheSelectThatRuns(_ options: [String], _ sql: String, _ select: String) async throws {
    let run = try await Plandx.run(["rewrite"] + options + [sql])
    #expect(run.output == select)
    #expect(run.status == 0)
  }

  @Test func saysOnStderrWhatWasChanged() async throws {
    let run = try await Plandx.run(["rewrite", "DELETE FROM t USING u WHERE u.i = t.i RETURNING t.i"])
    let notes = run.errors.split(separator: "\n")
    #expect(notes.count == 3)
    #expect(notes.allSatisfy { $0.hasPrefix("plandx: ") })
  }

  @Test func rejectsAsAnalyzeDoes() async throws {
    let run = try await Plandx.run(["rewrite", "INSERT INTO t VALUES (1)"])
    #expect(run.errors == "plandx: INSERT is rejected: plan capture never runs a statement that writes\n")
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
  }

  @Test func knowsViewsWhereItHasAConnection() async throws {
    let connection = try await Shop.options()
    let run = try await Plandx.run(
      ["rewrite"] + connection + ["DELETE FROM order_list WHERE id = 1"])
    #expect(run.output == "SELECT order_list.*\nFROM order_list\nWHERE id = 1;\n")
    let refused = try await Plandx.run(["rewrite", "-h", "/nowhere", "DELETE FROM order_list"])
    #expect(refused.status == 69)
    #expect(refused.output.isEmpty)
  }
}
