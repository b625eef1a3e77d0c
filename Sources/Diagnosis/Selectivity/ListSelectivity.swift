/// `= ANY (array)` and `<> ALL (array)`: the members' shares put together (`scalararraysel` in `selfuncs.c`).
struct ListSelectivity {
  /// ALL instead of ANY.
  let isAll: Bool
  /// `=` with ANY, `<>` with ALL: members are taken to exclude each other, so that shares add up.
  let isDisjoint: Bool

  /// Of the members that an array unknown at planning time is taken to have.
  static let assumedMembers = 10

  /// The factor of the whole list; not modelled where a member is not.
  func factor(_ predicate: String, _ members: [SelectivityFactor]) -> SelectivityFactor {
    let shares = members.compactMap(\.selectivity)
    guard shares.count == members.count else {
      return SelectivityFactor(predicate, notModelled: "a member of its list is not reproduced")
    }
    let sum = isAll ? 1 - shares.reduce(0) { $0 + (1 - $1) } : shares.reduce(0, +)
    let isSum = isDisjoint && (0...1).contains(sum)
    return SelectivityFactor(
      predicate, isSum ? sum : independent(shares), .list(members, isSum: isSum, isAll: isAll))
  }

  private func independent(_ shares: [Double]) -> Double {
    isAll ? shares.reduce(1, *) : shares.reduce(0) { $0 + $1 - $0 * $1 }
  }
}
