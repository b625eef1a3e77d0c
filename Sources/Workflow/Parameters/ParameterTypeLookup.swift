import Catalog
import Postgres
import Statements

/// Finds the types that the user named, as the application's session would.
struct ParameterTypeLookup {
  let request: CaptureRequest

  /// The request's parameters with the types that were named; one transaction, none where no type was.
  ///
  /// - Throws: `parameterType` for a name that means no type, or one whose values cannot be read without
  ///   running somebody's code.
  func parameters(on session: Session) async throws(CaptureError) -> BoundParameters {
    var parameters = request.parameters
    for index in parameters.all.indices {
      guard let name = parameters.all[index].typeName else { continue }
      parameters.all[index].type = try await type(named: name, of: parameters.all[index].number, on: session)
    }
    return parameters
  }

  private func type(
    named name: String, of number: Int, on session: Session
  ) async throws(CaptureError) -> ParameterType {
    let rows: Rows
    do throws(PostgresError) {
      rows = try await session.transaction(request.questions) { transaction throws(PostgresError) in
        try await transaction.query(Self.question.text, parameters: [name])
      }
    } catch {
      // Where a name is no name at all, `to_regtype` fails before release 16.
      guard case .server(let server) = error, Self.noName.contains(server.sqlState.rawValue) else {
        throw .postgres(error)
      }
      throw .parameterType(number: number, name: name, .unknown)
    }
    guard let row = rows.first, let type = ParameterType(row) else {
      throw .parameterType(number: number, name: name, .unknown)
    }
    guard row.bool("is_plain") == true else {
      throw .parameterType(number: number, name: name, .runsCode)
    }
    return type
  }

  /// Syntax error, invalid name, undefined object, and a name with the name of another database in it.
  private static let noName: Set<String> = ["42601", "42602", "42704", "0A000"]

  /// Runs with the application's search path: what could be shadowed in it is qualified.
  ///
  /// Reading a value of a domain runs its constraints, and composite types and ranges may be made of
  /// domains. The server's own types (OIDs below `FirstNormalObjectId`), enums and base types run none.
  static let question: SafeSQL = """
    SELECT t.oid, n.nspname, t.typname, pg_catalog.format_type(t.oid, NULL) AS label,
      t.oid OPERATOR(pg_catalog.<) 16384 OR coalesce(e.typtype, t.typtype) OPERATOR(pg_catalog.=)
        ANY (ARRAY['b', 'e']::pg_catalog."char"[]) AS is_plain
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) t.typnamespace
    LEFT JOIN pg_catalog.pg_type e
      ON e.oid OPERATOR(pg_catalog.=) t.typelem AND t.typcategory OPERATOR(pg_catalog.=) 'A'
    WHERE t.oid OPERATOR(pg_catalog.=) pg_catalog.to_regtype($1)::pg_catalog.oid
      AND t.typtype OPERATOR(pg_catalog.<>) 'p'
    """
}

/// Why a type that the user named cannot be taken.
public enum ParameterTypeProblem: Sendable, Equatable {
  /// The session finds no type of that name.
  case unknown
  /// A domain, or made of one: reading a value would run its constraints.
  case runsCode
}

extension ParameterType {
  /// From columns `oid`, `nspname`, `typname` and `label`.
  init?(_ row: Row) {
    guard let oid = row["oid", as: UInt32.self], let name = row["typname"] else { return nil }
    self.init(
      oid: oid, name: QualifiedName(schema: row["nspname"], name: name), label: row["label"] ?? name,
      isCastByFunction: row.bool("is_cast_by_function") ?? false)
  }
}
