#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Starts a thread of its own for work that blocks, and that no signal shall interrupt; it is left to itself.
///
/// Not a dispatch queue: how many of those may block at once is Dispatch's to decide.
///
/// - Returns: whether the system had a thread to give.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  guard let thread = OwnThread(body) else { return false }
  thread.leave()
  return true
}

/// A thread of its own that is waited for, or else left to itself: one of the two, once.
struct OwnThread: @unchecked Sendable {
  private let thread: pthread_t

  /// Starts it; `nil` when the system has none to give.
  init?(_ body: @escaping @Sendable () -> Void) {
    var everySignal = sigset_t()
    var callers = sigset_t()
    sigfillset(&everySignal)
    // A thread inherits its maker's mask: signals stay with the threads that were there before.
    pthread_sigmask(SIG_SETMASK, &everySignal, &callers)
    defer { pthread_sigmask(SIG_SETMASK, &callers, nil) }
    let work = Unmanaged.passRetained(ThreadBody(run: body))
    guard let thread = createThread(work.toOpaque()) else {
      work.release()
      return nil
    }
    self.thread = thread
  }

  /// Returns when nothing of it is left, what libraries keep for each thread included.
  func waitForEnd() { pthread_join(thread, nil) }

  func leave() { pthread_detach(thread) }
}

/// A closure as an object, which can pass through C as a pointer.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Makes a thread that runs the retained body behind the pointer.
private func createThread(_ argument: UnsafeMutableRawPointer) -> pthread_t? {
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  return pthread_create(&thread, nil, runBody, argument) == 0 ? thread : nil
}

#if canImport(Darwin)
  private func runBody(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
    return nil
  }
#else
  private func runBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
    return nil
  }
#endif
