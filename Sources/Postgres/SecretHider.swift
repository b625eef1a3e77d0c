import CLibPQ

/// Takes out of libpq's messages the pieces of a connection string that may be a password.
///
/// libpq quotes what it could not understand. A password with an unescaped `@`, `/` or `:` in a URI
/// comes back as a port or a host, and an unquoted blank in one as a keyword.
struct SecretHider {
  private enum Rule {
    /// The connection string cannot be parsed: any quoted piece may be the password's.
    case everyQuotation
    /// A URI: its authority up to the last `@`, and the user name in it, which is no secret.
    case piecesOf(credentials: Substring, user: Substring)
    case nothing
  }

  private let rule: Rule

  /// - Parameter database: what was given as `-d`.
  init(database: String?) {
    guard let database, database.contains("=") || database.contains("://") else {
      rule = .nothing
      return
    }
    guard Self.isParsable(database) else {
      rule = .everyQuotation
      return
    }
    rule = Self.uriRule(database)
  }

  /// The message with suspect quotations replaced by an ellipsis.
  func hide(in message: String) -> String {
    // Quotation marks part the message into text at even places and quotations at odd ones.
    let pieces = message.split(separator: "\"", omittingEmptySubsequences: false)
    let shown = pieces.enumerated().map { place, piece in
      place % 2 == 1 && isSuspect(piece) ? "…" : piece
    }
    return shown.joined(separator: "\"")
  }

  private func isSuspect(_ quotation: Substring) -> Bool {
    // A connection string that was given as a host, a port or a role.
    if quotation.contains("://") || quotation.contains("password") && quotation.contains("=") { return true }
    return switch rule {
    case .everyQuotation: true
    case .nothing: false
    case .piecesOf(let credentials, let user):
      quotation != user && !quotation.isEmpty
        && (quotation.contains("@") || credentials.contains(quotation))
    }
  }

  private static func uriRule(_ uri: String) -> Rule {
    guard let scheme = uri.range(of: "://"), let at = uri.lastIndex(of: "@"), scheme.upperBound < at
    else { return .nothing }
    let credentials = uri[scheme.upperBound..<at]
    return .piecesOf(credentials: credentials, user: credentials.prefix { $0 != ":" })
  }

  private static func isParsable(_ database: String) -> Bool {
    guard let options = PQconninfoParse(database, nil) else { return false }
    PQconninfoFree(options)
    return true
  }
}

extension String {
  /// The first place of a text in this one.
  fileprivate func range(of text: String) -> Range<Index>? {
    indices.lazy.map { self[$0...] }.first { $0.hasPrefix(text) }.map {
      $0.startIndex..<index($0.startIndex, offsetBy: text.count)
    }
  }
}
