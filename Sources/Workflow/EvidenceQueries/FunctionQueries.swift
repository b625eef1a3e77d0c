import Catalog
import Statements

/// The catalog statements of function admission.
struct FunctionQueries {
  let tables: [QualifiedName]

  /// Definitions of the views that the tables are or lead to, and of the row-level-security policies that
  /// bind this role. A materialized view is read, not run.
  var definitions: SafeSQL {
    """
    WITH RECURSIVE reachable(oid) AS (
      \(CatalogQueries(tables: tables).oids)
      UNION
      SELECT d.refobjid FROM reachable r JOIN pg_rewrite w ON w.ev_class = r.oid
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
        AND d.refclassid = 'pg_class'::regclass
    )
    SELECT 'view ' || c.oid::regclass::text AS path, pg_get_viewdef(c.oid) AS definition
    FROM reachable JOIN pg_class c USING (oid) WHERE c.relkind = 'v'
    UNION ALL
    SELECT 'policy ' || quote_ident(p.polname) || ' on ' || p.polrelid::regclass::text,
      'SELECT ' || pg_get_expr(p.polqual, p.polrelid)
    FROM reachable r JOIN pg_policy p ON p.polrelid = r.oid
    WHERE p.polqual IS NOT NULL AND row_security_active(r.oid)
    """
  }

  /// Every function of these names, and those of `attributes` that take a row.
  static func functions(named names: [String], attributes: [String]) -> SafeSQL {
    """
    \(functionColumns), n.nspname = ANY (current_schemas(true)) AS is_visible,
      p.pronargs = 1 AND t.typtype = 'c' AS takes_row
    \(functionTables) LEFT JOIN pg_type t ON t.oid = p.proargtypes[0]
    WHERE p.proname = ANY (ARRAY[\(list(names))]::text[])
      OR p.pronargs = 1 AND t.typtype = 'c' AND p.proname = ANY (ARRAY[\(list(attributes))]::text[])
    """
  }

  /// The functions of user-made operators of these names; those of `pg_catalog` are all harmless.
  static func operatorFunctions(named names: [String]) -> SafeSQL {
    """
    \(functionColumns), o.oprname
    \(functionTables) JOIN pg_operator o ON o.oprcode = p.oid
    JOIN pg_namespace os ON os.oid = o.oprnamespace
    WHERE os.nspname <> 'pg_catalog' AND o.oprname = ANY (ARRAY[\(list(names))]::text[])
    """
  }

  private static let functionColumns: SafeSQL = """
    SELECT n.nspname, p.proname, p.provolatile, l.lanname, p.pronargs, p.pronargdefaults,
      p.provariadic <> 0 AS is_variadic, e.extname
    """

  private static let functionTables: SafeSQL = """
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    LEFT JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
    LEFT JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
    """

  private static func list(_ names: [String]) -> SafeSQL {
    Set(names).sorted().map { name -> SafeSQL in "\(SQLLiteral(name))" }.joined(separator: ", ")
  }
}
