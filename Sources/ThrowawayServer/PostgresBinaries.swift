/// A folder with the programs of one PostgreSQL installation.
public struct PostgresBinaries: Sendable, Hashable {
  /// The folder's absolute path.
  public let folder: String

  /// The installation in a folder; `nil` when `initdb`, `postgres` or `psql` is missing there.
  public init?(folder: String) {
    let programs = ["initdb", "postgres", "psql"]
    guard programs.allSatisfy({ isExecutable("\(folder)/\($0)") }) else { return nil }
    self.folder = folder
  }

  /// The newest installation of this machine.
  ///
  /// The environment variable `PLANDX_PG_BINDIR` decides when it is set; then come the folders of
  /// Debian, Red Hat and Homebrew with the newest version first, the folders of `PATH`, and what
  /// `pg_config --bindir` says.
  public static func newest() throws(ThrowawayServerError) -> PostgresBinaries {
    if let chosen = environmentVariable("PLANDX_PG_BINDIR") {
      guard let binaries = PostgresBinaries(folder: chosen) else {
        throw .serverNotInstalled(searched: [chosen])
      }
      return binaries
    }
    let folders = versionedFolders() + searchPath() + configuredFolder()
    guard let binaries = folders.lazy.compactMap(PostgresBinaries.init(folder:)).first else {
      throw .serverNotInstalled(searched: folders)
    }
    return binaries
  }

  func path(of program: String) -> String { "\(folder)/\(program)" }

  /// Folders that packagers name for the major version, as parent and the name's beginning.
  private static let packagedFolders = [
    (parent: "/usr/lib/postgresql", prefix: ""),
    (parent: "/usr", prefix: "pgsql-"),
    (parent: "/opt/homebrew/opt", prefix: "postgresql@"),
    (parent: "/usr/local/opt", prefix: "postgresql@"),
  ]

  private static func versionedFolders() -> [String] {
    var found: [(version: Int, folder: String)] = []
    for (parent, prefix) in packagedFolders {
      for name in namesInFolder(parent) where name.hasPrefix(prefix) {
        guard let version = Int(name.dropFirst(prefix.count)) else { continue }
        found.append((version, "\(parent)/\(name)/bin"))
      }
    }
    return found.sorted { $0.version > $1.version }.map(\.folder)
  }

  private static func searchPath() -> [String] {
    (environmentVariable("PATH") ?? "").split(separator: ":").map(String.init)
  }

  private static func configuredFolder() -> [String] {
    guard let program = executable(named: "pg_config"),
      let answer = try? Program(path: program, arguments: ["--bindir"]).output()
    else { return [] }
    return answer.split(separator: "\n").map(String.init)
  }

  /// A program's path by the folders of `PATH`.
  static func executable(named name: String) -> String? {
    searchPath().lazy.map { "\($0)/\(name)" }.first(where: isExecutable)
  }
}
