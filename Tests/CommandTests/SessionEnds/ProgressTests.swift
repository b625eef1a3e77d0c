import Foundation
import Testing
import ThrowawayServer

/// Progress is for a person who waits, and for nobody else.
@Suite struct ProgressTests {
  private static func analyze(_ options: [String] = [], errors: FileHandle? = nil) async throws -> Plandx {
    let database = try await SharedServer.shared.makeDatabase()
    return try await Invocation(
      ["analyze", "-d", database.connectionString, "SELECT pg_sleep(1.5)"] + options, errors: errors
    ).end()
  }

  @Test func showsPhaseAndElapsedTimeOnATerminal() async throws {
    let terminal = try Terminal()
    #expect(try await Self.analyze(errors: terminal.side).status == 0)
    let shown = terminal.shown()
    #expect(shown.contains("plandx: capturing the plan (0 s)"))
    #expect(shown.contains("plandx: capturing the plan (1 s)"))
    #expect(shown.contains("plandx: gathering evidence ("))
  }

  @Test func isSilentWhenItIsToldTo() async throws {
    let terminal = try Terminal()
    #expect(try await Self.analyze(["-q"], errors: terminal.side).status == 0)
    #expect(terminal.shown().isEmpty)
  }

  @Test func isSilentWhenNobodyLooks() async throws {
    #expect(try await !Self.analyze().errors.contains("capturing the plan"))
  }
}
