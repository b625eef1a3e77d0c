import Foundation

/// The planner's estimate of the number of groups by columns of one table (`estimate_num_groups` in
/// `selfuncs.c`).
struct GroupEstimate: Equatable {
  /// A column's name and its distinct values in the whole table.
  struct Column: Equatable {
    var name: String
    var distinct: Double
    /// Counts as 2 whatever the statistics say.
    var isBoolean = false
  }

  /// The columns.
  var columns: [Column]
  /// Rows of the table.
  var tableRows: Double
  /// Rows that the planner expects its conditions to leave.
  var remainingRows: Double
  /// Rows that it expects to be grouped.
  var inputRows: Double

  private var counted: [Column] { columns.filter { !$0.isBoolean } }

  /// All combinations, but for several columns no more than a tenth of the rows, nor fewer than one column has.
  var combinations: Double {
    let product = counted.reduce(1) { $0 * $1.distinct }
    guard tableRows > 0 else { return product }
    let most = counted.map(\.distinct).max() ?? 1
    let clamp = counted.count > 1 ? min(max(tableRows * 0.1, most), tableRows) : tableRows
    return min(product, clamp)
  }

  /// Of those the ones that the remaining rows are expected to hit: n × (1 − ((N − p) / N)^(N / n)).
  var reached: Double {
    guard tableRows > 0, remainingRows < tableRows, combinations > 0 else { return clampedRows(combinations) }
    let missed = pow((tableRows - remainingRows) / tableRows, tableRows / combinations)
    return clampedRows(combinations * (1 - missed))
  }

  /// The estimate.
  var groups: Double {
    let flags = columns.filter(\.isBoolean).reduce(1.0) { product, _ in product * 2 }
    let groups = (counted.isEmpty ? flags : flags * reached).rounded(.up)
    return max(min(groups, clampedRows(inputRows)), 1)
  }

  /// The arithmetic.
  var sentence: String {
    let product = columns.map { "\(Words.count($0.distinct)) of \($0.name)" }.joined(separator: " × ")
    let clamp =
      combinations < counted.reduce(1) { $0 * $1.distinct }
      ? ", no more than \(Words.count(combinations)) (a tenth of the rows)" : ""
    let left =
      remainingRows < tableRows
      ? ", of which \(Words.count(remainingRows)) of \(Words.count(tableRows)) rows reach \(Words.count(reached))"
      : ""
    return "\(product)\(clamp)\(left) = \(Words.counted(groups, "group"))."
  }
}
