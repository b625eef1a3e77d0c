#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import Dispatch

/// Runs work on a thread with a stack that PostgreSQL's grammar cannot overflow.
///
/// libpg_query and the readers of its trees recurse once per level of an expression. The stack is
/// reserved, not touched: an ordinary statement uses a few kilobytes of it.
enum LargeStack {
  /// 500,000 chained operators needed less (measured with libpg_query 15-4.0.0).
  static let byteCount = 256 << 20

  /// Runs `work` there and waits for its result.
  static func run<Value>(_ work: () -> Value) -> Value {
    // Without memory for a thread the caller's own stack is the only one left.
    guard let thread = GrammarThread.shared, !thread.isCurrent else { return work() }
    var value: Value?
    withUnsafeMutablePointer(to: &value) { result in
      thread.run { result.pointee = work() }
    }
    return value ?? work()
  }
}

/// The one thread of the process that parses, one text after the other.
///
/// Not a new thread for each text: libpg_query takes a key of thread-local storage for every thread that it
/// first runs on and never gives it back. A process has 1,024 of them, and OpenSSL fails without.
private final class GrammarThread: @unchecked Sendable {
  static let shared = GrammarThread()

  // Callers take turns, so that the job is only ever seen by one of them and the thread.
  private let turn = DispatchSemaphore(value: 1)
  private let wanted = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)
  private var job: (() -> Void)?
  #if canImport(Darwin)
    private var thread: pthread_t?
  #else
    private var thread = pthread_t()
  #endif

  var isCurrent: Bool {
    #if canImport(Darwin)
      thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false
    #else
      pthread_equal(thread, pthread_self()) != 0
    #endif
  }

  func run(_ work: () -> Void) {
    turn.wait()
    defer { turn.signal() }
    // The thread has let go of it before it says that it is done.
    withoutActuallyEscaping(work) { work in
      job = work
      wanted.signal()
      done.wait()
    }
  }

  private init?() {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
    guard pthread_attr_setstacksize(&attributes, LargeStack.byteCount) == 0 else { return nil }
    // The thread lives as long as the process, and so does its reference.
    let argument = Unmanaged.passRetained(self)
    guard pthread_create(&thread, &attributes, Self.entryPoint, argument.toOpaque()) == 0 else {
      argument.release()
      return nil
    }
  }

  private func serve() {
    while true {
      wanted.wait()
      runJob()
      done.signal()
    }
  }

  private func runJob() {
    job?()
    job = nil
  }

  #if canImport(Darwin)
    private static let entryPoint: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = {
      Unmanaged<GrammarThread>.fromOpaque($0).takeUnretainedValue().serve()
      return nil
    }
  #else
    private static let entryPoint: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
      guard let argument = $0 else { return nil }
      Unmanaged<GrammarThread>.fromOpaque(argument).takeUnretainedValue().serve()
      return nil
    }
  #endif
}
