import Testing

@testable import Postgres

@Suite struct ConnectionSettingsTests {
  @Test func givesLibpqWhatPsqlGivesIt() {
    let settings = ConnectionSettings(host: "h", user: "u", database: "dbname=d", version: "1.0")
    let keywords = settings.keywords.map { "\($0.keyword)=\($0.value)" }
    #expect(
      keywords == [
        "keepalives=1", "keepalives_idle=30", "keepalives_interval=10", "keepalives_count=3",
        "tcp_user_timeout=60000", "host=h", "user=u", "dbname=dbname=d", "application_name=plandx/1.0",
        "client_encoding=UTF8",
      ])
  }

  @Test func leavesToLibpqWhatIsNotGiven() {
    let keywords = ConnectionSettings().keywords.map(\.keyword)
    #expect(
      Set(keywords).isDisjoint(with: ["host", "port", "user", "dbname", "password", "connect_timeout"]))
  }

  @Test func showsNoSecretHoweverItIsPrinted() async throws {
    var settings = ConnectionSettings(
      host: "h", database: "postgres://app:hunter2@h/d", password: Secret("hunter3"))
    settings.user = "app"
    var dumped = ""
    dump(settings, to: &dumped)
    let printed = [
      "\(settings)", String(reflecting: settings), dumped,
      "\(Mirror(reflecting: settings).children.map { $0 })",
    ]
    for text in printed { #expect(!text.contains("hunter")) }
    let session = try await makeSession()
    var dumpedSession = ""
    dump(session, to: &dumpedSession)
    #expect(!dumpedSession.contains("host="))
    #expect(!String(reflecting: session).contains("host="))
  }
}
