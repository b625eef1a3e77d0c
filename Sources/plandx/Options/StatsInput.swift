import Statements
import Workflow

/// `--stats FILE`: evidence that psql collected with the printed SQL.
struct StatsInput {
  let path: String

  /// - Throws: `CommandFailure` when the file cannot be read, is not what psql printed, or is of another plan.
  func added(to analysis: OfflineAnalysis) throws -> OfflineAnalysis {
    let bytes =
      try path == "-" ? InputFile.standardInput(wanted: "evidence") : InputFile(path: path).bytes()
    do throws(CollectedEvidenceError) {
      return try analysis.with(CollectedEvidence(String(decoding: bytes, as: UTF8.self)))
    } catch {
      let name = path == "-" ? "stdin" : HiddenCharacters.name(path)
      throw CommandFailure(.unusableInput, "\(name): \(error.words)")
    }
  }
}

extension CollectedEvidenceError {
  fileprivate var words: String {
    let advice = "print the script with plandx evidence-sql and run it by psql -At"
    return switch self {
    case .empty: "it holds no collected evidence: \(advice)"
    case .notAnAnswer(let line, let text):
      "line \(line) is no answer to the evidence SQL (\(HiddenCharacters.name(text))): \(advice)"
    case .otherVersion(let line, let version):
      "line \(line) has form \(version), of another plandx: print the script again with this one"
    case .unexpected(let line, let topic):
      "line \(line) answers '\(HiddenCharacters.name(topic))' a second time: give the output of one run"
    case .otherPlan(let topic):
      "'\(HiddenCharacters.name(topic))' belongs to another plan: collect the evidence for this one"
    }
  }
}
