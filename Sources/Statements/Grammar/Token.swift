/// One lexical token of a statement: a byte range and what kind of thing it is.
///
/// Kinds are read from the token's first bytes, not from libpg_query's token numbers: those change
/// with every PostgreSQL release.
struct Token: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// A keyword of the grammar, reserved or not: an unreserved one may well be used as a name.
    case keyword(Keyword, isReserved: Bool)
    /// A name, quoted or not.
    case identifier
    /// A string constant in any of its notations: `'…'`, `E'…'`, `U&'…'`, `B'…'`, `X'…'`, `$$…$$`.
    case string
    case number
    /// `$1`
    case parameter
    case lineComment
    case blockComment
    /// Operators and punctuation.
    case symbol
  }

  let kind: Kind
  /// Byte offsets in the statement's text.
  let range: Range<Int>

  var start: Int { range.lowerBound }
  var end: Int { range.upperBound }

  var isComment: Bool { kind == .lineComment || kind == .blockComment }
}

/// The keywords that mark the boundaries between clauses; all others are ``other``.
enum Keyword: String, Sendable {
  case all, and, `as`, between, by, `case`, concurrently, create, cross, `default`, delete, distinct
  case end, except, exists, fetch, `for`, from, full, group, having, inner, insert, intersect, into
  case join, key, lateral, left, limit, locked, natural, no, not, nowait, of, offset, on, only, or
  case order, outer, overlay, recursive, replace, returning, right, row, select, set, share, skip
  case substring, table, union, update, using, values, when, `where`, window, with, within
  case other
}
