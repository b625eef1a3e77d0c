import Catalog
import Postgres
import Synchronization

/// Sessions that scan user tables side by side: each takes the next scan when it is free.
struct CountingCrew: Sendable {
  let request: CaptureRequest
  /// When the budget for scans of user tables is used up.
  let deadline: ContinuousClock.Instant
  /// The run's own session, and further ones, which are closed at the end.
  let sessions: [Session]

  /// A crew of so many sessions, or of fewer where no more can be opened.
  static func gather(
    _ count: Int, around session: Session, for request: CaptureRequest,
    until deadline: ContinuousClock.Instant
  ) async -> CountingCrew {
    let more = await withTaskGroup(of: Session?.self) { group in
      for _ in 1..<max(count, 1) { group.addTask { try? await session.another() } }
      return await group.reduce(into: [Session]()) { sessions, session in session.map { sessions.append($0) }
      }
    }
    return CountingCrew(request: request, deadline: deadline, sessions: [session] + more)
  }

  /// What the scans counted, in their order.
  ///
  /// - Throws: only when the run's own connection is lost or the run cancelled.
  func count(_ jobs: [CountingJob]) async throws(PostgresError) -> [CountedFacts] {
    let places = Places()
    let results = await withTaskGroup(of: [(place: Int, result: Counted)].self) { group in
      for session in sessions {
        group.addTask { await work(on: session, jobs, places) }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    for session in sessions.dropFirst() { await session.close() }
    var facts: [CountedFacts] = []
    for (_, result) in results.sorted(by: { $0.place < $1.place }) { facts.append(try result.get()) }
    return facts
  }

  private typealias Counted = Result<CountedFacts, PostgresError>

  private func work(
    on session: Session, _ jobs: [CountingJob], _ places: Places
  ) async -> [(place: Int, result: Counted)] {
    let counting = RowCounting(request: request, deadline: deadline, session: session)
    var done: [(place: Int, result: Counted)] = []
    while true {
      let place = places.next()
      guard place < jobs.count else { return done }
      do throws(PostgresError) {
        done.append((place, .success(try await counting.count(jobs[place]))))
      } catch {
        // A further session is no loss: what it could not count is a gap, and the others go on.
        let isOwn = session === sessions[0] || error == .cancelled
        done.append((place, isOwn ? .failure(error) : .success(jobs[place].lost)))
        return done
      }
    }
  }
}

/// Hands out the places of a list, each once.
private final class Places: Sendable {
  private let given = Mutex(0)

  func next() -> Int {
    given.withLock { given in
      given += 1
      return given - 1
    }
  }
}

extension CountingJob {
  /// The gap of a scan whose connection broke.
  fileprivate var lost: CountedFacts {
    let reason = "a further connection, on which it was counted, was lost"
    return switch self {
    case .pass(let pass): CountedFacts(pass.table, gap: pass.gap(reason))
    case .values(let values): CountedFacts(values.table, gap: values.gap(reason))
    }
  }
}
