extension AdmissionRows {
  private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  private static func nested(_ count: Int, _ open: String, _ inner: String, _ close: String) -> String {
    times(count, open) + inner + times(count, close)
  }

  /// What would overflow a stack or hang the parser, and what only looks like it.
  static let bounds: [AdmissionRow] = [
    .init("SELECT '" + times((1 << 20) - 9, "x") + "'", .admitted, .readsOnly),
    .init("SELECT '" + times((1 << 20) - 8, "x") + "'", .rejected, .tooLong),
    .init(times(1 << 20, " ") + "DROP TABLE t", .rejected, .tooLong),
    .init("SELECT 1" + times(60_000, ",1"), .rejected, .tooManyTokens),
    .init("SELECT 1" + times(5_000, ",1"), .admitted, .readsOnly, live: .serverRefuses),
    .init(times(100_001, ";"), .rejected, .tooManyTokens),
    // Left-recursive rules: a tree as deep as the chain is long.
    .init("SELECT 1" + times(8_000, "+1"), .rejected, .tooDeep),
    .init("SELECT 1" + times(700, "+1"), .admitted, .readsOnly),
    .init("SELECT 1" + times(20_000, " ISNULL"), .rejected, .tooDeep),
    .init("SELECT 1 AS \u{E9}, 2 AS e\u{301}", .rejected, .alikeNames),
    .init("SELECT '\u{E9}', 'e\u{301}'", .admitted, .readsOnly),
    .init("SELECT $99999999999", .rejected, .parameterNumber),
    .init("SELECT $65536", .rejected, .parameterNumber), .init("SELECT $0", .rejected, .parameterNumber),
    .init("SELECT 1" + times(15_000, "::int"), .rejected, .tooDeep),
    .init("SELECT a" + times(15_000, " COLLATE c"), .rejected, .tooDeep),
    .init("SELECT 1" + times(8_000, " AT TIME ZONE 'x'"), .rejected, .tooDeep),
    .init("SELECT 'a'" + times(8_000, "||'a'"), .rejected, .tooDeep),
    .init("SELECT 1" + times(700, " UNION ALL SELECT 1"), .admitted, .readsOnly),
    .init("SELECT 1" + times(16_000, " UNION ALL SELECT 1"), .rejected, .tooDeep),
    .init("SELECT" + times(16_000, " UNION SELECT"), .rejected, .tooDeep),
    .init("SELECT" + times(16_000, " INTERSECT SELECT"), .rejected, .tooDeep),
    .init("SELECT 1" + times(16_000, " EXCEPT SELECT 1"), .rejected, .tooDeep),
    .init("SELECT FROM t" + times(10_000, " CROSS JOIN t"), .rejected, .tooDeep),
    // Right-recursive rules: the parser's own stack.
    .init("SELECT " + nested(500, "(", "1", ")"), .admitted, .readsOnly),
    .init("SELECT " + nested(4_900, "(", "1", ")"), .admitted, .readsOnly),
    .init("SELECT " + nested(11_000, "(", "1", ")"), .rejected, .tooDeep),
    .init("SELECT " + times(50_000, "("), .rejected, .tooDeep),
    .init("SELECT " + times(20_000, "NOT ") + "true", .rejected, .tooDeep),
    .init("SELECT " + times(20_000, "- ") + "1", .rejected, .tooDeep),
    .init("SELECT 1" + times(20_000, "*(1") + times(20_000, ")"), .rejected, .tooDeep),
    .init("SELECT " + nested(5_500, "(SELECT ", "1", ")"), .rejected, .tooDeep),
    .init("SELECT FROM " + nested(5_500, "(SELECT FROM ", "t", ") x"), .rejected, .tooDeep),
    .init("SELECT " + nested(5_500, "CASE WHEN true THEN ", "1", " END"), .rejected, .tooDeep),
    .init(nested(10_000, "WITH q AS (", "SELECT", ") SELECT"), .rejected, .tooDeep),
    .init("SELECT 1 IN " + nested(11_000, "(", "1", ")"), .rejected, .tooDeep),
    .init("SELECT FROM " + nested(11_000, "(", "t", " JOIN t ON true)"), .rejected, .tooDeep),
    .init("SELECT ARRAY" + nested(11_000, "[", "1", "]"), .rejected, .tooDeep),
    .init("SELECT " + nested(6_000, "f(", "1", ")"), .rejected, .tooDeep),
    .init("DELETE FROM t WHERE " + nested(6_000, "(a = 1 OR ", "true", ")"), .rejected, .tooDeep),
    // Long, but flat.
    .init("SELECT true" + times(700, " AND true"), .admitted, .readsOnly),
    .init("SELECT a" + times(5_000, ".a") + " FROM t", .admitted, .readsOnly, live: .serverRefuses),
    .init("SELECT NULL::int" + times(5_000, "[]"), .admitted, .readsOnly),
    .init("SELECT NULL::int[]" + times(6, "[1]"), .admitted, .readsOnly),
    // Comments and operators of which the scanner's time would be the square.
    .init(nested(100, "/*", "", "*/") + " SELECT 1", .admitted, .readsOnly),
    .init(nested(101, "/*", "", "*/") + " SELECT 1", .rejected, .commentsTooDeep),
    .init(nested(101, "/* ", "", " */") + " SELECT 1", .rejected, .commentsTooDeep),
    .init("SELECT 1 " + times(200_000, "/*"), .rejected, .commentsTooDeep),
    .init("SELECT E'" + times(200_000, "''") + "'", .admitted, .readsOnly),
    .init("SELECT U&'a'" + times(100_000, "\n'b'"), .admitted, .readsOnly),
    .init("SELECT date'\\' " + times(101, "/*") + times(101, "*/") + " FROM u", .rejected, .commentsTooDeep),
    .init("SELECT 1 AS a$b$ " + times(101, "/*") + times(101, "*/"), .rejected, .commentsTooDeep),
    .init("SELECT E'a'\n'\\'' " + times(101, "/*") + times(101, "*/"), .rejected, .commentsTooDeep),
    .init("SELECT '" + times(200, "/*") + "'", .admitted, .readsOnly),
    .init("SELECT $x$" + times(200, "/*") + "$x$ -- " + times(200, "/*"), .admitted, .readsOnly),
    .init("SELECT " + times(1_000_000, "+") + "1", .rejected, .operatorsTooDense),
    .init("SELECT " + times(400_000, "-+") + "1", .rejected, .operatorsTooDense),
    .init("SELECT 1 " + times(200_000, "/**/"), .rejected, .operatorsTooDense),
    .init("SELECT " + times(500, "+") + "1", .admitted, .readsOnly),
    .init("SELECT 1 " + times(300, "/**/"), .admitted, .readsOnly),
    .init("/*" + times(100_000, "*") + "*/ SELECT 1 --" + times(100_000, "-+"), .admitted, .readsOnly),
    .init(
      "SELECT '" + times(100_000, "+") + "', \"" + times(50, "+") + "\" FROM u", .admitted, .readsOnly,
      live: .serverRefuses),
  ]
}
