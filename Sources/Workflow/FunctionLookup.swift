import Postgres
import Statements

/// Looks called names up in `pg_proc` and `pg_operator`, and judges what they may mean.
struct FunctionLookup {
  private let callers: [FunctionAdmission.Caller]

  init(_ callers: [FunctionAdmission.Caller]) { self.callers = callers }

  /// Nothing is called.
  var isEmpty: Bool { callers.allSatisfy { $0.calls.functions.isEmpty && $0.calls.operators.isEmpty && $0.calls.attributes.isEmpty } }

  /// What asks for the functions by name, and for the functions behind operators.
  var statements: [SafeSQL] {
    let functions = callers.flatMap(\.calls.functions).map(\.name)
    let attributes = callers.flatMap(\.calls.attributes).map(\.name)
    let operators = callers.flatMap(\.calls.operators).map(\.name)
    return [
      FunctionQueries.functions(named: functions, attributes: attributes),
      FunctionQueries.operatorFunctions(named: operators),
    ]
  }

  /// The first call that may mean a function that is not allowed.
  func rejection(functions: Rows, operators: Rows, policy: FunctionPolicy) -> FunctionRejection? {
    let byName = Dictionary(grouping: functions.map(FunctionRow.init), by: \.candidate.name)
    for caller in callers {
      if let rejection = rejection(in: caller, byName: byName, policy: policy) { return rejection }
    }
    return operatorRejection(operators, policy: policy)
  }

  private func rejection(
    in caller: FunctionAdmission.Caller, byName: [String: [FunctionRow]], policy: FunctionPolicy
  ) -> FunctionRejection? {
    let attributes = caller.calls.attributes.map { attribute in
      FunctionUse(schema: nil, name: attribute.name, argumentCount: 1)
    }
    let uses = caller.calls.functions.map { ($0, false) } + attributes.map { ($0, true) }
    for (use, isAttribute) in uses {
      let rows = (byName[use.name] ?? []).filter { isAttribute ? $0.takesRow : true }
      let candidates = rows.filter { use.schema != nil || $0.isVisible }.map(\.candidate)
      if let rejection = reject(use, candidates, caller.path, policy) { return rejection }
    }
    return nil
  }

  private func reject(
    _ use: FunctionUse, _ candidates: [FunctionCandidate], _ path: String?, _ policy: FunctionPolicy
  ) -> FunctionRejection? {
    switch policy.judge(use, candidates: candidates) {
    case .admitted: return nil
    case .rejected(let candidate, let objection): return FunctionRejection(candidate, objection, path)
    case .unresolved:
      // Nothing fits by the number of arguments: what bears the name at all must pass.
      for candidate in candidates where use.schema == nil || use.schema == candidate.schema {
        if let objection = policy.objection(to: candidate) { return FunctionRejection(candidate, objection, path) }
      }
      return nil
    }
  }

  /// Which operator of a name is meant depends on types, so the function of each must pass.
  private func operatorRejection(_ rows: Rows, policy: FunctionPolicy) -> FunctionRejection? {
    for row in rows {
      let candidate = FunctionRow(row).candidate
      guard let objection = policy.objection(to: candidate) else { continue }
      return FunctionRejection(candidate, objection, "operator \(row["oprname"] ?? "")")
    }
    return nil
  }
}

/// One row of `pg_proc`.
private struct FunctionRow {
  let candidate: FunctionCandidate
  /// The search path leads to its schema.
  let isVisible: Bool
  /// Its only argument is a row, so that it can be called as `row.name`.
  let takesRow: Bool

  init(_ row: Row) {
    candidate = FunctionCandidate(
      schema: row["nspname"] ?? "", name: row["proname"] ?? "",
      volatility: row["provolatile"].flatMap(FunctionCandidate.Volatility.init) ?? .volatile,
      language: row["lanname"] ?? "", owningExtension: row["extname"],
      argumentCount: row["pronargs", as: Int.self] ?? 0, defaultCount: row["pronargdefaults", as: Int.self] ?? 0,
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
