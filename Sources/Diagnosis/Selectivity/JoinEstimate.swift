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

  /// The conditions' product: those of several keys are taken to be independent.
  var selectivity: Double? {
    factors.reduce(1) { product, factor in product.flatMap { a in factor.selectivity.map { a * $0 } } }
  }

  /// The estimate; `nil` where a condition was not reproduced.
  var rows: Double? {
    selectivity.map { share in
      let pairs = outerRows * innerRows * share
      return switch kind {
      case .inner: clampedRows(pairs)
      case .left: clampedRows(max(pairs, outerRows))
      case .full: clampedRows(max(pairs, outerRows, innerRows))
      case .semi: clampedRows(outerRows * share)
      case .anti: clampedRows(outerRows * (1 - share))
      }
    }
  }

  /// The arithmetic of the whole.
  var sentence: String {
    let conditions = factors.map { "\($0.predicate): \($0.words)" }.joined(separator: "; ")
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
    return "\(product)\(atLeast) = \(Words.counted(rows, "row")); \(conditions)."
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
    let share = foreignKey.flatMap { $0.selectivity(kind, innerRows: innerRows) }
    let covered = share == nil ? [] : foreignKey?.predicates ?? []
    let rest = keys.filter { !covered.contains($0.predicate) }.map { key in
      Self.factor(key, kind, innerRows: innerRows)
    }
    let known = foreignKey.flatMap { key in share.map { Self.factor(key, $0) } }
    self.init(
      kind: kind, outerRows: outerRows, innerRows: innerRows, factors: (known.map { [$0] } ?? []) + rest)
  }

  private static func factor(_ key: ForeignKey, _ share: Double) -> Factor {
    Factor(
      predicate: key.predicates.joined(separator: " AND "), selectivity: share,
      words: "foreign key \(key.name), \(Words.count(key.referencedRows)) referenced rows")
  }

  private static func factor(_ key: Key, _ kind: Kind, innerRows: Double) -> Factor {
    let join = EqualityJoin(outer: key.outer, inner: key.inner)
    let share = kind == .semi || kind == .anti ? join.semiJoin(innerRows: innerRows) : join.innerJoin()
    let words = share?.words ?? "the common values of its sides cannot be compared"
    return Factor(predicate: key.predicate, selectivity: share?.selectivity, words: words)
  }
}
