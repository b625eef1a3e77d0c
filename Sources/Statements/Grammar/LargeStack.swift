#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Runs work on a thread of its own with a stack that PostgreSQL's grammar cannot overflow.
///
/// libpg_query and the readers of its trees recurse once per level of an expression. The stack is
/// reserved, not touched: an ordinary statement uses a few kilobytes of it.
enum LargeStack {
  /// 500,000 chained operators needed less (measured with libpg_query 15-4.0.0).
  static let byteCount = 256 << 20

  /// Runs `work` there and waits for its result.
  static func run<Value>(_ work: () -> Value) -> Value {
    var value: Value?
    // Nothing outlives this call: the thread is joined before `start` returns.
    withoutActuallyEscaping(work) { work in
      withUnsafeMutablePointer(to: &value) { result in
        _ = start(Job { result.pointee = work() })
      }
    }
    // Without memory for a thread the caller's own stack is the only one left.
    return value ?? work()
  }

  /// Work for the thread. Only one of the two threads runs at any time, so nothing is shared.
  private final class Job: @unchecked Sendable {
    let work: () -> Void

    init(_ work: @escaping () -> Void) { self.work = work }
  }

  private static func start(_ job: Job) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    let started = pthread_attr_setstacksize(&attributes, byteCount) == 0 && startAndJoin(job, &attributes)
    pthread_attr_destroy(&attributes)
    return started
  }

  private static func startAndJoin(_ job: Job, _ attributes: UnsafePointer<pthread_attr_t>) -> Bool {
    // The thread owns one reference and gives it back when it starts.
    let argument = Unmanaged.passRetained(job)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    guard pthread_create(&thread, attributes, entryPoint, argument.toOpaque()) == 0 else {
      argument.release()
      return false
    }
    #if canImport(Darwin)
      if let thread { pthread_join(thread, nil) }
    #else
      pthread_join(thread, nil)
    #endif
    return true
  }

  #if canImport(Darwin)
    private static let entryPoint: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = {
      Unmanaged<Job>.fromOpaque($0).takeRetainedValue().work()
      return nil
    }
  #else
    private static let entryPoint: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
      guard let argument = $0 else { return nil }
      Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work()
      return nil
    }
  #endif
}
