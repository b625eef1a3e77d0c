/// Finds findings that one setting of `work_mem` cures, so that it is advised once, and large enough for all.
enum SharedMemory {
  /// The findings, all that ask for `work_mem` linked to the costliest, which then asks for what the largest needs.
  static func linking(_ findings: [Finding]) -> [Finding] {
    let keys = Set(findings.map(\.key))
    let asking = findings.indices.filter { place in
      !(findings[place].explainedBy.map(keys.contains) ?? false) && findings[place].workMem != nil
    }
    guard asking.count > 1,
      let host = asking.max(by: { findings[$0].impact.share < findings[$1].impact.share }),
      let largest = asking.compactMap({ findings[$0].workMem }).max()
    else { return findings }
    var findings = findings
    findings[host].setWorkMem(kilobytes: largest)
    for guest in asking where guest != host { findings[guest].explainedBy = findings[host].key }
    return findings
  }
}

extension Finding {
  /// The `work_mem` that is advised, in kilobytes, where it is.
  var workMem: Int? {
    remedies.lazy.compactMap { remedy -> Int? in
      if case .setWorkMem(let kilobytes) = remedy.action { kilobytes } else { nil }
    }.first
  }

  /// Replaces the `work_mem` that is advised.
  mutating func setWorkMem(kilobytes: Int) {
    guard let position = remedies.firstIndex(where: { $0.action.isWorkMem }) else { return }
    remedies[position].action = .setWorkMem(kilobytes: kilobytes)
  }
}

extension RemedyAction {
  var isWorkMem: Bool { if case .setWorkMem = self { true } else { false } }
}
