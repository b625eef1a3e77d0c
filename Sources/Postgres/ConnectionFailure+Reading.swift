import CLibPQ

extension ConnectionFailure {
  /// The failure of an attempt whose time is over, in libpq's words for it.
  init(timeoutOf handle: OpaquePointer) {
    let (host, port) = (String(cString: PQhost(handle)), String(cString: PQport(handle)))
    self.init(
      reason: .timedOut,
      message: "connection to server at \"\(host)\", port \(port) failed: timeout expired")
  }

  /// The failure of an attempt that never came to a server: libpq was still looking up its name.
  static func blockedBeforeConnecting(_ settings: ConnectionSettings) -> ConnectionFailure {
    let host = settings.host.map { " \"\($0)\"" } ?? ""
    return ConnectionFailure(
      reason: .timedOut,
      message: "connection to server\(host) failed: timeout expired before its name was found")
  }

  /// The failure that libpq gave up with.
  init(of handle: OpaquePointer, _ settings: ConnectionSettings) {
    let printed = VerboseMessage(String(cString: PQerrorMessage(handle)))
    let hider = SecretHider(database: settings.database?.text)
    let message = hider.hide(in: printed.text)
    let reason: Reason =
      if printed.sqlState != nil {
        .refused
      } else if PQconnectionNeedsPassword(handle) == 1 {
        .passwordNeeded
      } else {
        Self.networkBeginnings.contains(where: message.hasPrefix) ? .unreachable : .invalidSettings
      }
    self.init(reason: reason, sqlState: printed.sqlState, message: message)
  }

  /// How libpq's messages begin once its settings made sense; it speaks English, as no locale is set.
  private static let networkBeginnings = ["connection to server", "could not translate host name"]
}

/// A message that libpq built with `PQERRORS_VERBOSE`, without what that adds.
struct VerboseMessage {
  /// The message as libpq prints it otherwise.
  var text: String
  /// The SQLSTATE; `nil` when the message is libpq's own.
  var sqlState: SQLState?

  /// Reads `… FATAL:  28P01: text` and drops lines such as `LOCATION:  auth_failed, auth.c:338`.
  init(_ printed: String) {
    var lines: [Substring] = []
    for line in printed.split(separator: "\n") where !Self.isLocation(line) {
      guard let code = Self.codeRange(line) else {
        lines.append(line)
        continue
      }
      sqlState = sqlState ?? SQLState(rawValue: String(line[code].prefix(5)))
      lines.append(line[..<code.lowerBound] + line[code.upperBound...])
    }
    text = lines.joined(separator: "\n")
  }

  /// The place of `28P01: ` after `FATAL:  `: a colon, two blanks, five letters or digits, a colon, a blank.
  private static func codeRange(_ line: Substring) -> Range<Substring.Index>? {
    let bytes = Array(line.utf8)
    guard bytes.count >= 10 else { return nil }
    let start = (0...bytes.count - 10).first { start in
      Array(bytes[start..<start + 3]) == Array(":  ".utf8)
        && bytes[start + 3..<start + 8].allSatisfy(isCodeByte)
        && Array(bytes[start + 8..<start + 10]) == Array(": ".utf8)
    }
    return start.map {
      let lower = line.utf8.index(line.startIndex, offsetBy: $0 + 3)
      return lower..<line.utf8.index(lower, offsetBy: 7)
    }
  }

  private static func isCodeByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  /// Whether a line ends as the place in the server's source: `.c:338`.
  private static func isLocation(_ line: Substring) -> Bool {
    guard let colon = line.lastIndex(of: ":"), line[..<colon].hasSuffix(".c") else { return false }
    return !line[colon...].dropFirst().isEmpty && line[colon...].dropFirst().allSatisfy(\.isNumber)
  }
}
