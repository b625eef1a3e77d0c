import Foundation
import Testing

@testable import ThrowawayServer

/// Many plans in one run, with no database.
@Suite struct BatchTests {
  /// An entry of a log; its scan discards nearly all of 100,000 rows.
  static func entry(_ number: Int, constant: String = "'secret'") -> String {
    """
    2026-11-22 21:04:05.\(100 + number) UTC [4711] app@shop LOG:  duration: 8\(number).500 ms  plan:
    \tQuery Text: SELECT * FROM orders WHERE status = \(constant) /* secret */
    \tSeq Scan on public.orders  (cost=0.00..2041.00 rows=1 width=37) (actual time=0.010..81.250 rows=1 loops=1)
    \t  Filter: (status = \(constant)::text)
    \t  Rows Removed by Filter: 99999

    """
  }

  static let bad = """
    2026-11-22 21:04:06.000 UTC [4711] app@shop LOG:  duration: 1.000 ms  plan:
    \tQuery Text: SELECT 1
    \tResult  (cost=0.00..secret rows=1 width=4)
    2026-11-22 21:04:06.000 UTC [4711] app@shop LOG:  done

    """

  @Test func printsALineOfJSONForEachPlan() async throws {
    let run = try await Plandx.run(["batch"], input: Self.entry(1) + Self.entry(2))
    #expect(run.status == 0)
    #expect(
      run.errors
        == "plandx: 2 plans, 164 ms in all, in 1 input of \(Self.size(of: Self.entry(1) + Self.entry(2)))\n")
    #expect(!run.output.contains("secret"))
    let line = try #require(try BatchLineValue.lines(of: run.output).last)
    #expect(line.file == "stdin" && line.offset == Self.entry(1).utf8.count)
    #expect(line.time == "2026-11-22 21:04:05.102 UTC" && line.pid == 4711)
    #expect(line.database == "shop" && line.user == "app")
    #expect(line.duration_ms == 82.5 && line.execution_ms == nil && line.planning_ms == nil)
    #expect(line.nodes == 1 && line.shape == "Seq Scan orders" && line.format == "text")
    #expect(line.query == "SELECT * FROM orders WHERE status = $1 /**/")
    #expect(line.fingerprint?.count == 16 && line.plan_id.count == 16)
    let finding = try #require(line.findings.first)
    #expect(finding.rule == "FullScanFilterWaste" && finding.severity == "CRITICAL")
    #expect(
      finding.nodes == ["Seq Scan on public.orders"] && finding.share == 1 && finding.impact_ms == 81.25)
  }

  static func size(of text: String) -> String { "\(text.utf8.count) bytes" }

  @Test func keepsConstantsOnlyWhereAsked() async throws {
    let run = try await Plandx.run(["batch", "--literals", "-q"], input: Self.entry(1))
    #expect(run.errors.isEmpty && run.output.contains("status = 'secret' /* secret */"))
  }

  @Test func skipsWhatItCannotReadAndSaysWhere() async throws {
    let log = Self.entry(1) + Self.bad + Self.entry(2)
    let run = try await Plandx.run(["batch"], input: log)
    #expect(run.status == 0)
    #expect(try BatchLineValue.lines(of: run.output).count == 2)
    let offset = Self.entry(1).utf8.count
    #expect(
      run.firstError
        == "plandx: stdin, byte \(offset): the figures in line 1 of the plan, column 21, cannot be read; skipped"
    )
    #expect(run.errors.contains("; 1 bad place skipped\n") && !run.errors.contains("secret"))
  }

  @Test func failsWhereNothingCouldBeRead() async throws {
    #expect(try await Plandx.run(["batch"], input: Self.bad).status == 65)
    let prose = try await Plandx.run(["batch"], input: "Dear all,\n")
    #expect(
      prose.status == 65 && prose.firstError == "plandx: stdin, byte 0: neither a log nor a plan; skipped")
    let unknown = try await Plandx.run(["batch"], input: "- line: \"plan:\\n\\tQuery Text: SELECT 1\"\n")
    #expect(unknown.status == 65 && unknown.firstError.contains("it speaks of plans, but none was found"))
    // A log in which nothing was slow is no failure, nor is one that was just rotated.
    #expect(try await Plandx.run(["batch"], input: "").status == 0)
    #expect(try await Plandx.run(["batch"], input: "2026-11-22 21:04:06 UTC LOG:  x\n").status == 0)
  }

  @Test(arguments: [("critical", 3), ("low", 3)] as [(String, Int32)])
  func failsOnASeverity(_ severity: String, _ status: Int32) async throws {
    #expect(try await Plandx.run(["batch", "--fail-on", severity], input: Self.entry(1)).status == status)
    let healthy = "Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.001..0.001 rows=1 loops=1)\n"
    #expect(try await Plandx.run(["batch", "--fail-on", severity], input: healthy).status == 0)
  }

  @Test func ranksStatementsByTheTimeTheyTook() async throws {
    let cheap = Self.entry(1).replacing("orders", with: "carts").replacing(
      "duration: 81", with: "duration: 90")
    let log = Self.entry(1) + cheap + Self.entry(2, constant: "'other'")
    let run = try await Plandx.run(["batch", "--top", "5"], input: log)
    let rows = run.output.split(separator: "\n").map { $0.split(whereSeparator: { $0 == " " }) }
    #expect(run.status == 0 && rows.count == 3)
    #expect(rows[1].prefix(6) == ["1", "2", "164", "82.0", "82.5", "1"])
    #expect(rows[2].prefix(6) == ["2", "1", "90.5", "90.5", "90.5", "1"])
    #expect(run.output.contains("CRITICAL FullScanFilterWaste  Seq Scan orders  SELECT * FROM orders WHERE"))
    #expect(
      try await Plandx.run(["batch", "--top", "1"], input: log).output.split(separator: "\n").count == 2)
    #expect(try await Plandx.run(["batch", "--top", "0"], input: log).status == 64)
  }

  @Test func readsFilesInOrderCompressedOrNot() async throws {
    try await Scratch.withFolder { folder in
      let plain = try folder.file("a.txt", Self.entry(1).utf8)
      let zipped = try folder.file("b.log", Self.entry(2).utf8)
      _ = try Program(path: "/bin/sh", arguments: ["-c", "gzip -c \(zipped) > \(zipped).x"]).output()
      let run = try await Plandx.run(
        ["batch", plain, "\(folder.path)/none", "\(zipped).x", "-"], input: Self.entry(3))
      #expect(run.status == 66)
      #expect(run.firstError == "plandx: \(folder.path)/none: no such file")
      let lines = try BatchLineValue.lines(of: run.output)
      #expect(lines.map(\.file) == [plain, "\(zipped).x", "stdin"])
      #expect(lines.map(\.duration_ms) == [81.5, 82.5, 83.5])
    }
  }

  @Test(
    arguments: [
      ([0x28, 0xB5, 0x2F, 0xFD, 0, 0], "zstd"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz"),
      ([0xFF, 0xFE, 0x32, 0], "UTF-16"),
    ] as [([UInt8], String)])
  func saysWhatToDoWithOtherCompressions(_ bytes: [UInt8], _ name: String) async throws {
    try await Scratch.withFolder { folder in
      let run = try await Plandx.run(["batch", try folder.file("log", bytes)])
      #expect(run.status == 65 && run.firstError.contains(name), "\(run.errors)")
    }
  }

  @Test func readsFilesOfPastedPlans() async throws {
    let run = try await Plandx.run(
      ["batch"], input: "Before:\n\n" + Pasted.slowJoin + "\nAfter:\n\n" + Pasted.dsqlFullScan)
    let lines = try BatchLineValue.lines(of: run.output)
    #expect(run.status == 0 && lines.map(\.nodes) == [4, 5], "\(run.errors)")
    #expect(lines.map(\.execution_ms) == [45182.117, 812.679])
    #expect(lines.allSatisfy { $0.duration_ms == nil && $0.fingerprint == nil })
  }

  /// A plan that a statement's text quotes is not the statement's plan.
  @Test func readsThePlanBehindAStatementThatHoldsOne() async throws {
    let quoted = "'\n\tResult  (cost=0.00..0.01 rows=1 width=4)\n\t'"
    let run = try await Plandx.run(
      ["batch", "-q"], input: Self.entry(1, constant: "'x'").replacing("'x' ", with: "\(quoted) "))
    let lines = try BatchLineValue.lines(of: run.output)
    #expect(lines.map(\.shape) == ["Seq Scan orders"], "\(run.errors)")
  }

  @Test func endsSilentlyWhenNobodyReads() async throws {
    try await Scratch.withFolder { folder in
      let log = try folder.file("log", String(repeating: Self.entry(1), count: 2_000).utf8)
      let script =
        "\(Plandx.binary.path) batch -q \(log) 2>\(folder.path)/errors | head -n 1 >/dev/null; echo ${PIPESTATUS[0]}"
      let status = try Program(path: "/bin/bash", arguments: ["-c", script]).output()
      #expect(status == "141\n")
      #expect(try folder.text("errors").isEmpty)
    }
  }

  @Test func endsWhenInterrupted() async throws {
    try await Scratch.withFolder { folder in
      let pipe = folder.appending(path: "pipe").path
      #expect(mkfifo(pipe, 0o600) == 0)
      let writer = try #require(FileHandle(forUpdatingAtPath: pipe))
      let errors = FileHandle(forUpdatingAtPath: try folder.file("errors", []))
      let invocation = try Invocation(["batch", pipe], errors: errors)
      try writer.write(contentsOf: Data((Self.entry(1) + Self.entry(2)).utf8))
      try await Task.sleep(for: .milliseconds(500))
      kill(invocation.process, SIGINT)
      let run = try await invocation.end()
      #expect(run.status == 130)
      #expect(try folder.text("errors") == "plandx: interrupted: the rest was not read\n")
    }
  }

  @Test func saysOfEachInputWhatItIs() async throws {
    let run = try await Plandx.run(["batch", "-v"], input: Self.entry(1))
    #expect(run.firstError == "plandx: stdin: a log of lines, 1 plan")
  }
}
