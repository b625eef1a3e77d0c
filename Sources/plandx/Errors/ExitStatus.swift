import Postgres

/// Exit statuses: those of sysexits.h, of shells for signals, and plandx's own.
enum ExitStatus: Int32 {
  case done = 0
  /// `check` found something missing.
  case checkFailed = 1
  /// `--fail-on` was reached.
  case severityReached = 3
  /// EX_USAGE: the command line.
  case usage = 64
  /// EX_DATAERR: input that cannot be used.
  case unusableInput = 65
  /// EX_NOINPUT: an input file that is not there.
  case missingInput = 66
  /// EX_UNAVAILABLE: the database cannot be reached.
  case unreachable = 69
  /// EX_SOFTWARE: a fault of this program.
  case internalError = 70
  /// EX_CANTCREAT: output that cannot be written.
  case outputFailed = 73
  /// EX_TEMPFAIL: worth trying again.
  case tryAgain = 75
  /// EX_NOPERM: the database does not permit it.
  case permissionDenied = 77
  case hungUp = 129
  case interrupted = 130
  case quit = 131
  case terminated = 143
  case brokenPipe = 141

  /// What a signal ends the program with, once all is cleaned up.
  init(_ signal: InterruptSignals.Signal) {
    switch signal {
    case .hangUp: self = .hungUp
    case .interrupt: self = .interrupted
    case .quit: self = .quit
    case .terminate: self = .terminated
    }
  }
}
