import Foundation

/// A file as the system describes it: equal as long as nobody has changed or replaced it.
struct FileState: Equatable {
  /// What it is.
  enum Kind { case file, folder, socket, device }

  let kind: Kind
  let device: UInt64
  let inode: UInt64
  let owner: uid_t
  let group: gid_t
  /// Permission bits.
  let mode: mode_t
  private let size: Int
  private let modified: [Int]

  /// What a path stands for, links followed; `nil` when nothing is there.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// What a descriptor stands for.
  init?(descriptor: CInt) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFSOCK: .socket
      default: .device
      }
    (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
    (owner, group, mode) = (status.st_uid, status.st_gid, status.st_mode & 0o7777)
    size = Int(status.st_size)
    #if canImport(Darwin)
      modified = [status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec]
    #else
      modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    #endif
  }
}
