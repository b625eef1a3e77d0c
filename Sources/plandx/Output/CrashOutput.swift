import Foundation

/// What a crash of this program prints.
enum CrashOutput {
  /// Leaves crashes to the system. Swift's own report shows what is in memory where registers point, which
  /// may be a password; it is printed only for those who ask for it in `SWIFT_BACKTRACE`.
  static func keepMemoryOut() {
    guard ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] == nil else { return }
    for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { signal(number, SIG_DFL) }
  }
}
