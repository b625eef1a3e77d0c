import ArgumentParser
import Postgres

/// Where the database is: the options, variables and files of psql.
struct ConnectionOptions: ParsableArguments {
  @Option(name: [.customShort("h"), .long], help: "Host name, address, or folder of the server's socket.")
  var host: String?

  @Option(name: [.customShort("p"), .long], help: "Port.")
  var port: String?

  @Option(name: [.customShort("U"), .long], help: "Role to log in as.")
  var username: String?

  @Option(name: [.customShort("d"), .long], help: "Database name, URI or conninfo string.")
  var dbname: String?

  @Flag(
    name: [.customShort("W"), .long], help: "Ask for the password before connecting (on the terminal).")
  var password = false

  @Flag(name: [.customShort("w"), .long], help: "Never ask for a password.")
  var noPassword = false

  func validate() throws {
    if password, noPassword { throw ValidationError("-W and -w contradict each other; give one") }
  }

  /// What libpq is given; what is missing here it takes from `PG*`, service files and `.pgpass`.
  var settings: ConnectionSettings {
    ConnectionSettings(
      host: host, port: port, user: username, database: dbname, version: Plandx.version)
  }

  /// Whether the user named a database on the command line.
  var isGiven: Bool { host != nil || port != nil || username != nil || dbname != nil }
}

extension ConnectionOptions {
  /// Connects; asks for a password first with `-W`, or when the server wants one that nobody has given.
  ///
  /// - Throws: `CommandFailure`.
  func connect(_ cancelHandle: CancelHandle, log: StatementLog?) async throws -> Session {
    var settings = settings
    if password { settings.password = try askPassword(role: username, cancelHandle) }
    while true {
      do throws(PostgresError) {
        return try await Session.connect(settings, cancelHandle: cancelHandle, log: log)
      } catch {
        guard settings.password == nil, !noPassword, case .connection(let failure) = error,
          failure.reason == .passwordNeeded, let prompt = PasswordPrompt()
        else { throw CommandFailure(error) }
        settings.password = try Self.ask(prompt, role: failure.role, cancelHandle)
      }
    }
  }

  private func askPassword(role: String?, _ cancelHandle: CancelHandle) throws -> Secret {
    guard let prompt = PasswordPrompt() else { throw CommandFailure.noTerminalForPassword }
    return try Self.ask(prompt, role: role, cancelHandle)
  }

  private static func ask(
    _ prompt: borrowing PasswordPrompt, role: String?, _ cancelHandle: CancelHandle
  ) throws -> Secret {
    switch prompt.ask(role: role, isCancelled: { cancelHandle.isCancelled }) {
    case .password(let password): return password
    case .interrupted: throw CommandFailure(.interrupted, "interrupted: no password was given")
    }
  }
}

extension ConnectionOptions {
  /// `-W secret`, `-Wsecret`, `--password=secret`: no message may repeat what follows.
  ///
  /// - Throws: `CommandFailure`.
  static func refusePasswords(in arguments: [String]) throws {
    let takesStatement = arguments.dropFirst().first.map { ["analyze", "rewrite"].contains($0) } ?? false
    for (option, next) in zip(arguments.dropFirst(), arguments.dropFirst(2) + [""]) {
      if option.hasPrefix("--password=") || option.hasPrefix("-W") && option != "-W" {
        throw CommandFailure.noPasswordArgument
      }
      // A statement has a blank somewhere, and the other commands' arguments are files.
      let isPassword = !next.isEmpty && !next.hasPrefix("-") && !next.contains(where: \.isWhitespace)
      if takesStatement, option == "-W" || option == "--password", isPassword {
        throw CommandFailure.noPasswordArgument
      }
    }
  }
}

extension CommandFailure {
  /// Where a password can come from, for a run that nobody watches.
  static let passwordSources = "put the password into ~/.pgpass, PGPASSWORD or a service file"

  fileprivate static let noPasswordArgument = CommandFailure(
    .usage, "-W takes no value: it asks for the password on the terminal; or \(passwordSources)")

  fileprivate static let noTerminalForPassword = CommandFailure(
    .permissionDenied, "no password: -W asks for it, and there is no terminal; \(passwordSources)")
}
