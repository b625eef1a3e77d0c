/// Why a throwaway server, or something that was asked of it, could not be had.
public enum ThrowawayServerError: Error, Sendable, Equatable {
  /// No folder holds `initdb`, `postgres` and `psql`; the folders that were searched.
  case serverNotInstalled(searched: [String])
  /// PostgreSQL refuses to run as root, and this program or account that would change that is not there.
  case cannotLeaveRoot(missing: String)
  /// A call of the operating system failed: its name, what it was applied to, and its error's text.
  case systemCallFailed(call: String, subject: String, reason: String)
  /// A program of PostgreSQL's ended with a status other than 0; the end of what it printed.
  case programFailed(program: String, status: Int32, output: String)
  /// The server ended before it was ready, or was not ready in time; the end of its log.
  case serverDidNotStart(log: String)
  /// The folder's socket would have a path longer than an operating system takes.
  case socketPathTooLong(String)
}
