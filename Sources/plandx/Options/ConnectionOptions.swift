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

  /// What libpq is given; what is missing here it takes from `PG*`, service files and `.pgpass`.
  var settings: ConnectionSettings {
    ConnectionSettings(
      host: host, port: port, user: username, database: dbname, version: Plandx.version)
  }

  /// Whether the user named a database on the command line.
  var isGiven: Bool { host != nil || port != nil || username != nil || dbname != nil }
}
