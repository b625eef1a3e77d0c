import Foundation
import Testing
import ThrowawayServer

/// What the server refuses is told in its own words, with the place in the user's statement.
@Suite(.serialized) struct ServerErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var sql: String
    var status: Int32
    var errors: String
    var role = "postgres"
    var options: [String] = []

    var testDescription: String { sql }
  }

  static let cases = [
    Case(
      sql: "SELECT * FROM nowhere", status: 65,
      errors: """
        plandx: the server says: ERROR: relation "nowhere" does not exist (SQLSTATE 42P01)
        LINE 1: SELECT * FROM nowhere
                              ^

        """),
    Case(
      sql: "SELECT id,\n  'größe', custmer_id\nFROM orders", status: 65,
      errors: """
        plandx: the server says: ERROR: column "custmer_id" does not exist (SQLSTATE 42703)
        LINE 2:   'größe', custmer_id
                           ^
        HINT: Perhaps you meant to reference the column "orders.customer_id".

        """),
    Case(
      sql: "-- by name\nDELETE FROM orders WHERE nme = 'x'", status: 65,
      errors: """
        plandx: the server says: ERROR: column "nme" does not exist (SQLSTATE 42703)
        LINE 2: DELETE FROM orders WHERE nme = 'x'
                                         ^

        """),
    Case(
      sql: "SELECT sum(region) FROM customers", status: 65,
      errors: """
        plandx: the server says: ERROR: function sum(text) does not exist (SQLSTATE 42883)
        LINE 1: SELECT sum(region) FROM customers
                       ^
        HINT: No function matches the given name and argument types. You might need to add explicit type casts.

        """),
    Case(
      sql: "SELECT id / (id - 7) FROM orders", status: 65,
      errors: "plandx: the server says: ERROR: division by zero (SQLSTATE 22012)\n"),
    Case(
      sql: "SELECT * FROM orders", status: 77,
      errors: "plandx: the server says: ERROR: permission denied for table orders (SQLSTATE 42501)\n",
      role: "shop_stranger"),
    Case(
      sql: "SELECT 1", status: 65,
      errors:
        "plandx: the server says: ERROR: role \"nobody_of_that_name\" does not exist (SQLSTATE 22023)\n",
      options: ["--role", "nobody_of_that_name"]),
    Case(
      sql: "SELECT 1", status: 65,
      errors:
        "plandx: the server says: ERROR: invalid value for parameter \"work_mem\": \"much\" (SQLSTATE 22023)\n",
      options: ["--set", "work_mem=much"]),
    Case(
      sql: "SELECT 1", status: 65,
      errors: """
        plandx: the server says: ERROR: unrecognized configuration parameter "enable_nonsense" (SQLSTATE 42704)

        """,
      options: ["--set", "enable_nonsense=on"]),
  ]

  @Test(arguments: cases) func repeatsTheServersError(_ wanted: Case) async throws {
    try await Scratch.withFolder { folder in
      let report = folder.appending(path: "report.md").path
      let connection = try await Shop.options(role: wanted.role)
      let run = try await Plandx.run(["analyze", "-o", report] + connection + wanted.options + [wanted.sql])
      #expect(run.errors == wanted.errors)
      #expect(run.status == wanted.status)
      #expect(run.output.isEmpty)
      #expect(try folder.names().isEmpty)
    }
  }
}
