import Dispatch

/// Runs work that blocks on a thread of its own, so that no thread of Swift's pool waits for it.
func offThePool<Value: Sendable>(
  _ work: @escaping @Sendable () throws(ThrowawayServerError) -> Value
) async throws(ThrowawayServerError) -> Value {
  let result: Result<Value, ThrowawayServerError> = await withCheckedContinuation { continuation in
    // A queue without a target is served by Dispatch's overcommitting threads, never by the pool's.
    DispatchQueue(label: "plandx.throwaway-server").async {
      do throws(ThrowawayServerError) {
        continuation.resume(returning: .success(try work()))
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
  }
  return try result.get()
}
