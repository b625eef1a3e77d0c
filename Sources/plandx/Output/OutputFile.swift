import Foundation

/// A file that is replaced only by a complete new one.
struct OutputFile {
  /// As the user gave it, for messages.
  let path: String
  /// The file itself where the path is a symbolic link: renaming would replace the link.
  private let target: String

  init(path: String) {
    self.path = path
    target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// Refuses a path that cannot be written, before any work is done for it.
  ///
  /// - Throws: `CommandFailure` with the system's words.
  func checkWritable() throws {
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw failure("it is a folder")
    }
    guard !isDevice else { return }
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw failure("there is no folder \(folder)")
    }
    guard access(folder, W_OK) == 0 else { throw failure(String(cString: strerror(errno))) }
  }

  /// The file's text, or `nil` when there is no such file.
  func existingText() -> String? { isDevice ? nil : try? String(contentsOfFile: target, encoding: .utf8) }

  /// A terminal, a pipe, `/dev/null`: written to, never replaced.
  private var isDevice: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  /// Writes a temporary file beside it, syncs it, gives it the old file's mode and owner, and renames it.
  func replace(with text: String) throws {
    if isDevice { return try writeThrough(text) }
    let temporary = "\(target).\(UUID().uuidString.prefix(8)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
    keepModeAndOwner(descriptor)
    var code = Descriptor.write(Array(text.utf8), to: descriptor)
    if code == nil, fsync(descriptor) != 0 { code = errno }
    close(descriptor)
    if code == nil, rename(temporary, target) != 0 { code = errno }
    guard let code else { return }
    unlink(temporary)
    throw failure(String(cString: strerror(code)))
  }

  private func writeThrough(_ text: String) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    guard let code = Descriptor.write(Array(text.utf8), to: descriptor) else { return }
    throw failure(String(cString: strerror(code)))
  }

  private func keepModeAndOwner(_ descriptor: CInt) {
    var old = stat()
    guard stat(target, &old) == 0 else { return }
    _ = fchown(descriptor, old.st_uid, old.st_gid)
    _ = fchmod(descriptor, old.st_mode & 0o7777)
  }

  private func failure(_ reason: String) -> CommandFailure {
    CommandFailure(.outputFailed, "\(path) cannot be written: \(reason); choose another file with -o")
  }
}
