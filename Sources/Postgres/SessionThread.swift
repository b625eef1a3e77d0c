import Dispatch
import Synchronization

/// A thread that runs one session's work, so that waiting on a socket blocks nobody else.
final class SessionThread: SerialExecutor {
  private enum Work {
    case job(UnownedJob)
    case stop
  }

  private let work = Mutex<[Work]>([])
  private let available = DispatchSemaphore(value: 0)

  /// Starts the thread, which runs until `stop()`; `nil` when the system has none left.
  static func start() -> SessionThread? {
    let thread = SessionThread()
    return startThread { thread.run() } ? thread : nil
  }

  func enqueue(_ job: consuming ExecutorJob) {
    add(.job(UnownedJob(job)))
  }

  /// Ends the thread once it has done what was enqueued before.
  func stop() { add(.stop) }

  private func add(_ item: Work) {
    work.withLock { $0.append(item) }
    available.signal()
  }

  private func run() {
    while case .job(let job) = next() {
      unsafe job.runSynchronously(on: asUnownedSerialExecutor())
    }
  }

  private func next() -> Work {
    available.wait()
    return work.withLock { $0.removeFirst() }
  }
}
