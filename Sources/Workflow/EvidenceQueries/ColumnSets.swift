import Catalog
import JSONTree

/// Reads `pg_ndistinct` and `pg_dependencies`, whose keys are lists of column numbers.
///
///     {"1, 2": 33, "1, 3": 180}        {"1 => 2": 1.000000, "1, 2 => 3": 0.250000}
///
/// Expressions have negative numbers; sets with one of them are left out, as are columns that are unknown.
enum ColumnSets {
  /// Distinct values by sets of columns.
  static func distinct(_ text: String?, _ names: [Int: String]) -> [Set<String>: Double] {
    let sets = members(text).compactMap { key, value in columns(key, names).map { ($0, value) } }
    return Dictionary(sets) { first, _ in first }
  }

  /// How far columns determine another one.
  static func dependencies(_ text: String?, _ names: [Int: String]) -> [FunctionalDependency] {
    members(text).compactMap { key, degree in
      let sides = key.split(separator: "=>").map(String.init)
      guard sides.count == 2, let from = columns(sides[0], names), let to = columns(sides[1], names)?.first
      else { return nil }
      return FunctionalDependency(from: from, to: to, degree: degree)
    }
  }

  private static func members(_ text: String?) -> [(key: String, value: Double)] {
    guard let text, let tree = try? JSONTree(text.utf8) else { return [] }
    return tree.root.members.compactMap { key, value in value.double.map { (key, $0) } }
  }

  private static func columns(_ list: String, _ names: [Int: String]) -> Set<String>? {
    let numbers = list.split(separator: ",").map { $0.filter { $0 != " " } }
    let found = numbers.compactMap { Int($0) }.compactMap { names[$0] }
    return found.count == numbers.count ? Set(found) : nil
  }
}
