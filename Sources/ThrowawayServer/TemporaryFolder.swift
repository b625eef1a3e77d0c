#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Makes a new folder that only the server's account can enter, with a path short enough for a socket.
func makeTemporaryFolder(for account: ServerAccount) throws(ThrowawayServerError) -> String {
  // Root's own TMPDIR may be closed to the account that the server runs under.
  let parent = account.prefix.isEmpty ? environmentVariable("TMPDIR") ?? "/tmp" : "/tmp"
  let pattern = "\(parent.hasSuffix("/") ? String(parent.dropLast()) : parent)/plandx-XXXXXX"
  guard pattern.utf8.count + "/.s.PGSQL.5432".utf8.count < longestSocketPath else {
    throw .socketPathTooLong(pattern)
  }
  var path = pattern.utf8CString.map { $0 }
  guard mkdtemp(&path) != nil else { throw lastSystemError("mkdtemp", pattern) }
  let folder = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  try account.own(folder)
  return folder
}

/// The length of `sun_path` with its final NUL: 108 on Linux, 104 on macOS.
private var longestSocketPath: Int { MemoryLayout.size(ofValue: sockaddr_un().sun_path) }
