import Foundation

/// A call of the system failed.
struct SystemError: Error {
  /// `errno`.
  let code: CInt
}

/// The new file while it is being written: `.plandx-….tmp` beside the one that it will replace.
struct TemporaryFile {
  private static let prefix = ".plandx-"
  private static let suffix = ".tmp"

  private let path: String

  init(in folder: String) {
    path = "\(folder)/\(Self.prefix)\(UUID().uuidString.prefix(8))\(Self.suffix)"
  }

  /// Creates the file and writes it to the disk.
  ///
  /// - Parameter old: whose mode and owner it gets; the user's defaults without one.
  func write(_ bytes: [UInt8], as old: FileState?) throws {
    // Nobody else may read it before it has its owner.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, old == nil ? 0o666 : 0o600)
    guard descriptor >= 0 else { throw SystemError(code: errno) }
    defer { close(descriptor) }
    if let old {
      try check(fchown(descriptor, old.owner, old.group))
      try check(fchmod(descriptor, old.mode))
    }
    if let code = Descriptor.write(bytes, to: descriptor) { throw SystemError(code: code) }
    try check(fsync(descriptor))
  }

  /// Puts it in the place of the old file, at once.
  func rename(to target: String) throws { try check(Foundation.rename(path, target)) }

  func remove() { unlink(path) }

  /// Removes what runs left behind that were killed while they wrote; the folder is locked.
  static func removeLeftovers(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
      let path = "\(folder)/\(name)"
      if let state = FileState(path), state.kind == .file, state.owner == geteuid() { unlink(path) }
    }
  }

  private func check(_ result: CInt) throws {
    if result != 0 { throw SystemError(code: errno) }
  }
}

/// Keeps other runs of this program from replacing files of a folder at the same moment.
struct FolderLock {
  /// `false` where the folder cannot be locked: on some network file systems, or by somebody's lock.
  let isHeld: Bool
  private let descriptor: CInt

  /// A run holds the lock for as long as it takes to write one file.
  private static let patience = 200

  init(_ folder: String) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    isHeld = descriptor >= 0 && Self.lock(descriptor)
  }

  private static func lock(_ descriptor: CInt) -> Bool {
    for _ in 0..<patience {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
      guard errno == EWOULDBLOCK || errno == EINTR else { return false }
      usleep(10_000)
    }
    return false
  }

  /// Writes the folder itself to the disk: the new name is there after a crash too.
  func sync() { if descriptor >= 0 { fsync(descriptor) } }

  func release() { if descriptor >= 0 { close(descriptor) } }
}
