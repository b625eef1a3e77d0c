import Foundation
import Postgres
import Statements

/// Asks for a password on the controlling terminal, without showing what is typed.
struct PasswordPrompt: ~Copyable {
  /// What came of it.
  enum Answer {
    case password(Secret)
    /// Ctrl-C, or a signal that cancelled the run.
    case interrupted
  }

  private let terminal: CInt

  /// `nil` without a controlling terminal: nobody could answer.
  init?() {
    terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return nil }
  }

  deinit { close(terminal) }

  /// Asks once; the terminal is as it was before when this returns.
  ///
  /// - Parameter isCancelled: asked ten times a second while nobody types.
  func ask(role: String?, isCancelled: () -> Bool) -> Answer {
    var settings = termios()
    guard tcgetattr(terminal, &settings) == 0 else { return .interrupted }
    var silent = settings
    // Keys that send signals come as characters too: a signal would end the program in this state.
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    tcsetattr(terminal, TCSAFLUSH, &silent)
    defer {
      tcsetattr(terminal, TCSAFLUSH, &settings)
      _ = Descriptor.write([UInt8(ascii: "\n")], to: terminal)
    }
    let question = role.map { "Password for user \(HiddenCharacters.name($0)): " } ?? "Password: "
    _ = Descriptor.write(Array(question.utf8), to: terminal)
    return answer(isCancelled)
  }

  private func answer(_ isCancelled: () -> Bool) -> Answer {
    var typed = TypedPassword()
    while !isCancelled() {
      var watched = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, 100) > 0 else { continue }
      var byte: UInt8 = 0
      guard read(terminal, &byte, 1) == 1 else { return .password(typed.secret) }
      switch typed.take(byte) {
      case .more: continue
      case .done: return .password(typed.secret)
      case .interrupted: return .interrupted
      }
    }
    return .interrupted
  }
}

/// A password as it is being typed; its bytes are overwritten when it goes.
private struct TypedPassword: ~Copyable {
  enum State { case more, done, interrupted }

  /// Never grown: a copy would stay behind in memory.
  private var bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 4_096)
  private var count = 0

  deinit {
    // Not an assignment, which could be optimised away.
    for index in 0..<count { Self.overwrite(bytes, index) }
    bytes.deallocate()
  }

  @inline(never) private static func overwrite(_ bytes: UnsafeMutableBufferPointer<UInt8>, _ index: Int) {
    bytes[index] = 0
  }

  var secret: Secret { Secret(String(decoding: bytes[..<count], as: UTF8.self)) }

  /// Takes a key, with what a terminal's line editing makes of it.
  mutating func take(_ byte: UInt8) -> State {
    switch byte {
    case 0x0A, 0x0D, 0x04: return .done
    case 0x03, 0x1C: return .interrupted
    case 0x7F, 0x08: removeCharacter()
    case 0x15: count = 0
    default: append(byte)
    }
    return .more
  }

  private mutating func append(_ byte: UInt8) {
    guard count < bytes.count else { return }
    bytes[count] = byte
    count += 1
  }

  private mutating func removeCharacter() {
    while count > 0 {
      count -= 1
      if bytes[count] & 0b1100_0000 != 0b1000_0000 { return }
    }
  }
}
