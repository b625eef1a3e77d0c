import Testing

@testable import Postgres
@testable import plandx

/// Not Swift Testing's type of that name.
private typealias Status = plandx.ExitStatus

/// What the shell is told, by SQLSTATE.
@Suite struct ExitStatusTests {
  /// What a server or a pooler sends in practice, and what a script should make of it.
  fileprivate static let statuses: [(String, Status)] = [
    // Connections, by a pooler's word
    ("08000", .tryAgain), ("08003", .tryAgain), ("08006", .tryAgain), ("08P01", .tryAgain),
    // Features, cardinality, data
    ("0A000", .unusableInput), ("21000", .unusableInput), ("22001", .unusableInput),
    ("22003", .unusableInput),
    ("22007", .unusableInput), ("22012", .unusableInput), ("22023", .unusableInput),
    ("22P02", .unusableInput),
    ("22021", .unusableInput), ("2201X", .unusableInput), ("23514", .unusableInput),
    // Transactions
    ("25001", .unusableInput), ("25006", .unusableInput), ("25P02", .unusableInput), ("25P03", .tryAgain),
    // Who may
    ("28000", .permissionDenied), ("28P01", .permissionDenied), ("2F003", .unusableInput),
    ("38000", .unusableInput), ("3D000", .unreachable), ("3F000", .unusableInput),
    // Conflicts
    ("40001", .tryAgain), ("40P01", .tryAgain), ("40003", .unusableInput),
    // Names, types, rights
    ("42501", .permissionDenied), ("42601", .unusableInput), ("42602", .unusableInput),
    ("42703", .unusableInput),
    ("42704", .unusableInput), ("42804", .unusableInput), ("42883", .unusableInput),
    ("42P01", .unusableInput),
    ("42P18", .unusableInput), ("42P20", .unusableInput), ("44000", .unusableInput),
    // Resources
    ("53000", .unusableInput), ("53100", .unusableInput), ("53200", .unusableInput), ("53300", .tryAgain),
    ("53400", .unusableInput), ("54000", .unusableInput), ("54001", .unusableInput),
    ("54023", .unusableInput),
    // Locks, state, operators
    ("55000", .unusableInput), ("55006", .unusableInput), ("55P02", .unusableInput), ("55P03", .tryAgain),
    ("57000", .tryAgain), ("57014", .tryAgain), ("57P01", .tryAgain), ("57P02", .tryAgain),
    ("57P03", .tryAgain), ("57P04", .tryAgain), ("57P05", .tryAgain),
    // The system, PL/pgSQL, foreign data, the server's own faults
    ("58000", .unusableInput), ("58030", .unusableInput), ("58P01", .unusableInput),
    ("72000", .unusableInput),
    ("F0000", .unusableInput), ("HV000", .unusableInput), ("P0001", .unusableInput),
    ("XX000", .unusableInput),
    ("XX001", .unusableInput), ("", .unusableInput),
  ]

  @Test(arguments: statuses) fileprivate func followsTheErrorOfAStatement(_ code: String, _ status: Status) {
    #expect(Status(SQLState(rawValue: code)) == status)
  }

  /// At the door nothing is a statement's fault.
  @Test(
    arguments: [
      (.refused, "28P01", .permissionDenied), (.refused, "28000", .permissionDenied),
      (.refused, "42501", .permissionDenied), (.refused, "3D000", .unreachable),
      (.refused, "53300", .tryAgain), (.refused, "57P03", .tryAgain), (.refused, "57P01", .tryAgain),
      (.refused, "55000", .unreachable), (.refused, "08P01", .unreachable), (.refused, "0A000", .unreachable),
      (.refused, "22023", .unreachable), (.refused, "XX000", .unreachable),
      (.passwordNeeded, nil, .permissionDenied), (.unreachable, nil, .unreachable),
      (.timedOut, nil, .unreachable), (.invalidSettings, nil, .usage), (.refused, nil, .unreachable),
    ] as [(ConnectionFailure.Reason, String?, Status)])
  fileprivate func followsTheFailureOfAConnection(
    _ reason: ConnectionFailure.Reason, _ code: String?, _ status: Status
  ) {
    let state = code.map(SQLState.init)
    #expect(Status(ConnectionFailure(reason: reason, sqlState: state, message: "")) == status)
  }

  /// Every failure has one line, which ends with what to do where that is known.
  @Test(
    arguments: [
      (.timedOut, 75, "the server did not answer in time; try again or raise --timeout"),
      (.unresponsive, 75, "the connection was closed: the server did not answer in time; try again"),
      (.closedUnexpectedly("gone"), 75, "the connection was lost: gone; try again"),
      (.closedUnexpectedly(""), 75, "the connection was lost; try again"),
      (.containsNUL, 65, "the statement has a NUL character"),
      (.cancelled, 130, "interrupted: the statement was cancelled and rolled back"),
      (
        .terminated(ServerError(severity: "FATAL", sqlState: SQLState(rawValue: "57P01"), message: "bye")),
        75,
        "the server says: FATAL: bye (SQLSTATE 57P01); try again"
      ),
      (
        .server(ServerError(sqlState: SQLState(rawValue: "57014"), message: "stop")), 75,
        "the server says: ERROR: stop (SQLSTATE 57014); try again or raise --timeout"
      ),
      (
        .server(ServerError(sqlState: SQLState(rawValue: "42P01"), message: "where")), 65,
        "the server says: ERROR: where (SQLSTATE 42P01)"
      ),
    ] as [(PostgresError, Int32, String)])
  func hasOneLineForEveryError(_ error: PostgresError, _ status: Int32, _ words: String) {
    let failure = CommandFailure(error)
    #expect(failure.status.rawValue == status)
    #expect(failure.message == words)
  }
}
