import Catalog
import Statements

extension CatalogQueries {
  /// `pg_statistic_ext`, and what `pg_stats_ext` lets the role see of it.
  var extendedStatistics: SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname, m.nspname AS statistics_schema, e.stxname AS statistics_name,
      (SELECT json_agg(json_build_object('number', a.attnum, 'name', a.attname) ORDER BY a.attnum)
        FROM unnest(e.stxkeys::int2[]) AS k(number) JOIN pg_attribute a
          ON a.attrelid = e.stxrelid AND a.attnum = k.number) AS columns,
      s.n_distinct, s.dependencies, s.most_common_vals IS NOT NULL AS has_combinations,
      row_security_active(c.oid) OR EXISTS (SELECT FROM unnest(e.stxkeys::int2[]) AS k(number)
        WHERE NOT has_column_privilege(c.oid, k.number, 'SELECT')) AS statistics_hidden
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_statistic_ext e ON e.stxrelid = c.oid JOIN pg_namespace m ON m.oid = e.stxnamespace
    LEFT JOIN pg_stats_ext s ON s.statistics_schemaname = m.nspname AND s.statistics_name = e.stxname
      AND \(isOfWholeTable)
    ORDER BY n.nspname, c.relname, m.nspname, e.stxname
    """
  }

  /// Statistics of the expressions of CREATE STATISTICS: the text of a single one as an index would have it.
  ///
  /// The type is the first in the tree, which is the result's.
  var statisticsExpressions: SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname,
      CASE WHEN (\(expressionCount)) = 1 THEN pg_get_expr(e.stxexprs, e.stxrelid, true) ELSE s.expr END AS attname,
      CASE WHEN (\(expressionCount)) = 1 THEN format_type(
        substring(e.stxexprs::text FROM ':(?:func|op|coalesce|case|)(?:result)?type ([0-9]+)')::oid, NULL) END AS type,
      false AS statistics_hidden, \(distribution())
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_statistic_ext e ON e.stxrelid = c.oid JOIN pg_namespace m ON m.oid = e.stxnamespace
    JOIN pg_stats_ext_exprs s ON s.statistics_schemaname = m.nspname AND s.statistics_name = e.stxname
      AND \(isOfWholeTable)
    ORDER BY n.nspname, c.relname, m.nspname, e.stxname
    """
  }

  private var expressionCount: SafeSQL {
    """
    SELECT count(*) FROM pg_stats_ext_exprs o
    WHERE o.statistics_schemaname = m.nspname AND o.statistics_name = e.stxname AND o.expr IS NOT NULL
    """
  }

  /// Before PostgreSQL 15 there was only one kind for each table.
  private var isOfWholeTable: SafeSQL {
    version >= 150_000 ? "s.inherited = (c.relkind = 'p')" : "true"
  }
}
