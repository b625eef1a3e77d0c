import Catalog
import Statements

/// The catalog statements of function admission.
///
/// All but the first run with an empty search path: what a schema of the application's path holds could
/// otherwise stand in for the catalog's own functions and operators.
struct FunctionQueries {
  /// OIDs of the tables and views that the statement names.
  let tables: [Int]
  /// The schemas that unqualified names are looked up in.
  let schemas: [String]

  /// What names mean in the application's session: its schemas as JSON, and one OID per table; NULL for
  /// a table that does not exist.
  static func resolution(of tables: [QualifiedName]) -> SafeSQL {
    let oids = tables.map { table -> SafeSQL in
      ", pg_catalog.to_regclass(\(SQLLiteral(table.quoted)))::pg_catalog.oid"
    }
    return "SELECT pg_catalog.to_json(pg_catalog.current_schemas(true))\(oids.joined(separator: ""))"
  }

  /// For the rest of a transaction that asks the catalog. Its recursive queries look costly enough to be
  /// compiled, and to be shared among workers, which takes many times longer than running them.
  static let catalogSettings: SafeSQL = """
    SELECT pg_catalog.set_config('search_path', '', true), pg_catalog.set_config('jit', 'off', true),
      pg_catalog.set_config('max_parallel_workers_per_gather', '0', true)
    """

  private var tableOIDs: SafeSQL { "ARRAY[\(tables.map { "\($0)" }.joined(separator: ", "))]::oid[]" }

  /// The tables, what the views among them lead to, and what the policies of those read. A materialized
  /// view is read, not run: its definition leads nowhere.
  private var reachable: SafeSQL {
    """
    reachable(oid) AS (
      SELECT unnest(\(tableOIDs))
      UNION
      SELECT d.refobjid FROM reachable r JOIN pg_class c ON c.oid = r.oid
      CROSS JOIN LATERAL (
        SELECT 'pg_rewrite'::regclass, w.oid FROM pg_rewrite w WHERE w.ev_class = r.oid AND c.relkind = 'v'
        UNION ALL
        SELECT 'pg_policy'::regclass, p.oid FROM pg_policy p
        WHERE p.polrelid = r.oid AND row_security_active(r.oid)
      ) AS definer(class, oid)
      JOIN pg_depend d ON d.classid = definer.class AND d.objid = definer.oid
        AND d.refclassid = 'pg_class'::regclass
    )
    """
  }

  /// Definitions of the views that the tables are or lead to, and of the row-level-security policies that
  /// bind this role.
  var definitions: SafeSQL {
    """
    WITH RECURSIVE \(reachable)
    SELECT 'view ' || c.oid::regclass::text AS path, pg_get_viewdef(c.oid) AS definition
    FROM reachable JOIN pg_class c USING (oid) WHERE c.relkind = 'v'
    UNION ALL
    SELECT 'policy ' || quote_ident(p.polname) || ' on ' || p.polrelid::regclass::text,
      'SELECT ' || pg_get_expr(p.polqual, p.polrelid)
    FROM reachable r JOIN pg_policy p ON p.polrelid = r.oid
    WHERE p.polqual IS NOT NULL AND row_security_active(r.oid)
    """
  }

  /// What planning the user's own UPDATE or DELETE looks at besides: rules, which have no definition here,
  /// the checks of policies, and defaults.
  var writingDefinitions: SafeSQL {
    """
    WITH RECURSIVE \(reachable)
    SELECT 'rule ' || quote_ident(w.rulename) || ' on ' || w.ev_class::regclass::text AS path,
      NULL AS definition
    FROM reachable r JOIN pg_rewrite w ON w.ev_class = r.oid WHERE w.ev_type <> '1'
    UNION ALL
    SELECT 'policy ' || quote_ident(p.polname) || ' on ' || p.polrelid::regclass::text,
      'SELECT ' || pg_get_expr(p.polwithcheck, p.polrelid)
    FROM reachable r JOIN pg_policy p ON p.polrelid = r.oid WHERE p.polwithcheck IS NOT NULL
    UNION ALL
    SELECT 'default of ' || a.adrelid::regclass::text, 'SELECT ' || pg_get_expr(a.adbin, a.adrelid)
    FROM reachable r JOIN pg_attrdef a ON a.adrelid = r.oid
    """
  }

  /// Constraints of the domains that values of these types, or of the tables' columns, may be made of.
  func domains(named names: [String]) -> SafeSQL {
    """
    WITH RECURSIVE \(reachable), \(Self.used(named: names))
    SELECT DISTINCT 'domain ' || k.contypid::regtype::text AS path,
      'SELECT ' || pg_get_expr(k.conbin, 0) AS definition
    FROM used JOIN pg_constraint k ON k.contypid = used.oid WHERE k.contype = 'c'
    """
  }

  /// User-made functions that planning or running may call although no text does: in the definitions of the
  /// tables' indexes, statistics and partition keys and of inheritance children's constraints, which
  /// planning folds, and behind the operator classes of the types that are read, which sorting, grouping
  /// and comparing use.
  func implied(named names: [String]) -> SafeSQL {
    """
    WITH RECURSIVE \(reachable), \(Self.used(named: names)),
    member(oid, is_child) AS (
      SELECT oid, false FROM reachable
      UNION SELECT i.inhrelid, true FROM member m JOIN pg_inherits i ON i.inhparent = m.oid
    ),
    definer(class, oid, path) AS (
      SELECT 'pg_class'::regclass, x.indexrelid, 'index ' || x.indexrelid::regclass::text
      FROM member m JOIN pg_index x ON x.indrelid = m.oid
      UNION ALL
      SELECT 'pg_statistic_ext'::regclass, s.oid, 'statistics ' || quote_ident(s.stxname)
      FROM member m JOIN pg_statistic_ext s ON s.stxrelid = m.oid
      UNION ALL
      SELECT 'pg_class'::regclass, t.partrelid, 'partition key of ' || t.partrelid::regclass::text
      FROM member m JOIN pg_partitioned_table t ON t.partrelid = m.oid
      UNION ALL
      SELECT 'pg_constraint'::regclass, k.oid,
        'constraint ' || quote_ident(k.conname) || ' of ' || k.conrelid::regclass::text
      FROM member m JOIN pg_constraint k ON k.conrelid = m.oid AND k.contype = 'c' WHERE m.is_child
    ),
    implied(function, path) AS (
      SELECT w.refobjid, f.path FROM definer f
      JOIN pg_depend w ON w.classid = f.class AND w.objid = f.oid AND w.refclassid = 'pg_proc'::regclass
      UNION
      SELECT s.amproc::oid, 'operator class of ' || c.opcintype::regtype::text
      FROM used JOIN pg_opclass c ON c.opcintype = used.oid JOIN pg_amproc s ON s.amprocfamily = c.opcfamily
      UNION
      SELECT o.oprcode::oid, 'operator class of ' || c.opcintype::regtype::text
      FROM used JOIN pg_opclass c ON c.opcintype = used.oid JOIN pg_amop a ON a.amopfamily = c.opcfamily
      JOIN pg_operator o ON o.oid = a.amopopr
    )
    \(Self.functionColumns), implied.path
    \(Self.functionTables) JOIN implied ON implied.function = p.oid
    WHERE p.oid >= \(Self.firstUserOID)
    """
  }

  /// Functions behind casts that somebody made: implicit ones, and those to a type that is named, as far
  /// as values of their types may occur.
  func casts(named names: [String]) -> SafeSQL {
    """
    WITH RECURSIVE \(reachable), \(Self.used(named: names)),
    \(Self.closure("target", of: Self.types(named: names)))
    \(Self.functionColumns), 'cast from ' || k.castsource::regtype::text
      || ' to ' || k.casttarget::regtype::text AS path
    \(Self.functionTables) JOIN pg_cast k ON k.castfunc = p.oid
    WHERE n.nspname <> 'pg_catalog'
      AND (k.castcontext = 'i' OR k.casttarget IN (SELECT oid FROM target))
      AND (k.castsource < \(Self.firstUserOID) OR k.castsource IN (SELECT oid FROM used))
      AND (k.casttarget < \(Self.firstUserOID) OR k.casttarget IN (SELECT oid FROM used))
    """
  }

  /// Which of the tables, by their place from 1, have columns of these names.
  func columns(named names: [String]) -> SafeSQL {
    """
    SELECT t.place, a.attname FROM unnest(\(tableOIDs)) WITH ORDINALITY AS t(oid, place)
    JOIN pg_attribute a ON a.attrelid = t.oid AND NOT a.attisdropped
    WHERE a.attname = ANY (\(Self.array(names)))
    """
  }

  /// Every function of these names, and those of `attributes` that take a row: of a table's type, or of
  /// any. One that an earlier schema of the search path hides is not meant by its bare name.
  func functions(named names: [String], attributes: [String]) -> SafeSQL {
    """
    WITH f AS (
      SELECT p.oid, p.prokind = 'f' AND p.pronargs > 0 AND p.pronargs - p.pronargdefaults <= 1
        AND coalesce(b.typtype, t.typtype) IN ('c', 'p') AS takes_row
      FROM pg_proc p LEFT JOIN pg_type t ON t.oid = p.proargtypes[0] LEFT JOIN pg_type b ON b.oid = t.typbasetype
      WHERE p.proname = ANY (\(Self.array(names + attributes)))
    )
    \(Self.functionColumns), f.takes_row,
      array_position(\(path), n.nspname::text) IS NOT NULL AND NOT EXISTS (
        SELECT FROM pg_proc q JOIN pg_namespace qn ON qn.oid = q.pronamespace
        WHERE q.proname = p.proname AND q.proargtypes = p.proargtypes
          AND array_position(\(path), qn.nspname::text) < array_position(\(path), n.nspname::text)
      ) AS is_visible
    \(Self.functionTables) JOIN f ON f.oid = p.oid
    WHERE f.takes_row OR p.proname = ANY (\(Self.array(names)))
    """
  }

  /// The functions of user-made operators of these names, and of what the planner may put in their place;
  /// the server's own operators are all harmless.
  func operators(named names: [String]) -> SafeSQL {
    """
    \(Self.functionColumns), o.oprname, os.nspname AS operator_schema,
      os.nspname::text = ANY (\(path)) AS is_visible
    \(Self.functionTables) JOIN (
      SELECT made.*, alike.oprcode AS function FROM pg_operator made
      JOIN pg_operator alike ON alike.oid IN (made.oid, made.oprcom, made.oprnegate)
      WHERE made.oid >= \(Self.firstUserOID) AND made.oprname = ANY (\(Self.array(names)))
    ) AS o ON o.function = p.oid
    JOIN pg_namespace os ON os.oid = o.oprnamespace
    """
  }

  // MARK: Pieces

  /// `FirstNormalObjectId` of access/transam.h: objects with smaller OIDs came with the server.
  private static let firstUserOID = 16_384

  /// All types of these names, and those of the tables' columns, with what they are made of.
  private static func used(named names: [String]) -> SafeSQL {
    closure(
      "used",
      of: """
        \(types(named: names))
        UNION SELECT a.atttypid FROM reachable r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0
        """)
  }

  private static func types(named names: [String]) -> SafeSQL {
    "SELECT t.oid FROM pg_type t WHERE t.typname = ANY (\(array(names)))"
  }

  /// The types of a query, with their elements, base types, attributes and range bounds.
  private static func closure(_ name: SafeSQL, of start: SafeSQL) -> SafeSQL {
    """
    \(name)(oid) AS (
      (\(start))
      UNION
      SELECT part.oid FROM \(name) u JOIN pg_type t ON t.oid = u.oid CROSS JOIN LATERAL (
        SELECT t.typbasetype UNION ALL SELECT t.typelem
        UNION ALL SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0
        UNION ALL SELECT g.rngsubtype FROM pg_range g WHERE t.oid IN (g.rngtypid, g.rngmultitypid)
      ) AS part(oid) WHERE part.oid <> 0
    )
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

  /// The schemas in the order in which they are searched.
  private var path: SafeSQL { Self.array(schemas) }

  private static func array(_ names: [String]) -> SafeSQL {
    let list = names.map { name -> SafeSQL in "\(SQLLiteral(name))" }
    return "ARRAY[\(list.joined(separator: ", "))]::text[]"
  }
}
