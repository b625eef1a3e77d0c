import Foundation
import Testing

@testable import handbook

@Suite struct ReadmeTests {
  @Test func showsExcerptsOfTheSampleReportsAsTheyAre() throws {
    let readme = try ReadmeExcerpts(in: Repository.root)
    #expect(try readme.updated() == readme.recorded, "README.md is stale: run \(ReadmeExcerpts.command)")
    #expect(readme.recorded.contains("<!-- excerpt: Samples/"))
  }

  @Test func readsAnExcerptsMark() throws {
    let excerpt = try #require(Excerpt(mark: "<!-- excerpt: a/b.md, from '## A' to '## B' -->"))
    #expect([excerpt.path, excerpt.first, excerpt.end] == ["a/b.md", "## A", "## B"])
    #expect(Excerpt(mark: "<!-- a comment -->") == nil)
  }

  @Test func namesNoOptionAndNoCommandThatTheBuildDoesNotHave() async throws {
    let main = try await Plandx.run("--help", in: Repository.root).output
    let commands = ["analyze", "offline", "reassess", "check", "rewrite", "batch", "demo"]
    var help = ""
    for command in commands {
      help += try await Plandx.run(command, "--help", in: Repository.root).output
    }
    let readme = try ReadmeExcerpts(in: Repository.root).recorded
    for command in commands {
      #expect(main.contains("\n  \(command) "))
      #expect(readme.contains("\n### plandx \(command)\n"))
    }
    let words = readme.split { !($0.isLetter || $0 == "-") }.filter {
      $0.hasPrefix("--") && $0.contains(where: \.isLetter)
    }
    for option in Set(words).subtracting(["--help"]) {
      #expect(help.contains("\(option) "), "README.md names \(option)")
    }
  }

  @Test(arguments: ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
  func namesNoFileThatIsNotThere(in page: String) throws {
    let text = try String(contentsOf: Repository.root.appending(path: page), encoding: .utf8)
    let words = text.split { $0.isWhitespace || "`(),:[];".contains($0) }
    let paths = words.filter { word in
      ["Sources/", "Tests/", "docs/", "Samples/", "scripts/"].contains { word.hasPrefix($0) }
    }
    for path in paths where !path.contains("<") && !path.contains("*") {
      let file = Repository.root.appending(path: path.hasSuffix(".") ? path.dropLast() : path)
      #expect(FileManager.default.fileExists(atPath: file.path), "\(page) names \(path)")
    }
  }

  @Test func describesEveryTarget() throws {
    let page = try String(contentsOf: Repository.root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
    let targets = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appending(path: "Sources").path)
    for target in targets {
      #expect(page.contains("`\(target)`"), "ARCHITECTURE.md does not name \(target)")
    }
  }

  /// Every `name.md` that a doc comment cites is a page of this repository.
  @Test func hasEveryPageThatADocCommentCites() throws {
    let sources = Repository.root.appending(path: "Sources")
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter {
      $0.hasSuffix(".swift")
    }
    let pages = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appending(path: "docs").path)
    for file in files {
      let text = try String(decoding: Data(contentsOf: sources.appending(path: file)), as: UTF8.self)
      let comments = text.split(separator: "\n").filter { $0.drop { $0 == " " }.hasPrefix("///") }
      let words = comments.flatMap { $0.split { !($0.isLetter || $0 == "-" || $0 == ".") } }
      let cited = words.filter { $0.hasSuffix(".md") && $0.count > 3 }.map(String.init)
      for page in cited where page.first?.isLowercase == true && page != "report.md" {
        #expect(pages.contains(page), "\(file) cites \(page), which docs does not have")
      }
    }
  }
}
