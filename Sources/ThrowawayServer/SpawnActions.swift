#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What `posix_spawn` does in the child before the program begins.
struct SpawnActions {
  #if canImport(Darwin)
    var files: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
  #else
    var files = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
  #endif

  /// Signals that the parent may have blocked or ignored, and that a server must see.
  private static let restoredSignals = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGCHLD]

  init(descriptors: [CInt]) {
    posix_spawn_file_actions_init(&files)
    posix_spawnattr_init(&attributes)
    for (wanted, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&files, descriptor, CInt(wanted))
    }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in Self.restoredSignals { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    // A process group of its own: the terminal's Ctrl-C is for this process alone.
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  mutating func destroy() {
    posix_spawn_file_actions_destroy(&files)
    posix_spawnattr_destroy(&attributes)
  }
}

/// A null-terminated array of C strings, as `execve` takes it; the owner deallocates it.
struct CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() {
      (pointers + index).initialize(to: strdup(string))
    }
    (pointers + count).initialize(to: nil)
  }

  func deallocate() {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
