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

  @Test func knowsTheTypesOfColumnsWhereItHasAConnection() async throws {
    let connection = try await Shop.options()
    let run = try await Plandx.run(["rewrite"] + connection + ["UPDATE orders SET id = id * 1.5"])
    #expect(run.output == "SELECT orders.ctid, (id * 1.5)::integer\nFROM orders;\n")
  }

  @Test func looksNamesUpAsTheApplicationDoes() async throws {
    let sql = "UPDATE orders SET id = id * 1.5"
    let connection = try await Shop.options()
    let elsewhere = try await Plandx.run(["rewrite", "--search-path", "nowhere"] + connection + [sql])
    #expect(elsewhere.output == "SELECT orders.ctid, id * 1.5\nFROM orders;\n")
    let clerk = try await Plandx.run(["rewrite", "--role", "shop_clerk"] + connection + [sql])
    #expect(clerk.output == "SELECT orders.ctid, (id * 1.5)::integer\nFROM orders;\n")
    let none = try await Plandx.run(["rewrite", "--search-path", "public", sql])
    #expect(none.status == 64)
  }

  @Test func makesNoConnectionBecauseOfTheEnvironmentAlone() async throws {
    let run = try await Plandx.run(
      ["rewrite", "DELETE FROM order_list"], environment: ["PGHOST": "/nowhere", "PGDATABASE": "shop"])
    #expect(run.output == "SELECT order_list.ctid\nFROM order_list;\n")
    let asked = try await Plandx.run(
      ["rewrite", "-d", "", "DELETE FROM order_list"], environment: ["PGHOST": "/nowhere"])
    #expect(asked.status == 69)
  }
}
