#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Starts a thread of its own for work that blocks, and that no signal shall interrupt.
///
/// Not a dispatch queue: how many of those may block at once is Dispatch's to decide.
///
/// - Returns: whether the system had a thread to give.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  var everySignal = sigset_t()
  var callers = sigset_t()
  sigfillset(&everySignal)
  // A thread inherits its maker's mask: signals stay with the threads that were there before.
  pthread_sigmask(SIG_SETMASK, &everySignal, &callers)
  defer { pthread_sigmask(SIG_SETMASK, &callers, nil) }
  let work = Unmanaged.passRetained(ThreadBody(run: body))
  guard createThread(work.toOpaque()) == 0 else {
    work.release()
    return false
  }
  return true
}

/// A closure as an object, which can pass through C as a pointer.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Makes a detached thread that runs the retained body behind the pointer; 0, or an error's number.
private func createThread(_ argument: UnsafeMutableRawPointer) -> Int32 {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  return pthread_create(&thread, &attributes, runBody, argument)
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
