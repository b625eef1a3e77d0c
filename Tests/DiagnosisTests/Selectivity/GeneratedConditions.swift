/// Conditions on the tables of ``EstimateSchema``, the same in every run.
enum GeneratedConditions {
  static func make() -> [(table: String, condition: String)] {
    var numbers = SeededNumbers(seed: 20_240_501)
    return facts(&numbers).map { ("facts", $0) } + pairs(&numbers).map { ("facts", $0) } + others(&numbers)
      + coarse(&numbers).map { ("coarse", $0) }
  }

  private static let comparisons = ["=", "<>", "<", "<=", ">", ">="]

  private static func facts(_ numbers: inout SeededNumbers) -> [String] {
    var found: [String] = []
    for _ in 0..<3 {
      for comparison in comparisons {
        found += [
          "uniform \(comparison) \(numbers.number(-5...1_005))",
          "zipf \(comparison) \(numbers.number(1...60))",
          "few \(comparison) \(numbers.number(0...4))", "sparse \(comparison) \(numbers.number(0...3_000))",
          "big \(comparison) \(numbers.number(1...30_000) * 1_000_003)",
          "amount \(comparison) \(numbers.number(0...999)).\(numbers.number(10...99))",
          "price \(comparison) \(numbers.number(1...20_000))",
          "at \(comparison) '2024-\(numbers.number(10...12))-\(numbers.number(10...28)) 12:30:00+00'",
          "day \(comparison) '\(numbers.number(2020...2023))-0\(numbers.number(1...9))-15'",
          "code \(comparison) 'ORD-2024-0\(numbers.number(10_000...29_999))'",
        ]
      }
      found += rare(&numbers)
    }
    return found + fixed
  }

  private static func rare(_ numbers: inout SeededNumbers) -> [String] {
    let uuid = "\(numbers.number(10...99))345678-1234-1234-1234-123456789abc"
    return [
      "small < \(numbers.number(1...300))", "moment > '\(numbers.number(10...22)):15:00'",
      "span <= '\(numbers.number(1...80)):30:00'", "uid < '\(uuid)'", "uid = '\(uuid)'",
      "ip > '10.0.\(numbers.number(0...230)).7'", "kind = '\(numbers.pick(["sad", "fair", "glad"]))'",
      "title < '\(numbers.number(1...9))a'", "title = 'c\(numbers.number(10...99))a'",
      "word LIKE '\(numbers.pick(["red", "gre", "blue1"]))%'", "word LIKE '%\(numbers.number(10...99))%'",
      "word NOT LIKE 'red%'", "word ILIKE 'RED\(numbers.number(1...9))%'",
      "word ~ '^\(numbers.pick(["red", "green"]))\(numbers.number(1...9))'",
      "word ~* 'EN[\(numbers.number(1...9))5]'",
      "code LIKE 'ORD-2024-0\(numbers.number(10...29))%'", "code ^@ 'ORD-2024-00'",
      "padded = '\(numbers.pick(["c4ca", "c81e", "zzzz"]))'", "padded > 'a\(numbers.number(0...9))'",
      "uniform IN (\(numbers.number(1...999)), \(numbers.number(1...999)), \(numbers.number(1...999)))",
      "zipf NOT IN (1, 2, \(numbers.number(3...50)))", "word = ANY (ARRAY['red', 'blue7'])",
      "zipf > ANY (ARRAY[\(numbers.number(5...50)), 90])",
      "uniform BETWEEN \(numbers.number(1...400)) AND \(numbers.number(450...990))",
      "amount >= \(numbers.number(1...400)) AND amount < \(numbers.number(401...999))",
      "sparse BETWEEN \(numbers.number(1...900)) AND \(numbers.number(1_000...2_900))",
      "day NOT BETWEEN '2020-06-0\(numbers.number(1...9))' AND '2022-03-01'",
      "(zipf, few) < (\(numbers.number(2...50)), 3)", "few IS DISTINCT FROM \(numbers.number(0...4))",
      "sparse IS NOT DISTINCT FROM \(numbers.number(0...2_000))",
    ]
  }

  private static let fixed = [
    "flag", "NOT flag", "tri", "NOT tri", "tri IS TRUE", "tri IS NOT TRUE", "tri IS FALSE",
    "tri IS NOT FALSE",
    "tri IS UNKNOWN", "tri IS NOT UNKNOWN", "flag = false", "sparse IS NULL", "sparse IS NOT NULL",
    "few IS NULL",
    "lower(code) = 'x'", "lower(code) > 'x'", "length(word) = 4", "uniform + 1 = 7", "uniform % 10 > 7",
    "uniform = few", "uniform < few", "uniform <> few", "few::bigint = 3", "upper(word) LIKE 'RED%'",
    "date_trunc('day', at) = '2024-05-01'", "city || zip = 'city1zip0'", "abs(uniform) BETWEEN 5 AND 9",
    "coalesce(sparse, 0) = 5", "CASE WHEN few = 1 THEN flag ELSE tri END", "pg_sleep(0) IS NULL OR few = 1",
    "at > now()", "tags @> ARRAY[3]", "doc @> '{\"a\": 1}'", "3 = ANY (tags)", "kind > 'fair'",
    "id = 777", "id IN (5, 6, 7)", "id > 29000", "word LIKE 'red'", "word LIKE 'gre_n%'", "word LIKE '%'",
    "uniform = (SELECT max(few) FROM facts)", "uniform > (SELECT max(few) FROM facts)",
    "EXISTS (SELECT 1 FROM dim d WHERE d.id = facts.id OR d.few = facts.few)",
    "few NOT IN (SELECT few FROM dim)",
  ]

  private static func pairs(_ numbers: inout SeededNumbers) -> [String] {
    (0..<18).flatMap { _ in
      let uniform = "uniform < \(numbers.number(50...950))"
      let zipf = "zipf = \(numbers.number(1...30))"
      let few = "few = \(numbers.number(0...4))"
      let city = numbers.number(0...199)
      return [
        "\(uniform) AND \(few)", "\(zipf) OR \(few)", "NOT (\(zipf) AND \(uniform))",
        "city = 'city\(city)' AND zip = 'zip\(city / 2)'", "(\(zipf) AND \(few)) OR (flag AND \(uniform))",
        "\(few) AND sparse IS NULL AND kind = 'glad'",
      ]
    }
  }

  private static func others(_ numbers: inout SeededNumbers) -> [(table: String, condition: String)] {
    let tables: [(String, [String])] = [
      ("empty", ["id = 1", "id > 5", "name = 'x'", "name LIKE 'x%'", "id IS NULL"]),
      (
        "fresh",
        [
          "id = 1", "id > 5", "id <> 9", "name LIKE 'n1%'", "code = 'c5'", "at IS NOT NULL",
          "id = 1 AND name = 'n1'", "id BETWEEN 5 AND 9",
        ]
      ),
      (
        "grown",
        (0..<8).map { _ in "few = \(numbers.number(0...6)) AND id > \(numbers.number(1...5_000))" } + [
          "at > '2025-06-01 00:00:00+00'", "id < 300",
        ]
      ),
      (
        "parted",
        (0..<8).map { _ in "kind = \(numbers.number(0...55)) AND id < \(numbers.number(1...6_000))" } + [
          "at = '2024-01-15'", "at > '2024-01-20'",
        ]
      ),
    ]
    return tables.flatMap { table in table.1.map { (table.0, $0) } }
  }

  /// A table with few common values and histograms of under a hundred bounds, where patterns count by their start.
  private static func coarse(_ numbers: inout SeededNumbers) -> [String] {
    let letters = "abcdefghijklmnopqrstuvwxyz".map { String($0) }
    return (0..<6).flatMap { _ in
      let (first, second) = (numbers.pick(letters), numbers.pick(letters))
      let number = numbers.number(1...99)
      return [
        "n < \(numbers.number(-10...4_100))",
        "n >= \(numbers.number(1...4_000)) AND n < \(numbers.number(3_000...4_000))",
        "skew > \(numbers.number(0...33))", "skew IN (0, 1, \(numbers.number(2...40)), 0)",
        "word LIKE '\(first)%'",
        "word LIKE '\(first)\(second)%'", "word LIKE '\(first)_\(number)'", "word LIKE '%\(number)'",
        "word LIKE '\(first)%\(number)'", "word ~ '^\(first)'", "word ~ '^\(first)[\(second)z]'",
        "word ~ '\(first)\(second)'",
        "word ~ '^\(first).*\(number)$'", "word ~ '^(\(first)|\(second))'", "word !~ '\(number)$'",
        "word ^@ '\(first)'",
        "word NOT LIKE '%\(first)%'", "word ILIKE '\(first)%'", "name < '\(first.uppercased())\(second)-5'",
        "name > '\(first.uppercased())'", "name LIKE '\(first.uppercased())%'",
        "ts > '2023-05-\(numbers.number(10...28)) 07:30:00'",
        "ts >= '2023-0\(numbers.number(1...5))-01'::date", "ratio < \(number).5",
        "ratio > '\(number).25'::real",
        "ratio BETWEEN \(number) AND \(numbers.number(200...500))", "small < \(number - 50)",
        "small = -\(number)",
        "small = ANY ('{-3,5,\(number)}')", "raw = '\\x\(numbers.number(10...99))'",
        "label = 'row \(number)'",
        "label LIKE 'row \(number)%'",
        "word LIKE ANY (ARRAY['\(first)%', '%\(number)'])", "mixed = 'A\(number)'",
        "NOT (word LIKE '\(first)%' OR skew = \(numbers.number(0...9)))",
      ]
    } + [
      "label = 'it''s \"quoted\", {x}'", "label IN ('it''s \"quoted\", {x}', 'row 1')",
      "label <> 'it''s \"quoted\", {x}'",
      "raw > '\\x80'", "mixed < 'M'", "n BETWEEN SYMMETRIC 900 AND 100", "n > 10.5", "n = 7.0",
      "(skew, n) >= (3, 100)",
      "(skew, n) = (3, 100)", "n IS DISTINCT FROM NULL", "word LIKE ''", "word LIKE '\\%%'",
      "label ~ 'o+w 1?5'",
      "word BETWEEN 'c' AND 'f'", "word >= 'c' AND word < 'f' AND word < 'x'",
      "n > 5 AND n > 700 AND n < 900",
    ]
  }
}
