import PlanModel

/// Writes what a parallel worker did: the first part on the line that names the worker, the rest below it.
struct WorkerLines {
  let dialect: TextDialect

  func lines(of worker: WorkerExecution) -> [IndentedLine] {
    var lines = body(of: worker)
    let isOld = dialect.workers == .sortsAboveBuffers && worker.actual != .notReported
    let name = "Worker \(worker.number):" + (isOld ? " " : "  ")
    guard !lines.isEmpty else { return [IndentedLine(String(name.dropLast(2)) + ":")] }
    lines[0].text = name + lines[0].text
    return [lines[0]]
      + lines.dropFirst().map { IndentedLine($0.text, indentation: $0.indentation + 2) }
  }

  private func body(of worker: WorkerExecution) -> [IndentedLine] {
    var lines: [IndentedLine] = []
    if let figures = worker.actual.figures { lines.append(IndentedLine(figures.words)) }
    if let sort = worker.sort { lines.append(IndentedLine(FigureText.sortLine(sort))) }
    let early = worker.properties.filter { $0.key != .wal }
    if early.contains(where: { $0.key == .cacheHits }) {
      lines.append(IndentedLine(FigureText.cacheLine(early, worker.hash)))
    } else {
      lines += early.map { IndentedLine($0) }
      lines += [worker.hash.flatMap(FigureText.line)].compactMap { $0 }.map { IndentedLine($0) }
    }
    if let jit = worker.jit { lines += jit.lines }
    lines += FigureText(dialect: dialect).usage(worker.buffers, worker.ioTimings).map { IndentedLine($0) }
    return lines + worker.properties.filter { $0.key == .wal }.map { IndentedLine($0) }
  }
}

extension JITSummary {
  /// The block with its heading.
  var lines: [IndentedLine] {
    [IndentedLine("JIT:")] + properties.map { IndentedLine($0, indentation: 2) }
  }
}
