import Catalog
import PlanModel
import Postgres
import SQLNames
import Statements

/// Which of the two plans of a statement with parameters.
public enum PlanKind: String, Sendable, Equatable {
  /// Made for the values.
  case custom
  /// Made once for all values: what a prepared statement may get from its sixth execution on.
  case generic

  /// The other one.
  public var other: PlanKind { self == .custom ? .generic : .custom }
}

/// A statement inside a transaction, ready for EXPLAIN: its values are bound, or it is prepared.
///
/// EXPLAIN with bound values plans for them whatever `plan_cache_mode` says, and `EXPLAIN EXECUTE` takes no
/// bound values. For a generic plan the values are therefore put into settings of this transaction:
///
///     PREPARE plandx_… AS SELECT … WHERE status = $1
///     EXPLAIN (…) EXECUTE plandx_…(pg_catalog.current_setting('plandx.p1')::pg_catalog.text)
struct ExplainableStatement {
  private let request: CaptureRequest
  private let sql: SQLFragment
  private let numbers: [Int]
  private let transaction: Transaction
  private let execution: Execution?

  /// A prepared statement as `EXECUTE` runs it.
  private struct Execution {
    let sql: SafeSQL
    let types: [ParameterType]
  }

  /// Prepares the statement where the request wants its generic plan.
  ///
  /// - Parameter numbers: the parameters in `sql`.
  /// - Throws: the server's error, its position counted in `sql`.
  static func make(
    _ sql: SQLFragment, numbers: [Int], for request: CaptureRequest, in transaction: Transaction
  ) async throws(PostgresError) -> ExplainableStatement {
    let execution =
      request.planKind == .generic
      ? try await prepare(sql, numbers: numbers, request.parameters, in: transaction) : nil
    return ExplainableStatement(
      request: request, sql: sql, numbers: numbers, transaction: transaction, execution: execution)
  }

  /// The types that the server gave to the parameters; `nil` where it was not asked.
  var types: [ParameterType]? { execution?.types }

  /// The first type whose values cannot be put into `EXECUTE` without running somebody's function.
  var unfit: ParameterType? { types?.first(where: \.isCastByFunction) }

  /// EXPLAIN's answer; error positions are counted in the statement.
  func explain(_ form: ExplainForm) async throws(PostgresError) -> Rows {
    guard let execution else {
      return try await positioned(behind: form.prefixLength) { () throws(PostgresError) in
        try await transaction.answer(to: Self.bound(form, sql, numbers, request.parameters))
      }
    }
    return try await positioned(behind: nil) { () throws(PostgresError) in
      try await transaction.query(form.statement(execution.sql).text)
    }
  }

  private func positioned(
    behind prefix: Int?, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws(PostgresError) -> Rows
  ) async throws(PostgresError) -> Rows {
    do throws(PostgresError) {
      return try await body()
    } catch {
      throw prefix.map(error.shiftingPosition) ?? error.withoutPosition
    }
  }

  // MARK: Statements

  /// EXPLAIN with the values bound.
  static func bound(
    _ form: ExplainForm, _ sql: SQLFragment, _ numbers: [Int], _ parameters: BoundParameters
  ) -> Statement {
    parameters.statement(form.statement("\(sql)"), mentioning: numbers)
  }

  private static func prepare(
    _ sql: SQLFragment, numbers: [Int], _ parameters: BoundParameters, in transaction: Transaction
  ) async throws(PostgresError) -> Execution {
    let name = PreparedName()
    let head = preparationHead(name, parameters.declaration(mentioning: numbers))
    do throws(PostgresError) {
      try await transaction.prepare(name, by: Statement("\(head.text)\(sql.text)"))
    } catch {
      throw error.shiftingPosition(by: head.text.count)
    }
    let rows = try await transaction.query(preparedTypes.text, parameters: [name.description])
    let types = rows.compactMap(ParameterType.init)
    return Execution(sql: execution(of: name, arguments: parameters.arguments(of: types)), types: types)
  }

  /// What stands before the statement in `PREPARE`.
  static func preparationHead(_ name: PreparedName, _ declaration: SafeSQL) -> SafeSQL {
    "PREPARE \(SQLIdentifier(name.description))\(declaration) AS "
  }

  /// What EXPLAIN explains instead of the statement.
  static func execution(of name: PreparedName, arguments: SafeSQL) -> SafeSQL {
    "EXECUTE \(SQLIdentifier(name.description))\(arguments)"
  }

  /// Runs with the application's search path: what could be shadowed in it is qualified.
  static let preparedTypes: SafeSQL = """
    SELECT t.oid, n.nspname, t.typname, pg_catalog.format_type(t.oid, NULL) AS label,
      EXISTS (
        SELECT FROM pg_catalog.pg_cast k WHERE k.castsource OPERATOR(pg_catalog.=) 25
          AND k.casttarget OPERATOR(pg_catalog.=) t.oid AND k.castfunc OPERATOR(pg_catalog.>=) 16384
      ) AS is_cast_by_function
    FROM pg_catalog.pg_prepared_statements p
    CROSS JOIN LATERAL pg_catalog.unnest(p.parameter_types) WITH ORDINALITY AS u(type, place)
    JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) u.type::pg_catalog.oid
    JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) t.typnamespace
    WHERE p.name OPERATOR(pg_catalog.=) $1 ORDER BY u.place
    """
}

/// What the plan of the other kind would be like, by plain EXPLAIN.
public enum OtherPlan: Sendable {
  /// The plan, without actual figures.
  case estimated(ExplainedPlan)
  /// The server's words.
  case unknown(String)
}

extension PostgresError {
  /// The same error for a text that is not the user's, in which a position says nothing to him.
  var withoutPosition: PostgresError {
    guard case .server(var error) = self else { return self }
    error.position = nil
    return .server(error)
  }
}
