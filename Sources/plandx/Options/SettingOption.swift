import ArgumentParser
import Postgres

/// `--set NAME=VALUE`: a setting of the application's session, of those that ``ApplicationSettings`` takes.
struct SettingOption: Equatable {
  let setting: TransactionSettings.Setting

  /// - Throws: `ValidationError` that says which option is meant, or why there is none.
  init(_ text: String) throws {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw ValidationError("--set takes NAME=VALUE, not '\(text)'")
    }
    let name = String(text[..<equals])
    guard ApplicationSettings.canBeName(name) else {
      throw ValidationError(
        "--set takes NAME=VALUE: a setting's name has letters, digits, _, $ and dots alone")
    }
    setting = TransactionSettings.Setting(name, String(text[text.index(after: equals)...]))
    if let reason = Self.reasonToRefuse(name.lowercased(), setting.value) {
      throw ValidationError("--set \(name) is refused: \(reason)")
    }
  }

  /// As it is repeated in a report, which others read.
  var repeated: String { "\(setting.name)=\(setting.shownValue)" }

  private static func reasonToRefuse(_ name: String, _ value: String) -> String? {
    if let reason = refused[name] { return reason }
    if name.hasPrefix(TransactionSettings.Setting.ownPrefix) {
      return "plandx keeps the values of parameters there"
    }
    if value == TransactionSettings.Setting.concealedValue {
      return "give the value of \(name): reports do not hold it"
    }
    guard ApplicationSettings.contain(name) else {
      return "it may do more than change a plan; \(ApplicationSettings.summary)"
    }
    switch name {
    // PostgreSQL rounds a fraction, and 0 is no limit.
    case "lock_timeout" where value.wholeMatch(of: /[1-9][0-9]{0,5}(ms|s)?|[1-9][0-9]?min/) == nil:
      return
        "a statement that waits for a lock makes others wait behind it; give a whole number above 0, as in 2s"
    case "temp_file_limit" where value.contains("-"): return "it would take the limit off the server's disk"
    default: return nil
    }
  }

  /// Reasons of their own, by name in lower case: what another option does is named.
  private static let refused: [String: String] = {
    let readOnly = "every transaction of plandx is READ ONLY, and nothing lifts that"
    let isolation = "plandx chooses the isolation level of its transactions"
    let limits = "plandx ends what it has begun by this limit"
    let damage = "a damaged page is reported, never passed over"
    let reading = "statements are admitted as PostgreSQL's grammar reads them by default"
    return [
      "transaction_read_only": readOnly, "default_transaction_read_only": readOnly,
      "transaction_isolation": isolation, "default_transaction_isolation": isolation,
      "transaction_deferrable": isolation, "default_transaction_deferrable": isolation,
      "statement_timeout": "--timeout SECONDS limits the statement",
      "transaction_timeout": limits, "idle_in_transaction_session_timeout": limits,
      "idle_session_timeout": limits, "client_connection_check_interval": limits,
      "tcp_keepalives_idle": limits, "tcp_keepalives_interval": limits, "tcp_keepalives_count": limits,
      "tcp_user_timeout": limits,
      "zero_damaged_pages": damage, "ignore_checksum_failure": damage,
      "session_replication_role": "it switches off triggers and rules, which no plan needs",
      "session_authorization": "--role NAME acts as a role", "role": "--role NAME acts as a role",
      "search_path": "--search-path PATH sets it",
      "plan_cache_mode": "EXPLAIN with bound values does not heed it; --generic-plan shows the generic plan",
      "standard_conforming_strings": reading, "client_encoding": "plandx reads and writes UTF-8",
    ]
  }()
}
