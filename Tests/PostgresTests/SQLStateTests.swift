import Testing

@testable import Postgres

@Suite struct SQLStateTests {
  @Test(arguments: [
    ("28P01", "denied"), ("28000", "denied"), ("42501", "denied"), ("3D000", "unavailable"),
    ("53300", "transient"), ("55P03", "transient"), ("57014", "transient"), ("57P01", "transient"),
    ("57P03", "transient"), ("40001", "transient"), ("42P01", ""), ("40P01", "transient"),
    ("08P01", "transient"), ("53200", ""),
    ("42601", ""), ("3D001", ""),
  ])
  func isSortedByWhatTheUserCanDo(_ code: String, _ kind: String) {
    let state = SQLState(rawValue: code)
    let kinds = [
      state.isPermissionDenied ? "denied" : nil, state.isUnavailable ? "unavailable" : nil,
      state.isTransient ? "transient" : nil,
    ]
    #expect(kinds.compactMap { $0 }.joined(separator: " ") == kind)
  }
}
