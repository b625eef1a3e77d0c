import Foundation
import Testing
import ThrowawayServer

/// Where a report goes, what it may replace, and what else is said beside it.
@Suite(.serialized) struct OutputTests {
  static let sql = "SELECT id FROM orders WHERE status = 'open'"

  private func analyze(_ sql: String = Self.sql, to file: String, _ more: [String] = []) async throws
    -> Plandx
  {
    try await Plandx.run(["analyze", "--no-experiments", "-o", file] + more + Shop.options() + [sql])
  }

  @Test func replacesAReportOfTheSameStatementAlone() async throws {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      #expect(try await analyze(to: file).status == 0)
      #expect(try await analyze(to: file).status == 0)
      let kept = try folder.text("report.md")
      let refused = try await analyze("SELECT 1", to: file)
      #expect(
        refused.errors
          == "plandx: \(file) is not replaced: it is the report of another statement; use --force or another file\n"
      )
      #expect(refused.status == 73)
      #expect(try folder.text("report.md") == kept)
      #expect(try await analyze("SELECT 1", to: file, ["--force"]).status == 0)
      #expect(try folder.names() == ["report.md"])
    }
  }

  @Test func replacesWhatIsNoReportOnlyByForce() async throws {
    try await Scratch.withFolder { folder in
      let file = try folder.file("notes.md", "# Notes\n".utf8)
      let refused = try await analyze(to: file)
      #expect(
        refused.errors
          == "plandx: \(file) is not replaced: it is not a report of plandx; use --force or another file\n")
      #expect(refused.status == 73)
      #expect(try folder.text("notes.md") == "# Notes\n")
      #expect(try await analyze(to: file, ["--force"]).status == 0)
      #expect(try folder.text("notes.md").hasPrefix("# SQL Query Explainability — Diagnostic Report\n"))
    }
  }

  @Test func keepsModeOfAFileAndTargetOfALink() async throws {
    try await Scratch.withFolder { folder in
      let file = try folder.file("report.md", [])
      #expect(chmod(file, 0o640) == 0)
      let link = folder.appending(path: "latest.md")
      try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "report.md")
      #expect(try await analyze(to: link.path).status == 0)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == "report.md")
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect(try folder.names() == ["latest.md", "report.md"])
    }
  }

  @Test func writesToADeviceAndLeavesItThere() async throws {
    try await Scratch.withFolder { folder in
      let pipe = folder.appending(path: "pipe").path
      #expect(mkfifo(pipe, 0o600) == 0)
      // Opened for both ways it blocks nobody, and a report fits into its buffer.
      let reader = try #require(FileHandle(forUpdatingAtPath: pipe))
      #expect(try await analyze(to: pipe).status == 0)
      #expect(String(decoding: reader.availableData, as: UTF8.self).hasPrefix("# SQL Query Explainability"))
      #expect(try folder.names() == ["pipe"])
    }
  }

  @Test func refusesAFolderThatItMayNotWriteTo() async throws {
    try await Scratch.withFolder { folder in
      let closed = folder.appending(path: "closed")
      try FileManager.default.createDirectory(
        at: closed, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o555])
      #expect(chmod(folder.path, 0o755) == 0)
      let file = closed.appending(path: "report.md").path
      // Root may write everywhere.
      let nobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
      let run = try await Plandx.run(
        ["analyze", "-o", file] + Shop.options() + ["SELECT 1"], prefix: geteuid() == 0 ? nobody : [])
      #expect(
        run.errors == "plandx: \(file) cannot be written: Permission denied; choose another file with -o\n")
      #expect(run.status == 73)
      #expect(try closed.names().isEmpty)
    }
  }

  @Test func endsQuietlyWhenItsReaderWentAway() async throws {
    // The reader ends long before there is something to read.
    let shell = ["/bin/sh", "-c", "{ \"$0\" \"$@\"; echo \"status $?\" >&2; } | :"]
    let run = try await Plandx.run(["analyze"] + Shop.options() + [Self.sql], prefix: shell)
    #expect(run.errors == "status 141\n")
  }

  @Test func neverTakesTheServersSocketForAClosedStdout() async throws {
    let run = try await Plandx.run(
      ["analyze"] + Shop.options() + [Self.sql], prefix: ["/bin/sh", "-c", "exec \"$0\" \"$@\" >&-"])
    #expect(run.errors == "plandx: stdout cannot be written: Bad file descriptor\n")
    #expect(run.status == 73)
  }

  @Test func printsTheReportAndNothingElseToStdout() async throws {
    let run = try await Plandx.run(["analyze"] + Shop.options() + [Shop.join])
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix(
        "# SQL Query Explainability — Diagnostic Report\nPreview Only - not for distribution\n"))
    #expect(run.output.hasSuffix(" -->\n"))
    #expect(run.errors.isEmpty)
    try await Scratch.withFolder { folder in
      let file = try folder.file("report.md", run.output.utf8)
      #expect(try await Plandx.run(["check", file]).errors == "plandx: \(file) is complete\n")
    }
  }

  @Test func summarizesWhereTheReportWent() async throws {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let run = try await analyze(to: file)
      #expect(run.output.isEmpty)
      #expect(run.firstError.hasPrefix("plandx: 1 finding in "))
      #expect(run.firstError.hasSuffix("; report in \(file)"))
      #expect(try await analyze(to: file, ["-q"]).errors.isEmpty)
    }
  }

  @Test(arguments: [(["-v"], false), (["-v", "-q"], false), (["--color", "always"], true), ([], false)])
  func colorsOnlyWhatIsAskedFor(_ options: [String], _ isColored: Bool) async throws {
    try await Scratch.withFolder { folder in
      let run = try await analyze(to: folder.appending(path: "report.md").path, options)
      #expect(run.errors.contains("\u{1B}[") == isColored)
      #expect(try !folder.text("report.md").contains("\u{1B}"))
    }
  }

  @Test(arguments: [(["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), ([:], true)])
  func honoursNoColorOnATerminal(_ environment: [String: String], _ isColored: Bool) async throws {
    let terminal = try Terminal()
    let invocation = try await Invocation(
      ["analyze"] + Shop.options() + [Self.sql], errors: terminal.side, environment: environment)
    #expect(try await invocation.end().status == 0)
    let shown = terminal.shown()
    #expect(shown.contains(": Full scan of public.orders"))
    #expect(shown.contains("\u{1B}[31;1mCRITICAL\u{1B}[0m") == isColored)
  }

  @Test func logsEveryStatementWithItsTime() async throws {
    let run = try await Plandx.run(["analyze", "-v", "--no-experiments"] + Shop.options() + [Self.sql])
    let starts = run.errors.split(separator: "\n").filter { $0.hasPrefix("plandx: ") }
    // Of statements that are sent together only the time of all is known: it stands on the last one.
    let batched = starts.map { $0.hasPrefix("plandx: in one round trip: ") }
    for (line, (isBatched, next)) in zip(starts, zip(batched, starts.dropFirst())) where isBatched {
      #expect(next.hasPrefix("plandx: in one round trip"), "no time for \(line)")
    }
    #expect(starts.contains { $0.wholeMatch(of: /plandx: in one round trip, [0-9.,]+ ms in all: .*/) != nil })
    #expect(zip(starts, batched).allSatisfy { $1 || $0.contains(" ms") })
    for (time, statement) in [
      ("in one round trip", "BEGIN"), (" ms", "EXPLAIN (VERBOSE, SETTINGS) "),
      (" ms", "EXPLAIN (ANALYZE, VERBOSE, BUFFERS, SETTINGS) "), (" ms", "ROLLBACK"),
    ] {
      #expect(starts.contains { $0.contains("\(time): \(statement)") }, "no \(statement)")
    }
    #expect(
      run.errors.contains(
        "in one round trip: SELECT pg_catalog.set_config($1, $2, true) -- $1 = 'statement_timeout', $2 = '300000ms'\n"
      ))
    #expect(run.output.hasPrefix("# SQL Query"))
  }

  @Test(arguments: ["low", "moderate", "high", "critical"])
  func failsOnAFindingAsSevereAsAskedFor(_ severity: String) async throws {
    let run = try await Plandx.run(
      ["analyze", "--no-experiments", "--fail-on", severity] + Shop.options() + [Self.sql])
    #expect(run.status == 3)
    #expect(run.output.hasSuffix(" -->\n"))
    let healthy = try await Plandx.run(
      ["analyze", "--no-experiments", "--fail-on", severity] + Shop.options()
        + ["SELECT id FROM orders WHERE id = 7"])
    #expect(healthy.status == 0)
  }
}
