import Catalog
import Statements

extension CatalogQueries {
  /// `pg_attribute` and `pg_stats` of all columns. Of a partitioned table the statistics are those of all
  /// partitions.
  func columns(readingStatistics: Bool = true) -> SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
      t.typtype IN ('e', 'r', 'm') OR t.typcategory IN ('A', 'S') OR EXISTS (
        SELECT FROM pg_opclass o JOIN pg_am m ON m.oid = o.opcmethod AND m.amname LIKE 'btree%'
        WHERE o.opcdefault AND o.opcintype IN (t.oid, t.typbasetype)) AS btree_indexable,
      k.collname AS collation,
      (SELECT split_part(o.text, '=', 2) FROM unnest(a.attoptions) AS o(text) WHERE split_part(o.text, '=', 1)
        = CASE WHEN c.relkind = 'p' THEN 'n_distinct_inherited' ELSE 'n_distinct' END) AS n_distinct_option,
      \(isTested) AS is_tested,
      \(hidden(readingStatistics)) AS statistics_hidden, \(distribution(where: isTested))
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_collation k ON k.oid = a.attcollation AND k.collname <> 'default'
    LEFT JOIN \(statistics(readingStatistics))
    ORDER BY n.nspname, c.relname, a.attnum
    """
  }

  /// The same without what an engine may lack.
  var plainColumns: SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
      true AS btree_indexable, \(isTested) AS is_tested, \(distribution(where: isTested))
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname
    ORDER BY n.nspname, c.relname, a.attnum
    """
  }

  /// Statistics of expressions that are keys of indexes: `pg_stats` has them under the index's name.
  var indexExpressions: SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname, pg_get_indexdef(x.indexrelid, k.position::int, true) AS attname,
      format_type(a.atttypid, a.atttypmod) AS type,
      NOT has_column_privilege(i.oid, a.attnum, 'SELECT') OR row_security_active(c.oid) AS statistics_hidden,
      \(distribution())
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_namespace m ON m.oid = i.relnamespace
    CROSS JOIN LATERAL generate_series(1, x.indnkeyatts) AS k(position)
    JOIN pg_attribute a ON a.attrelid = i.oid AND a.attnum = k.position
    LEFT JOIN pg_stats s ON s.schemaname = m.nspname AND s.tablename = i.relname AND s.attname = a.attname
    WHERE x.indkey[k.position - 1] = 0
    ORDER BY n.nspname, c.relname, i.relname, k.position
    """
  }

  /// Values are read where the condition holds.
  func distribution(where condition: SafeSQL = "true") -> SafeSQL {
    """
    s.null_frac, s.n_distinct, s.avg_width, s.correlation,
      CASE WHEN \(condition) THEN array_to_json(s.most_common_vals::text::text[]) END AS most_common_vals,
      CASE WHEN \(condition) THEN array_to_json(s.most_common_freqs) END AS most_common_freqs,
      CASE WHEN \(condition) THEN array_to_json(s.histogram_bounds::text::text[]) END AS histogram_bounds
    """
  }

  private func statistics(_ isRead: Bool) -> SafeSQL {
    guard isRead else {
      return """
        (SELECT NULL::real AS null_frac, NULL::real AS n_distinct, NULL::int AS avg_width,
          NULL::real AS correlation, NULL::text[] AS most_common_vals, NULL::real[] AS most_common_freqs,
          NULL::text[] AS histogram_bounds) s ON false
        """
    }
    return """
      pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname
        AND s.attname = a.attname AND s.inherited = (c.relkind = 'p')
      """
  }

  private func hidden(_ isRead: Bool) -> SafeSQL {
    guard isRead else { return "true" }
    return "NOT has_column_privilege(c.oid, a.attnum, 'SELECT') OR row_security_active(c.oid)"
  }
}
