import Foundation

/// The results of a run, written as a page after every case, so that one that ends early leaves what it knows.
actor FaultLedger {
  static let shared = FaultLedger(of: .current)

  private let selection: FaultSelection
  private let expected: Int
  private var results: [FaultResult] = []

  init(of selection: FaultSelection) {
    self.selection = selection
    self.expected = selection.cases.count
  }

  /// Notes a case's result; the page of all of them when it was the last.
  func note(_ result: FaultResult) -> FaultPage? {
    results.append(result)
    let page = FaultPage(results.sorted { $0.fault.name < $1.fault.name }, of: selection)
    print("planted fault \(FaultPage.line(of: result))")
    try? Data(page.markdown.utf8).write(to: file)
    return results.count == expected ? page : nil
  }

  private var file: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: ".build/planted-faults-\(selection.label).md")
  }
}
