import Foundation
import Testing
import Unchanged

@testable import ThrowawayServer

/// One run of the built program: what it said and how it ended.
struct Plandx {
  var status: Int32
  var output: String
  var errors: String

  /// The first line on stderr.
  var firstError: Substring { errors.prefix { $0 != "\n" } }

  /// Whether it had a session.
  fileprivate var reachedServer: Bool {
    [0, 3].contains(status)
      || ["the server says", "connection was", "did not answer"].contains { errors.contains($0) }
  }

  /// Beside the test bundle's own resources, in the build folder.
  static var binary: URL { Bundle.module.bundleURL.deletingLastPathComponent().appending(path: "plandx") }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - input: stdin; empty when not given.
  ///   - prefix: a program that runs it, with that program's arguments.
  ///   - changed: what the test itself changes in the database meanwhile; otherwise nothing may change.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], prefix: [String] = [],
    whileTestChanges changed: String? = nil
  ) async throws -> Plandx {
    try await Invocation(
      arguments, input: .text(input), environment: environment, prefix: prefix, whileTestChanges: changed
    ).end()
  }
}

/// A run that goes on while a test does something else.
///
/// Not by Foundation's `Process`, which does not see a child's end while another child, started at the same
/// moment by other means, has inherited what it waits on.
final class Invocation: Sendable {
  enum Input {
    case text(String)
    case handle(FileHandle)
  }

  let process: pid_t
  private let files: ScratchFiles
  private let watch: ChangeWatch?
  /// Whether it must be watched if it reaches a server.
  private let isLive: Bool

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - errors: stderr; a file that ``end()`` reads when not given.
  ///   - changed: what the test itself changes in the database meanwhile; otherwise nothing may change.
  init(
    _ arguments: [String], input: Input = .text(""), errors: FileHandle? = nil,
    environment: [String: String] = [:], prefix: [String] = [], whileTestChanges changed: String? = nil
  ) throws {
    files = try ScratchFiles()
    isLive =
      changed == nil && ["analyze", "reassess"].contains(arguments.first)
      && !arguments.contains { ["--dry-run", "--plan"].contains($0) }
    watch = changed == nil ? try ChangeWatch(arguments: arguments, environment: environment) : nil
    let stdin = if case .handle(let handle) = input { handle } else { try files.input(input) }
    let (stdout, stderr) = (try files.writer("stdout"), try errors ?? files.writer("stderr"))
    // It has none of the user's `PG*`, which would lead elsewhere.
    let program = Program(
      path: "/usr/bin/env",
      arguments: environment.map { "\($0)=\($1)" } + prefix + [Plandx.binary.path] + arguments)
    process = try program.start(
      descriptors: [stdin.fileDescriptor, stdout.fileDescriptor, stderr.fileDescriptor])
    withExtendedLifetime((stdin, stdout, stderr)) {}
  }

  /// Waits for the end without blocking a thread of the pool; a signal's status is 128 and its number.
  ///
  /// The database that it worked on must be what it was before, to the byte.
  func end() async throws -> Plandx {
    let (process, watch) = (process, watch)
    let (status, changes) = try await offThePool { () throws(ThrowawayServerError) in
      (waitForExit(process), Result { try watch?.changes() ?? "" })
    }
    let found = try changes.get()
    #expect(found == "", "the database was changed")
    let run = Plandx(status: status, output: try files.text("stdout"), errors: try files.text("stderr"))
    #expect(watch != nil || !isLive || !run.reachedServer, "nobody watched the database of this run")
    return run
  }
}

/// Files for the standard streams of one run: nothing has to keep up with them.
private final class ScratchFiles: Sendable {
  private let folder: URL

  init() throws { folder = try Scratch.folder() }
  deinit { try? FileManager.default.removeItem(at: folder) }

  func input(_ input: Invocation.Input) throws -> FileHandle {
    let text = if case .text(let text) = input { text } else { "" }
    let url = folder.appending(path: "stdin")
    try Data(text.utf8).write(to: url)
    return try FileHandle(forReadingFrom: url)
  }

  func writer(_ name: String) throws -> FileHandle {
    let url = folder.appending(path: name)
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  func text(_ name: String) throws -> String {
    let url = folder.appending(path: name)
    return FileManager.default.fileExists(atPath: url.path)
      ? String(decoding: try Data(contentsOf: url), as: UTF8.self) : ""
  }
}

/// Temporary folders.
enum Scratch {
  /// A new empty folder, which the caller removes.
  static func folder() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(
      path: "plandx-test-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    return url
  }

  /// A folder for the time of a body.
  static func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let url = try folder()
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(url)
  }
}

extension URL {
  /// Names of the files in this folder, sorted.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

  /// Writes a file into this folder and returns its path.
  func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let url = appending(path: name)
    try Data(bytes).write(to: url)
    return url.path
  }

  /// The text of a file in this folder.
  func text(_ name: String) throws -> String {
    try String(contentsOf: appending(path: name), encoding: .utf8)
  }
}
