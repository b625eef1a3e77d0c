import Catalog
import Foundation

/// The planner's cost model for reading part of a table, so that an index can be judged without being built.
///
/// Follows `costsize.c` and `selfuncs.c`: `cost_seqscan`, `cost_index`, `cost_bitmap_heap_scan`,
/// `btcostestimate` and `index_pages_fetched` (Mackert and Lohman). Costs are in the planner's units.
struct AccessCost {
  /// Blocks of the table.
  var pages: Double
  /// Rows of the table.
  var rows: Double
  /// The planner's constants.
  var constants: CostConstants
  /// Share of the blocks that an index-only scan need not visit, 0 to 1.
  var allVisible = 0.0
  /// Blocks of all tables of the query, which share the cache.
  var totalPages: Double?

  /// One way to read rows through an index.
  struct Path {
    /// The index.
    var index: IndexSize
    /// Rows to which its conditions lead, in one execution.
    var matching: Double
    /// Entries of the index that are gone through, in one execution; `nil` where each leads to a row.
    var entries: Double?
    /// Conditions that the index finds by.
    var bounds = 1.0
    /// Conditions that are tested on each row afterwards.
    var filters = 0.0
    /// How far the table's order follows the index's, -1 to 1.
    var correlation = 0.0
    /// All that is wanted is in the index.
    var isCovering = false
    /// How often it is executed: the inner side of a nested loop.
    var executions = 1.0
    /// Descents of one execution: the members of a list.
    var searches = 1.0
  }

  /// Reading every row and testing it by so many operators.
  func sequentialScan(quals: Double = 1) -> Double {
    pages * constants.seqPage + rows * (constants.cpuTuple + quals * constants.cpuOperator)
  }

  /// All executions of the cheaper of an index scan and a bitmap scan, as the planner would choose.
  func indexAccess(_ path: Path) -> Double { min(indexScan(path), bitmapScan(path)) }

  /// All executions of an index scan, or of an index-only scan where the index covers: rows in order.
  func indexScan(_ path: Path) -> Double {
    let cpu =
      fetched(path) * (constants.cpuTuple + path.filters * constants.cpuOperator) * path.executions
    return indexPart(path) + cpu + heapPart(path)
  }

  /// All executions of a bitmap scan: rows in the table's order.
  func bitmapScan(_ path: Path) -> Double {
    let tuples = fetched(path)
    let touched = bitmapPages(path)
    let share = (touched / max(pages, 1)).squareRoot()
    let perPage =
      touched >= 2
      ? constants.randomPage - (constants.randomPage - constants.seqPage) * share : constants.randomPage
    let cpu =
      rechecked(tuples, in: touched)
      * (constants.cpuTuple + (path.filters + path.bounds) * constants.cpuOperator)
    let perExecution = touched * perPage + cpu + 0.1 * constants.cpuOperator * tuples
    return indexPart(path) + perExecution * path.executions
  }

  /// Sorting rows of so many bytes, or keeping the first `limit` of them (`cost_tuplesort`).
  func sort(rows: Double, width: Double, limit: Double? = nil) -> Double {
    let tuples = max(rows, 2)
    let comparison = 2 * constants.cpuOperator
    if let limit, limit * 2 < tuples { return comparison * tuples * log2(2 * max(limit, 1)) }
    return comparison * tuples * log2(tuples) + constants.cpuOperator * tuples
      + spilled(bytes: tuples * (width.rounded(.up) + Self.tupleHeader))
  }

  /// Share of the table's blocks that hold so many rows, when they are spread at random.
  func shareOfPages(fetching rows: Double) -> Double {
    guard pages > 0 else { return 0 }
    return min(2 * pages * rows / (2 * pages + rows), pages).rounded(.up) / max(pages, 1)
  }

  // MARK: The index

  /// Operators that a page of the descent costs (`DEFAULT_PAGE_CPU_MULTIPLIER`).
  private static let operatorsPerPage = 50.0
  /// Bytes that a row in memory has beside its data (`MAXALIGN(SizeofHeapTupleHeader)`).
  private static let tupleHeader = 24.0

  private func fetched(_ path: Path) -> Double { max(path.matching.rounded(), 1) }

  private func indexPart(_ path: Path) -> Double {
    let index = path.index
    let entries = path.entries ?? path.matching
    let tuples = min(max((entries / path.searches).rounded(), 1), max(index.tuples, 1))
    let leaves = index.pages > 1 && index.tuples > 1 ? (tuples * index.pages / index.tuples).rounded(.up) : 1
    let searches = path.searches * path.executions
    let read = searches > 1 ? pagesFetched(leaves * searches, of: index.pages, beside: index.pages) : leaves
    let comparisons = index.tuples > 1 ? log2(index.tuples).rounded(.up) : 0
    let descent = (comparisons + (index.height + 1) * Self.operatorsPerPage) * constants.cpuOperator
    let cpu = tuples * (constants.cpuIndexTuple + path.bounds * constants.cpuOperator)
    return read * constants.randomPage + searches * (descent + cpu)
  }

  // MARK: The table

  private func heapPart(_ path: Path) -> Double {
    let (index, executions) = (path.index.pages, path.executions)
    let hidden = path.isCovering ? 1 - allVisible : 1
    func visited(_ pages: Double) -> Double { hidden < 1 ? (pages * hidden).rounded(.up) : pages }
    let scattered =
      visited(pagesFetched(fetched(path) * executions, of: pages, beside: index)) * constants.randomPage
    let together = (path.matching / max(rows, 1) * pages).rounded(.up)
    let ordered =
      executions > 1
      ? visited(pagesFetched(together * executions, of: pages, beside: index)) * constants.randomPage
      : sequence(visited(together))
    return scattered + path.correlation * path.correlation * (ordered - scattered)
  }

  private func sequence(_ pages: Double) -> Double {
    pages > 0 ? constants.randomPage + (pages - 1) * constants.seqPage : 0
  }

  private func bitmapPages(_ path: Path) -> Double {
    let tuples = fetched(path)
    if path.executions > 1 {
      return pagesFetched(tuples * path.executions, of: pages, beside: path.index.pages) / path.executions
    }
    let (whole, wanted) = (max(pages, 1), 2 * max(pages, 1) * tuples / (2 * max(pages, 1) + tuples))
    return wanted >= whole ? whole : wanted.rounded(.up)
  }

  /// Rows that are tested: where the bitmap outgrows `work_mem`, all of the pages that it only names.
  private func rechecked(_ tuples: Double, in touched: Double) -> Double {
    let limit = constants.bitmapEntries
    guard limit < touched, touched > 0 else { return tuples }
    let lossy = max(0, touched - limit / 2)
    return tuples * (touched - lossy) / touched + lossy / touched * rows
  }

  /// Blocks that are read when rows are fetched at random and a cache keeps some of them
  /// (`index_pages_fetched`).
  private func pagesFetched(_ tuples: Double, of pages: Double, beside index: Double) -> Double {
    let table = max(pages, 1)
    let total = max((totalPages ?? self.pages) + index, table)
    let cached = max((constants.cachePages * table / total).rounded(.up), 1)
    let wanted = 2 * table * tuples / (2 * table + tuples)
    if table <= cached { return wanted >= table ? table : wanted.rounded(.up) }
    let limit = 2 * table * cached / (2 * table - cached)
    return tuples <= limit
      ? wanted.rounded(.up) : (cached + (tuples - limit) * (table - cached) / table).rounded(.up)
  }

  // MARK: Sorting

  /// Writing and reading runs where the rows outgrow `work_mem`.
  private func spilled(bytes: Double) -> Double {
    guard bytes > constants.workMemBytes else { return 0 }
    let runs = bytes / constants.workMemBytes
    let order = min(max(constants.workMemBytes / Self.runBytes, 6), 500)
    let passes = runs > order ? (log2(runs) / log2(order)).rounded(.up) : 1
    return 2 * (bytes / IndexSize.block).rounded(.up) * passes
      * (constants.seqPage * 0.75 + constants.randomPage * 0.25)
  }

  /// Memory of one run that is merged (`TAPE_BUFFER_OVERHEAD + MERGE_BUFFER_SIZE`).
  private static let runBytes = 8_192.0 * 33
}

/// The planner's cost constants in force, from the captured settings, else PostgreSQL's defaults.
struct CostConstants {
  var seqPage = 1.0
  var randomPage = 4.0
  var cpuTuple = 0.01
  var cpuIndexTuple = 0.005
  var cpuOperator = 0.0025
  /// `effective_cache_size` in blocks.
  var cachePages = 524_288.0
  /// `work_mem` in bytes.
  var workMemBytes = 4_194_304.0

  init(_ evidence: EvidenceBook) {
    func value(_ name: String, or fallback: Double) -> Double {
      evidence.setting(name).flatMap(Double.init) ?? fallback
    }
    seqPage = value("seq_page_cost", or: seqPage)
    randomPage = value("random_page_cost", or: randomPage)
    cpuTuple = value("cpu_tuple_cost", or: cpuTuple)
    cpuIndexTuple = value("cpu_index_tuple_cost", or: cpuIndexTuple)
    cpuOperator = value("cpu_operator_cost", or: cpuOperator)
    cachePages = value("effective_cache_size", or: cachePages)
    workMemBytes = value("work_mem", or: workMemBytes / 1_024) * 1_024
  }

  /// Blocks that a bitmap tells apart (`tbm_calculate_entries`: 64 bytes for each).
  var bitmapEntries: Double { workMemBytes / 64 }
}
