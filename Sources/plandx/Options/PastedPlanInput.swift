import PlanReading
import Reporting
import Statements

/// `--pasted FILE`: the plan that a captured one is compared with.
struct PastedPlanInput {
  let path: String

  /// - Throws: `CommandFailure` when the file cannot be read or holds no plan.
  func plan() throws -> PastedPlan {
    let isStandardInput = path == "-"
    let bytes =
      try isStandardInput ? InputFile.standardInput(wanted: "a plan") : InputFile(path: path).bytes()
    do throws(PlanReadingError) {
      let read = try PlanReader.read(bytes)
      return PastedPlan(plan: read.plan, text: read.text, notes: Self.notes(on: read))
    } catch {
      let failure = CommandFailure(error)
      let name = isStandardInput ? "stdin" : HiddenCharacters.name(path)
      throw CommandFailure(failure.status, "\(name): \(failure.message)", details: failure.details)
    }
  }

  private static func notes(on read: ReadPlan) -> [String] {
    read.notes.map(\.words)
      + read.otherPlans.map { "only its first plan is read; a further one starts at line \($0.start.line)" }
  }
}
