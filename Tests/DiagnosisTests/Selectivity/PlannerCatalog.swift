import Catalog
import Foundation
import ThrowawayServer

@testable import Diagnosis

/// What a server's catalog holds of every table in `public`, as the evidence of a diagnosis.
struct PlannerCatalog: Sendable {
  let relations: [RelationEvidence]

  init(_ database: ThrowawayDatabase) async throws {
    let json = try await database.run(sql: Self.query)
    relations = try JSONDecoder().decode([RelationEvidence].self, from: Data(json.utf8))
  }

  var book: EvidenceBook { EvidenceBook(relations: relations) }

  func relation(_ name: String) throws -> RelationEvidence {
    guard let relation = relations.first(where: { $0.name.name == name }) else { throw Missing(name: name) }
    return relation
  }

  /// The statistics of the first key of an index on an expression.
  static func indexColumn(_ index: String, in database: ThrowawayDatabase) async throws -> ColumnStatistics {
    let json = try await database.run(
      sql: """
        SELECT json_build_object('name', s.attname, 'type', 'text', 'isNotNull', false, 'isBTreeIndexable', true,
          'isHidden', false, 'isTested', true, 'distribution', json_build_object('nullFrac', s.null_frac, 'nDistinct', s.n_distinct,
          'avgWidth', s.avg_width, 'mostCommonValues', s.most_common_vals::text::text[],
          'mostCommonFrequencies', s.most_common_freqs, 'histogramBounds', '[]'::json))
        FROM pg_stats s WHERE s.tablename = '\(index)';
        """)
    return try JSONDecoder().decode(ColumnStatistics.self, from: Data(json.utf8))
  }

  struct Missing: Error { let name: String }

  private static let query = """
    SELECT json_agg(json_build_object(
      'statistics', json_build_object('name', json_build_object('schema', 'public', 'name', c.relname),
        'kind', 'table', 'relTuples', nullif(c.reltuples, -1), 'relPages', c.relpages,
        'currentPages', pg_relation_size(c.oid) / 8192, 'rowSecurityActive', false, 'options', '[]'::json, 'triggers', '[]'::json,
        'modifiedSinceAnalyze', pg_stat_get_mod_since_analyze(c.oid)),
      'predicateCounts', '[]'::json, 'distinctCounts', '[]'::json, 'frequentValues', '[]'::json,
      'expressions', '[]'::json,
      'columns', (SELECT json_agg(json_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'isNotNull', a.attnotnull,
          'isBTreeIndexable', true, 'isHidden', false, 'isTested', true,
          'distribution', CASE WHEN s.attname IS NOT NULL THEN json_build_object(
            'nullFrac', s.null_frac, 'nDistinct', s.n_distinct, 'avgWidth', s.avg_width,
            'mostCommonValues', coalesce(s.most_common_vals::text::text[], '{}'),
            'mostCommonFrequencies', coalesce(s.most_common_freqs, '{}'),
            'histogramBounds', coalesce(s.histogram_bounds::text::text[], '{}'),
            'correlation', s.correlation) END) ORDER BY a.attnum)
        FROM pg_attribute a LEFT JOIN pg_stats s ON s.schemaname = 'public' AND s.tablename = c.relname
          AND s.attname = a.attname AND NOT s.inherited
        WHERE a.attrelid = c.oid AND a.attnum > 0),
      'indexes', (SELECT coalesce(json_agg(json_build_object(
          'name', i.relname, 'definition', '', 'accessMethod', m.amname, 'includedColumns', '[]'::json,
          'isUnique', x.indisunique, 'isPrimary', x.indisprimary, 'isValid', x.indisvalid,
          'predicate', pg_get_expr(x.indpred, x.indrelid),
          'keys', (SELECT json_agg(json_build_object(
              'text', pg_get_indexdef(i.oid, k, true), 'isExpression', x.indkey[k - 1] = 0,
              'isDescending', false, 'nullsFirst', false) ORDER BY k)
            FROM generate_series(1, x.indnkeyatts) AS k))), '[]')
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam
        WHERE x.indrelid = c.oid)) ORDER BY c.relname)
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p');
    """
}
