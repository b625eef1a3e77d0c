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
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      // With SIGPIPE ignored, a reader that went away is an error of write.
      if errno == EPIPE { throw CommandFailure.silent(.brokenPipe) }
      throw CommandFailure(.outputFailed, "stdout cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
