import Foundation
import Testing
import ThrowawayServer

@testable import Postgres

@Suite struct ConnectionFailureTests {
  @Test func tellsAMissingDatabaseInTheServersWords() async throws {
    let server = try await SharedServer.shared.server()
    let failure = try await failure(settings(server.connectionString(database: "no_such_database")))
    #expect(failure.reason == .refused)
    #expect(failure.sqlState == .invalidCatalogName)
    #expect(failure.message.hasSuffix("FATAL:  database \"no_such_database\" does not exist"))
    #expect(failure.sqlState?.isUnavailable == true)
  }

  @Test func tellsWhereNoServerListens() async throws {
    let failure = try await failure(ConnectionSettings(host: "/nowhere", port: "1", user: "u", database: "d"))
    #expect(failure.reason == .unreachable)
    #expect(failure.sqlState == nil)
    #expect(failure.message.hasPrefix("connection to server on socket \"/nowhere/.s.PGSQL.1\" failed: "))
  }

  @Test func tellsAWrongPasswordFromAMissingOne() async throws {
    let server = try await ThrowawayServer.start()
    try await server.run(sql: "CREATE ROLE guarded LOGIN PASSWORD 'correct horse'")
    try Data("local all guarded scram-sha-256\nlocal all all trust\n".utf8).write(
      to: URL(fileURLWithPath: "\(server.dataDirectory)/pg_hba.conf"))
    try await server.run(sql: "SELECT pg_reload_conf()")
    try await Task.sleep(for: .milliseconds(300))
    var settings = ConnectionSettings(host: server.socketDirectory, user: "guarded", database: "postgres")

    #expect(try await failure(settings).reason == .passwordNeeded)

    settings.password = Secret("battery staple")
    let wrong = try await failure(settings)
    #expect(wrong.sqlState?.rawValue == "28P01")
    #expect(wrong.sqlState?.isPermissionDenied == true)
    #expect(wrong.message.hasSuffix("FATAL:  password authentication failed for user \"guarded\""))
    #expect(!"\(wrong)".contains("battery"))

    settings.password = Secret("correct horse")
    let session = try await Session.connect(settings)
    #expect(try await session.query("SELECT current_user")[0][0] == "guarded")
    await server.stop()
  }

  @Test func tellsASettingThatMakesNoSense() async throws {
    let failure = try await failure(ConnectionSettings(database: "host=/nowhere sslmode=perhaps"))
    #expect(failure.reason == .invalidSettings)
    #expect(failure.message == "invalid sslmode value: \"perhaps\"")
  }

  @Test(arguments: [
    "postgres://app:hunter/2@db.example/shop", "postgres://app:hunter2@x@/shop", "password=hunter 2 host=x",
    "postgresql://app:hunter%2@db/shop", "postgres://app:hunter:2/x@db.example/shop",
    "host=x password=hunter2' dbname=d", "postgres://app@db.example/shop?pass=hunter2",
  ])
  func neverRepeatsAPieceOfThePassword(_ database: String) async throws {
    let failure = try await failure(ConnectionSettings(database: database))
    #expect(!failure.message.contains("hunter"))
    #expect(!failure.message.contains("2@") && !failure.message.contains("@x"))
    #expect(!failure.message.isEmpty)
  }

  @Test(
    arguments: [
      (
        "connection to server failed: FATAL:  28P01: no\nLOCATION:  auth_failed, auth.c:338\n",
        "connection to server failed: FATAL:  no", "28P01"
      ),
      ("a: FATAL:  3D000: ä\nDETAIL:  more: 12345: x\n", "a: FATAL:  ä\nDETAIL:  more: 12345: x", "3D000"),
      ("could not connect: No such file", "could not connect: No such file", nil),
      ("a:  b", "a:  b", nil),
      ("", "", nil),
    ] as [(String, String, String?)])
  func readsTheCodeOutOfAVerboseMessage(_ printed: String, _ text: String, _ code: String?) {
    let message = VerboseMessage(printed)
    #expect(message.text == text)
    #expect(message.sqlState?.rawValue == code)
  }

  private func failure(_ settings: ConnectionSettings) async throws -> ConnectionFailure {
    let caught = await #expect(throws: PostgresError.self) { _ = try await Session.connect(settings) }
    guard case .connection(let failure) = caught else { throw try #require(caught) }
    return failure
  }
}
