import Foundation

/// A file that is replaced only by a complete new one.
struct OutputFile {
  let path: String

  /// Refuses a path that cannot be written, before any work is done for it.
  ///
  /// - Throws: `CommandFailure` with the system's words.
  func checkWritable() throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw failure("it is a folder")
    }
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw failure("there is no folder \(folder)")
    }
    guard access(folder, W_OK) == 0 else { throw failure(String(cString: strerror(errno))) }
  }

  /// The file's text, or `nil` when there is no such file.
  func existingText() -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  /// Writes a temporary file beside it, syncs it, gives it the old file's mode and owner, and renames it.
  func replace(with text: String) throws {
    let temporary = "\(path).\(UUID().uuidString.prefix(8)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
    do {
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      keepModeAndOwner(descriptor)
      try handle.write(contentsOf: Data(text.utf8))
      guard fsync(descriptor) == 0, close(descriptor) == 0, rename(temporary, path) == 0 else {
        throw failure(String(cString: strerror(errno)))
      }
    } catch let error as CommandFailure {
      unlink(temporary)
      throw error
    } catch {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw failure(reason)
    }
  }

  private func keepModeAndOwner(_ descriptor: CInt) {
    var old = stat()
    guard stat(path, &old) == 0 else { return }
    _ = fchown(descriptor, old.st_uid, old.st_gid)
    _ = fchmod(descriptor, old.st_mode & 0o7777)
  }

  private func failure(_ reason: String) -> CommandFailure {
    CommandFailure(.outputFailed, "\(path) cannot be written: \(reason); choose another file with -o")
  }
}
