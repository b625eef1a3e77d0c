import Foundation
import Statements

/// A file that is replaced only by a complete new one.
struct OutputFile {
  /// As the user gave it.
  let path: String
  /// What to do when it cannot be written.
  private let advice: String
  /// The file itself where the path is a symbolic link: renaming would replace the link.
  private let target: String
  /// What was there when this value was made; `nil` for nothing.
  private let expected: FileState?

  /// Notes what is there now: ``replace(with:)`` refuses to replace anything else.
  init(path: String, advice: String = "choose another file with -o") {
    self.path = path
    self.advice = advice
    target = Self.target(of: path)
    expected = FileState(target)
  }

  /// Whether this is the file that another path, or a descriptor, stands for.
  func isSame(as other: FileState?) -> Bool {
    guard let expected, let other, expected.kind == .file else { return false }
    return expected.device == other.device && expected.inode == other.inode
  }

  /// Refuses a path that cannot be written, before any work is done for it.
  ///
  /// - Throws: `CommandFailure` with the system's words.
  func checkWritable() throws {
    guard !path.isEmpty else { throw failure("its name is empty") }
    if isDescriptor { return }
    var status = stat()
    if stat(target, &status) != 0, errno != ENOENT { throw failure(code: errno) }
    switch expected?.kind {
    case .folder: throw failure("it is a folder")
    case .socket: throw failure("it is a socket")
    case .device: try checkAccess(target)
    case .file:
      try checkAccess(target)
      try checkOwner()
      try checkReplacing()
    case nil:
      guard FileState(folder)?.kind == .folder, !target.hasSuffix("/") else {
        throw failure("there is no folder \(HiddenCharacters.name(target.hasSuffix("/") ? target : folder))")
      }
      try checkReplacing()
    }
  }

  /// The file's text; empty when there is no such file, `nil` when it is no text or cannot be read.
  func existingText() -> String? {
    guard expected?.kind == .file, !isDescriptor else { return "" }
    return FileManager.default.contents(atPath: target).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// Writes a temporary file beside it, gives it the old file's mode and owner, syncs and renames it.
  ///
  /// - Throws: `CommandFailure`, also when somebody else has changed it; what was there is untouched then.
  func replace(with text: String) throws {
    guard try replaceIfUnchanged(with: text) else {
      throw CommandFailure(
        .outputFailed,
        "\(HiddenCharacters.name(path)) is left as it is: somebody else has changed it meanwhile; run this again"
      )
    }
  }

  /// The same; `false` when somebody else has changed it.
  func replaceIfUnchanged(with text: String) throws -> Bool {
    if isDescriptor || expected?.kind == .device {
      try writeThrough(text)
      return true
    }
    let lock = FolderLock(folder)
    defer { lock.release() }
    if lock.isHeld { TemporaryFile.removeLeftovers(in: folder) }
    let temporary = TemporaryFile(in: folder)
    do {
      try temporary.write(Array(text.utf8), as: expected)
      guard isUnchanged else {
        temporary.remove()
        return false
      }
      try temporary.rename(to: target)
    } catch let error as SystemError {
      temporary.remove()
      throw failure(code: error.code)
    }
    lock.sync()
    return true
  }

  /// Whether what is there is what was there when this value was made.
  private var isUnchanged: Bool { FileState(target) == expected }

  // MARK: Where

  /// Most links in a row, as the kernel has it.
  private static let mostLinks = 40

  /// Follows links, also to a file that is not there yet.
  private static func target(of path: String) -> String {
    var target = path
    for _ in 0..<mostLinks {
      guard !isDescriptor(target),
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: target)
      else {
        return target
      }
      target = link.hasPrefix("/") ? link : folder(of: target) + "/" + link
    }
    return path
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private var folder: String { Self.folder(of: target) }

  /// A stream that the caller has opened, whatever stands behind it.
  private var isDescriptor: Bool { Self.isDescriptor(target) }

  private static func isDescriptor(_ path: String) -> Bool {
    ["/dev/stdout", "/dev/stderr"].contains(path) || path.hasPrefix("/dev/fd/")
      || path.hasPrefix("/proc/self/fd/")
  }

  // MARK: Whether

  private func checkAccess(_ path: String) throws {
    if faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0 { throw failure(code: errno) }
  }

  /// Does what replacing begins with: rights do not tell of a file that nobody may replace, of a group that
  /// the new one cannot have, or of a file system that takes no files.
  private func checkReplacing() throws {
    if expected != nil {
      // Neither written nor cut off; a file to which one may only append is refused here.
      let descriptor = open(target, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
      guard descriptor >= 0 else { throw failure(code: errno) }
      close(descriptor)
    }
    let temporary = TemporaryFile(in: folder)
    defer { temporary.remove() }
    do {
      try temporary.write([], as: expected)
    } catch let error as SystemError {
      throw failure(code: error.code)
    }
  }

  /// Only root can give a file away, so that the new one would have another owner.
  private func checkOwner() throws {
    guard let expected, geteuid() != 0, expected.owner != geteuid() else { return }
    throw failure("it belongs to another user")
  }

  private func writeThrough(_ text: String) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw failure(code: errno) }
    defer { close(descriptor) }
    if let code = Descriptor.write(Array(text.utf8), to: descriptor) { throw failure(code: code) }
  }

  private func failure(code: CInt) -> CommandFailure { failure(String(cString: strerror(code))) }

  private func failure(_ reason: String) -> CommandFailure {
    CommandFailure(
      .outputFailed,
      "\(HiddenCharacters.name(path)) cannot be written: \(reason); \(advice)")
  }
}
