import CLibPQ

/// One `PGresult`, freed with its last use.
final class QueryResult {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit { PQclear(pointer) }

  var status: ExecStatusType { PQresultStatus(pointer) }

  /// The rows, or why there are none; `nil` for results that carry neither, such as a pipeline's marks.
  func outcome(statementIndex: Int?) -> Result<Rows, PostgresError>? {
    switch status {
    case PGRES_TUPLES_OK: .success(rows)
    case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: .success(Rows(columns: [], values: []))
    case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: .failure(.notAQuery)
    case PGRES_PIPELINE_SYNC, PGRES_PIPELINE_ABORTED: nil
    default: .failure(error(statementIndex: statementIndex))
    }
  }

  private var rows: Rows {
    let columnCount = PQnfields(pointer)
    let columns = (0..<columnCount).map { String(cString: PQfname(pointer, $0)) }
    var values: [String?] = []
    values.reserveCapacity(Int(PQntuples(pointer) * columnCount))
    for row in 0..<PQntuples(pointer) {
      for column in 0..<columnCount { values.append(value(row, column)) }
    }
    return Rows(columns: columns, values: values)
  }

  private func value(_ row: CInt, _ column: CInt) -> String? {
    guard PQgetisnull(pointer, row, column) == 0, let start = PQgetvalue(pointer, row, column) else {
      return nil
    }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(pointer, row, column)))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An error without a SQLSTATE is libpq's own, and it has only one kind: the connection is gone.
  private func error(statementIndex: Int?) -> PostgresError {
    guard var error = ServerError(of: pointer) else {
      return .closedUnexpectedly(firstLine(of: String(cString: PQresultErrorMessage(pointer))))
    }
    error.statementIndex = statementIndex
    return error.endsSession ? .terminated(error) : .server(error)
  }
}

/// The first line of a message of libpq's, whose others only guess at the cause.
func firstLine(of message: String) -> String {
  message.split(separator: "\n").first.map(String.init) ?? message
}
