#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The operating system's account that the server runs under: PostgreSQL refuses root.
struct ServerAccount: Sendable {
  /// The program and its arguments that change to the account; empty when there is nothing to change.
  let prefix: [String]
  private let identifiers: (user: uid_t, group: gid_t)?

  /// Accounts that can run a server for root, best first.
  private static let unprivilegedNames = ["postgres", "nobody"]

  /// This process's own account, or for root the account `postgres` or `nobody`.
  static func current() throws(ThrowawayServerError) -> ServerAccount { try found.get() }

  /// Looked up once: the function for it shares one buffer among all threads.
  private static let found = Result { () throws(ThrowawayServerError) in try find() }

  private static func find() throws(ThrowawayServerError) -> ServerAccount {
    guard geteuid() == 0 else { return ServerAccount(prefix: [], identifiers: nil) }
    guard let setpriv = PostgresBinaries.executable(named: "setpriv") else {
      throw .cannotLeaveRoot(missing: "setpriv")
    }
    guard let entry = unprivilegedNames.lazy.compactMap({ getpwnam($0) }).first else {
      throw .cannotLeaveRoot(missing: "postgres")
    }
    let (user, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
    return ServerAccount(
      prefix: [setpriv, "--reuid=\(user)", "--regid=\(group)", "--clear-groups"],
      identifiers: (user, group))
  }

  /// Makes the account the owner of a folder.
  func own(_ path: String) throws(ThrowawayServerError) {
    guard let identifiers else { return }
    guard chown(path, identifiers.user, identifiers.group) == 0 else {
      throw lastSystemError("chown", path)
    }
  }

  /// The program, run under this account and in a folder that the account may enter.
  func run(_ path: String, _ arguments: [String], in folder: String) -> Program {
    let words = prefix + [path] + arguments
    return Program(path: "/bin/sh", arguments: ["-c", "cd \"$0\" && exec \"$@\"", folder] + words)
  }
}
