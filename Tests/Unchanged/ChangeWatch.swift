import Foundation
import Synchronization
import ThrowawayServer

/// Compares a throwaway server's database before and after something that must not change it.
public struct ChangeWatch: Sendable {
  private let target: String
  private let before: Fingerprint

  /// Looks at the database now. The caller's thread waits.
  ///
  /// - Returns: `nil` where no server takes the connection.
  public init?(_ target: String) throws {
    guard let fingerprint = try Self.fingerprint(target) else { return nil }
    (self.target, before) = (target, fingerprint)
  }

  /// Looks at the database that a program with these arguments and variables will connect to.
  ///
  /// - Returns: `nil` where they name no throwaway server.
  public init?(arguments: [String], environment: [String: String]) throws {
    let services = environment["PGSERVICEFILE"].flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
    let words = arguments + environment.map { "\($0)=\($1)" } + [services ?? ""]
    guard let folder = words.lazy.compactMap(Self.socketFolder).first else { return nil }
    let name = Self.optionValue(["-d", "--dbname"], in: arguments).flatMap {
      Self.namedDatabase($0) ?? Self.plainName($0)
    }
    let database = name ?? words.lazy.compactMap(Self.namedDatabase).first ?? "postgres"
    try self.init("host=\(folder) user=postgres dbname=\(database)")
  }

  /// What else leads to a server: a pooler's folder or a proxy's port, as a connection string names it, and
  /// the folder of the server's own socket.
  private static let detours = Mutex<[String: String]>([:])

  /// Says that connections to a place, as `port=6432` or `host=/tmp/x`, come to a throwaway server.
  public static func note(_ place: String, leadsTo server: ThrowawayServer) {
    detours.withLock { $0[place] = server.socketDirectory }
  }

  /// What differs now; empty where nothing does, or where the server is gone.
  public func changes() throws -> String { try Self.fingerprint(target).map(before.changes) ?? "" }

  /// psql ends with status 2 when it gets no connection.
  private static func fingerprint(_ target: String) throws -> Fingerprint? {
    do {
      return try Fingerprint(database: target)
    } catch .programFailed(_, status: 2, _) {
      return nil
    }
  }

  private static func optionValue(_ names: [String], in arguments: [String]) -> String? {
    zip(arguments, arguments.dropFirst()).first { names.contains($0.0) }?.1
  }

  /// A folder of a throwaway server that a word names, as a path or inside a URI.
  private static func socketFolder(_ word: String) -> String? {
    let text = word.removingPercentEncoding ?? word
    let parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
    let known = detours.withLock { $0 }
    if let detour = parts.lazy.compactMap({ known[$0] }).first { return detour }
    return text.matches(of: /\/[^\s=@?]*\/plandx-\w{6}\b/).lazy.map { String($0.output) }.first {
      FileManager.default.fileExists(atPath: "\($0)/.s.PGSQL.5432")
    }
  }

  private static func namedDatabase(_ word: String) -> String? {
    if let match = word.firstMatch(of: /(?:dbname|PGDATABASE)=([^\s&]+)/) { return String(match.1) }
    return word.firstMatch(of: /:\/\/[^\/]*\/([^?]+)/).map { String($0.1) }
  }

  private static func plainName(_ word: String) -> String? { word.contains("=") ? nil : word }
}
