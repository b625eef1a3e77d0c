import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program to be run, with all that decides what it does.
struct Program: Sendable {
  var path: String
  var arguments: [String]

  /// The variables a child gets: enough to run, a sanitizer's included, and none of the user's `PG*`, which
  /// would redirect it.
  private static let inheritedVariables = [
    "PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS",
  ]

  private static func environment() -> [String] {
    let inherited = inheritedVariables.compactMap { name in
      environmentVariable(name).map { "\(name)=\($0)" }
    }
    return inherited + ["LC_ALL=C", "PGCLIENTENCODING=UTF8"]
  }

  /// Runs the program to its end and returns what it printed on stdout.
  ///
  /// - Throws: `programFailed` with the end of stderr when the status is not 0.
  func output(input: String = "") throws(ThrowawayServerError) -> String {
    // Unlinked files, not pipes: no reader has to keep up, so nothing can deadlock.
    let (stdin, stdout, stderr) = (try scratchFile(), try scratchFile(), try scratchFile())
    defer { for descriptor in [stdin, stdout, stderr] { close(descriptor) } }
    try writeAll(input, to: stdin, named: "input of \(path)")
    lseek(stdin, 0, SEEK_SET)
    let child = try start(descriptors: [stdin, stdout, stderr])
    let status = waitForExit(child)
    for descriptor in [stdout, stderr] { lseek(descriptor, 0, SEEK_SET) }
    let printed = readToEnd(stdout)
    guard status == 0 else {
      let errors = readToEnd(stderr)
      throw .programFailed(
        program: path, status: status, output: lastLines(errors.isEmpty ? printed : errors))
    }
    return printed
  }

  /// Starts the program in a process group of its own, so that the terminal's Ctrl-C does not reach it.
  ///
  /// - Parameter descriptors: what it finds as descriptors 0, 1, 2 and so on.
  func start(descriptors: [CInt]) throws(ThrowawayServerError) -> pid_t {
    var actions = SpawnActions(descriptors: descriptors)
    defer { actions.destroy() }
    let argv = CStrings([path] + arguments)
    let envp = CStrings(Self.environment())
    defer {
      argv.deallocate()
      envp.deallocate()
    }
    var child: pid_t = 0
    let code = descriptorLock.withLock { _ in
      posix_spawn(&child, path, &actions.files, &actions.attributes, argv.pointers, envp.pointers)
    }
    guard code == 0 else { throw lastSystemError("posix_spawn", path, code: code) }
    return child
  }
}

/// The child's exit status once it has ended; 128 and the signal's number when a signal ended it.
func waitForExit(_ child: pid_t) -> Int32 {
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0 {
    guard errno == EINTR else { return -1 }
  }
  let signal = status & 0x7f
  return signal == 0 ? (status >> 8) & 0xff : 128 + signal
}

/// At most the last 40 lines: what a program says at the end is why it failed.
func lastLines(_ text: String) -> String {
  text.split(separator: "\n").suffix(40).joined(separator: "\n")
}

/// A file without a name that vanishes with its descriptor.
private func scratchFile() throws(ThrowawayServerError) -> CInt {
  let pattern = "\(environmentVariable("TMPDIR") ?? "/tmp")/plandx-io-XXXXXX"
  var path = pattern.utf8CString.map { $0 }
  let descriptor = mkstemp(&path)
  guard descriptor >= 0 else { throw lastSystemError("mkstemp", pattern) }
  _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  unlink(path)
  return descriptor
}
