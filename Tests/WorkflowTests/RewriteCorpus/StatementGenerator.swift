/// Makes UPDATE and DELETE statements on the corpus's database: random combinations of every clause.
struct StatementGenerator {
  private var state: UInt64
  private var labelCount = 0
  private var sources: [Relation] = []

  init(seed: UInt64) { state = seed }

  /// A table and what its columns are good for.
  private struct Relation {
    var name: String
    var label = ""
    var key: String
    var numbers: [String]
    var texts: [String] = []
    var isInherited = false

    func column(_ name: String) -> String { label + "." + name }
    var keyColumn: String { column(key) }
  }

  private static let relations = [
    Relation(
      name: "accounts", key: "id", numbers: ["tier", "balance", "quota"], texts: ["region", "email", "note"]),
    Relation(name: "sales.orders", key: "account_id", numbers: ["amount"], texts: ["status", "code"]),
    Relation(name: "products", key: "sku", numbers: ["category", "price"], texts: ["name"]),
    Relation(name: "readings", key: "taken", numbers: ["value", "site"], texts: ["note"], isInherited: true),
    Relation(name: "base", key: "id", numbers: ["kind"], texts: ["label"], isInherited: true),
    Relation(name: "\"MixedCase\"", key: "\"Id\"", numbers: ["\"Größe\"", "\"where\""]),
    Relation(name: "\"returning\"", key: "id", numbers: ["set", "\"using\"", "\"from\""]),
    Relation(name: "jobs", key: "id", numbers: ["priority"], texts: ["state", "payload"]),
    Relation(name: "open_orders", key: "account_id", numbers: ["amount"], texts: ["code"]),
    Relation(name: "audited", key: "id", numbers: ["v"]),
  ]

  // MARK: Chance

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private mutating func number(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

  private mutating func happens(_ percent: Int) -> Bool { number(below: 100) < percent }

  private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(below: values.count)] }

  /// Between two clauses: a blank or a comment that is full of keywords.
  private mutating func gap() -> String {
    pick([
      " ", " ", " ", "\n", " /* SET a = 1 FROM x WHERE */ ", " -- USING ' \" (\n",
      "\t/* /* RETURNING */ */\n",
    ])
  }

  // MARK: Statements

  mutating func statement() -> String {
    (labelCount, sources) = (0, [])
    var target = pick(Self.relations)
    target.label = happens(70) ? pick(["t", "\"T x\"", "set", "übung"]) : lastPart(target.name)
    let alias = target.label == lastPart(target.name) ? "" : " AS " + target.label
    let name = target.isInherited && happens(40) ? pick(["ONLY ", "ONLY ("]) + target.name : target.name
    let closed = name.hasPrefix("ONLY (") ? name + ")" : name
    let isUpdate = happens(55)
    let with = happens(30) ? commonTable() : ""
    let list = happens(60) ? sourceList() : nil
    let values = isUpdate ? "SET" + gap() + assignments(target) : ""
    let head =
      isUpdate ? "UPDATE" + gap() + closed + alias : "DELETE" + gap() + "FROM" + gap() + closed + alias
    var clauses = [with, head, values]
    if let list { clauses += [isUpdate ? "FROM" : "USING", list] }
    let tests = conditions(target)
    if !tests.isEmpty { clauses += ["WHERE", tests.joined(separator: gap() + "AND" + gap())] }
    if happens(25) {
      clauses += ["RETURNING", pick(["*", target.keyColumn, target.label, "1 + 1 AS \"from\""])]
    }
    return clauses.filter { !$0.isEmpty }.reduce("") { $0.isEmpty ? $1 : $0 + gap() + $1 }
  }

  private func lastPart(_ name: String) -> String { String(name.split(separator: ".").last ?? "") }

  private mutating func relation() -> Relation {
    var relation = pick(Self.relations)
    labelCount += 1
    relation.label = pick(["s", "\"Source \"", "where_"]) + "\(labelCount)"
    if relation.label.hasPrefix("\"") { relation.label = "\"Source \(labelCount)\"" }
    return relation
  }

  /// Names the CTE `cte`, which the FROM list may then hold.
  private mutating func commonTable() -> String {
    let inner = relation()
    let kind = pick(["", "MATERIALIZED ", "NOT MATERIALIZED "])
    sources.append(Relation(name: "cte", label: "cte", key: "k", numbers: ["n"]))
    if happens(20) {
      return "WITH RECURSIVE cte (k, n) AS (SELECT 1, 2 UNION ALL SELECT k + 1, n FROM cte WHERE k < 20)"
    }
    let body =
      "SELECT \(inner.keyColumn) AS k, \(inner.column(inner.numbers[0])) AS n FROM \(inner.name) \(inner.label)"
    return "WITH cte AS \(kind)(\(body)\(tail(inner)))"
  }

  /// What may follow the FROM clause of a sub-select with two outputs.
  private mutating func tail(_ inner: Relation) -> String {
    let number = inner.column(inner.numbers[0])
    return pick([
      " WHERE \(number) < \(number_())", " WHERE \(number) = \(number_())",
      " ORDER BY 2 DESC, 1 LIMIT \(number_() + 1)", "",
    ])
  }

  private mutating func number_() -> Int { pick([3, 7, 20, 500]) }

  // MARK: FROM

  private mutating func sourceList() -> String {
    let hasCTE = !sources.isEmpty
    sources = []
    var items: [String] = []
    if hasCTE, happens(70) {
      sources.append(Relation(name: "cte", label: "cte", key: "k", numbers: ["n"]))
      items.append("cte")
    }
    for _ in 0..<(1 + number(below: 2)) { items.append(happens(40) ? join() : item()) }
    return items.joined(separator: pick([", ", ",\n", " , "]))
  }

  private mutating func join() -> String {
    let (left, right) = (relation(), relation())
    sources += [left, right]
    let kind = pick(["JOIN", "INNER JOIN", "LEFT JOIN", "RIGHT OUTER JOIN", "FULL JOIN"])
    let test =
      "ON \(left.keyColumn) = \(right.keyColumn)"
      + (happens(30) && kind != "FULL JOIN" ? " AND \(right.column(right.numbers[0])) = \(number_())" : "")
    let text = "\(left.name) \(left.label) \(kind) \(right.name) AS \(right.label) \(test)"
    return happens(20) ? "(" + text + ")" : text
  }

  private mutating func item() -> String {
    let source = relation()
    let (key, count) = (source.keyColumn, source.column(source.numbers[0]))
    let from = "FROM \(source.name) \(source.label)"
    let simple = Relation(name: "", label: "q\(labelCount)", key: "k", numbers: ["n"])
    let bodies = [
      "SELECT \(key) AS k, \(count) AS n \(from) WHERE \(count) < 9",
      "SELECT \(key) AS k, count(*) AS n \(from) GROUP BY \(key)",
      "SELECT DISTINCT \(key) AS k, \(count) AS n \(from)",
      "SELECT \(key) AS k, \(count) AS n \(from) ORDER BY 2 LIMIT 40",
      "SELECT \(key) AS k, row_number() OVER (ORDER BY \(key)) AS n \(from)",
      "SELECT \(key) AS k, 1 AS n \(from) UNION ALL SELECT 5, 6",
      "VALUES (1, 2), (30000, 4)",
    ]
    switch number(below: 4) {
    case 0:
      sources.append(simple)
      return "(\(pick(bodies))) AS \(simple.label) (k, n)"
    case 1 where !sources.isEmpty:
      let outer = pick(sources)
      sources.append(simple)
      return "LATERAL (SELECT \(key) AS k, \(count) AS n \(from) WHERE \(key) = \(outer.keyColumn)"
        + pick(["", " ORDER BY 2 LIMIT 1"]) + ") \(simple.label)"
    case 2 where happens(50):
      let function = Relation(name: "", label: "g\(labelCount)", key: "k", numbers: ["k"])
      sources.append(function)
      return "generate_series(1, \(number_())) AS \(function.label) (k)"
    default:
      sources.append(source)
      return "\(source.name) \(source.label)"
    }
  }

  // MARK: SET

  private mutating func assignments(_ target: Relation) -> String {
    let numbers = target.numbers.filter { _ in happens(60) }
    var list = (numbers.isEmpty ? [target.numbers[0]] : numbers).map { "\($0) = \(value())" }
    if let text = target.texts.first, happens(50) {
      list.append("\(text) = " + pick(["'FROM x'", "upper(\(target.column(text)))", "DEFAULT", "E'it\\'s'"]))
    } else if target.texts.count > 1, happens(50) {
      let inner = relation()
      let row = pick([
        "('a', DEFAULT)", "ROW ('a', 'b' || \(target.keyColumn))",
        "(SELECT 'x', max(\(inner.keyColumn))::text FROM \(inner.name) \(inner.label) WHERE \(inner.keyColumn) = \(target.keyColumn))",
      ])
      list.append("(\(target.texts[0]), \(target.texts[1])) = \(row)")
    }
    if target.name == "accounts", happens(40) {
      list.append(
        pick(["tags[2] = 'z'", "grid[1][1:2] = ARRAY[4, 5]", "spot.x = 3", "home.at.y = \(number(below: 9))"])
      )
    }
    return list.joined(separator: "," + gap())
  }

  private mutating func value() -> String {
    let inner = relation()
    let known = sources.isEmpty ? "4" : pick(sources.map { $0.column($0.numbers[0]) })
    return pick([
      "1", known, "\(known) + 1", "(\(known)) * 1.1",
      "CASE WHEN \(known) IS DISTINCT FROM 3 THEN 5 ELSE 6 END",
      "(SELECT max(\(inner.column(inner.numbers[0]))) FROM \(inner.name) \(inner.label))",
      "coalesce(\(known), 7)", "EXTRACT(day FROM now())",
    ])
  }

  // MARK: WHERE

  private mutating func conditions(_ target: Relation) -> [String] {
    var tests = sources.map { "\(target.keyColumn) = \($0.keyColumn)" }
    for _ in 0..<number(below: 3) { tests.append(condition(target)) }
    return tests
  }

  private mutating func condition(_ target: Relation) -> String {
    let inner = relation()
    let from = "FROM \(inner.name) \(inner.label)"
    let (key, count) = (target.keyColumn, target.column(target.numbers[0]))
    let text = target.texts.first.map { target.column($0) } ?? "'a'"
    return pick([
      "\(count) = \(number_())", "\(key) BETWEEN 100 AND \(number_() * 100)",
      "\(count) IS NOT DISTINCT FROM 3",
      "\(text) IN ('open', 'r1', 'new')", "(\(count) = 1 OR \(text) LIKE 'r%')", "\(key) = ANY ('{1,2,70}')",
      "EXISTS (SELECT \(from) WHERE \(inner.keyColumn) = \(key))",
      "NOT EXISTS (SELECT 1 \(from) WHERE \(inner.keyColumn) = \(key) AND \(inner.column(inner.numbers[0])) = 3)",
      "\(key) IN (SELECT \(inner.keyColumn) \(from) WHERE \(inner.column(inner.numbers[0])) = \(number_()))",
      "\(key) NOT IN (SELECT \(inner.keyColumn) \(from) WHERE \(inner.column(inner.numbers[0])) = 2)",
      "\(count) > (SELECT avg(\(inner.column(inner.numbers[0]))) \(from))", "\(target.label) IS NOT NULL",
      "SUBSTRING(\(text) FROM 1 FOR 2) = 'r1'",
    ])
  }
}
