import Diagnosis

extension Finding {
  /// The sentence of the advice to change the statement.
  var sentence: String? {
    remedies.lazy.compactMap { remedy -> String? in
      if case .changeStatement(let sentence) = remedy.action { sentence } else { nil }
    }.first
  }

  /// The settings that are advised: `jit = off`.
  var settings: String? {
    remedies.lazy.compactMap { remedy -> String? in
      guard case .set(let settings) = remedy.action else { return nil }
      return settings.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    }.first
  }

  /// The `work_mem` that is advised, in megabytes.
  var workMemMegabytes: Int? {
    remedies.lazy.compactMap { remedy -> Int? in
      if case .setWorkMem(let kilobytes) = remedy.action { kilobytes / 1_024 } else { nil }
    }.first
  }
}
