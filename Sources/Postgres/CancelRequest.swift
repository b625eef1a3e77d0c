import CLibPQ
import Dispatch

/// A cancel request on its way to the server, sent by a thread of its own since it may block.
final class CancelRequest: Sendable {
  private let ended = DispatchSemaphore(value: 0)

  /// Sends a request to cancel what the connection runs.
  init(cancelling connection: OpaquePointer) {
    // The request is a copy of what it needs of the connection, and only the block uses it.
    nonisolated(unsafe) let request = cancel_request_create(connection)
    let started = startThread { [ended] in
      if let request {
        _ = cancel_request_send(request)
        cancel_request_free(request)
      }
      ended.signal()
    }
    // Without a request, the grace period ends with closing the connection.
    if !started { ended.signal() }
  }

  /// Waits until the server has taken the request; until then it could still hit a later statement.
  func hasEnded(within limit: Duration) -> Bool {
    ended.wait(timeout: .now() + .milliseconds(limit.milliseconds)) == .success
  }
}
