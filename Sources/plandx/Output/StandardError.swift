import Foundation

/// stderr: progress, summary and errors. A reader that went away is no reason to fail.
enum StandardError {
  /// Whether a person is looking.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}

/// stdout: the report and nothing else, so that it pipes.
enum StandardOutput {
  /// Whether a person is looking.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// - Throws: `CommandFailure` when the reader went away or the disk is full.
  static func write(_ text: String) throws {
    guard let code = Descriptor.write(Array(text.utf8), to: STDOUT_FILENO) else { return }
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
      guard count > 0 else { return errno }
      rest = rest.dropFirst(count)
    }
    return nil
  }

  /// Puts something that can only be read in the place of a standard stream that the caller has closed:
  /// else a socket would be given its number, and the report would be written to the server.
  static func occupyClosedStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
