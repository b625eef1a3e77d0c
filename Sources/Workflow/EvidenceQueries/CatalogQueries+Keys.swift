import Catalog
import Statements

extension CatalogQueries {
  /// `pg_index`, with each key part, and the definition as `pg_indexes` has it.
  var indexes: SafeSQL {
    """
    \(wanted)
    SELECT n.nspname, c.relname, i.relname AS index_name, m.amname,
      pg_get_indexdef(x.indexrelid) AS definition, x.indisunique, x.indisprimary, x.indisvalid,
      x.indnkeyatts, pg_get_expr(x.indpred, x.indrelid) AS predicate,
      CASE WHEN i.relkind = 'i' THEN pg_relation_size(i.oid) END AS size_bytes,
      (SELECT json_agg(json_build_object(
          'text', coalesce(a.attname::text, pg_get_indexdef(x.indexrelid, k.position::int, true)),
          'expression', a.attname IS NULL, 'option', x.indoption[k.position - 1],
          'class', \(operatorClass)) ORDER BY k.position)
        FROM generate_series(1, x.indnatts) AS k(position)
        LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[k.position - 1]
          AND a.attnum <> 0) AS parts
    FROM wanted JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_am m ON m.oid = i.relam
    ORDER BY n.nspname, c.relname, i.relname
    """
  }

  /// Where there is a choice, the one that is not the type's default.
  private var operatorClass: SafeSQL {
    guard engine.hasOperatorClasses else { return "NULL" }
    return """
      (SELECT o.opcname FROM pg_opclass o
            WHERE o.oid = x.indclass[k.position - 1] AND NOT o.opcdefault AND k.position <= x.indnkeyatts)
      """
  }

  /// Foreign keys of the tables and those that refer to them, with whether the side that refers is indexed.
  var foreignKeys: SafeSQL {
    """
    \(wanted)
    SELECT f.conname, n.nspname, c.relname, rn.nspname AS referenced_schema, rc.relname AS referenced_name,
      nullif(c.reltuples, -1) AS reltuples, c.relpages,
      (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(f.conkey) WITH ORDINALITY AS k(number, place)
        JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.number) AS columns,
      (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(f.confkey) WITH ORDINALITY AS k(number, place)
        JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.number) AS referenced_columns,
      EXISTS (SELECT FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
        JOIN pg_am m ON m.oid = i.relam AND m.amname LIKE 'btree%'
        WHERE x.indrelid = f.conrelid AND x.indisvalid AND x.indpred IS NULL
          AND (x.indkey::int2[])[0:array_length(f.conkey, 1) - 1] @> f.conkey) AS is_indexed
    FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class rc ON rc.oid = f.confrelid JOIN pg_namespace rn ON rn.oid = rc.relnamespace
    WHERE f.contype = 'f'
      AND (f.conrelid IN (SELECT oid FROM wanted) OR f.confrelid IN (SELECT oid FROM wanted))
    ORDER BY n.nspname, c.relname, f.conname, rn.nspname, rc.relname
    """
  }

  /// The database's collation and its extensions.
  func database(readingAvailable: Bool = true) -> SafeSQL {
    """
    SELECT CASE coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') WHEN 'c' THEN d.datcollate
        ELSE coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') END AS collation,
      (SELECT json_agg(e.extname ORDER BY e.extname) FROM pg_extension e) AS extensions,
      \(HistoryQuery.facts),
      \(readingAvailable ? "(SELECT json_agg(v.name ORDER BY v.name) FROM pg_available_extensions v)" : "NULL")
        AS available_extensions
    FROM pg_database d WHERE d.datname = current_database()
    """
  }

  /// Types that a B-tree compares with a column's type though they are others. The access method's OID
  /// differs between engines.
  var comparableTypes: SafeSQL {
    """
    \(wanted)
    SELECT format_type(o.amoplefttype, NULL) AS left_type, format_type(o.amoprighttype, NULL) AS right_type
    FROM pg_amop o JOIN pg_am m ON m.oid = o.amopmethod AND m.amname LIKE 'btree%'
    WHERE o.amopstrategy = 3 AND o.amoplefttype <> o.amoprighttype AND o.amoplefttype IN (
      SELECT a.atttypid FROM wanted JOIN pg_attribute a ON a.attrelid = wanted.oid AND a.attnum > 0)
    ORDER BY 1, 2
    """
  }
}
