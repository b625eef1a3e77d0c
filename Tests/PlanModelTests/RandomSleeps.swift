/// Makes statements of CTEs, InitPlans, SubPlans and LIMITs in each other, in which nothing but `pg_sleep` takes time.
struct RandomSleeps {
  private var state: UInt64
  private var names = 0
  private var sleeps = 0

  /// Milliseconds of each sleep.
  static let length = 20

  init(seed: UInt64) { state = seed }

  /// The next statement that sleeps, but not for long.
  mutating func next() -> String {
    while true {
      sleeps = 0
      let sql = query(depth: 3, ctes: [])
      if 1...8 ~= sleeps, sql.utf8.count < 1_500 { return sql }
    }
  }

  private mutating func query(depth: Int, ctes: [String]) -> String {
    var (ctes, with) = (ctes, [String]())
    for _ in 0..<(depth > 0 ? pick([0, 0, 1, 1, 2]) : 0) {
      let name = newName("c")
      with.append("\(name) AS MATERIALIZED (\(query(depth: depth - 1, ctes: ctes)))")
      ctes.append(name)
    }
    let row = newName("a")
    var from = source(depth: depth - 1, ctes, named: row)
    if chance(30) {
      let other = newName("b")
      from += " JOIN \(source(depth: depth - 1, ctes, named: other)) ON \(row).v = \(other).v"
    }
    let conditions = (0..<pick([0, 1, 1, 2])).map { _ in
      "\(row).v > \(scalar(depth: depth - 1, ctes, outer: row))"
    }
    let addend = chance(25) ? " + \(scalar(depth: depth - 1, ctes, outer: row))" : ""
    return (with.isEmpty ? "" : "WITH \(with.joined(separator: ", ")) ")
      + "SELECT (\(row).v\(addend))::int AS v FROM \(from)"
      + (conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))")
      + (chance(15) ? " LIMIT \(chance(50) ? "2" : "2 + \(sleep())")" : "")
  }

  /// Rows with a column `v`.
  private mutating func source(depth: Int, _ ctes: [String], named name: String) -> String {
    if !ctes.isEmpty, chance(55) { return "\(pick(ctes)) \(name)" }
    if depth > 0, chance(45) { return "(\(query(depth: depth - 1, ctes: ctes))) \(name)" }
    guard chance(40) else { return "generate_series(1, 3) \(name)(v)" }
    sleeps += 1
    return "(SELECT v FROM generate_series(1, 3) \(newName("g"))(v), pg_sleep(0.02)) \(name)"
  }

  /// One number, 0 in the end.
  private mutating func scalar(depth: Int, _ ctes: [String], outer: String) -> String {
    guard depth > 0, chance(70) else { return sleep() }
    let row = newName("z")
    if chance(30) {
      return
        "(SELECT 0 * count(*) FROM \(source(depth: depth - 1, ctes, named: row)) WHERE \(row).v <= \(outer).v)"
    }
    let condition = chance(40) ? " WHERE \(row).v > \(scalar(depth: depth - 1, ctes, outer: row))" : ""
    return "(SELECT 0 * min(\(row).v) FROM \(source(depth: depth - 1, ctes, named: row))\(condition))"
  }

  private mutating func sleep() -> String {
    sleeps += 1
    return "(SELECT 0 FROM pg_sleep(0.02))"
  }

  // MARK: Chance

  private mutating func newName(_ letter: String) -> String {
    names += 1
    return "\(letter)\(names)"
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(random() % UInt64(elements.count))]
  }

  private mutating func chance(_ percent: UInt64) -> Bool { random() % 100 < percent }

  /// SplitMix64.
  private mutating func random() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
