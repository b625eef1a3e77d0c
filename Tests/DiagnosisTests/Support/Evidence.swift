import Catalog

extension RelationEvidence {
  /// The evidence of a table in `public`; `counts` are rows for which predicates hold, alone or together.
  static func table(
    _ name: String, rows: Double, pages: Double, columns: [ColumnStatistics] = [],
    indexes: [IndexDefinition]? = [], counts: [[String]: Double] = [:]
  ) -> RelationEvidence {
    var statistics = RelationStatistics(name: QualifiedName(schema: "public", name: name))
    statistics.relTuples = rows
    statistics.relPages = pages
    statistics.currentPages = pages
    statistics.modifiedSinceAnalyze = 0
    statistics.lastAnalyze = "2024-05-01 04:00:00+00"
    return RelationEvidence(
      statistics: statistics, columns: columns, indexes: indexes, rowCount: CountedRows(rows),
      predicateCounts: counts.map { PredicateCount(predicates: $0.key, rows: $0.value) })
  }

  /// The same as a partition.
  func partition(of parent: String, siblings: [PartitionSize]? = nil) -> RelationEvidence {
    var partition = self
    partition.statistics.kind = .partition
    partition.statistics.parent = QualifiedName(schema: "public", name: parent)
    partition.statistics.partitions = siblings
    return partition
  }

  /// The same with other indexes.
  func indexed(_ indexes: IndexDefinition...) -> RelationEvidence {
    var relation = self
    relation.indexes = indexes
    return relation
  }
}

extension ColumnStatistics {
  /// A column with statistics.
  static func column(
    _ name: String, _ type: String, width: Int = 8, correlation: Double = 0, isIndexable: Bool = true
  ) -> ColumnStatistics {
    ColumnStatistics(
      name: name, type: type, isNotNull: true, isBTreeIndexable: isIndexable,
      distribution: ColumnDistribution(nullFrac: 0, nDistinct: -1, avgWidth: width, correlation: correlation))
  }
}

extension IndexDefinition {
  /// A valid B-tree over plain columns; `-` before a name is DESC.
  static func index(_ name: String, _ columns: String...) -> IndexDefinition {
    let keys = columns.map { column in
      column.hasPrefix("-") ? IndexKey(String(column.dropFirst()), isDescending: true) : IndexKey(column)
    }
    return IndexDefinition(name: name, definition: "", keys: keys)
  }

  /// The primary key.
  static func primaryKey(_ name: String, _ columns: String...) -> IndexDefinition {
    IndexDefinition(
      name: name, definition: "", keys: columns.map { IndexKey($0) }, isUnique: true, isPrimary: true)
  }
}

extension EvidenceBook {
  /// The same with another idea of some tables.
  func replacing(_ relations: RelationEvidence...) -> EvidenceBook {
    var book = self
    for relation in relations {
      book.relations.removeAll { $0.name == relation.name }
      book.relations.append(relation)
    }
    return book
  }

  /// The same with a table changed in place.
  func changing(_ table: String, _ change: (inout RelationEvidence) -> Void) -> EvidenceBook {
    var book = self
    for position in book.relations.indices where book.relations[position].name.name == table {
      change(&book.relations[position])
    }
    return book
  }
}
