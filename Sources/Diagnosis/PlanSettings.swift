import Catalog
import PlanModel

/// Settings under which the plan was made.
extension DiagnosticCase {
  /// A setting's value: what the plan itself printed, else what the session said; `nil` where neither did.
  func setting(_ name: String) -> String? {
    plan.settings.first { $0.key.name == name }?.value ?? evidence.setting(name)
  }

  /// A setting that is a plain number.
  func number(ofSetting name: String) -> Double? { setting(name).flatMap(Double.init) }

  /// A setting that is on or off; `nil` where its value was not seen.
  func isOn(_ name: String) -> Bool? { setting(name).map { $0 == "on" } }

  /// A size of memory in bytes: EXPLAIN prints it with its unit, `pg_settings` in kilobytes.
  func bytes(ofSetting name: String) -> Double? {
    guard let value = setting(name), let number = Double(value.prefix { $0.isNumber }) else { return nil }
    let units = ["B": 1.0, "MB": 1_048_576, "GB": 1_073_741_824, "TB": 1_099_511_627_776]
    return number * (units[String(value.drop { $0.isNumber })] ?? 1_024)
  }
}
