import Foundation
import Synchronization

/// Stands between a client and a server's socket, and counts the messages that the client sends.
///
/// A message of PostgreSQL's protocol is a letter, a length that counts itself, and that many bytes; only the
/// first of a connection has no letter.
final class CountingProxy: Sendable {
  /// The folder of its socket: libpq's `host`.
  let folder: String
  private let listener: CInt
  private let serverSocket: String
  private let counts = Mutex<[Character: Int]>([:])

  init(to serverFolder: String) throws {
    folder = NSTemporaryDirectory() + "plandx-proxy-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    serverSocket = serverFolder + "/.s.PGSQL.5432"
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    let isBound = Self.withAddress(folder + "/.s.PGSQL.5432") { bind(listener, $0, $1) } == 0
    guard isBound, listen(listener, 16) == 0 else { throw CocoaError(.fileWriteUnknown) }
    Thread.detachNewThread { [self] in accept() }
  }

  /// How many messages of each kind the clients have sent: P for Parse, S for Sync.
  var messages: [Character: Int] { counts.withLock { $0 } }

  /// Ends it; connections end with their clients.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func accept() {
    while true {
      let client = Foundation.accept(listener, nil, nil)
      guard client >= 0 else { break }
      let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      guard Self.withAddress(serverSocket, { connect(server, $0, $1) }) == 0 else {
        close(client)
        continue
      }
      Thread.detachNewThread { [self] in
        var reader = MessageReader()
        pump(from: client, to: server) { bytes in
          for kind in reader.kinds(in: bytes) { counts.withLock { $0[kind, default: 0] += 1 } }
        }
      }
      Thread.detachNewThread { [self] in pump(from: server, to: client) { _ in } }
    }
    close(listener)
  }

  private func pump(from source: CInt, to target: CInt, _ see: (ArraySlice<UInt8>) -> Void) {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(source, &bytes, bytes.count, 0)
      guard count > 0 else { break }
      see(bytes[..<count])
      var sent = 0
      while sent < count {
        let more = bytes[sent..<count].withUnsafeBytes {
          send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard more > 0 else { break }
        sent += more
      }
    }
    shutdown(target, Int32(SHUT_RDWR))
  }

  private static func withAddress<Value>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
  ) -> Value {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

/// Takes a stream of a client's bytes apart into messages.
private struct MessageReader {
  private var isStarted = false
  private var pending: [UInt8] = []

  mutating func kinds(in bytes: ArraySlice<UInt8>) -> [Character] {
    pending += bytes
    var kinds: [Character] = []
    var start = 0
    while let (kind, end) = message(at: start) {
      if let kind { kinds.append(kind) }
      isStarted = true
      start = end
    }
    pending.removeFirst(start)
    return kinds
  }

  private func message(at start: Int) -> (kind: Character?, end: Int)? {
    let letter = isStarted ? 1 : 0
    guard pending.count >= start + letter + 4 else { return nil }
    let length = pending[(start + letter)..<(start + letter + 4)].reduce(0) { $0 << 8 | Int($1) }
    let end = start + letter + length
    guard pending.count >= end else { return nil }
    return (isStarted ? Character(UnicodeScalar(pending[start])) : nil, end)
  }
}
