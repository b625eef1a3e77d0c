/// What a carrier makes of a plan in TEXT on its way from the server to a file.
struct Dirt: Sendable {
  var name: String
  var apply: @Sendable (String) -> String

  init(_ name: String, _ apply: @escaping @Sendable (String) -> String) {
    (self.name, self.apply) = (name, apply)
  }

  /// Puts something in front of every line; `number` counts from 1.
  init(_ name: String, before: @escaping @Sendable (_ number: Int, _ line: String) -> String) {
    self.init(name) { text in text.mappingLines { before($0, $1) } }
  }

  static var names: [String] { all.map { $0.name } }

  static func named(_ name: String) -> Dirt? { all.first { $0.name == name } }

  static let all: [Dirt] = decorations + heads + characters + blanks + fields + wraps

  // MARK: Around the plan

  static let decorations: [Dirt] = [
    Dirt("psql, aligned") { text in
      let width = max(12, (text.rows.map(\.count).max() ?? 0) + 2)
      let header = String(repeating: " ", count: (width - 10) / 2) + "QUERY PLAN"
      return "\(header)\n\(String(repeating: "-", count: width))\n" + text.mappingLines { " \($1)" }
        + text.footer
    },
    Dirt("psql, border 2") { text in
      let width = text.rows.map(\.count).max() ?? 0
      let rule = "+-" + String(repeating: "-", count: width) + "-+\n"
      let rows = ("QUERY PLAN\n" + text).mappingLines { "| \($1.padded(to: width)) |" }
      let header = rows.prefix { $0 != "\n" } + "\n"
      return rule + header + rule + rows.dropFirst(header.count) + rule + text.footer
    },
    Dirt("psql, unaligned") { "QUERY PLAN\n" + $0 + $0.footer },
    Dirt("psql, expanded") { text in
      text.mappingLines { "-[ RECORD \($0) ]------------------------------\nQUERY PLAN | \($1)" } + "\n"
    },
    Dirt("psql, expanded, unaligned") { text in text.mappingLines { "QUERY PLAN|\($1)\n" } },
    Dirt("psql, one value") { text in
      let width = text.rows.map(\.count).max() ?? 0
      return "QUERY PLAN\n----------\n" + text.mappingLines { " " + $1.padded(to: width) + "+" }
        + " \n(1 row)\n"
    },
    Dirt("an empty row") { text in
      let rows = text.mappingLines { $0 == 3 ? " \($1)\n " : " \($1)" }
      return "  QUERY PLAN\n--------------\n" + rows + text.footer
    },
    Dirt("a prompt and the statement") {
      "shop=# EXPLAIN (ANALYZE) SELECT *\nshop-# FROM t\nshop-# WHERE a = 1;\n" + $0
    },
    Dirt("a Markdown fence") { "Here:\n```\n\($0)```\nThanks!\n" },
    Dirt("a fence with a language") { "```text\n\($0)```\n" },
    Dirt("tildes") { "~~~sql\n\($0)~~~\n" },
    Dirt("a fence on the lines of the text") { "```" + $0.dropLast() + "```\n" },
    Dirt("an e-mail's signature") { $0 + "-- \nAnna Example\nTel: +49 30 1234\n" },
    Dirt("greetings") { "Hi all,\n\nwhy is this slow?\n\n\($0)\nThanks: Bob\nSent from my phone\n" },
    Dirt("Jira's braces") { "{noformat}\n\($0){noformat}\n" },
    Dirt("auto_explain's line") {
      "2026-11-22 10:00:00.123 UTC [17] LOG:  duration: 16.511 ms  plan:\n\tQuery Text: SELECT 1\n"
        + $0.mappingLines { "\t\($1)" }
    },
  ]

  // MARK: Before each line

  static let heads: [Dirt] = [
    Dirt("> ", before: { "> \($1)" }), Dirt(">", before: { ">\($1)" }), Dirt("> > ", before: { "> > \($1)" }),
    Dirt(">> ", before: { ">> \($1)" }),
    Dirt("numbers and a colon", before: { "\($0): \($1)" }),
    Dirt("numbers and a colon without a blank", before: { "\($0):\($1)" }),
    Dirt("numbers and a point", before: { "\($0). \($1)" }),
    Dirt("numbers and a bracket", before: { "\($0)) \($1)" }),
    Dirt("numbers in brackets", before: { "[\($0)] \($1)" }),
    Dirt("numbers and a stroke", before: { "\(String($0).padded(to: 4, atEnd: false)) | \($1)" }),
    Dirt("numbers and a line", before: { "\(String($0).padded(to: 4, atEnd: false)) │ \($1)" }),
    Dirt("numbers and a tab", before: { "\($0)\t\($1)" }),
    Dirt("cat -n", before: { "\(String($0).padded(to: 6, atEnd: false))\t\($1)" }),
    Dirt("grep -n", before: { "plan.txt:\($0):\($1)" }),
    Dirt("a comment of SQL", before: { "-- \($1)" }), Dirt("a comment of a shell", before: { "# \($1)" }),
    Dirt("a comment of C", before: { " * \($1)" }), Dirt("a comment of Swift", before: { "// \($1)" }),
    Dirt("a difference", before: { "+\($1)" }), Dirt("a raised notice", before: { "NOTICE:  \($1)" }),
    Dirt("psql's notice", before: { "psql:q.sql:\($0): NOTICE:  \($1)" }),
    Dirt("a log's prefix") { text in
      text.mappingLines { "2026-11-22 10:00:0\($0 % 10).123 UTC [17] shop@anna LOG:  \($1)" }
    },
    Dirt("syslog") { text in
      text.mappingLines { "Nov 22 10:00:00 db1 postgres[4711]: [5-\($0)] #011\($1)" }
    },
    Dirt("a container's log") { text in
      text.mappingLines { "2026-11-22T10:00:00.\(100 + $0)Z stderr F \($1)" }
    },
    Dirt("a chat's time") { "[10:15] anna: \($0)" },
    Dirt("a chat's time, twice") { text in
      text.mappingLines { $0 == 1 || $0 == 5 ? "[10:1\($0)] anna: \($1)" : $1 }
    },
    Dirt("IRC", before: { "10:1\($0 % 10) <anna> \($1)" }),
  ]

  // MARK: Characters

  static let characters: [Dirt] = [
    Dirt("CRLF") { $0.replacing("\n", with: "\r\n") }, Dirt("lone CR") { $0.replacing("\n", with: "\r") },
    Dirt("a byte order mark") { "\u{FEFF}" + $0 },
    Dirt("NBSP") { $0.replacing(" ", with: "\u{A0}") },
    Dirt("NBSP by turns") { $0.replacing("  ", with: " \u{A0}") },
    Dirt("NBSP as indent") { text in
      text.mappingLines { _, line in
        String(repeating: "\u{A0}", count: line.prefix { $0 == " " }.count) + line.drop { $0 == " " }
      }
    },
    Dirt("zero-width blanks") { $0.replacing("  ->", with: "\u{200B}  ->") },
    Dirt("arrows") { $0.replacing("->  ", with: "→  ") },
    Dirt("dashes") { $0.replacing("->", with: "–>") }, Dirt("long dashes") { $0.replacing("->", with: "—>") },
    Dirt("smart quotes") { Self.smartQuotes($0) },
    Dirt("entities") { Self.entities($0) }, Dirt("entities of entities") { Self.entities(Self.entities($0)) },
    Dirt("entities for blanks") { Self.entities($0).replacing("  ", with: "&nbsp;&nbsp;") },
    Dirt("<br>") { Self.entities($0).replacing(" ", with: "&nbsp;").replacing("\n", with: "<br>\n") },
    Dirt("<pre>") { "<pre>" + Self.entities(String($0.dropLast())) + "</pre>\n" },
  ]

  private static func entities(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }

  private static func smartQuotes(_ text: String) -> String {
    var opened = Set<Character>()
    return String(
      text.map { character in
        guard let (open, close) = ["'": ("‘", "’"), "\"": ("“", "”")][String(character)] else {
          return character
        }
        if opened.remove(character) != nil { return Character(close) }
        opened.insert(character)
        return Character(open)
      })
  }

  // MARK: Blanks

  static let blanks: [Dirt] = [
    Dirt("a common indent", before: { "    \($1)" }), Dirt("a common tab", before: { "\t\($1)" }),
    Dirt("tabs for eight blanks") { text in
      text.mappingLines { _, line in
        let indent = line.prefix { $0 == " " }.count
        return String(repeating: "\t", count: indent / 8) + String(repeating: " ", count: indent % 8)
          + line.drop { $0 == " " }
      }
    },
    Dirt("trailing blanks", before: { "\($1)   " }), Dirt("trailing tabs", before: { "\($1)\t" }),
    Dirt("blank lines between the lines", before: { "\($1)\n" }),
    Dirt("no line end") { String($0.dropLast()) },
    Dirt("a lost first indent") { String($0.mappingLines { " \($1)" }.dropFirst()) },
  ]

  // MARK: Quotes

  static let fields: [Dirt] = [
    Dirt("pgAdmin's rows", before: { "\"" + $1.replacing("\"", with: "\"\"") + "\"" }),
    Dirt("pgAdmin's rows with a header") { text in
      "\"QUERY PLAN\"\n" + text.mappingLines { "\"" + $1.replacing("\"", with: "\"\"") + "\"" }
    },
    Dirt("CSV") { text in
      text.mappingLines { _, line in
        line.contains { ",\"".contains($0) } ? "\"" + line.replacing("\"", with: "\"\"") + "\"" : line
      }
    },
    Dirt("one field of CSV") { "\"" + $0.dropLast().replacing("\"", with: "\"\"") + "\"\n" },
    Dirt("a string of a program") {
      "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        + "\"\n"
    },
    Dirt("rows of a list of Python") { text in
      let rows = text.rows.map { "('\(escaped($0, "'"))',)" }
      return "[\(rows.joined(separator: ", "))]\n"
    },
    Dirt("rows in JSON") { text in
      let rows = text.rows.map { "{\"QUERY PLAN\": \"\(escaped($0, "\""))\"}" }
      return "[\(rows.joined(separator: ",\n "))]\n"
    },
    Dirt("backticks", before: { "`\($1)`" }),
  ]

  private static func escaped(_ text: String, _ quote: String) -> String {
    text.replacing("\\", with: "\\\\").replacing(quote, with: "\\" + quote)
  }

  // MARK: Widths

  static let wraps: [Dirt] = [
    Dirt("e-mail of 72 columns") { $0.wrapped(at: 72) }, Dirt("e-mail of 76 columns") { $0.wrapped(at: 76) },
    Dirt("e-mail of 80 columns") { $0.wrapped(at: 80) },
    Dirt("e-mail of 120 columns") { $0.wrapped(at: 120) },
    Dirt("format=flowed") { $0.wrapped(at: 78, ending: " ") },
    Dirt("a terminal of 80 columns") { $0.cut(at: 80) },
    Dirt("a terminal of 100 columns") { $0.cut(at: 100) },
    Dirt("quoted e-mail") { $0.wrapped(at: 72).mappingLines { "> \($1)" } },
  ]
}

extension String {
  var rows: [String] {
    let rows = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    return rows.last == "" ? rows.dropLast() : rows
  }

  var footer: String { "(\(rows.count) rows)\n\n" }

  func mappingLines(_ change: (_ number: Int, _ line: String) -> String) -> String {
    rows.enumerated().map { change($0.offset + 1, $0.element) + "\n" }.joined()
  }

  func padded(to width: Int, atEnd: Bool = true) -> String {
    let blanks = String(repeating: " ", count: max(0, width - count))
    return atEnd ? self + blanks : blanks + self
  }

  /// Breaks at blanks, which are lost, as a mail program does.
  func wrapped(at width: Int, ending: String = "") -> String {
    mappingLines { _, line in
      var rest = line[...]
      var broken: [String] = []
      while rest.count > width {
        let start = broken.isEmpty ? rest.prefix { $0 == " " }.count : 0
        guard
          let blank = rest.indices.prefix(width + 1).dropFirst(start + 1).last(where: { rest[$0] == " " })
            ?? rest.dropFirst(start).firstIndex(of: " ")
        else { break }
        var head = rest[..<blank]
        while head.last == " " { head.removeLast() }
        guard head.contains(where: { $0 != " " }), head.drop(while: { $0 == " " }) != "->" else { break }
        broken.append(head + ending)
        rest = rest[blank...].drop { $0 == " " }
      }
      return (broken + [String(rest)]).joined(separator: "\n")
    }
  }

  /// Breaks wherever the width is reached, as a terminal does.
  func cut(at width: Int) -> String {
    mappingLines { _, line in
      stride(from: 0, to: max(line.count, 1), by: width).map { String(line.dropFirst($0).prefix(width)) }
        .joined(separator: "\n")
    }
  }
}
