import Foundation
import Synchronization
import ThrowawayServer
import Unchanged

/// A network between plandx and a server that can be cut: connections stay, new ones are taken, and not a
/// byte goes through any more.
final class CuttableProxy: Sendable {
  private struct State {
    var isCut = false
    var descriptors: [CInt] = []
    var isStopped = false
  }

  /// libpq's options for a connection through this proxy.
  let port: UInt16
  private let listener: CInt
  private let serverSocket: String
  private let trigger: [UInt8]
  private let state = Mutex(State())

  /// Listens on a port of its own.
  ///
  /// - Parameter trigger: cuts behind the client's first request that has this text: all that it sends before it waits.
  init(to server: ThrowawayServer, cuttingAt trigger: String? = nil) throws {
    self.trigger = trigger.map { Array($0.utf8) } ?? []
    serverSocket = "\(server.socketDirectory)/.s.PGSQL.\(server.port)"
    (listener, port) = try Self.listen()
    ChangeWatch.note("port=\(port)", leadsTo: server)
    Thread.detachNewThread { [self] in accept() }
  }

  /// Connection options for a database behind the proxy.
  func options(_ database: ThrowawayDatabase) -> [String] {
    ["-d", "host=127.0.0.1 port=\(port) user=postgres dbname=\(database.name)"]
  }

  /// Forwards nothing from now on.
  func cut() { state.withLock { $0.isCut = true } }

  /// How many connections it took.
  var connections: Int { state.withLock { $0.descriptors.count / 2 } }

  private var isCut: Bool { state.withLock(\.isCut) }

  /// Waits until the trigger has cut the network.
  func waitUntilCut() async throws {
    for _ in 0..<3_000 where !isCut { try await Task.sleep(for: .milliseconds(20)) }
    if !isCut { throw CocoaError(.userCancelled) }
  }

  /// Closes every connection.
  func stop() {
    let descriptors = state.withLock { state in
      state.isStopped = true
      return state.descriptors
    }
    // The threads that read them close them.
    for descriptor in descriptors + [listener] { shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  /// A proxy for the time of a body.
  static func with<Value>(
    _ server: ThrowawayServer, cuttingAt trigger: String? = nil, _ body: (CuttableProxy) async throws -> Value
  ) async throws -> Value {
    let proxy = try CuttableProxy(to: server, cuttingAt: trigger)
    defer { proxy.stop() }
    return try await body(proxy)
  }

  // MARK: Threads

  private func accept() {
    while true {
      let client = Foundation.accept(listener, nil, nil)
      guard client >= 0 else { break }
      guard let server = connect() else {
        close(client)
        continue
      }
      let isStopped = state.withLock { state in
        state.descriptors += [client, server]
        return state.isStopped
      }
      if isStopped { for end in [client, server] { shutdown(end, Int32(SHUT_RDWR)) } }
      Thread.detachNewThread { [self] in pump(from: client, to: server, looksForTrigger: true) }
      Thread.detachNewThread { [self] in pump(from: server, to: client, looksForTrigger: false) }
    }
    close(listener)
  }

  /// Copies until the source ends; what comes after the cut is swallowed, its end too.
  private func pump(from source: CInt, to target: CInt, looksForTrigger: Bool) {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    var units = ClientUnits()
    while true {
      let count = recv(source, &bytes, bytes.count, 0)
      guard count > 0 else { break }
      if isCut { continue }
      var chunk = Array(bytes[..<count])
      if looksForTrigger, !trigger.isEmpty {
        chunk = units.complete(with: chunk[...])
        if chunk.firstRange(of: trigger) != nil { cut() }
      }
      _ = chunk.withUnsafeBytes { send(target, $0.baseAddress, chunk.count, Int32(MSG_NOSIGNAL)) }
    }
    if !isCut { shutdown(target, Int32(SHUT_RDWR)) }
  }

  // MARK: Sockets

  private static let stream = Int32(SOCK_STREAM.rawValue)

  private static func listen() throws -> (CInt, UInt16) {
    let listener = socket(AF_INET, stream, 0)
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withSocketAddress(&address) { pointer in
      bind(listener, pointer, length) == 0 && getsockname(listener, pointer, &length) == 0
    }
    guard isBound, Foundation.listen(listener, 16) == 0 else { throw CocoaError(.fileWriteUnknown) }
    return (listener, UInt16(bigEndian: address.sin_port))
  }

  private func connect() -> CInt? {
    let descriptor = socket(AF_UNIX, Self.stream, 0)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: serverSocket.utf8) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isConnected = withSocketAddress(&address) { Foundation.connect(descriptor, $0, length) == 0 }
    if isConnected { return descriptor }
    close(descriptor)
    return nil
  }
}

private func withSocketAddress<Address, Value>(
  _ address: inout Address, _ body: (UnsafeMutablePointer<sockaddr>) -> Value
) -> Value {
  withUnsafeMutablePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
  }
}
