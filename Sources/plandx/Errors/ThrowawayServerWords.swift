import ThrowawayServer

extension CommandFailure {
  /// A throwaway server that could not be had.
  init(_ error: ThrowawayServerError) {
    switch error {
    case .serverNotInstalled:
      self.init(
        .unreachable,
        "no PostgreSQL server is installed: no folder has initdb, postgres and psql; run make setup, or name the folder in PLANDX_PG_BINDIR"
      )
    case .cannotLeaveRoot(let missing):
      self.init(
        .unreachable,
        "PostgreSQL refuses to run as root and \(missing) is not here; run it as an ordinary user")
    case .systemCallFailed(let call, let subject, let reason):
      self.init(
        .unreachable, "no throwaway server: \(call) \(subject): \(reason); check space and rights in TMPDIR")
    case .programFailed(let program, let status, let output):
      self.init(
        .unreachable, "no throwaway server: \(program) ended with status \(status); its last words follow",
        details: Self.lastLines(of: output))
    case .serverDidNotStart(let log):
      self.init(
        .unreachable, "the throwaway server did not start; the end of its log follows",
        details: Self.lastLines(of: log))
    case .socketPathTooLong(let path):
      self.init(.unreachable, "the socket's path would be too long: \(path); set TMPDIR to a shorter folder")
    }
  }

  /// What a program says last is why it failed.
  private static func lastLines(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).suffix(mostDetails).map(String.init)
  }
}
