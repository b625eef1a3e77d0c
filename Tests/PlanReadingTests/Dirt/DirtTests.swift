import PlanModel
import PlanReading
import Testing

/// A plan is read alike whatever its carrier made of it.
@Suite struct DirtTests {
  static let twins = ["pasted/long.txt", "pasted/plain.txt", "psql/plain.txt"]

  private static func difference(_ text: String, from clean: ExplainedPlan) -> String? {
    do {
      let plan = try PlanReader.read(text).plan
      guard plan != clean else { return nil }
      guard plan.nodes.count == clean.nodes.count else { return "\(plan.nodes.count) nodes" }
      for (node, twin) in zip(plan.nodes, clean.nodes) where node != twin {
        return "\(node) instead of \(twin)"
      }
      return "trailers: \(plan.otherTrailers) \(plan.settings)"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: Dirt.names, twins)
  func readsThePlanBelowTheDirt(_ name: String, _ twin: String) throws {
    let clean = try Fixture.named(twin).text
    let dirt = try #require(Dirt.named(name))
    let difference = Self.difference(dirt.apply(clean), from: try PlanReader.read(clean).plan)
    #expect(difference == nil)
  }

  /// One dirt over another, as when a quoted e-mail is pasted with numbers: read alike, or not at all.
  @Test(arguments: outer.map { $0.name })
  func readsNothingElseBelowTwoKindsOfDirt(_ name: String) throws {
    let clean = try Fixture.named("pasted/plain.txt").text
    let plan = try PlanReader.read(clean).plan
    let outer = try #require(Dirt.named(name))
    for inner in Self.inner {
      let read = try? PlanReader.read(outer.apply(inner.apply(clean)))
      let isRefused = read == nil && !Self.isReadable(inner)
      #expect(isRefused || read?.plan == plan, "\(inner.name) below \(outer.name)")
    }
  }

  static let outer =
    (Dirt.heads + Dirt.characters + Dirt.blanks).filter {
      ![
        "a chat's time", "a chat's time, twice", "entities of entities", "<br>", "<pre>",
        "a lost first indent",
      ]
      .contains($0.name)
    }
  static let inner =
    (Dirt.decorations + Dirt.heads + Dirt.characters + Dirt.blanks).filter {
      !["a chat's time, twice", "no line end"].contains($0.name)
    }

  /// Rows that psql shows as a column each are read below nothing else.
  private static func isReadable(_ inner: Dirt) -> Bool {
    (Dirt.decorations + Dirt.blanks).contains { $0.name == inner.name } && inner.name != "psql, expanded"
  }

  @Test(arguments: [
    "csv.txt", "html.txt", "asciidoc.txt", "troff-ms.txt", "wrapped.txt", "expanded.txt",
    "expanded-border-2.txt",
    "expanded-unaligned.txt", "unicode-border-2.txt",
  ])
  func readsEveryFormatOfPsql(_ name: String) throws {
    let clean = try PlanReader.read(try Fixture.named("psql/plain.txt").text).plan
    let difference = Self.difference(try Fixture.named("psql/\(name)").text, from: clean)
    #expect(difference == nil)
  }

  @Test(arguments: ["expanded.json", "unicode-border-2.json", "unicode.json", "old-ascii.json"])
  func readsJSONInEveryFormatOfPsql(_ name: String) throws {
    let clean = try PlanReader.read(try Fixture.named("psql/plain.json").text).plan
    let difference = Self.difference(try Fixture.named("psql/\(name)").text, from: clean)
    #expect(difference == nil)
  }
}
