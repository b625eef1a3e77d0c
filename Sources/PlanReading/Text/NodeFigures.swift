import PlanModel

/// What stands in the brackets behind a node's name, or behind `Worker N:`.
struct NodeFigures {
  var estimate: CostEstimate?
  var actual: ActualExecution = .notReported
  /// Figures that this version does not know, by their printed names.
  var unknown: [PlanProperty] = []

  /// Figures are missing or are none; the offset is that of the first byte that does not fit.
  struct Fault: Error {
    var offset: Int
    /// The bracket is not closed: the text stops here.
    var isCutOff: Bool
    /// Somebody wrote an ellipsis.
    var isElided: Bool
  }

  /// Reads all brackets of a line.
  static func read(_ text: Bytes) throws(Fault) -> NodeFigures {
    var figures = NodeFigures()
    var scanner = ByteScanner(text)
    scanner.skipBlanks()
    while !scanner.isAtEnd {
      try figures.readBracket(&scanner)
      scanner.skipBlanks()
    }
    return figures
  }

  /// Reads `actual time=… rows=… loops=…` without brackets, as workers have it.
  static func readWorker(_ text: Bytes) throws(Fault) -> ActualExecution {
    var scanner = ByteScanner(text)
    let values = try FigureValues(&scanner)
    guard scanner.isAtEnd, let actual = values.actual else { throw fault(at: scanner) }
    return actual
  }

  private mutating func readBracket(_ scanner: inout ByteScanner) throws(Fault) {
    if scanner.take("(never executed)") {
      actual = .neverExecuted
      return
    }
    guard scanner.take("(") else { throw Self.fault(at: scanner) }
    let values = try FigureValues(&scanner)
    guard scanner.take(")") else { throw Self.fault(at: scanner) }
    if !values.unknown.isEmpty { unknown += values.unknown }
    if values.isActual, let read = values.actual {
      actual = read
    } else if !values.isActual, let read = values.estimate {
      estimate = read
    } else {
      scanner.position -= 1
      throw Self.fault(at: scanner)
    }
  }

  fileprivate static func fault(at scanner: ByteScanner) -> Fault {
    let text = scanner.bytes
    return Fault(
      offset: scanner.position,
      isCutOff: text.offset(of: UInt8(ascii: ")"), from: min(scanner.position, text.count)) == nil,
      isElided: text.offset(of: "…") != nil || text.offset(of: " ...") != nil
        || text.offset(of: "(...") != nil)
  }
}

/// `cost=0.29..8.31 rows=1 width=4` or `actual time=0.012..0.013 rows=1 loops=1`.
private struct FigureValues {
  var isActual = false
  var unknown: [PlanProperty] = []
  private var range: (Double, Double)?
  private var rows: Double?
  private var rowsHavePoint = false
  private var width: Double?
  private var loops: Double?

  init(_ scanner: inout ByteScanner) throws(NodeFigures.Fault) {
    isActual = scanner.take("actual ")
    repeat {
      switch scanner.current {
      case UInt8(ascii: "c") where !isActual && scanner.take("cost="),
        UInt8(ascii: "t") where isActual && scanner.take("time="):
        range = try Self.range(&scanner)
      case UInt8(ascii: "r") where scanner.take("rows="):
        let start = scanner.position
        rows = try Self.number(&scanner)
        rowsHavePoint = scanner.bytes.slice(start..<scanner.position).contains(0x2E)
      case UInt8(ascii: "w") where scanner.take("width="): width = try Self.number(&scanner)
      case UInt8(ascii: "l") where scanner.take("loops="): loops = try Self.number(&scanner)
      default: unknown.append(try Self.unknownFigure(&scanner))
      }
    } while scanner.take(" ")
  }

  var estimate: CostEstimate? {
    guard let range, let rows, let width else { return nil }
    return CostEstimate(
      startupCost: range.0, totalCost: range.1, planRows: rows, planWidth: Int(exactly: width) ?? .max,
      loops: loops)
  }

  var actual: ActualExecution? {
    guard let rows, let loops else { return nil }
    return .executed(
      ActualFigures(
        startupTime: range?.0, totalTime: range?.1, rows: rows, loops: loops,
        hasFractionalRows: rowsHavePoint))
  }

  private static func range(_ scanner: inout ByteScanner) throws(NodeFigures.Fault) -> (Double, Double) {
    let first = try number(&scanner)
    guard scanner.take("..") else { throw NodeFigures.fault(at: scanner) }
    return (first, try number(&scanner))
  }

  private static func number(_ scanner: inout ByteScanner) throws(NodeFigures.Fault) -> Double {
    guard let number = scanner.number() else { throw NodeFigures.fault(at: scanner) }
    return number
  }

  private static func unknownFigure(_ scanner: inout ByteScanner) throws(NodeFigures.Fault) -> PlanProperty {
    let isEnd: (UInt8) -> Bool = { $0 == 0x20 || $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: "=") }
    let key = scanner.takeUntil(isEnd)
    guard key.allSatisfy(\.isLetter), !key.isEmpty, scanner.take("=") else {
      throw NodeFigures.fault(at: scanner)
    }
    return PlanProperty(PropertyKey(key.text), scanner.takeUntil(isEnd).text)
  }
}
