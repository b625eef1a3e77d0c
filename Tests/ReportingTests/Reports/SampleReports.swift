import Testing
import Reporting

/// A report of fixed values under a name.
struct SampleReport: Sendable, CustomTestStringConvertible {
  var name: String
  var report: DiagnosticReport
  var testDescription: String { name }
}

enum SampleReports {
  static let all = [SampleReport(name: "postgres-findings", report: OrdersReport.report)]
}
