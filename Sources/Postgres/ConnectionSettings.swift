import CLibPQ

/// Where and as whom to connect, as psql takes it.
///
/// What is not given here comes from `PG*` variables, service files and `.pgpass`, all read by libpq
/// itself. There is no password among the options of the command line: it would show in `ps`.
public struct ConnectionSettings: Sendable, Equatable {
  /// `-h`: a host name, an address, or the folder of a socket.
  public var host: String?
  /// `-p`: a port.
  public var port: String?
  /// `-U`: the role to log in as.
  public var user: String?
  /// `-d`: a database's name, a URI or a connection string, which may hold a password.
  public var database: Secret?
  /// A password or token made or asked for by the program itself.
  public var password: Secret?
  /// Seconds to wait for a connection when neither the connection string nor the environment says.
  public var defaultConnectTimeout: Int = 10
  /// This program's version, shown to DBAs in `pg_stat_activity.application_name`.
  public var version: String

  /// Settings from the options of the command line.
  public init(
    host: String? = nil, port: String? = nil, user: String? = nil, database: String? = nil,
    password: Secret? = nil, version: String = "dev"
  ) {
    self.host = host
    self.port = port
    self.user = user
    self.database = database.map(Secret.init)
    self.password = password
    self.version = version
  }

  /// Keywords and values in the order that libpq reads them: a later one wins.
  ///
  /// As in psql, what stands in a connection string wins over `-h`, `-p` and `-U`.
  var keywords: [(keyword: String, value: String)] {
    let given = [
      ("host", host), ("port", port), ("user", user), ("dbname", database?.text),
      ("password", password?.text),
    ]
    let present = given.compactMap { keyword, value in value.map { (keyword, $0) } }
    return Self.keepalives + present + [
      ("application_name", "plandx/\(version)"), ("client_encoding", "UTF8"),
    ]
  }

  /// A dead peer is noticed within a minute, not within the system's two hours.
  private static let keepalives = [
    ("keepalives", "1"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
    ("keepalives_count", "3"), ("tcp_user_timeout", "60000"),
  ]
}

extension ConnectionSettings {
  /// Whether libpq has an option of this name, as it stands in a connection string.
  public static func hasKeyword(_ word: String) -> Bool {
    guard let options = PQconninfoParse("", nil) else { return false }
    defer { PQconninfoFree(options) }
    var option = options
    while let name = option.pointee.keyword {
      if String(cString: name) == word { return true }
      option += 1
    }
    return false
  }
}
