import CLibPQ

extension ServerError {
  /// The error or notice of a `PGresult`; `nil` when it has no SQLSTATE and so is libpq's own.
  init?(of result: OpaquePointer) {
    let field = { (field: ErrorField) in
      PQresultErrorField(result, CInt(field.rawValue.value)).map { String(cString: $0) }
    }
    guard let code = field(.sqlState) else { return nil }
    self.init(
      // A pooler sends only the one that a server would translate.
      severity: field(.severity) ?? field(.translatedSeverity) ?? "ERROR", sqlState: SQLState(rawValue: code),
      message: field(.message) ?? "")
    detail = field(.detail)
    hint = field(.hint)
    position = field(.position).flatMap(Int.init)
    internalPosition = field(.internalPosition).flatMap(Int.init)
    internalQuery = field(.internalQuery)
    context = field(.context)
    schemaName = field(.schemaName)
    tableName = field(.tableName)
    columnName = field(.columnName)
    constraintName = field(.constraintName)
  }
}

/// The parts of an error message by their letters in the protocol (manual, "Error and Notice Message Fields").
private enum ErrorField: Unicode.Scalar {
  case severity = "V"
  case translatedSeverity = "S"
  case sqlState = "C"
  case message = "M"
  case detail = "D"
  case hint = "H"
  case position = "P"
  case internalPosition = "p"
  case internalQuery = "q"
  case context = "W"
  case schemaName = "s"
  case tableName = "t"
  case columnName = "c"
  case constraintName = "n"
}
