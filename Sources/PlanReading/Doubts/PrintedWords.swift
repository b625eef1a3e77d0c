/// The words that PostgreSQL prints outside of quotes in a condition or a list.
enum PrintedWords {
  /// How many words a text has, outside of quotes, that PostgreSQL would not print so: a break within a word
  /// makes two of one, and words joined without their blank are one that does not exist.
  static func strangeCount(in value: String) -> Int {
    var count = 0
    var word: [UInt8] = []
    var last = ""
    var isBehindBlank = false
    var quotes = LineQuotes()
    for byte in Array(value.utf8) + [0x20] {
      quotes.pass(byte == 0x0A ? 0x20 : byte)
      if !quotes.isOpen, isInWord(byte) {
        word.append(byte)
        continue
      }
      if !word.isEmpty {
        let text = String(decoding: word, as: UTF8.self)
        if isStrange(text, behind: isBehindBlank ? last : "") { count += 1 }
        last = text
        word = []
        isBehindBlank = false
      }
      if byte == 0x20, !isBehindBlank { isBehindBlank = true } else { last = "" }
    }
    return count
  }

  private static func isInWord(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "$") || byte >= 0x80
  }

  private static func isStrange(_ word: String, behind last: String) -> Bool {
    // A name with a capital is quoted.
    if word.contains(where: \.isUppercase) { return !keywords.contains(word) }
    return last.first?.isLetter == true && !last.contains(where: \.isUppercase)
      && word.first?.isLetter == true && !laterWordsOfTypes.contains(word)
  }

  private static let laterWordsOfTypes: Set<String> = [
    "with", "without", "time", "zone", "precision", "varying", "to", "month", "day", "hour", "minute",
    "second", "integer",
  ]

  private static let keywords: Set<String> = [
    "ALL", "AND", "ANY", "ARRAY", "AS", "ASC", "AT", "ASYMMETRIC", "BETWEEN", "BY", "CASE", "CAST",
    "COALESCE",
    "COLLATE", "COLUMNS", "CONTENT", "CURRENT", "CURRENT_CATALOG", "CURRENT_DATE", "CURRENT_ROLE",
    "CURRENT_SCHEMA", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_USER", "DEFAULT", "DELETE", "DESC",
    "DISTINCT", "DOCUMENT", "ELSE", "END", "ESCAPE", "EXCEPT", "EXCLUDE", "EXISTS", "EXTRACT", "FALSE",
    "FILTER",
    "FIRST", "FOLLOWING", "FOR", "FROM", "FULL", "GREATEST", "GROUP", "GROUPING", "GROUPS", "HAVING", "ILIKE",
    "IN", "INNER", "INSERT", "INTERSECT", "INTO", "IS", "ISNULL", "JOIN", "JSON", "LAST", "LEADING", "LEAST",
    "LEFT", "LIKE", "LIMIT", "LOCALTIME", "LOCALTIMESTAMP", "MERGE_ACTION", "NAMESPACES", "NFC", "NOT",
    "NULL",
    "NULLIF", "NULLS", "OF", "OFFSET", "ON", "OPERATOR", "OR", "ORDER", "ORDINALITY", "OVER", "OVERLAY",
    "OVERLAPS", "PARTITION", "PASSING", "PATH", "POSITION", "PRECEDING", "RANGE", "RETURNING", "RIGHT", "ROW",
    "ROWS", "SELECT", "SESSION_USER", "SET", "SHARE", "SIMILAR", "SOME", "SUBSTRING", "SYMMETRIC", "TABLE",
    "TABLESAMPLE", "THEN", "TIES", "TIME", "TO", "TRAILING", "TREAT", "TRIM", "TRUE", "UNBOUNDED", "UNION",
    "UNKNOWN", "UPDATE", "USER", "USING", "VALUES", "VARIADIC", "WHEN", "WHERE", "WITH", "WITHIN", "WITHOUT",
    "XMLATTRIBUTES", "XMLCONCAT", "XMLELEMENT", "XMLEXISTS", "XMLFOREST", "XMLPARSE", "XMLPI", "XMLROOT",
    "XMLSERIALIZE", "XMLTABLE", "ZONE", "REPEATABLE", "CONFLICT", "DO", "NOTHING", "WORK", "INCLUDING",
  ]
}
