import Reporting
import Testing

/// A report of fixed values under a name.
struct SampleReport: Sendable, CustomTestStringConvertible {
  var name: String
  var report: DiagnosticReport
  var testDescription: String { name }
}

enum SampleReports {
  static let all = [
    SampleReport(name: "postgres-findings", report: OrdersReport.report),
    SampleReport(name: "postgres-healthy", report: HealthyReport.report),
    SampleReport(name: "postgres-update-over-30s", report: LongUpdateReport.report),
    SampleReport(name: "postgres-capture-timed-out", report: TimedOutReport.report),
    SampleReport(name: "postgres-bare-insert", report: BareInsertReport.report),
    SampleReport(name: "postgres-parallel", report: ParallelReport.report),
    SampleReport(name: "postgres-pasted", report: PastedReport.report),
    SampleReport(name: "dsql-offline", report: AccountReport.report),
    SampleReport(name: "dsql-anomaly", report: AnomalyReport.report),
  ]
}
