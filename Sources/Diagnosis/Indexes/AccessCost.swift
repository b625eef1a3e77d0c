import Catalog

/// The planner's cost model for reading part of a table, so that an index can be judged without being built.
///
/// Follows `costsize.c`: `cost_seqscan`, `cost_index`, `cost_bitmap_heap_scan` and
/// `index_pages_fetched` (Mackert and Lohman). Costs are in the planner's units.
struct AccessCost {
  /// Blocks of the table.
  var pages: Double
  /// Rows of the table.
  var rows: Double
  /// The planner's constants.
  var constants: CostConstants

  /// Reading every row and testing it with one operator.
  var sequentialScan: Double {
    pages * constants.seqPage + rows * (constants.cpuTuple + constants.cpuOperator)
  }

  /// Reading `matching` rows through a B-tree whose entries are `keyWidth` bytes wide: the cheaper of
  /// an index scan and a bitmap scan, as the planner would choose. No rows cost as much as one.
  func indexAccess(matching: Double, keyWidth: Double, correlation: Double) -> Double {
    let matching = max(matching, 1)
    let descent =
      indexPages(matching: matching, keyWidth: keyWidth) + Self.descentOperators * constants.cpuOperator
    let cpu = matching * (constants.cpuIndexTuple + constants.cpuOperator + constants.cpuTuple)
    return descent + cpu + min(orderedHeap(matching, correlation), bitmapHeap(matching))
  }

  /// Looking up `lookups` keys, each with `rowsEach` rows: the inner side of a nested loop.
  func repeatedLookup(lookups: Double, rowsEach: Double, keyWidth: Double) -> Double {
    let fetched = heapPages(fetching: lookups * max(rowsEach, 1))
    let cpu =
      lookups * (Self.descentOperators * constants.cpuOperator + rowsEach * constants.cpuTuple)
    return fetched * constants.randomPage + lookups * constants.randomPage * Self.cachedDescent + cpu
  }

  /// Share of the table's blocks that hold so many rows, when they are spread at random.
  func shareOfPages(fetching rows: Double) -> Double { heapPages(fetching: rows) / max(pages, 1) }

  // MARK: Pieces

  /// Operators that one descent of a B-tree costs (`btcostestimate` charges 50 per level, trees of
  /// three levels are the rule).
  private static let descentOperators = 150.0
  /// Upper levels of an index that is used over and over are cached: a tenth of a page read each time.
  private static let cachedDescent = 0.1
  /// Bytes of a B-tree entry beside its key: tuple header and line pointer.
  static let entryOverhead = 12.0
  /// Share of a leaf page that a newly built index fills (B-tree's default fillfactor).
  static let leafShare = 0.9

  /// PostgreSQL's block size.
  private static let blockBytes = 8_192.0

  private func indexPages(matching: Double, keyWidth: Double) -> Double {
    let perPage = Self.blockBytes * Self.leafShare / (keyWidth + Self.entryOverhead)
    return (matching / perPage).rounded(.up) * constants.randomPage
  }

  private func orderedHeap(_ matching: Double, _ correlation: Double) -> Double {
    let scattered = heapPages(fetching: matching) * constants.randomPage
    let contiguousPages = (matching / max(rows, 1) * pages).rounded(.up)
    let contiguous = constants.randomPage + max(contiguousPages - 1, 0) * constants.seqPage
    return scattered + correlation * correlation * (contiguous - scattered)
  }

  private func bitmapHeap(_ matching: Double) -> Double {
    let fetched = heapPages(fetching: matching)
    let span = constants.randomPage - constants.seqPage
    let perPage = constants.randomPage - span * (fetched / max(pages, 1)).squareRoot()
    return fetched * perPage + matching * 0.1 * constants.cpuOperator
  }

  /// Blocks touched when `tuples` rows are fetched at random, while the table fits the cache.
  private func heapPages(fetching tuples: Double) -> Double {
    guard pages > 0 else { return 0 }
    return min(2 * pages * tuples / (2 * pages + tuples), pages).rounded(.up)
  }
}

/// The planner's cost constants in force, from the captured settings, else PostgreSQL's defaults.
struct CostConstants {
  var seqPage = 1.0
  var randomPage = 4.0
  var cpuTuple = 0.01
  var cpuIndexTuple = 0.005
  var cpuOperator = 0.0025

  init(_ evidence: EvidenceBook) {
    func value(_ name: String, or fallback: Double) -> Double {
      evidence.setting(name).flatMap(Double.init) ?? fallback
    }
    seqPage = value("seq_page_cost", or: seqPage)
    randomPage = value("random_page_cost", or: randomPage)
    cpuTuple = value("cpu_tuple_cost", or: cpuTuple)
    cpuIndexTuple = value("cpu_index_tuple_cost", or: cpuIndexTuple)
    cpuOperator = value("cpu_operator_cost", or: cpuOperator)
  }
}
