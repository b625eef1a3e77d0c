import Testing

@testable import Reporting

/// Sentences of ours with names in them: the names stay text.
@Suite struct MarkdownProseTests {
  static let sentences: [(String, String)] = [
    ("reads `orders` in full", "reads `orders` in full"),
    ("count(*) of a_b is 5 < 6", "count(*) of a_b is 5 \\< 6"),
    ("scan of \"a`b\" and \"c`d\"", "scan of \"a\\`b\" and \"c\\`d\""),
    ("run `ANALYZE \"a`b\";` now", "run ``ANALYZE \"a`b\";`` now"),
    ("run `ANALYZE \"a```b\";` or `x`", "run `ANALYZE \"a```b\";` or `x`"),
    ("``a`b`` and `5\"` and `6\"`", "``a`b`` and `5\"` and `6\"`"),
    ("it's `a` and that's `b`", "it's `a` and that's `b`"),
    ("an open ` is none", "an open \\` is none"),
    (
      "\"![i](u)\" and \"*x* _y_ ~~z~~ \\ &lt; <b>\"",
      "\"!\\[i\\](u)\" and \"\\*x\\* \\_y\\_ \\~\\~z\\~\\~ \\\\ \\&lt; \\<b>\""
    ),
    ("see [a](b) or text[]", "see \\[a](b) or text[]"),
    ("say \"a\"\"*\" twice", "say \"a\"\"\\*\" twice"),
    ("two\n lines\t\u{1B}[31m", "two lines \\u001B[31m"),
    ("5\" and `6", "5\" and \\`6"),
  ]

  @Test(arguments: sentences)
  func keepsNamesFromBecomingMarkdown(_ sentence: String, _ markdown: String) {
    #expect(Markdown.prose(sentence) == markdown)
  }

  @Test func marksCodeThatHoldsBackticksOrLineEnds() {
    #expect(Markdown.code("DROP INDEX \"a\nb\"") == "`DROP INDEX U&\"a\\000Ab\"`")
    #expect(Markdown.code("`x``") == "``` `x`` ```")
  }
}
