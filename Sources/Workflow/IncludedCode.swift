import Catalog
import Statements

/// What runs with functions that are allowed, although no caller holds it: the defaults of arguments that
/// a call leaves out, and the bodies of functions that are trusted only as far as those are.
struct IncludedCode {
  private var defaults: Set<Int> = []
  private var bodies: Set<Int> = []

  /// Each once, as further callers.
  mutating func add(_ reached: [ReachedFunction], by policy: FunctionPolicy) -> [FunctionCaller] {
    reached.flatMap { called in
      [
        called.needsDefaults ? addDefaults(of: called) : nil,
        called.isMetOnly ? nil : addBody(of: called, by: policy),
      ].compactMap(\.self)
    }
  }

  /// Whoever vouches for a function has not seen what stands in for its arguments.
  private mutating func addDefaults(of called: ReachedFunction) -> FunctionCaller? {
    guard let tree = called.row.defaults, defaults.insert(called.row.oid).inserted else { return nil }
    let name = called.row.candidate.qualifiedName.quoted
    let place = [called.path, "default of function \(name)"].compactMap(\.self)
    let caller = FunctionCaller(path: place.joined(separator: " → "), tree: tree)
    return caller.stored.isInert ? nil : caller
  }

  private mutating func addBody(of called: ReachedFunction, by policy: FunctionPolicy) -> FunctionCaller? {
    let candidate = called.row.candidate
    guard policy.isJudgedByBody(candidate), bodies.insert(called.row.oid).inserted else { return nil }
    return .body(called.row.body, of: candidate.qualifiedName, in: called.path)
  }
}
