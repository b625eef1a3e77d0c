import Catalog
import Testing

@testable import SQLNames
@testable import Statements

@Suite struct SafeSQLTests {
  @Test(arguments: [
    ("orders", "orders"), ("_x1", "_x1"), ("Orders", "\"Orders\""), ("order", "\"order\""),
    ("user", "\"user\""),
    ("a b", "\"a b\""), ("a\"b", "\"a\"\"b\""), ("1a", "\"1a\""), ("", "\"\""), ("größe", "\"größe\""),
    ("between", "\"between\""), ("left", "\"left\""), ("name", "name"), ("status", "status"),
    ("a$b", "\"a$b\""),
    ("x; DROP TABLE t; --", "\"x; DROP TABLE t; --\""), ("system_user", "\"system_user\""),
  ])
  func quotesNamesAsPostgreSQLDoes(_ name: String, _ quoted: String) {
    #expect(SQLIdentifier(name).quoted == quoted)
  }

  @Test(arguments: [
    ("a", "'a'"), ("", "''"), ("it's", "'it''s'"), ("a\\b", "E'a\\\\b'"), ("\\'", "E'\\\\'''"),
    ("é\n", "'é\n'"),
    ("'; DROP TABLE t; --", "'''; DROP TABLE t; --'"),
  ])
  func quotesConstantsAsPostgreSQLDoes(_ value: String, _ quoted: String) {
    #expect(SQLLiteral(value).quoted == quoted)
  }

  @Test func quotesEveryWordThatTheGrammarReserves() throws {
    let reserved = try SQLKeywords.needQuotes.filter { word in
      guard case .keyword = try PostgresGrammar.scan(word).first?.kind else { return false }
      return true
    }
    #expect(reserved.count >= 151)
    for word in ["select", "table", "values", "lateral", "coalesce", "authorization", "tablesample"] {
      #expect(SQLKeywords.needQuotes.contains(word))
    }
  }

  @Test func buildsTextFromTypedPieces() {
    let table = QualifiedName(schema: "Sales", name: "order")
    let columns: [SafeSQL] = ["\(SQLIdentifier("id"))", "\(SQLIdentifier("a b"))"]
    let sql: SafeSQL =
      "SELECT \(columns.joined(separator: ", ")) FROM \(table) WHERE x = \(SQLLiteral("o'k")) LIMIT \(10) OFFSET \(0.5)"
    #expect(sql.text == "SELECT id, \"a b\" FROM \"Sales\".\"order\" WHERE x = 'o''k' LIMIT 10 OFFSET 0.5")
    #expect(([] as [SafeSQL]).joined(separator: ", ").text == "")
    #expect(("\(Double.nan), \(-Double.infinity)" as SafeSQL).text == "'NaN'::float8, '-Infinity'::float8")
  }

  @Test func takesTheTextOfAPredicate() throws {
    let shape = try Admission.admit(
      StatementText("SELECT 1 FROM s.t AS x WHERE (x.a = 1) -- why\n AND x.b > 2")
    ).shape
    let conditions = shape.predicates.compactMap(\.text).map { "\($0)" as SafeSQL }
    let table = shape.tables[0]
    let sql: SafeSQL =
      "SELECT count(*) FROM \(table.qualifiedName) AS \(SQLIdentifier(table.label)) WHERE \(conditions.joined(separator: " AND "))"
    #expect(sql.text == "SELECT count(*) FROM s.t AS x WHERE (x.a = 1) AND x.b > 2")
  }
}
