import Foundation
import Testing
import ThrowawayServer

/// What a report may replace, and how.
@Suite struct OutputFileTests {
  private func offline(
    to file: String, _ more: [String] = [], plan: String = Pasted.slowJoin, prefix: [String] = []
  ) async throws -> Plandx {
    try await Plandx.run(["offline", "-o", file] + more, input: plan, prefix: prefix)
  }

  /// Another user, where this one is root and may do everything.
  private static let nobody =
    geteuid() == 0 ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  // MARK: Refused before any work

  /// The path in a folder, and the reason.
  static let refused: [(String, String)] = [
    ("folder", "it is a folder"),
    ("link-to-folder", "it is a folder"),
    ("missing/report.md", "there is no folder FOLDER/missing"),
    ("new/", "there is no folder FOLDER/new/"),
    ("a\n\u{1B}[31m/report.md", "there is no folder FOLDER/a\\u000A\\u001B[31m"),
    ("file/report.md", "Not a directory"),
    ("loop", "Too many levels of symbolic links"),
    ("dangling-far", "there is no folder FOLDER/missing"),
    (String(repeating: "r", count: 256), "File name too long"),
  ]

  @Test(arguments: refused)
  func saysWhyAPathCannotBeWritten(_ name: String, _ reason: String) async throws {
    try await Scratch.withFolder { folder in
      let manager = FileManager.default
      try manager.createDirectory(at: folder.appending(path: "folder"), withIntermediateDirectories: false)
      _ = try folder.file("file", [])
      for (link, target) in [
        ("loop", "loop"), ("link-to-folder", "folder"), ("dangling-far", "missing/x.md"),
      ] {
        try manager.createSymbolicLink(
          atPath: folder.appending(path: link).path, withDestinationPath: target)
      }
      let names = try folder.names()
      // Before the database is asked: there is none.
      let run = try await Plandx.run([
        "analyze", "-h", "/nowhere", "-o", folder.path + "/" + name, "SELECT 1",
      ])
      let shown = name.replacing("\n", with: "\\u000A").replacing("\u{1B}", with: "\\u001B")
      let words = reason.replacing("FOLDER", with: folder.path)
      #expect(
        run.errors
          == "plandx: \(folder.path)/\(shown) cannot be written: \(words); choose another file with -o\n")
      #expect(run.status == 73)
      #expect(try folder.names() == names)
    }
  }

  /// Rights alone do not tell: a group that the new file could not have, and a file system that takes no files.
  @Test func refusesWhatCannotBeReplaced() async throws {
    try await Scratch.withFolder { folder in
      var refused =
        [("/proc/plandx-report.md", [], "No such file or directory")] as [(String, [String], String)]
      if geteuid() == 0 {
        #expect(chmod(folder.path, 0o777) == 0)
        let file = try folder.file("foreign-group.md", [])
        #expect(chown(file, 65534, 0) == 0)
        refused.append((file, Self.nobody, "Operation not permitted"))
      }
      let names = try folder.names()
      for (path, prefix, reason) in refused {
        let run = try await Plandx.run(["analyze", "-h", "/nowhere", "-o", path, "SELECT 1"], prefix: prefix)
        #expect(run.errors == "plandx: \(path) cannot be written: \(reason); choose another file with -o\n")
        #expect(run.status == 73)
      }
      #expect(try folder.names() == names)
    }
  }

  @Test func refusesAnEmptyName() async throws {
    let run = try await Plandx.run(["analyze", "-h", "/nowhere", "-o", "", "SELECT 1"])
    #expect(run.errors == "plandx: cannot be written: its name is empty; choose another file with -o\n")
    #expect(run.status == 73)
  }

  @Test func refusesWhatThisUserMayNotWrite() async throws {
    try await Scratch.withFolder { folder in
      #expect(chmod(folder.path, 0o755) == 0)
      let closed = folder.appending(path: "closed")
      try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: false)
      let open = folder.appending(path: "open")
      try FileManager.default.createDirectory(at: open, withIntermediateDirectories: false)
      #expect(chmod(open.path, 0o777) == 0)
      _ = try closed.file("report.md", [])
      #expect(chmod(closed.appending(path: "report.md").path, 0o666) == 0)
      _ = try open.file("read-only.md", [])
      #expect(chmod(open.appending(path: "read-only.md").path, 0o444) == 0)
      #expect(mkfifo(open.appending(path: "pipe").path, 0o400) == 0)
      if geteuid() == 0 {
        for file in [closed.appending(path: "report.md"), open.appending(path: "read-only.md")] {
          #expect(chown(file.path, 65534, 65534) == 0)
        }
      }
      try FileManager.default.createSymbolicLink(
        atPath: open.appending(path: "link.md").path, withDestinationPath: "../closed/new.md")
      #expect(chmod(closed.path, 0o555) == 0)
      defer { chmod(closed.path, 0o755) }
      var paths = ["closed/report.md", "closed/new.md", "open/link.md", "open/read-only.md", "open/pipe"]
      if geteuid() == 0 {
        _ = try open.file("roots.md", [])
        #expect(chmod(open.appending(path: "roots.md").path, 0o666) == 0)
        paths.append("open/roots.md")
      }
      for path in paths {
        let file = folder.appending(path: path).path
        let run = try await Plandx.run(
          ["analyze", "-h", "/nowhere", "-o", file, "SELECT 1"], prefix: Self.nobody)
        let reason = path == "open/roots.md" ? "it belongs to another user" : "Permission denied"
        #expect(run.errors == "plandx: \(file) cannot be written: \(reason); choose another file with -o\n")
        #expect(run.status == 73)
      }
      #expect(try closed.names() == ["report.md"])
    }
  }

  @Test func neverReplacesWhatItReads() async throws {
    try await Scratch.withFolder { folder in
      let plan = try folder.file("plan.txt", Pasted.slowJoin.utf8)
      let sql = try folder.file("query.sql", "SELECT 1".utf8)
      let link = folder.appending(path: "link.sql").path
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "query.sql")
      let runs = [
        try await Plandx.run(["offline", "-o", plan, "--force", plan]),
        try await Plandx.run(["offline", "-o", sql, "--force", "--sql", sql, plan]),
        try await Plandx.run(["analyze", "-h", "/nowhere", "-o", link, "--force", "-f", sql]),
        try await Invocation(
          ["analyze", "-h", "/nowhere", "-o", sql, "--force"],
          input: .handle(#require(FileHandle(forReadingAtPath: sql)))
        ).end(),
      ]
      for run in runs {
        #expect(run.firstError.hasSuffix(" is not replaced: it is what is read; choose another file with -o"))
        #expect(run.status == 73)
      }
      #expect(try folder.text("plan.txt") == Pasted.slowJoin)
      #expect(try folder.text("query.sql") == "SELECT 1")
    }
  }

  @Test func takesAFileThatIsNoTextForNoReport() async throws {
    try await Scratch.withFolder { folder in
      let file = try folder.file("report.md", [0x23, 0x20, 0xFF, 0xFE])
      let refused = try await offline(to: file)
      #expect(
        refused.firstError
          == "plandx: \(file) is not replaced: it is not a report of plandx; use --force or another file")
      #expect(refused.status == 73)
      #expect(try await offline(to: file, ["--force"]).status == 0)
    }
  }

  // MARK: Replaced

  @Test func keepsModeAndOwner() async throws {
    try await Scratch.withFolder { folder in
      let file = try folder.file("report.md", [])
      #expect(chmod(file, 0o2600) == 0)
      if geteuid() == 0 { #expect(chown(file, 65534, 65534) == 0) }
      #expect(try await offline(to: file).status == 0)
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      #expect(try mode(file).map { $0 & 0o777 } == 0o600)
      #expect(attributes[.ownerAccountID] as? UInt32 == (geteuid() == 0 ? 65534 : geteuid()))
      #expect(attributes[.groupOwnerAccountID] as? UInt32 == (geteuid() == 0 ? 65534 : getegid()))
    }
  }

  @Test func makesANewFileAsTheUserMakesFiles() async throws {
    try await Scratch.withFolder { (folder: URL) async throws in
      let file = folder.appending(path: "report.md").path
      let shell = ["/bin/sh", "-c", "umask 027; exec \"$0\" \"$@\""]
      #expect(try await offline(to: file, prefix: shell).status == 0)
      #expect(try mode(file) == 0o640)
    }
  }

  @Test func followsLinksAlsoToAFileThatIsNotThereYet() async throws {
    try await Scratch.withFolder { folder in
      let manager = FileManager.default
      try manager.createDirectory(at: folder.appending(path: "reports"), withIntermediateDirectories: false)
      let links = [("latest.md", "reports/today.md"), ("reports/today.md", "monday.md")]
      for (link, target) in links {
        try manager.createSymbolicLink(
          atPath: folder.appending(path: link).path, withDestinationPath: target)
      }
      #expect(try await offline(to: folder.appending(path: "latest.md").path).status == 0)
      #expect(try folder.text("reports/monday.md").hasPrefix("# SQL Query Explainability"))
      #expect(try await offline(to: folder.appending(path: "latest.md").path).status == 0)
      for (link, target) in links {
        #expect(try manager.destinationOfSymbolicLink(atPath: folder.appending(path: link).path) == target)
      }
      #expect(try folder.appending(path: "reports").names() == ["monday.md", "today.md"])
    }
  }

  @Test func leavesTheOldReportUnderItsOtherName() async throws {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      #expect(try await offline(to: file).status == 0)
      let old = try folder.text("report.md")
      try FileManager.default.linkItem(atPath: file, toPath: folder.appending(path: "kept.md").path)
      #expect(try await offline(to: file, plan: Pasted.dsqlFullScan).status == 0)
      #expect(try folder.text("kept.md") == old)
      #expect(try folder.text("report.md") != old)
    }
  }

  @Test func takesEveryNameThatTheSystemTakes() async throws {
    try await Scratch.withFolder { folder in
      for name in [
        String(repeating: "r", count: 255), "-o", "a\nb\u{1B}[31m.md", "it's \"$(x)\".md", "\u{202E}dm.x",
      ] {
        let run = try await offline(to: folder.path + "/" + name)
        #expect(run.status == 0)
        #expect(!run.errors.contains("\u{1B}") && !run.errors.contains("\u{202E}"))
        #expect(try await Plandx.run(["check", folder.path + "/" + name]).status == 0)
        try FileManager.default.removeItem(atPath: folder.path + "/" + name)
      }
      #expect(try folder.names().isEmpty)
    }
  }

  @Test(arguments: ["-", "/dev/stdout", "/proc/self/fd/1"])
  func writesToAnOpenStream(_ path: String) async throws {
    let run = try await offline(to: path)
    #expect(run.output.hasPrefix("# SQL Query Explainability"))
    #expect(run.status == 0)
    #expect(try await offline(to: "/dev/null").status == 0)
    #expect(!FileManager.default.fileExists(atPath: "-"))
  }

  @Test(arguments: ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
  func followsALinkToAnOpenStream(_ target: String) async throws {
    try await Scratch.withFolder { folder in
      let link = folder.appending(path: "link").path
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
      let pipe = ["/bin/sh", "-c", "\"$0\" \"$@\" | cat"]
      for prefix in [[], pipe] {
        let run = try await offline(to: link, prefix: prefix)
        #expect(run.output.hasPrefix("# SQL Query Explainability"), "\(run.errors)")
        #expect(run.status == 0)
      }
      #expect(try folder.names() == ["link"])
    }
  }

  // MARK: When it goes wrong

  @Test func keepsTheOldReportWhenTheNewOneDoesNotFit() async throws {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      #expect(try await offline(to: file).status == 0)
      let old = try folder.text("report.md")
      // The shell counts blocks of 512 bytes. What is past the limit ends a process that does not care, as is
      // ThreadSanitizer, which does without its temporary file where there is no folder for it.
      let shell = ["/bin/sh", "-c", "ulimit -f 2; TMPDIR=/nowhere exec \"$0\" \"$@\""]
      let run = try await offline(to: file, prefix: shell)
      #expect(run.firstError.hasPrefix("plandx: \(file) cannot be written: File too large"))
      #expect(run.status == 73)
      #expect(try folder.text("report.md") == old)
      #expect(try folder.names() == ["report.md"])
    }
  }

  @Test func printsTheReportThatNoFileTakes() async throws {
    let run = try await offline(to: "/dev/full")
    #expect(
      run.firstError
        == "plandx: /dev/full cannot be written: No space left on device; choose another file with -o; this report went to stdout"
    )
    #expect(run.output.hasPrefix("# SQL Query Explainability"))
    #expect(run.status == 73)
  }

  @Test func removesWhatKilledRunsLeftBehind() async throws {
    try await Scratch.withFolder { folder in
      _ = try folder.file(".plandx-0123ABCD.tmp", "half a rep".utf8)
      _ = try folder.file(".plandx-notes.md", "mine".utf8)
      #expect(try await offline(to: folder.appending(path: "report.md").path).status == 0)
      #expect(try folder.names() == [".plandx-notes.md", "report.md"])
    }
  }

  @Test func writesOneOfTwoReportsWhole() async throws {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
        for _ in 0..<6 { group.addTask { try await offline(to: file).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 0, count: 6))
      #expect(try folder.names() == ["report.md"])
      #expect(try await Plandx.run(["check", file]).status == 0)
    }
  }

  /// The plan comes through a pipe: meanwhile somebody else writes to the report.
  @Test func appendsNothingToAReportThatWasChangedMeanwhile() async throws {
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      #expect(try await offline(to: file).status == 0)
      let pipe = folder.appending(path: "plan").path
      #expect(mkfifo(pipe, 0o600) == 0)
      let invocation = try Invocation(["reassess", file, "--plan", pipe])
      // Opens when the program does.
      let writer = try await Task.detached { try #require(FileHandle(forWritingAtPath: pipe)) }.value
      let changed = try folder.text("report.md") + "\nA note.\n"
      _ = try folder.file("report.md", changed.utf8)
      try writer.write(contentsOf: Data(Pasted.slowJoin.utf8))
      try writer.close()
      let run = try await invocation.end()
      #expect(
        run.firstError
          == "plandx: \(file) is left as it is: somebody else has changed it meanwhile; run this again"
      )
      #expect(run.status == 73)
      #expect(try folder.text("report.md") == changed)
      #expect(try folder.names() == ["plan", "report.md"])
    }
  }

  @Test func replacesNothingThatAppearedMeanwhile() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let invocation = try Invocation([
        "analyze", "-d", database.connectionString, "-o", file, "SELECT pg_sleep(1)",
      ])
      try await Activity.wait(on: database) { "wait_event = 'PgSleep'" }
      _ = try folder.file("report.md", "My notes.\n".utf8)
      let run = try await invocation.end()
      #expect(
        run.firstError
          == "plandx: \(file) is not replaced: it is not a report of plandx; use --force or another file; this report went to stdout"
      )
      #expect(run.output.hasPrefix("# SQL Query Explainability"))
      #expect(run.status == 73)
      #expect(try folder.text("report.md") == "My notes.\n")
    }
  }
}
