import Postgres
import Statements

/// Looks called names up in `pg_proc`, `pg_operator` and `pg_cast`, and judges what they may mean.
struct FunctionLookup {
  private let callers: [FunctionCaller]
  private let policy: FunctionPolicy
  private let plannedOnly: Bool

  init(_ callers: [FunctionCaller], policy: FunctionPolicy, plannedOnly: Bool) {
    self.callers = callers
    self.policy = policy
    self.plannedOnly = plannedOnly
  }

  private var calls: [CalledNames] { callers.compactMap(\.calls) }

  /// What asks for the functions by name, for those behind operators and casts, and for
  /// those that no text calls.
  func statements(_ queries: FunctionQueries) -> [SafeSQL] {
    [
      queries.functions(
        named: names(calls.flatMap(\.functions).map(\.name)),
        attributes: names(callers.flatMap(\.attributes).map(\.name))),
      queries.operators(named: names(calls.flatMap(\.operators).map(\.name))),
      queries.casts(named: names(calls.flatMap(\.types).map(\.name))),
      queries.implied(named: names(calls.flatMap(\.types).map(\.name))),
    ]
  }

  /// Each once, so that the text of a question does not depend on the order of calls.
  private func names(_ all: [String]) -> [String] { Set(all).sorted() }

  /// The first call that may mean a function that is not allowed.
  func rejection(
    functions: Rows, operators: Rows, casts: Rows, implied: Rows
  ) -> FunctionRejection? {
    let byName = Dictionary(grouping: functions.map(FunctionRow.init), by: \.candidate.name)
    for caller in callers {
      if let rejection = rejection(in: caller, byName: byName) { return rejection }
    }
    return operatorRejection(operators) ?? uncalledRejection(casts) ?? uncalledRejection(implied)
  }

  private func rejection(
    in caller: FunctionCaller, byName: [String: [FunctionRow]]
  ) -> FunctionRejection? {
    let attributes = caller.attributes.map { attribute in
      FunctionUse(schema: nil, name: attribute.name, argumentCount: 1)
    }
    let uses = (caller.calls?.functions ?? []).map { ($0, false) } + attributes.map { ($0, true) }
    for (use, isAttribute) in uses {
      let rows = (byName[use.name] ?? []).filter { isAttribute ? $0.takesRow : true }
      let candidates = rows.filter { use.schema != nil || $0.isVisible }.map(\.candidate)
      if let rejection = reject(use, candidates, caller.path) { return rejection }
    }
    return nil
  }

  private func reject(
    _ use: FunctionUse, _ candidates: [FunctionCandidate], _ path: String?
  ) -> FunctionRejection? {
    let candidates = candidates.filter(mayRun)
    switch policy.judge(use, candidates: candidates) {
    case .admitted: return nil
    case .rejected(let candidate, let objection): return FunctionRejection(candidate, objection, path)
    case .unresolved:
      // Nothing fits by the number of arguments: what bears the name at all must pass.
      let named = candidates.filter { use.schema == nil || use.schema == $0.schema }
      return named.lazy.compactMap { rejection(of: $0, path) }.first
    }
  }

  /// Which operator of a name is meant depends on types, so the function of each must pass.
  private func operatorRejection(_ rows: Rows) -> FunctionRejection? {
    let uses = Set(calls.flatMap(\.operators))
    let meant = rows.lazy.filter { row in
      uses.contains { use in
        use.name == row["oprname"]
          && (use.schema.map { $0 == row["operator_schema"] } ?? (row.bool("is_visible") == true))
      }
    }
    return meant.compactMap { row in
      rejection(of: FunctionRow(row).candidate, "operator \(row["oprname"] ?? "")")
    }.first
  }

  /// Functions that no text calls, each with what leads to it.
  private func uncalledRejection(_ rows: Rows) -> FunctionRejection? {
    rows.lazy.compactMap { rejection(of: FunctionRow($0).candidate, $0["path"]) }.first
  }

  private func rejection(of candidate: FunctionCandidate, _ path: String?) -> FunctionRejection? {
    guard mayRun(candidate), let objection = policy.objection(to: candidate) else { return nil }
    return FunctionRejection(candidate, objection, path)
  }

  /// Planning alone runs no VOLATILE function.
  private func mayRun(_ candidate: FunctionCandidate) -> Bool {
    !plannedOnly || candidate.volatility != .volatile
  }
}

/// One row of `pg_proc`.
private struct FunctionRow {
  let candidate: FunctionCandidate
  /// The search path leads to its schema.
  let isVisible: Bool
  /// Its only needed argument may be a row, so that it can be called as `row.name`.
  let takesRow: Bool

  init(_ row: Row) {
    candidate = FunctionCandidate(
      schema: row["nspname"] ?? "", name: row["proname"] ?? "",
      volatility: row["provolatile"].flatMap(FunctionCandidate.Volatility.init) ?? .volatile,
      language: row["lanname"] ?? "", owningExtension: row["extname"],
      argumentCount: row["pronargs", as: Int.self] ?? 0,
      defaultCount: row["pronargdefaults", as: Int.self] ?? 0,
      isVariadic: row.bool("is_variadic") ?? false)
    isVisible = row.bool("is_visible") ?? true
    takesRow = row.bool("takes_row") ?? false
  }
}

extension FunctionRejection {
  fileprivate init(_ candidate: FunctionCandidate, _ objection: FunctionObjection, _ path: String?) {
    self.init(function: "\(candidate.schema).\(candidate.name)", objection: objection, path: path)
  }
}
