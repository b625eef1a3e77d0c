/// The first layer of safety: PostgreSQL's own grammar decides which text may become a SELECT that runs.
///
/// Exactly one statement. SELECT, VALUES, TABLE and WITH … SELECT are admitted, UPDATE and DELETE are
/// rewritten, everything else is rejected by kind. The caller's thread waits while the parser works:
/// well under a millisecond for an ordinary statement.
public enum Admission {
  /// Admits or rejects a text.
  ///
  /// - Parameters:
  ///   - text: What the user gave.
  ///   - parameters: Which `$n` will have values.
  ///   - form: What stands for the row identity in a rewritten UPDATE or DELETE.
  /// - Throws: `AdmissionError` that names the rule.
  public static func admit(
    _ text: StatementText, parameters: ParameterValues = .given([]), form: RewriteForm = .rowIdentifiers()
  ) throws(AdmissionError) -> AdmittedStatement {
    try LargeStack.run { () -> Result<AdmittedStatement, AdmissionError> in
      Result { () throws(AdmissionError) in
        try admitHere(text, parameters: parameters, form: form)
      }
    }.get()
  }

  private static func admitHere(
    _ text: StatementText, parameters: ParameterValues, form: RewriteForm
  ) throws(AdmissionError) -> AdmittedStatement {
    let given = try ParsedStatement.only(in: text.string)
    try checkParameterNumbers(given.source)
    try AlikeNames.check(given.tree)
    let origin = try StatementCheck(given).origin()
    var notes: [AdmissionNote] = []
    var parsed = try unlocked(given, notes: &notes)
    if origin != .select {
      let rewriter = try SelectRewriter(parsed, origin: origin, form: form)
      parsed = try rewriter.checkedResult()
      notes += rewriter.notes
    }
    let numbers = parameterNumbers(given)
    try check(numbers, against: parameters)
    let fingerprint = PostgresGrammar.fingerprint(given.text) ?? ""
    let normalized = PostgresGrammar.normalized(given.text) ?? given.text
    return AdmittedStatement(
      original: given.text, sql: SQLFragment(verbatim: parsed.text), origin: origin,
      target: RewriteNames(given)?.target(by: form), assignedColumns: assignedColumns(given, origin),
      notes: notes,
      shape: ShapeReader.shape(of: parsed, fingerprint: fingerprint, normalized: normalized),
      calls: CalledNames(origin == .select ? [given] : [given, parsed]),
      parameters: parameterNumbers(parsed), originalParameters: numbers,
      fingerprint: fingerprint, normalized: normalized,
      parsed: parsed)
  }

  private static func assignedColumns(_ given: ParsedStatement, _ origin: StatementOrigin) -> [String] {
    origin == .update ? given.root?.children("targetList").compactMap { $0.text("name") } ?? [] : []
  }

  private static func unlocked(
    _ given: ParsedStatement, notes: inout [AdmissionNote]
  ) throws(AdmissionError) -> ParsedStatement {
    let locking = LockingClauses(given)
    guard !locking.isEmpty else { return given }
    notes.append(.lockingDropped(locking.texts))
    return try locking.removed()
  }

  private static func parameterNumbers(_ parsed: ParsedStatement) -> [Int] {
    let references = parsed.tree.root.descendants(named: "ParamRef")
    return Set(references.map { $0["number"]?.int ?? 0 }).sorted()
  }

  /// The grammar's own numbers have 32 bits, and what is larger comes out as another one.
  private static func checkParameterNumbers(_ source: SourceTokens) throws(AdmissionError) {
    for (index, token) in source.tokens.enumerated() where token.kind == .parameter {
      let text = source.text(at: index)
      guard let number = Int(text.dropFirst()), (1...StatementBounds.parameterCount).contains(number) else {
        throw .parameterNumber(text)
      }
    }
  }

  private static func check(_ numbers: [Int], against values: ParameterValues) throws(AdmissionError) {
    guard case .given(let given) = values else { return }
    let missing = numbers.filter { !given.contains($0) }
    guard missing.isEmpty else { throw .parametersWithoutValues(missing) }
    let unused = given.subtracting(numbers).sorted()
    guard unused.isEmpty else { throw .unusedParameterValues(unused) }
  }
}
