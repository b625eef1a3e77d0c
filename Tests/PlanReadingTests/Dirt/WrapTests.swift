import PlanModel
import PlanReading
import Testing

/// How a carrier breaks lines at a width.
struct Wrap: Sendable {
  var name: String
  var apply: @Sendable (_ text: String, _ width: Int) -> String

  static let all = [
    Wrap(name: "an e-mail") { $0.wrapped(at: $1) },
    Wrap(name: "a quoted e-mail") { $0.wrapped(at: $1).mappingLines { "> \($1)" } },
    Wrap(name: "a terminal") { $0.cut(at: $1) },
    Wrap(name: "fold -s") { $0.folded(at: $1) },
    Wrap(name: "an editor that keeps the indent") { $0.wrappedWithIndent(at: $1) },
    Wrap(name: "quoted-printable") { $0.quotedPrintable(at: $1) },
  ]

  static func named(_ name: String) -> Wrap? { all.first { $0.name == name } }
}

/// A paste with broken lines is read as the plan that it was, or something is said; it never is another plan.
@Suite struct WrapTests {
  private static let widths = [60, 76, 80, 100, 132]

  /// Every so many of the committed plans in TEXT.
  static let plans = Result {
    let sample = try SampleTests.plans.get().filter { $0.format == .text }.map(\.text)
    let fixtures = try Fixture.all("postgres15").map(\.text)
    return (sample + fixtures).enumerated().filter { $0.offset % 16 == 5 }.map(\.element)
  }

  static func isNoted(_ read: ReadPlan) -> Bool { !read.notes.isEmpty || !read.otherPlans.isEmpty }

  @Test(arguments: Wrap.all.map(\.name))
  func readsNoOtherPlanOutOfBrokenLines(_ name: String) throws {
    let wrap = try #require(Wrap.named(name))
    var (equal, others) = (0, 0)
    for text in try Self.plans.get() {
      let clean = try PlanReader.read(text).plan
      for width in Self.widths {
        let broken = wrap.apply(text, width)
        guard broken != text, let read = try? PlanReader.read(broken) else { continue }
        if read.plan == clean { equal += 1 } else { others += 1 }
        #expect(read.plan == clean || Self.isNoted(read), "\(width):\n\(broken)")
      }
    }
    // Blanks within literals are lost, and what else nobody can know.
    #expect(others * 8 <= equal, "\(equal) and \(others)")
  }

  @Test(arguments: ["formats/one", "pasted/long"], ["json", "yaml", "xml"])
  func readsNoOtherPlanOutOfBrokenDocuments(_ name: String, _ format: String) throws {
    let text = try Fixture.named("\(name).\(format)").text
    let clean = try PlanReader.read(text).plan
    for wrap in Wrap.all {
      for width in [50, 80] {
        guard let read = try? PlanReader.read(wrap.apply(text, width)) else { continue }
        #expect(read.plan == clean || Self.isNoted(read), "\(wrap.name), \(width)")
      }
    }
  }

  /// No string of JSON holds a line break of its own.
  @Test(arguments: Wrap.all.map(\.name), [80, 100])
  func joinsTheStringsOfJSON(_ name: String, _ width: Int) throws {
    let text = try Fixture.named("pasted/long.json").text
    let wrap = try #require(Wrap.named(name))
    #expect(try PlanReader.read(wrap.apply(text, width)).plan == PlanReader.read(text).plan)
  }

  /// The first of two readings that make sense alike is the one without a guess.
  @Test func takesALineBreakInALiteralForOneOfItsOwnAndSaysSo() throws {
    let read = try PlanReader.read(
      """
      Seq Scan on t
        Filter: (note = 'a literal that has a line break in it
      where it is longest'::text)
      """)
    #expect(
      read.plan.root[.filter]
        == "(note = 'a literal that has a line break in it\nwhere it is longest'::text)")
    #expect(read.notes == [.brokenQuote(at: SourcePosition(line: 2, column: 57))])
  }

  static let broken: [(text: String, filter: String?)] = [
    // `(actual …` below the root, where a trailer could stand.
    (
      """
      Seq Scan on book  (cost=0.00..159.50 rows=484 width=120)
      (actual time=0.010..0.932 rows=500 loops=1)
        Filter: (title ~~ '%9'::text)
      """, "(title ~~ '%9'::text)"
    ),
    // The last line of all.
    (
      """
      Seq Scan on book
        Filter: (((extra -> 'note'::text) -> 'by'::text) =
      '"n1"'::jsonb)
      """, "(((extra -> 'note'::text) -> 'by'::text) = '\"n1\"'::jsonb)"
    ),
    // Within a word, of which one half is no word.
    (
      """
      Seq Scan on book
        Filter: ((price > 10) AND (branch_id = 3) O
      R (author_id = 7))
      """, "((price > 10) AND (branch_id = 3) OR (author_id = 7))"
    ),
    ("Seq Scan on t\n  Filter: (a =3D 1 AND=\n b =3D 2)\n", "(a = 1 AND b = 2)"),
  ]

  @Test(arguments: broken)
  func joinsWhatCannotBeLinesOfAPlan(_ text: String, _ filter: String?) throws {
    #expect(try PlanReader.read(text).plan.root[.filter] == filter)
  }

  @Test func saysThatAValueIsOpen() throws {
    let read = try PlanReader.read(
      "Sort\n  Sort Key: (lower(a)\n  ->  Seq Scan on t\n        Filter: (a > 1)\n")
    #expect(read.notes == [.openValue(at: SourcePosition(line: 2, column: 13))])
  }

  @Test(arguments: [
    "Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)\nwhat\n  Filter: (a > 1)\n",
    "Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)\nwhat\nExecution Time: 1.000 ms\n",
    "Update on t\n  Update on t_1\nwhat\n  Update on t_2\n  ->  Seq Scan on t_1\n",
  ])
  func refusesWhatCanOnlyBePartOfThePlanAbove(_ text: String) {
    #expect(throws: PlanReadingError.self) { try PlanReader.read(text) }
  }
}

/// What a chat puts between the messages in which somebody sent a plan.
@Suite struct ChatTests {
  static let marks = [
    "[10:42] alice:", "[10:42] Alice Smith", "alice  10:42 AM", "Alice Smith\n  10:42 AM", "10:42",
    "[22.11.2026, 10:42:13] Alice:", "Bob — Today at 10:42", "\t[10:42] alice:", "Alice, [22.11.2026 10:42]",
  ]

  @Test(arguments: marks)
  func readsThePlanThatAMarkStandsIn(_ mark: String) throws {
    let text = try Fixture.named("psql/plain.txt").text
    let clean = try PlanReader.read(text).plan
    let rows = text.rows
    for tabs in ["", "\t"] {
      for place in stride(from: 2, to: rows.count, by: 3) {
        let lines = rows[..<place] + [mark] + rows[place...]
        let chat = lines.map { tabs + $0 + "\n" }.joined()
        #expect((try? PlanReader.read(chat))?.plan == clean, "\(place)")
      }
    }
  }

  @Test func readsThePlanWhoseMessagesBeginWithTheirSenders() throws {
    let text = try Fixture.named("psql/plain.txt").text
    let chat = text.mappingLines { $0 % 7 == 0 ? "[10:4\($0 % 10)] Alice Smith: \($1)" : $1 }
    #expect(try PlanReader.read(chat).plan == PlanReader.read(text).plan)
  }
}

extension String {
  /// Breaks behind blanks, which stay, as `fold -s` does.
  func folded(at width: Int) -> String {
    mappingLines { _, line in
      var rest = line[...]
      var broken: [Substring] = []
      while rest.count > width {
        let start = rest.prefix(width)
        let end = start.lastIndex(of: " ").map { rest.index(after: $0) } ?? start.endIndex
        broken.append(rest[..<end])
        rest = rest[end...]
      }
      return (broken + [rest]).joined(separator: "\n")
    }
  }

  func wrappedWithIndent(at width: Int) -> String {
    mappingLines { _, line in
      let indent = String(line.prefix { $0 == " " })
      return line.wrapped(at: width).rows.enumerated().map { $0 == 0 ? $1 : indent + $1 }
        .joined(separator: "\n")
    }
  }

  /// What an e-mail looks like on its way.
  func quotedPrintable(at width: Int) -> String {
    mappingLines { _, line in
      var encoded: [String] = [""]
      for byte in line.utf8 {
        let isPlain = byte < 0x7F && byte != UInt8(ascii: "=")
        let code =
          isPlain
          ? String(decoding: [byte], as: UTF8.self)
          : "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        if encoded[encoded.count - 1].count + code.count >= width {
          encoded[encoded.count - 1] += "="
          encoded.append("")
        }
        encoded[encoded.count - 1] += code
      }
      return encoded.joined(separator: "\n")
    }
  }
}
