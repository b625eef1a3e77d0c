import ArgumentParser
import Foundation

/// When to color what is written to the terminal.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// Whether stderr is to be colored: `auto` means a terminal, and no `NO_COLOR` (https://no-color.org).
  var isOn: Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      StandardError.isTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }
  }
}
