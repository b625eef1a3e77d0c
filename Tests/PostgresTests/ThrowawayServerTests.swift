import Foundation
import Testing
import ThrowawayServer

@Suite struct ThrowawayServerTests {
  @Test func runsScriptsAndReturnsWhatPsqlPrints() async throws {
    let database = try await SharedServer.shared.makeDatabase(
      script: "CREATE TABLE t (i int); INSERT INTO t SELECT generate_series(1, 3);")
    #expect(try await database.run(sql: "SELECT sum(i) FROM t; SELECT 'ä'") == "6\nä\n")
  }

  @Test func stopsAScriptAtItsFirstErrorAndKeepsPsqlsWords() async throws {
    let server = try await SharedServer.shared.server()
    let error = await #expect(throws: ThrowawayServerError.self) {
      try await server.run(sql: "SELECT 1;\nSELECT no_such_column;\nSELECT 2;")
    }
    guard case .programFailed(let program, 3, let output) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(program.hasSuffix("/psql"))
    #expect(output.contains("column \"no_such_column\" does not exist"))
  }

  @Test func givesEveryCallerADatabaseOfItsOwn() async throws {
    async let first = SharedServer.shared.makeDatabase()
    async let second = SharedServer.shared.makeDatabase()
    let names = try await [first.name, second.name]
    #expect(names[0] != names[1])
  }

  @Test func listensOnNoNetworkAddress() async throws {
    let server = try await SharedServer.shared.server()
    #expect(try await server.run(sql: "SHOW listen_addresses") == "\n")
  }

  @Test func appliesSettingsAndRunsBesideOthers() async throws {
    _ = try await SharedServer.shared.server()
    let settings = ["work_mem": "64kB", "search_path": "\"it's\""]
    let shown = try await ThrowawayServer.withServer(settings: settings) { server in
      try await server.run(sql: "SHOW work_mem; SHOW search_path")
    }
    #expect(shown == "64kB\n\"it's\"\n")
  }

  @Test func isStoppedAndRemovedWhenItsProcessIsKilled() async throws {
    let result = await #expect(
      processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]
    ) {
      let server = try await ThrowawayServer.start()
      FileHandle.standardOutput.write(Data("folder=\(server.socketDirectory);".utf8))
      kill(getpid(), SIGKILL)
    }
    let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
    let folder = String(try #require(output.split(separator: "=").last?.split(separator: ";").first))
    #expect(folder.hasPrefix("/"))
    for _ in 0..<500 where FileManager.default.fileExists(atPath: folder) {
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test(arguments: [ThrowawayServer.ShutdownMode.fast, .immediate])
  func leavesNoFolderBehind(_ mode: ThrowawayServer.ShutdownMode) async throws {
    let server = try await ThrowawayServer.start()
    #expect(FileManager.default.fileExists(atPath: server.dataDirectory))
    await server.stop(mode)
    await server.stop(mode)
    #expect(!FileManager.default.fileExists(atPath: server.socketDirectory))
  }

  @Test func stopsTheServerWhenTheBodyThrows() async throws {
    struct Failure: Error {}
    var folder = "/"
    await #expect(throws: Failure.self) {
      try await ThrowawayServer.withServer { server in
        folder = server.socketDirectory
        throw Failure()
      }
    }
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func tellsFromTheLogWhyAServerDidNotStart() async throws {
    let error = await #expect(throws: ThrowawayServerError.self) {
      try await ThrowawayServer.start(settings: ["no_such_setting": "1"])
    }
    guard case .serverDidNotStart(let log) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(log.contains("unrecognized configuration parameter \"no_such_setting\""))
  }

  @Test func namesTheFolderThatHoldsNoServer() {
    #expect(PostgresBinaries(folder: "/") == nil)
  }
}
