import Foundation
import Testing
import ThrowawayServer

/// Names and values that are made to break out: the SQL for them is right, and the report stays whole.
@Suite(.serialized) struct HostileNamesTests {
  static let names: [String] = [
    "a\"b", "a'b", "a\nb", "a;b", "a`b", "```", "a|b", "<script>alert(1)</script>", "<!-- -->", "]]>",
    "\u{1B}[31mred", "be\u{07}l", "\u{202E}rtl", "zero\u{200B}width", "combi\u{301}ning", "$1", "$$", "--",
    "/*",
    "%s", "{{mustache}}", "{{{x}}}", "[link](http://x)", "![img](x)", "# heading", "-dash", ">quote", "+plus",
    String(repeating: "n", count: 63), "back\\", "MixedCase", "select", "😀emoji", "a.b", "(",
    " (cost=0.00..1.00 rows=1 width=4)", "->  Seq Scan on x", "Filter: (a = 1)",
    "a\n->  Seq Scan on x  (cost=0.00..1.00 rows=1 width=4)", "\n## Findings\n", "```\n# H\n```", "\r\n",
    "tab\there", " lead ", "\u{2028}\u{85}\u{9B}31m", "(1 row)\nx", "*em* _em_ ~~s~~ &lt;", "q'\"\\\n`|<b>",
  ]

  /// The names stand for one another in turn: each is once a table's or a column's, and once a schema's or
  /// an alias's.
  struct Cast: Sendable, CustomTestStringConvertible {
    var number: Int
    var table: String
    var column: String
    var schema: String
    var alias: String

    init(_ number: Int) {
      let names = HostileNamesTests.names
      self.number = number
      let half = names.count / 2
      (table, column) = (names[number], names[number + half])
      // Part of a name, and with its number, so that no two are the same.
      schema = "\(number)" + Cast.cut(names[(number + 5) % half + half])
      alias = "a" + Cast.cut(names[(number + 7) % half])
    }

    private static func cut(_ name: String) -> String {
      var bytes = Array(name.utf8.prefix(50))
      while String(validating: bytes, as: UTF8.self) == nil { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    }

    var testDescription: String { "\(number)" }

    var relation: String { "\(SQL.name(schema)).\(SQL.name(table))" }

    /// 20,000 rows, of which 50 have the name as their value.
    var script: String {
      """
      CREATE SCHEMA \(SQL.name(schema));
      CREATE TABLE \(relation) (\(SQL.name(column)) text NOT NULL, "id;" int PRIMARY KEY);
      INSERT INTO \(relation) SELECT CASE WHEN i % 400 = 0 THEN \(SQL.text(column)) ELSE 'other' || i % 50 END, i
        FROM generate_series(1, 20000) i;
      ANALYZE \(relation);
      """
    }

    var query: String {
      """
      SELECT \(SQL.name(alias))."id;" FROM \(relation) AS \(SQL.name(alias))
      WHERE \(SQL.name(alias)).\(SQL.name(column)) = \(SQL.text(column))
      """
    }
  }

  /// The test's own quoting.
  enum SQL {
    static func name(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
    static func text(_ text: String) -> String {
      "E'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
  }

  private static let casts = (0..<names.count / 2).map(Cast.init)

  private static let made = Task {
    try await SharedServer.shared.makeDatabase(script: casts.map(\.script).joined())
  }

  /// What no byte of any output may be.
  private func expectNothingHidden(_ text: String) {
    let hidden = text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x09, 0x0A: false
      case ..<0x20, 0x7F...0x9F, 0x061C, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        true
      default: false
      }
    }
    #expect(hidden.isEmpty, "\(text.prefix(3_000))")
  }

  @Test(arguments: casts)
  func makesSQLThatCanBePastedAndAReportThatStaysWhole(_ cast: Cast) async throws {
    let database = try await Self.made.value
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let analysis = try await Plandx.run(
        [
          "analyze", "--all", "--no-experiments", "-v", "-o", file, "-d", database.connectionString,
          cast.query,
        ])
      #expect(analysis.status == 0, "\(analysis.errors)")
      expectNothingHidden(analysis.errors)
      #expect(!analysis.errors.contains("ERROR"))
      let report = try folder.text("report.md")
      // Evidence of the table was found and counted.
      #expect(report.contains("| 20,000 | "), "\(report)")

      try await expectStructure(of: report, isNew: true)
      let advice = try #require(Self.advice(in: report), "\(report)")
      try await database.run(sql: advice)
      #expect(try await indexedColumns(of: cast, in: database) == [cast.column])
      let plan = try await database.run(sql: "EXPLAIN (FORMAT JSON) " + cast.query)
      #expect(plan.contains("Index Scan"), "\(plan)")

      let reassessment = try await Plandx.run(["reassess", "-v", "-d", database.connectionString, file])
      #expect(reassessment.status == 0, "\(reassessment.errors)")
      expectNothingHidden(reassessment.errors)
      let whole = try folder.text("report.md")
      expectNothingHidden(whole)
      #expect(whole.contains("1 finding") || whole.contains("resolved"), "\(whole)")
      #expect(try await Plandx.run(["check", file]).output.isEmpty)
      try await expectStructure(of: whole, isNew: false)

      let undo = try #require(report.firstMatch(of: #/\*\*Undo:\*\* (`+) ?(.*?) ?\1\n/#)?.2)
      try await database.run(sql: String(undo))
      #expect(try await indexedColumns(of: cast, in: database).isEmpty)
    }
  }

  /// What the report tells to run, as it stands there.
  private static func advice(in report: String) -> String? {
    report.firstMatch(of: #/(?s)#### Recommendation.*?\n(`{3,})sql\n(.*?)\n\1\n/#).map { String($0.2) }
  }

  private func indexedColumns(of cast: Cast, in database: ThrowawayDatabase) async throws -> [String] {
    let rows = try await database.run(
      sql: """
        SELECT encode(convert_to(a.attname, 'UTF8'), 'hex') FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE NOT i.indisprimary AND i.indisvalid AND i.indrelid = \(SQL.text(cast.relation))::regclass
        """)
    return rows.split(separator: "\n").map { hex in
      let digits = Array(hex)
      return String(
        decoding: stride(from: 0, to: digits.count, by: 2).compactMap {
          UInt8(String(digits[$0...$0 + 1]), radix: 16)
        },
        as: UTF8.self)
    }
  }

  /// The same analysis of a table whose name and values harm nobody.
  private static let harmless = Task {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE TABLE orders (status text NOT NULL, id int PRIMARY KEY);
        INSERT INTO orders SELECT CASE WHEN i % 400 = 0 THEN 'open' ELSE 'other' || i % 50 END, i
          FROM generate_series(1, 20000) i;
        ANALYZE;
        """)
    let run = try await Plandx.run([
      "analyze", "--all", "--no-experiments", "-d", database.connectionString,
      "SELECT id FROM orders WHERE status = 'open'",
    ])
    return try CommonMark(run.output)
  }

  private func expectStructure(of report: String, isNew: Bool) async throws {
    let document = try CommonMark(report)
    for element in ["html_inline", "link", "image", "emph", "thematic_break", "block_quote"] {
      #expect(document.count(element) == 0, "\(element) in \(report)")
    }
    let harmless = try await Self.harmless.value
    let addenda = isNew ? [] : ["Addendum: After-Change Performance"]
    #expect(document.sections == harmless.sections + addenda)
    if isNew { #expect(document.blocks == harmless.blocks, "\(report)") }
    // The baseline alone.
    #expect(document.count("html_block") == 1)
  }

  @Test func keepsRolesViewsAndConstraintsInTheirPlaces() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE ROLE "r`*\u{1B}[31m|![i](x)";
        CREATE TABLE "t\u{202E}|`" (id int CONSTRAINT "pk\n## Findings" PRIMARY KEY, "v`" text NOT NULL);
        INSERT INTO "t\u{202E}|`" SELECT i, 'x' || i % 500 FROM generate_series(1, 20000) i;
        CREATE TABLE "u```" (id int CONSTRAINT "u\u{07}k" PRIMARY KEY, t int NOT NULL);
        INSERT INTO "u```" SELECT i, i FROM generate_series(1, 20000) i;
        CREATE VIEW "view\u{1B}`<b>" AS SELECT t.id, t."v`" FROM "t\u{202E}|`" t JOIN "u```" u ON u.t = t.id;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO "r`*\u{1B}[31m|![i](x)";
        ANALYZE;
        """)
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let run = try await Plandx.run([
        "analyze", "--all", "-o", file, "-d", database.connectionString, "--role", "r`*\u{1B}[31m|![i](x)",
        "WITH \"c\u{1B}`\" AS MATERIALIZED (SELECT * FROM \"view\u{1B}`<b>\" WHERE \"v`\" = 'x7') SELECT count(*) AS \"o\u{2066}\" FROM \"c\u{1B}`\"",
      ])
      #expect(run.status == 0, "\(run.errors)")
      expectNothingHidden(run.errors)
      let report = try folder.text("report.md")
      expectNothingHidden(report)
      #expect(try await Plandx.run(["check", file]).output.isEmpty)
      let document = try CommonMark(report)
      for element in ["html_inline", "link", "image", "emph", "thematic_break", "block_quote"] {
        #expect(document.count(element) == 0, "\(element) in \(report)")
      }
    }
  }

  /// An error, and what is printed of it.
  static let errors: [(sql: String, printed: String)] = [
    (
      "SELECT * FROM \"no\u{1B}[31m\u{202E}\"",
      """
      plandx: the server says: ERROR: relation "no\\u001B[31m\\u202E" does not exist (SQLSTATE 42P01)
      LINE 1: SELECT * FROM "no\\u001B[31m\\u202E"
                            ^

      """
    ),
    (
      "SELECT '日本\te\u{301}\u{1B}',\n\t'日本\te\u{301}\u{1B}', nothing",
      """
      plandx: the server says: ERROR: column "nothing" does not exist (SQLSTATE 42703)
      LINE 2:  '日本 e\u{301}\\u001B', nothing
                               ^

      """
    ),
    (
      "SELECT '日本\te\u{301}\u{1B}' FORM t x",
      """
      plandx: syntax error at or near "t" (line 1, column 22): not understood by the PostgreSQL 15 grammar of this build
        SELECT '日本 e\u{301}\\u001B' FORM t x
                                   ^

      """
    ),
  ]

  @Test(arguments: errors)
  func showsWhereAStatementIsWrong(_ sql: String, _ printed: String) async throws {
    let run = try await Plandx.run(["analyze"] + Shop.options() + [sql])
    #expect(run.errors == printed)
    #expect(run.status == 65)
  }
}
