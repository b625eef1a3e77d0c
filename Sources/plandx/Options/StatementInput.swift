import ArgumentParser
import Foundation
import Statements

/// The statement: an argument, a file, or stdin.
struct StatementInput: ParsableArguments {
  @Argument(help: "The statement; - or nothing reads it from stdin.")
  var sql: String?

  @Option(name: [.short, .long], help: "Read the statement from a file.")
  var file: String?

  /// Whether the statement comes from stdin.
  var isStandardInput: Bool { file == nil && (sql == nil || sql == "-") }

  /// The statement's bytes, not yet parsed.
  func text() throws -> StatementText {
    let text = try Self.statement(from: bytes())
    guard !ConnectionText.isOne(text.string) else {
      throw CommandFailure(.usage, "a connection string is no statement; give it with -d")
    }
    return text
  }

  /// Bytes as a statement.
  static func statement(from bytes: [UInt8]) throws -> StatementText {
    do throws(AdmissionError) {
      return try StatementText(utf8: bytes)
    } catch {
      throw CommandFailure(error)
    }
  }

  private func bytes() throws -> [UInt8] {
    switch (sql, file) {
    case (.some, .some):
      throw CommandFailure(.usage, "a statement was given twice: as an argument and with -f; give one")
    case (let sql?, nil) where sql != "-": Array(sql.drop(while: \.isWhitespace).utf8)
    case (nil, let file?): try InputFile(path: file).bytes()
    default: try InputFile.standardInput(wanted: "a statement")
    }
  }
}

/// A file, or stdin, that is read whole.
struct InputFile {
  let path: String

  /// More than anybody's plan: what does not end must not fill the memory.
  private static let mostBytes = 1 << 30

  /// - Throws: `CommandFailure` when it is not there, cannot be read, or does not end.
  func bytes() throws -> [UInt8] {
    // Not by Foundation, which takes what a shell's `<(…)` names for an empty file.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    defer { close(descriptor) }
    if descriptor >= 0, let bytes = Descriptor.read(descriptor, atMost: Self.mostBytes) {
      return try Self.checked(bytes, HiddenCharacters.name(path))
    }
    let reason = errno == ENOENT ? "no such file" : "it cannot be read"
    throw CommandFailure(.missingInput, "\(HiddenCharacters.name(path)): \(reason)")
  }

  /// stdin to its end; a terminal is asked for nothing.
  static func standardInput(wanted: String) throws -> [UInt8] {
    guard isatty(STDIN_FILENO) == 0 else {
      throw CommandFailure(.usage, "\(wanted) is missing: give it as an argument, as a file, or on stdin")
    }
    return try checked(Descriptor.read(STDIN_FILENO, atMost: mostBytes) ?? [], "stdin")
  }

  private static func checked(_ bytes: [UInt8], _ name: String) throws -> [UInt8] {
    guard bytes.count <= mostBytes else {
      throw CommandFailure(.unusableInput, "\(name): it has more than 1 GiB; give the part that counts")
    }
    return bytes
  }
}
