import Foundation

@testable import ThrowawayServer

/// One run of the built command.
struct Plandx {
  var status: Int32
  /// stdout of a run that succeeded; else the end of stderr, or of stdout where nothing was said there.
  var output: String

  /// The folder of what SwiftPM built: that of the test bundle, which on Linux is the program itself.
  private static var folder: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    return bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
  }

  static func run(
    _ arguments: String..., in directory: URL, environment: [String] = []
  ) async throws -> Plandx {
    let command = environment + [folder.appending(path: "plandx").path] + arguments
    let program = Program(
      path: "/bin/sh", arguments: ["-c", "cd \"$0\" && exec env \"$@\"", directory.path] + command)
    do throws(ThrowawayServerError) {
      return Plandx(
        status: 0, output: try await offThePool { () throws(ThrowawayServerError) in try program.output() })
    } catch {
      guard case .programFailed(_, let status, let output) = error else { throw error }
      return Plandx(status: status, output: output)
    }
  }
}
