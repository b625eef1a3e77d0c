import PlanModel
import PlanReading
import PlanWriting

/// Plans: what can be read can be computed and written.
enum PlanTarget {
  /// As somebody's paste, in whatever format it looks like.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let read = try? PlanReader.read(Array(bytes)) else { return }
    compute(read.plan)
  }

  /// As a paste, and as a server's own answer.
  static func readAnswer(_ bytes: UnsafeBufferPointer<UInt8>) {
    read(bytes)
    guard let answer = try? PlanReader.readAnswer(String(decoding: bytes, as: UTF8.self)) else { return }
    compute(answer.plan)
    _ = TextPlanWriter.text(of: answer.plan)
  }

  private static func compute(_ plan: ExplainedPlan) {
    let errors = plan.estimationErrors(plan.estimateComparability())
    precondition(PlanTimings(plan).nodes.count == plan.originsOfError(errors).count)
  }
}
