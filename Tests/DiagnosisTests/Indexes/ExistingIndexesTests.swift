import Catalog
import Testing

@testable import Diagnosis

@Suite struct ExistingIndexesTests {
  /// Keys as a table's columns: `-a` is DESC.
  private static func keys(_ columns: String) -> [IndexKey] {
    columns.split(separator: " ").map { column in
      column.hasPrefix("-")
        ? IndexKey(String(column.dropFirst()), isDescending: true) : IndexKey(String(column))
    }
  }

  private static func index(_ columns: String) -> IndexDefinition {
    IndexDefinition(name: "i", definition: "", keys: keys(columns))
  }

  @Test(arguments: [
    // existing, wanted, leading equalities, serves
    ("a", "a", 1, true),
    ("a b", "a", 1, true),
    ("b a", "a", 1, false),
    ("a", "a b", 1, false),
    ("a b", "b a", 2, true),
    ("a b c", "b a", 2, true),
    ("a c b", "b a", 2, false),
    ("a b", "b a", 1, false),
    ("a -b", "a b", 1, true),
    ("a -b c", "a b c", 1, false),
    ("a -b -c", "a b c", 1, true),
    ("-a", "a", 1, true),
  ])
  func servesTheKeys(existing: String, wanted: String, equalities: Int, serves: Bool) {
    let indexes = ExistingIndexes(indexes: [Self.index(existing)])
    #expect((indexes.serving(Self.keys(wanted), equalityCount: equalities) != nil) == serves)
  }

  @Test func countsNoPartialInvalidOrOtherIndex() {
    var partial = Self.index("a")
    partial.predicate = "(b > 0)"
    var invalid = Self.index("a")
    invalid.isValid = false
    var hash = Self.index("a")
    hash.accessMethod = "hash"
    let indexes = ExistingIndexes(indexes: [partial, invalid, hash])
    #expect(indexes.serving(Self.keys("a"), equalityCount: 1) == nil)
    #expect(indexes.superseded(by: Self.keys("a b")).isEmpty)
    var dsql = Self.index("a")
    dsql.accessMethod = "btree_index"
    #expect(ExistingIndexes(indexes: [dsql]).serving(Self.keys("a"), equalityCount: 1) != nil)
  }

  @Test func namesWhatANewIndexStartsWith() {
    var unique = Self.index("a")
    unique.isUnique = true
    var covering = Self.index("a")
    covering.includedColumns = ["z"]
    let table: [(IndexDefinition, Bool)] = [
      (Self.index("a"), true), (Self.index("a b"), false), (Self.index("b"), false),
      (Self.index("-a"), false),
      (unique, false), (covering, false),
    ]
    for (index, isSuperseded) in table {
      #expect(ExistingIndexes(indexes: [index]).superseded(by: Self.keys("a b")).isEmpty != isSuperseded)
    }
  }

  @Test func findsAnInvalidIndexOnlyWhereItsBuildWouldHelp() {
    var broken = Self.index("a b")
    broken.isValid = false
    #expect(ExistingIndexes(indexes: [broken]).invalid(Self.keys("a")) != nil)
    #expect(ExistingIndexes(indexes: [broken]).invalid(Self.keys("b")) == nil)
    broken.predicate = "(c > 0)"
    #expect(ExistingIndexes(indexes: [broken]).invalid(Self.keys("a")) == nil)
  }
}
