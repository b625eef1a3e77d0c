/// A data directory that `initdb` has filled once in this process, copied for every server.
actor ClusterTemplate {
  static let shared = ClusterTemplate()

  private struct Template {
    var dataDirectory: String
    /// Removes the template when this process ends.
    var keeper: Keeper
  }

  private var templates: [PostgresBinaries: Task<Result<Template, ThrowawayServerError>, Never>] = [:]

  /// The path of a data directory to be copied, made by `initdb` at the first call.
  func dataDirectory(
    of binaries: PostgresBinaries, as account: ServerAccount
  ) async throws(ThrowawayServerError) -> String {
    try await template(of: binaries, as: account).dataDirectory
  }

  /// Removes every template and returns when they are gone; the next server makes a new one.
  func removeAll() async {
    let made = templates.values
    templates = [:]
    for making in made {
      guard case .success(let template) = await making.value else { continue }
      try? await offThePool { () throws(ThrowawayServerError) in template.keeper.end(.immediate) }
    }
  }

  private func template(
    of binaries: PostgresBinaries, as account: ServerAccount
  ) async throws(ThrowawayServerError) -> Template {
    let making =
      templates[binaries]
      ?? Task {
        do throws(ThrowawayServerError) {
          return .success(try await Self.make(with: binaries, as: account))
        } catch {
          return .failure(error)
        }
      }
    templates[binaries] = making
    return try await making.value.get()
  }

  private static func make(
    with binaries: PostgresBinaries, as account: ServerAccount
  ) async throws(ThrowawayServerError) -> Template {
    try await offThePool { () throws(ThrowawayServerError) in
      let folder = try makeTemporaryFolder(for: account)
      let keeper = try Keeper(folder: folder, log: "/dev/null", server: [])
      let dataDirectory = "\(folder)/data"
      _ = try account.run(
        binaries.path(of: "initdb"),
        [
          "-D", dataDirectory, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync",
          // Megabytes that every copy would carry: the log's segments are 16 MB by default.
          "--wal-segsize=1",
        ], in: folder
      ).output()
      return Template(dataDirectory: dataDirectory, keeper: keeper)
    }
  }
}
