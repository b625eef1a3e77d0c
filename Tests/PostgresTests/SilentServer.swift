import Foundation

/// A socket in a folder that takes connections and never says anything.
func withSilentServer(_ body: (_ folder: String) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "silent-\(getpid())-\(UInt16.random(in: 0...UInt16.max))")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  #if canImport(Darwin)
    let listener = socket(AF_UNIX, SOCK_STREAM, 0)
  #else
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
  #endif
  defer { close(listener) }
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { path in
    path.copyBytes(from: folder.appendingPathComponent(".s.PGSQL.5432").path.utf8)
  }
  let length = socklen_t(MemoryLayout<sockaddr_un>.size)
  let bound = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) }
  }
  guard bound == 0, listen(listener, 8) == 0 else { throw CocoaError(.fileWriteUnknown) }
  try await body(folder.path)
}
