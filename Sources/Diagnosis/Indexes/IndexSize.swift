import Catalog

/// How large a B-tree will be that is not built yet.
struct IndexSize: Equatable {
  /// Blocks of all levels, the metapage among them.
  var pages: Double
  /// Levels above the leaves.
  var height: Double
  /// Entries.
  var tuples: Double

  /// PostgreSQL's block size.
  static let block = 8_192.0
  var bytes: Double { pages * Self.block }

  /// One column of an entry.
  struct Part {
    /// Average bytes of its values.
    var width: Double
    /// On what its values start: 1, 2, 4 or 8.
    var alignment: Double
    /// Equal values may share one entry (B-tree deduplication, from PostgreSQL 13 on).
    var isMerged: Bool
    /// Share of NULLs.
    var nullShare = 0.0
  }

  /// An index that was built.
  init(pages: Double, tuples: Double) {
    self.pages = max(pages, 1)
    self.tuples = tuples
    height = Self.height(ofPages: self.pages, entry: 24)
  }

  /// The index over `rows` rows, in which so many different key values are.
  ///
  /// - Parameter isMerging: no INCLUDE columns, and all key types take part in deduplication.
  init(of parts: [Part], rows: Double, distinct: Double, isMerging: Bool) {
    let entry = Self.entry(parts)
    let each = max(rows / max(distinct, 1), 1)
    let bytes = isMerging && each > 1 ? Self.posting(each, entry) * max(distinct, 1) : (entry + 4) * rows
    let leaves = max((bytes / Self.leafBytes).rounded(.up), 1)
    tuples = rows
    height = Self.height(ofPages: leaves, entry: entry)
    pages = leaves + (height > 0 ? (leaves * (entry + 12) / Self.innerBytes).rounded(.up) : 0) + 1
  }

  // MARK: Bytes

  /// What a leaf holds when it is built: the block without header, special space and the share that
  /// fillfactor 90 leaves free.
  private static let leafBytes = block - 24 - 16 - block / 10
  /// The same above the leaves: fillfactor 70.
  private static let innerBytes = (block - 24 - 16) * 0.7
  /// The largest entry that a build makes of equal keys: a tenth of a block.
  private static let postingBytes = 812.0

  /// Header, NULL bitmap and values, rounded up to 8.
  private static func entry(_ parts: [Part]) -> Double {
    let hasNulls = parts.contains { $0.nullShare > 0.5 }
    let data = parts.reduce(hasNulls ? 16.0 : 8) { offset, part in
      (offset / part.alignment).rounded(.up) * part.alignment + part.width * (1 - part.nullShare)
    }
    return (data / 8).rounded(.up) * 8
  }

  /// Bytes of the entries of one key value with so many rows: a key, and six bytes for each row.
  private static func posting(_ rows: Double, _ entry: Double) -> Double {
    let perEntry = max(((postingBytes - entry) / 6).rounded(.down), 1)
    let full = (rows / perEntry).rounded(.down)
    let rest = rows - full * perEntry
    let last = rest <= 1 ? rest * (entry + 4) : ((entry + 6 * rest) / 8).rounded(.up) * 8 + 4
    return full * (((entry + 6 * perEntry) / 8).rounded(.up) * 8 + 4) + last
  }

  private static func height(ofPages pages: Double, entry: Double) -> Double {
    let fanout = max(innerBytes / (entry + 4), 2)
    var (level, left) = (0.0, pages)
    while left > 1 {
      left = (left / fanout).rounded(.up)
      level += 1
    }
    return level
  }
}

extension IndexSize.Part {
  /// A column as the catalog describes it; 8 bytes where it has no statistics.
  init(_ column: ColumnStatistics?) {
    let type = column?.type ?? "bigint"
    let base = type.split(separator: "(").first.map(String.init) ?? type
    width = Double(column?.distribution?.avgWidth ?? 8)
    alignment = Self.alignments[base] ?? 1
    isMerged = !Self.unmergedTypes.contains(base) && !type.hasSuffix("[]")
    nullShare = column?.distribution?.nullFrac ?? 0
  }

  /// `pg_type.typalign` of fixed-width types; of the others the values are packed with one byte of length.
  private static let alignments: [String: Double] = [
    "bigint": 8, "double precision": 8, "interval": 8, "time without time zone": 8, "timestamp": 8,
    "timestamp with time zone": 8, "timestamp without time zone": 8, "money": 8, "integer": 4, "date": 4,
    "real": 4, "oid": 4, "smallint": 2,
  ]
  /// Types whose equal values may differ in bytes (`equalimage` support is missing).
  private static let unmergedTypes: Set<String> = [
    "numeric", "double precision", "real", "jsonb", "interval", "int4range", "int8range", "numrange",
    "daterange", "tsrange", "tstzrange",
  ]
}
