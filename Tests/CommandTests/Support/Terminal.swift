import Foundation

#if !canImport(Darwin)
  // In the C library, but behind a feature macro that its Swift module does not define.
  @_silgen_name("posix_openpt") private func posix_openpt(_ flags: CInt) -> CInt
  @_silgen_name("grantpt") private func grantpt(_ descriptor: CInt) -> CInt
  @_silgen_name("unlockpt") private func unlockpt(_ descriptor: CInt) -> CInt
  @_silgen_name("ptsname") private func ptsname(_ descriptor: CInt) -> UnsafePointer<CChar>?
#endif

/// A pseudo-terminal: what a program sees when a person sits at it.
final class Terminal {
  /// What the program gets.
  let side: FileHandle
  private let person: CInt

  init() throws {
    person = posix_openpt(O_RDWR | O_NOCTTY)
    guard person >= 0, grantpt(person) == 0, unlockpt(person) == 0, let name = ptsname(person) else {
      throw CocoaError(.fileReadUnknown)
    }
    let descriptor = open(name, O_RDWR | O_NOCTTY)
    guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
    side = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// All that was printed on it so far.
  func shown() -> String {
    _ = fcntl(person, F_SETFL, O_NONBLOCK)
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(person, &chunk, chunk.count)
      guard count > 0 else { return String(decoding: text, as: UTF8.self) }
      text += chunk[..<count]
    }
  }

  /// Types on it.
  func type(_ text: String) { _ = write(person, text, text.utf8.count) }

  /// Whether it shows what is typed.
  var echoes: Bool {
    var settings = termios()
    return tcgetattr(person, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
  }

  /// Waits until a text was printed; all that was printed until then.
  func wait(for text: String) async throws -> String {
    var printed = ""
    for _ in 0..<1_000 {
      printed += shown()
      if printed.contains(text) { return printed }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw CocoaError(.fileReadUnknown)
  }

  deinit { close(person) }
}
