#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Synchronization

/// A shell that guards a temporary folder, and the server in it, beyond the end of this process.
///
/// It waits on a pipe whose other end only this process holds. A word on the pipe, or its closing
/// (a normal exit, a crash, `kill -9`), stops the server and removes the folder, so that nothing is
/// left behind however this process ends.
final class Keeper: Sendable {
  private struct Shell {
    var process: pid_t
    var guardPipe: CInt
    var liveness: CInt
  }

  private let shell: Mutex<Shell?>

  private static let script = """
    folder=$1 log=$2
    shift 2
    cd "$folder"
    server=
    if [ $# -gt 0 ]; then
      "$@" </dev/null >"$log" 2>&1 &
      server=$!
    fi
    exec 3>&-
    read -r mode || mode=immediate
    if [ -n "$server" ]; then
      case $mode in
        fast) kill -INT "$server" ;;
        *) kill -QUIT "$server" ;;
      esac
      wait "$server"
    fi
    cd /
    # A program that fills the folder for a process that was killed may go on for a moment.
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
      rm -rf -- "$folder" 2>/dev/null && break
      sleep 0.1
    done
    """

  /// Starts the guard of a folder, and the server as its child.
  ///
  /// - Parameter server: the server's command line; empty for a folder without one.
  init(folder: String, log: String, server: [String]) throws(ThrowawayServerError) {
    let guardPipe = try makePipe()
    let liveness = try makePipe()
    let nowhere = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { for end in [guardPipe.readEnd, liveness.writeEnd, nowhere] { close(end) } }
    let program = Program(
      path: "/bin/sh", arguments: ["-c", Self.script, "plandx-keeper", folder, log] + server)
    do throws(ThrowawayServerError) {
      // The liveness pipe's write end is descriptor 3 of the server alone: its end is the server's.
      let process = try program.start(
        descriptors: [guardPipe.readEnd, nowhere, nowhere, liveness.writeEnd])
      shell = Mutex(
        Shell(process: process, guardPipe: guardPipe.writeEnd, liveness: liveness.readEnd))
    } catch {
      for end in [guardPipe.writeEnd, liveness.readEnd] { close(end) }
      throw error
    }
  }

  /// Waits up to some milliseconds and says whether the server still runs.
  func serverRuns(after milliseconds: Int32) -> Bool {
    let liveness = shell.withLock { $0?.liveness }
    guard let liveness else { return false }
    var watched = pollfd(fd: liveness, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, milliseconds) == 0
  }

  /// Stops the server, removes the folder, and returns when both are gone; later calls do nothing.
  func end(_ mode: ThrowawayServer.ShutdownMode) {
    guard let ended = release(saying: mode.rawValue) else { return }
    _ = waitForExit(ended)
  }

  /// Tells the shell to begin and gives up what this process holds of it.
  private func release(saying word: String) -> pid_t? {
    shell.withLock { shell in
      guard let held = shell else { return nil }
      shell = nil
      try? writeAll("\(word)\n", to: held.guardPipe, named: "keeper")
      close(held.guardPipe)
      close(held.liveness)
      return held.process
    }
  }

  deinit { _ = release(saying: ThrowawayServer.ShutdownMode.immediate.rawValue) }
}
