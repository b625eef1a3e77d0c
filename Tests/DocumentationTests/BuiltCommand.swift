import Foundation

/// The built command.
enum Plandx {
  struct Run {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The folder of what SwiftPM built: that of the test bundle, which on Linux is the program itself.
  private static var folder: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    return bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
  }

  static func run(_ arguments: String..., in directory: URL) throws -> Run {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = folder.appending(path: "plandx")
    process.arguments = arguments
    process.currentDirectoryURL = directory
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    let failed = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
      errors: String(decoding: failed, as: UTF8.self))
  }
}
