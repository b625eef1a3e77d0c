import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The error of the system call that failed last on this thread.
func lastSystemError(
  _ call: String, _ subject: String, code: Int32 = errno
) -> ThrowawayServerError {
  .systemCallFailed(call: call, subject: subject, reason: String(cString: strerror(code)))
}

/// A variable of the process's environment; `nil` when unset.
func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

/// Whether this process may run the file.
func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

/// The names in a folder in no particular order; none when it cannot be read.
func namesInFolder(_ path: String) -> [String] {
  guard let stream = opendir(path) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
      name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
        String(cString: $0)
      }
    }
    names.append(name)
  }
  return names
}

/// The bytes between the descriptor's offset and its end as UTF-8; what could not be read is left out.
func readToEnd(_ descriptor: CInt) -> String {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
    bytes.append(contentsOf: chunk[..<count])
  }
}

/// The file's text; empty when it cannot be read.
func textOfFile(_ path: String) -> String {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return "" }
  defer { close(descriptor) }
  return readToEnd(descriptor)
}

/// Writes all of the text at the descriptor's offset.
func writeAll(_ text: String, to descriptor: CInt, named subject: String) throws(ThrowawayServerError) {
  let bytes = Array(text.utf8)
  var start = 0
  while start < bytes.count {
    let count = bytes.withUnsafeBytes {
      write(descriptor, $0.baseAddress?.advanced(by: start), $0.count - start)
    }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw lastSystemError("write", subject) }
    start += count
  }
}

/// Held while a pipe is made and while a child is started, so that no child inherits a pipe half made.
let descriptorLock = Mutex(())

/// A pipe whose two ends no child process inherits unasked.
func makePipe() throws(ThrowawayServerError) -> (readEnd: CInt, writeEnd: CInt) {
  var ends: [CInt] = [-1, -1]
  let code = descriptorLock.withLock { _ in
    let code = pipe(&ends)
    for end in ends where code == 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return code
  }
  guard code == 0 else { throw lastSystemError("pipe", "") }
  return (ends[0], ends[1])
}
