import PlanModel
import PlanReading

/// The plan in a text that a test holds to be readable.
func readPlan(_ text: String) -> ExplainedPlan {
  do {
    return try PlanReader.read(text).plan
  } catch {
    preconditionFailure("the sample plan cannot be read: \(error)")
  }
}
