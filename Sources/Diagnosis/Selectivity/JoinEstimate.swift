/// The planner's row estimate of a join, computed again from both sides' statistics
/// (`calc_joinrel_size_estimate` in `costsize.c`).
struct JoinEstimate: Equatable {
  /// How the sides are joined; a right join is a left one with its sides exchanged.
  enum Kind: Equatable { case inner, left, full, semi, anti }

  /// One condition of the join.
  struct Factor: Equatable {
    /// As the plan prints it.
    var predicate: String
    /// Of all pairs of rows, or of the outer rows; `nil` where it was not reproduced.
    var selectivity: Double?
    /// The arithmetic, or why there is none.
    var words: String
  }

  /// How the sides are joined.
  var kind: Kind
  /// Rows that the planner expects of the outer side.
  var outerRows: Double
  /// Rows that the planner expects of the inner side.
  var innerRows: Double
  /// Every condition.
  var factors: [Factor]
  /// Conditions of WHERE that an outer join tests when it is done.
  var filters: [Factor] = []

  /// The conditions' product: those of several keys are taken to be independent.
  var selectivity: Double? { Self.product(factors) }

  private static func product(_ factors: [Factor]) -> Double? {
    factors.reduce(1) { product, factor in product.flatMap { a in factor.selectivity.map { a * $0 } } }
  }

  /// The estimate; `nil` where a condition was not reproduced.
  var rows: Double? {
    guard let share = selectivity, let rest = Self.product(filters) else { return nil }
    let pairs = outerRows * innerRows * share
    let rows =
      switch kind {
      case .inner: pairs
      case .left: max(pairs, outerRows)
      case .full: max(pairs, outerRows, innerRows)
      case .semi: outerRows * share
      case .anti: outerRows * (1 - share)
      }
    return clampedRows(rows * rest)
  }

  /// The arithmetic of the whole.
  var sentence: String {
    let conditions = (factors + filters).map { "\($0.predicate): \($0.words)" }.joined(separator: "; ")
    guard let rows, let selectivity else { return "The estimate is not reproduced: \(conditions)." }
    let share = Arithmetic.number(selectivity)
    let (outer, inner) = (Words.counted(outerRows, "row"), Words.counted(innerRows, "row"))
    let product =
      switch kind {
      case .semi: "\(outer) × \(share)"
      case .anti: "\(outer) × (1 − \(share))"
      default: "\(outer) × \(inner) × \(share)"
      }
    let atLeast = kind == .left || kind == .full ? ", no fewer than the side that is kept whole" : ""
    let filtered = filters.isEmpty ? "" : ", × \(Arithmetic.number(Self.product(filters) ?? 1)) by its filter"
    return "\(product)\(atLeast)\(filtered) = \(Words.counted(rows, "row")); \(conditions)."
  }

  /// How the reproduction stands to the plan's own number.
  func agreement(with planRows: Double) -> EstimateAgreement { EstimateAgreement(rows, planRows: planRows) }
}

extension JoinEstimate {
  /// Two columns compared by a join.
  struct Key {
    /// As the plan prints it.
    var predicate: String
    var outer: PlannerColumn
    var inner: PlannerColumn
  }

  /// A foreign key whose columns the join compares: each row meets one of the referenced rows
  /// (`get_foreign_key_join_selectivity`).
  struct ForeignKey: Equatable {
    /// The constraint.
    var name: String
    /// Rows of the referenced table, before any condition.
    var referencedRows: Double
    /// The referenced table is the inner side.
    var referencesInner: Bool
    /// The conditions that it stands for, as the plan prints them.
    var predicates: [String]

    /// `nil` where the planner does not use it: a semi-join whose outer side is referenced.
    func selectivity(_ kind: Kind, innerRows: Double) -> Double? {
      switch kind {
      case .semi, .anti: referencesInner ? min(innerRows / max(referencedRows, 1), 1) : nil
      default: 1 / max(referencedRows, 1)
      }
    }
  }

  /// The estimate of a join by equal columns.
  init(_ kind: Kind, outerRows: Double, innerRows: Double, keys: [Key], foreignKey: ForeignKey? = nil) {
    self.init(
      kind: kind, outerRows: outerRows, innerRows: innerRows,
      factors: keys.map { Factor($0, kind, innerRows: innerRows) })
    if let foreignKey { apply(foreignKey) }
  }

  /// Puts a foreign key in the place of the conditions that it stands for.
  mutating func apply(_ key: ForeignKey) {
    guard let share = key.selectivity(kind, innerRows: innerRows) else { return }
    let words = "foreign key \(key.name), \(Words.count(key.referencedRows)) referenced rows"
    let covered = factors.filter { key.predicates.contains($0.predicate) }.map(\.predicate)
    factors.removeAll { covered.contains($0.predicate) }
    factors.append(Factor(predicate: covered.joined(separator: " AND "), selectivity: share, words: words))
  }
}

extension JoinEstimate.Factor {
  /// The factor of two columns compared by `=`.
  init(_ key: JoinEstimate.Key, _ kind: JoinEstimate.Kind, innerRows: Double) {
    let join = EqualityJoin(outer: key.outer, inner: key.inner)
    let share = kind == .semi || kind == .anti ? join.semiJoin(innerRows: innerRows) : join.innerJoin()
    let words = share?.words ?? "the common values of its sides cannot be compared"
    self.init(predicate: key.predicate, selectivity: share?.selectivity, words: words)
  }
}
