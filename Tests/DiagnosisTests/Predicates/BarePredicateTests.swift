import Catalog
import Statements
import Testing
import ThrowawayServer

@testable import Diagnosis

@Suite struct BarePredicateTests {
  private static let types = [
    "n": "integer", "price": "numeric(10,2)", "free": "numeric", "f": "double precision",
    "ts": "timestamp without time zone", "tz": "timestamp with time zone", "d": "date", "s": "text",
  ]

  private func bare(_ printed: String) throws -> String? {
    let predicate = try #require(PlanExpression.predicates(in: printed).first)
    let column = try #require(predicate.column).name
    return BarePredicate(predicate, column: column, type: Self.types[column].map { ColumnType(text: $0) })?
      .text
  }

  /// As EXPLAIN prints it, and what to write instead.
  private static let inversions: [(String, String)] = [
    ("((t.n + 10) > 100)", "n > 90"),
    ("((10 - t.n) >= 100)", "n <= -90"),
    ("((t.n * 2) > 5)", "n > 2"),
    ("((t.n * 2) >= 5)", "n > 2"),
    ("((t.n * 2) < 5)", "n <= 2"),
    ("((t.n * '-2'::integer) < 6)", "n > -3"),
    ("((t.price * 1.19) > '100'::numeric)", "price > 84.03"),
    ("((t.price * 1.19) <= '100'::numeric)", "price <= 84.03"),
    ("((t.price + 0.5) = 10.5)", "price = 10"),
    ("(((t.n)::numeric * 1.5) > '10'::numeric)", "n > 6"),
    ("((t.ts)::date = '2024-02-29'::date)", "ts >= '2024-02-29'::date AND ts < '2024-02-29'::date + 1"),
    ("((t.tz)::date < '2024-02-29'::date)", "tz < '2024-02-29'::date"),
    ("('2024-02-29'::date >= (t.ts)::date)", "ts < '2024-02-29'::date + 1"),
    (
      "(date_trunc('month'::text, t.ts) = '2024-12-01 00:00:00'::timestamp without time zone)",
      "ts >= DATE '2024-12-01' AND ts < DATE '2025-01-01'"
    ),
    (
      "(date_trunc('quarter'::text, t.tz) >= '2024-04-01 00:00:00+00'::timestamp with time zone)",
      "tz >= DATE '2024-04-01'"
    ),
    ("(EXTRACT(year FROM t.tz) = '2024'::numeric)", "tz >= DATE '2024-01-01' AND tz < DATE '2025-01-01'"),
    (
      "(to_char(t.ts, 'YYYY-MM'::text) = '2024-02'::text)",
      "ts >= DATE '2024-02-01' AND ts < DATE '2024-03-01'"
    ),
    (
      "((t.ts + '1 day'::interval) > '2024-03-01 00:00:00'::timestamp without time zone)",
      "ts > '2024-03-01 00:00:00'::timestamp without time zone - '1 day'::interval"
    ),
    (
      "((t.tz - '02:00:00'::interval) <= '2024-03-01 00:00:00+00'::timestamp with time zone)",
      "tz <= '2024-03-01 00:00:00+00'::timestamp with time zone + '02:00:00'::interval"
    ),
    (
      "(('2024-06-01 00:00:00+00'::timestamp with time zone - t.tz) > '2 days 03:00:00'::interval)",
      "tz < '2024-06-01 00:00:00+00'::timestamp with time zone - '51:00:00'::interval"
    ),
    ("(COALESCE(t.s, 'open'::text) = 'open'::text)", "(s = 'open'::text OR s IS NULL)"),
    ("(COALESCE(t.s, 'open'::text) = 'new'::text)", "s = 'new'::text"),
  ]

  @Test(arguments: inversions)
  func standsBareWhereTheSameRowsRemain(_ printed: String, _ expected: String) throws {
    #expect(try bare(printed) == expected)
  }

  @Test(arguments: [
    // Whole-number division and the remainder lose what the quotient does not say.
    "((t.n / 10) = 5)", "((t.n % 10) = 5)",
    // No row equals it: nothing to write.
    "((t.n * 2) = 5)",
    // Floating point rounds.
    "((t.f + '1'::double precision) = '2'::double precision)",
    // Months are not of one length, days of a time zone not either.
    "((t.ts + '1 mon'::interval) > '2024-03-01 00:00:00'::timestamp without time zone)",
    "((t.tz + '1 day'::interval) > '2024-03-01 00:00:00+00'::timestamp with time zone)",
    // Not the start of a month.
    "(date_trunc('month'::text, t.ts) = '2024-12-05 00:00:00'::timestamp without time zone)",
    "(date_trunc('hour'::text, t.ts) = '2024-12-05 07:00:00'::timestamp without time zone)",
    "(EXTRACT(month FROM t.ts) = '12'::numeric)", "(to_char(t.ts, 'DD'::text) = '12'::text)",
    "(lower(t.s) = 'x'::text)", "(abs(t.n) = 5)", "(round(t.price, 1) = 2.5)",
    "((t.price * 0.0) = 5.0)", "(COALESCE(t.s, 'open'::text) > 'new'::text)",
  ])
  func saysNothingWhereRowsMightDiffer(_ printed: String) throws {
    #expect(try bare(printed) == nil)
  }

  /// The server decides whether both hold for the same rows, in a time zone that skips midnight.
  @Test func theServerFindsTheSameRowsByEitherCondition() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: """
        CREATE TABLE t (n int, price numeric(10,2), free numeric, f float8, ts timestamp, tz timestamptz, d date, s text);
        INSERT INTO t SELECT i - 500, (i - 5000) / 100.0, i / 7.0, i, '2023-11-20'::timestamp + i * interval '47 minutes',
          '2023-11-20'::timestamptz + i * interval '47 minutes', '2023-11-20'::date + i % 400,
          CASE i % 3 WHEN 0 THEN 'open' WHEN 1 THEN 'new' END FROM generate_series(1, 15000) AS i;
        """)
    // EXPLAIN prints a point in time in the session's zone: without an offset it is read so.
    let local = Self.inversions.map { inversion in
      [inversion.0, inversion.1].map { $0.split(separator: "+00'").joined(separator: "'") }
    }
    let tests = local.map { pair in
      let (printed, bare) = (pair[0], pair[1])
      return
        "count(*) FILTER (WHERE \(printed)) || ' ' || count(*) FILTER (WHERE (\(printed)) IS DISTINCT FROM (\(bare)) AND ((\(printed)) OR (\(bare))))"
    }
    for zone in ["UTC", "America/Sao_Paulo", "Asia/Beirut"] {
      let sql = "SET timezone = '\(zone)'; SELECT unnest(ARRAY[\(tests.joined(separator: ", "))]) FROM t"
      let counts = try await database.run(sql: sql).split(separator: "\n").filter { $0.contains(" ") }
      #expect(counts.count == Self.inversions.count)
      for (count, inversion) in zip(counts, Self.inversions) {
        #expect(count.hasSuffix(" 0"), "\(zone): \(inversion.0)")
        #expect(!count.hasPrefix("0 "), "no row to compare by: \(inversion.0)")
      }
    }
  }
}
