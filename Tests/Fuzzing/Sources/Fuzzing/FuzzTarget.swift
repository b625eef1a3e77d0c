/// What is given arbitrary bytes: it may refuse them, but it may not crash, hang or contradict itself.
enum FuzzTarget: String {
  case text, json, yaml, xml, log, gzip, diagnosis

  static let chosen: FuzzTarget = {
    let flag = "--reader="
    let names = CommandLine.arguments.filter { $0.hasPrefix(flag) }.map { $0.dropFirst(flag.count) }
    guard let target = names.first.flatMap({ FuzzTarget(rawValue: String($0)) }) else {
      fatalError("--reader=NAME is missing: text, json, yaml, xml, log, gzip or diagnosis")
    }
    return target
  }()

  func take(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch self {
    case .text: PlanTarget.readAnswer(bytes)
    case .json, .yaml, .xml: PlanTarget.read(bytes)
    case .log: LogTarget.read(bytes)
    case .gzip: GzipTarget.read(bytes)
    case .diagnosis: DiagnosisTarget.examine(bytes)
    }
  }
}
