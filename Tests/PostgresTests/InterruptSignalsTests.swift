import Foundation
import Synchronization
import Testing

@testable import Postgres

@Suite struct InterruptSignalsTests {
  @Test func handsTheFirstSignalToTheProgram() async throws {
    await #expect(processExitsWith: .exitCode(143)) {
      InterruptSignals.handle { exit(128 + $0.number) }
      kill(getpid(), SIGTERM)
      try await Task.sleep(for: .seconds(10))
    }
  }

  @Test func endsAtOnceAtTheSecondSignal() async throws {
    await #expect(processExitsWith: .exitCode(130)) {
      InterruptSignals.handle { _ in
        kill(getpid(), SIGINT)
        sleep(10)
      }
      kill(getpid(), SIGTERM)
      try await Task.sleep(for: .seconds(10))
    }
  }

  @Test func turnsABrokenPipeIntoAnError() async throws {
    await #expect(processExitsWith: .exitCode(141)) {
      InterruptSignals.ignoreBrokenPipes()
      var ends: [CInt] = [-1, -1]
      guard pipe(&ends) == 0 else { return }
      close(ends[0])
      if write(ends[1], "x", 1) < 0, errno == EPIPE { exit(141) }
    }
  }
}
