import Catalog
import Postgres

/// Why the server did not answer, though the session goes on.
struct Refusal: Error {
  /// The server's words, or that the time was over.
  let reason: String

  /// `nil` when the session does not go on.
  init?(_ error: PostgresError) {
    switch error {
    case .server(let server): reason = server.message
    case .timedOut: reason = "the server did not answer in time"
    default: return nil
    }
  }

  func gap(_ missing: String, query: String? = nil) -> EvidenceGap {
    EvidenceGap(missing: missing, reason: reason, query: query)
  }
}
