import Foundation
import Statements

/// stderr: progress, summary and errors. A reader that went away is no reason to fail.
enum StandardError {
  /// Whether a person is looking.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes text that may quote what came from outside: no character in it reaches a terminal that would
  /// obey it.
  static func write(_ text: String) { writeStyled(HiddenCharacters.shown(in: text)) }

  /// Writes text with colors and cursor movements of this program's own.
  static func writeStyled(_ text: String) {
    _ = Descriptor.write(Array(text.utf8), to: STDERR_FILENO)
  }
}

/// stdout: the report and nothing else, so that it pipes.
enum StandardOutput {
  /// Whether a person is looking.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// - Throws: `CommandFailure` when the reader went away or the disk is full.
  static func write(_ text: String) throws {
    guard let code = Descriptor.write(Array(HiddenCharacters.shown(in: text).utf8), to: STDOUT_FILENO) else {
      return
    }
    // With SIGPIPE ignored, a reader that went away is an error of write.
    if code == EPIPE { throw CommandFailure.silent(.brokenPipe) }
    throw CommandFailure(.outputFailed, "stdout cannot be written: \(String(cString: strerror(code)))")
  }
}

/// Bytes to and from file descriptors.
enum Descriptor {
  /// Writes all bytes; the error's code, or `nil` when all went well.
  static func write(_ bytes: [UInt8], to descriptor: CInt) -> CInt? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        // The reader made the pipe non-blocking, for this end too.
        var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&watched, 1, -1)
        continue
      }
      guard count > 0 else { return errno }
      rest = rest.dropFirst(count)
    }
    return nil
  }

  /// Reads to the end, or to somewhat more than so many bytes; `nil` where that is not possible, with `errno`
  /// telling why.
  static func read(_ descriptor: CInt, atMost limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// Makes a write past a limit on file sizes an error (EFBIG) instead of the process's end.
  static func outliveFileSizeLimits() { signal(SIGXFSZ, SIG_IGN) }

  /// Puts something that can only be read in the place of a standard stream that the caller has closed:
  /// else a socket would be given its number, and the report would be written to the server.
  static func occupyClosedStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
