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

  /// For the rest of a transaction that asks the catalog. Temporary tables and types would come before all
  /// others where the path does not name their schema. Its recursive queries look costly enough to be
  /// compiled, and to be shared among workers, which takes many times longer than running them.
  static let catalogSettings: SafeSQL = """
    SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('jit', 'off', true),
      pg_catalog.set_config('max_parallel_workers_per_gather', '0', true)
    """

  private var tableOIDs: SafeSQL { Self.array(tables) }

  /// The tables with their partitions and inheritance children, what the views among them lead to, and what
  /// the policies of those read. A materialized view is read, not run: its definition leads nowhere.
  ///
  /// Behind a view the policies that bind the view's owner run, whoever asks. A child's own policies run
  /// when its rows are counted.
  private var reachable: SafeSQL {
    """
    reachable(oid, via_view) AS (
      SELECT unnest(\(tableOIDs)), false
      UNION
      SELECT next.oid, next.via_view FROM reachable r JOIN pg_class c ON c.oid = r.oid
      CROSS JOIN LATERAL (
        SELECT d.refobjid, r.via_view OR definer.class = 'pg_rewrite'::regclass
        FROM (
          SELECT 'pg_rewrite'::regclass, w.oid FROM pg_rewrite w WHERE w.ev_class = r.oid AND c.relkind = 'v'
          UNION ALL
          SELECT 'pg_policy'::regclass, p.oid FROM pg_policy p WHERE p.polrelid = r.oid AND \(Self.binds)
        ) AS definer(class, oid)
        JOIN pg_depend d ON d.classid = definer.class AND d.objid = definer.oid
          AND d.refclassid = 'pg_class'::regclass
        UNION ALL
        SELECT i.inhrelid, r.via_view FROM pg_inherits i WHERE i.inhparent = r.oid
      ) AS next(oid, via_view)
    )
    """
  }

  /// Whether row-level security of table `r` is in force.
  private static let binds: SafeSQL = """
    (row_security_active(r.oid) OR r.via_view AND (SELECT relrowsecurity FROM pg_class WHERE oid = r.oid))
    """

  /// What runs with the tables: views, the policies that bind, generated columns that are computed when
  /// read. What is only planned with them has `is_run` false: index, statistics and partition expressions,
  /// and CHECK constraints.
  ///
  /// Measured on PostgreSQL 15, with functions that leave a mark: planning folds what stands on constants
  /// alone in these, calls of SQL functions written out first, and runs nothing else of them.
  var definitions: SafeSQL {
    """
    WITH RECURSIVE \(reachable), seen AS (SELECT DISTINCT oid FROM reachable)
    SELECT 'view ' || r.oid::regclass::text AS path, true AS is_run, w.ev_action::text AS tree
    FROM seen r JOIN pg_rewrite w ON w.ev_class = r.oid AND w.ev_type = '1'
    JOIN pg_class c ON c.oid = r.oid AND c.relkind = 'v'
    UNION ALL
    SELECT DISTINCT \(Self.policyName), true, p.polqual::text FROM reachable r JOIN pg_policy p ON p.polrelid = r.oid
    WHERE p.polqual IS NOT NULL AND p.polcmd IN ('r', '*') AND \(Self.binds)
    UNION ALL
    SELECT 'generated column of ' || r.oid::regclass::text, true, d.adbin::text
    FROM seen r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attgenerated = 'v'
    JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
    UNION ALL
    SELECT 'index ' || x.indexrelid::regclass::text, false, concat_ws(' ', x.indexprs, x.indpred)
    FROM seen r JOIN pg_index x ON x.indrelid = r.oid WHERE x.indexprs IS NOT NULL OR x.indpred IS NOT NULL
    UNION ALL
    SELECT 'statistics ' || quote_ident(s.stxname), false, to_jsonb(s) ->> 'stxexprs'
    FROM seen r JOIN pg_statistic_ext s ON s.stxrelid = r.oid WHERE to_jsonb(s) ->> 'stxexprs' IS NOT NULL
    UNION ALL
    SELECT 'partition key of ' || r.oid::regclass::text, false, t.partexprs::text
    FROM seen r JOIN pg_partitioned_table t ON t.partrelid = r.oid WHERE t.partexprs IS NOT NULL
    UNION ALL
    SELECT 'partition bound of ' || r.oid::regclass::text, false, c.relpartbound::text
    FROM seen r JOIN pg_class c ON c.oid = r.oid WHERE c.relpartbound IS NOT NULL
    UNION ALL
    SELECT 'constraint ' || quote_ident(k.conname) || ' of ' || r.oid::regclass::text, false, k.conbin::text
    FROM seen r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'c'
    """
  }

  /// What planning the user's own UPDATE or DELETE looks at besides: rules, of which no tree is given, all
  /// policies, and defaults.
  var writingDefinitions: SafeSQL {
    """
    WITH RECURSIVE \(reachable), seen AS (SELECT DISTINCT oid FROM reachable)
    SELECT 'rule ' || quote_ident(w.rulename) || ' on ' || r.oid::regclass::text AS path, true AS is_run,
      NULL AS tree
    FROM seen r JOIN pg_rewrite w ON w.ev_class = r.oid WHERE w.ev_type <> '1'
    UNION ALL
    SELECT \(Self.policyName), true, concat_ws(' ', p.polqual, p.polwithcheck)
    FROM seen r JOIN pg_policy p ON p.polrelid = r.oid
    UNION ALL
    SELECT 'default of ' || r.oid::regclass::text, true, a.adbin::text
    FROM seen r JOIN pg_attrdef a ON a.adrelid = r.oid
    """
  }

  private static let policyName: SafeSQL = """
    'policy ' || quote_ident(p.polname) || ' on ' || r.oid::regclass::text
    """

  /// Bodies of the SQL functions among these: planning writes them out. As a tree, or as text where the
  /// function was made so; one with settings of its own is never written out.
  func bodies(of functions: [Int]) -> SafeSQL {
    """
    SELECT p.oid, n.nspname, p.proname, p.prosrc, to_jsonb(p) ->> 'prosqlbody' AS tree
    \(Self.functionTables)
    WHERE p.oid = ANY (\(Self.array(functions))) AND l.lanname = 'sql' AND p.oid >= \(Self.firstUserOID)
      AND p.proconfig IS NULL
    """
  }

  /// Constraints of the domains that values of these types, or of the tables' columns, may be made of.
  func domains(_ seeds: TypeSeeds) -> SafeSQL {
    """
    WITH RECURSIVE \(reachable), \(Self.used(seeds))
    SELECT DISTINCT 'domain ' || k.contypid::regtype::text AS path, true AS is_run, k.conbin::text AS tree
    FROM used JOIN pg_constraint k ON k.contypid = used.oid WHERE k.contype = 'c'
    """
  }

  /// User-made functions that planning or running may call although no text does: behind the operator
  /// classes of the types that are read, which sorting, grouping and comparing use; behind those types
  /// themselves; and those that fetch the rows of foreign tables.
  ///
  /// A range type's difference of two bounds runs when planning estimates by its statistics.
  func implied(_ seeds: TypeSeeds) -> SafeSQL {
    """
    WITH RECURSIVE \(reachable), \(Self.used(seeds)),
    implied(function, path, is_foreign) AS (
      SELECT s.amproc::oid, 'operator class of ' || c.opcintype::regtype::text, false
      FROM used JOIN pg_opclass c ON c.opcintype = used.oid JOIN pg_amproc s ON s.amprocfamily = c.opcfamily
      UNION
      SELECT o.oprcode::oid, 'operator class of ' || c.opcintype::regtype::text, false
      FROM used JOIN pg_opclass c ON c.opcintype = used.oid JOIN pg_amop a ON a.amopfamily = c.opcfamily
      JOIN pg_operator o ON o.oid = a.amopopr
      UNION
      SELECT f::oid, 'type ' || t.oid::regtype::text, false
      FROM used JOIN pg_type t ON t.oid = used.oid
      CROSS JOIN unnest(ARRAY[t.typinput, t.typoutput, t.typmodin, t.typmodout]) AS f
      UNION
      SELECT f::oid, 'type ' || g.rngtypid::regtype::text, false
      FROM used JOIN pg_range g ON g.rngtypid = used.oid CROSS JOIN unnest(ARRAY[g.rngcanonical, g.rngsubdiff]) AS f
      UNION
      SELECT w.fdwhandler, 'foreign table ' || r.oid::regclass::text, true
      FROM reachable r JOIN pg_foreign_table t ON t.ftrelid = r.oid JOIN pg_foreign_server s ON s.oid = t.ftserver
      JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
      WHERE NOT (\(Self.readsPlainFile))
    )
    \(Self.functionColumns), implied.path, implied.is_foreign
    \(Self.functionTables) JOIN implied ON implied.function = p.oid
    WHERE p.oid >= \(Self.firstUserOID)
    """
  }

  /// A file that an administrator has made a table of: nothing runs when it is read, unlike a program.
  private static let readsPlainFile: SafeSQL = """
    EXISTS (
      SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'file_fdw'
      WHERE d.classid = 'pg_foreign_data_wrapper'::regclass AND d.objid = w.oid
        AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
    ) AND NOT EXISTS (SELECT FROM pg_options_to_table(t.ftoptions) AS o WHERE o.option_name = 'program')
    """

  /// Functions behind casts that somebody made: implicit ones, those to a type that is named, those to
  /// JSON, which `to_json` and its kind use, and where a row is written those of assignment, as far as
  /// values of their types may occur.
  func casts(_ seeds: TypeSeeds, writing: Bool) -> SafeSQL {
    """
    WITH RECURSIVE \(reachable), \(Self.used(seeds)),
    \(Self.closure("target", of: Self.types(seeds)))
    \(Self.functionColumns), 'cast from ' || k.castsource::regtype::text
      || ' to ' || k.casttarget::regtype::text AS path, false AS is_foreign
    \(Self.functionTables) JOIN pg_cast k ON k.castfunc = p.oid
    WHERE k.oid >= \(Self.firstUserOID)
      AND (k.castcontext IN (\(writing ? "'i', 'a'" : "'i'")) OR k.casttarget IN (SELECT oid FROM target)
        OR k.casttarget = 'json'::regtype)
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

  /// Every function of these names, and those of `attributes` that one argument is enough for, with whether
  /// that may be a row: of a table's type, of a domain, or of any. One that an earlier schema of the search
  /// path hides is not meant by its bare name.
  func functions(named names: [String], attributes: [String]) -> SafeSQL {
    """
    WITH f AS (
      SELECT p.oid, p.prokind = 'f' AND p.pronargs > 0 AND p.pronargs - p.pronargdefaults <= 1 AS takes_one,
        t.typtype IN ('c', 'd', 'p') AS takes_row
      FROM pg_proc p LEFT JOIN pg_type t ON t.oid = p.proargtypes[0]
      WHERE p.proname = ANY (\(Self.array(names + attributes)))
    )
    \(Self.functionColumns), f.takes_one, f.takes_one AND f.takes_row AS takes_row,
      array_position(\(path), n.nspname::text) IS NOT NULL AND NOT EXISTS (
        SELECT FROM pg_proc q JOIN pg_namespace qn ON qn.oid = q.pronamespace
        WHERE q.proname = p.proname AND q.proargtypes = p.proargtypes
          AND array_position(\(path), qn.nspname::text) < array_position(\(path), n.nspname::text)
      ) AS is_visible
    \(Self.functionTables) JOIN f ON f.oid = p.oid
    WHERE f.takes_one OR p.proname = ANY (\(Self.array(names)))
    """
  }

  /// The functions of these OIDs.
  func functions(_ oids: [Int]) -> SafeSQL {
    "\(Self.functionColumns) \(Self.functionTables) WHERE p.oid = ANY (\(Self.array(oids)))"
  }

  /// What later aggregates of these names or OIDs run.
  func partsOfAggregates(named names: [String], _ oids: [Int]) -> SafeSQL {
    """
    \(Self.functionColumns), a.aggfnoid::oid AS aggregate
    \(Self.functionTables) JOIN (
      SELECT g.aggfnoid, part FROM pg_aggregate g JOIN pg_proc q ON q.oid = g.aggfnoid
      CROSS JOIN unnest(ARRAY[
        g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn, g.aggmtransfn,
        g.aggminvtransfn, g.aggmfinalfn
      ]) AS part
      WHERE q.oid >= \(Self.firstUserOID)
        AND (q.proname = ANY (\(Self.array(names))) OR q.oid = ANY (\(Self.array(oids))))
    ) AS a ON a.part = p.oid
    """
  }

  /// The functions of user-made operators of these names or OIDs, and of what the planner may put in their
  /// place; the server's own operators are all harmless.
  func operators(named names: [String], _ oids: [Int]) -> SafeSQL {
    """
    \(Self.functionColumns), o.oid AS operator, o.oprname, os.nspname AS operator_schema,
      os.nspname::text = ANY (\(path)) AS is_visible
    \(Self.functionTables) JOIN (
      SELECT made.*, alike.oprcode AS function FROM pg_operator made
      JOIN pg_operator alike ON alike.oid IN (made.oid, made.oprcom, made.oprnegate)
      WHERE alike.oid >= \(Self.firstUserOID)
        AND (made.oprname = ANY (\(Self.array(names))) OR made.oid = ANY (\(Self.array(oids))))
    ) AS o ON o.function = p.oid
    JOIN pg_namespace os ON os.oid = o.oprnamespace
    """
  }

  // MARK: Pieces

  /// `FirstNormalObjectId` of access/transam.h: objects with smaller OIDs came with the server.
  static let firstUserOID = 16_384

  /// The seeds and the types of the tables' columns, with what they are made of.
  private static func used(_ seeds: TypeSeeds) -> SafeSQL {
    closure(
      "used",
      of: """
        \(types(seeds))
        UNION SELECT a.atttypid FROM reachable r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0
        UNION SELECT unnest(p.prorettype || p.proargtypes::oid[] || coalesce(p.proallargtypes, '{}'))
        FROM pg_proc p WHERE p.proname = ANY (\(array(seeds.functions)))
        UNION SELECT unnest(ARRAY[o.oprleft, o.oprright, o.oprresult])
        FROM pg_operator o WHERE o.oid >= \(firstUserOID) AND o.oprname = ANY (\(array(seeds.operators)))
        UNION SELECT unnest(ARRAY[g.aggtranstype, g.aggmtranstype])
        FROM pg_aggregate g JOIN pg_proc p ON p.oid = g.aggfnoid WHERE p.oid >= \(firstUserOID)
          AND (p.proname = ANY (\(array(seeds.functions))) OR p.oid = ANY (\(array(seeds.functionOIDs))))
        """)
  }

  /// A call of one argument may be a cast to the type of that name, and so may a name behind a dot.
  private static func types(_ seeds: TypeSeeds) -> SafeSQL {
    """
    SELECT t.oid FROM pg_type t
    WHERE t.typname = ANY (\(array(seeds.types + seeds.functions + seeds.attributes)))
      OR t.oid = ANY (\(array(seeds.oids)))
    """
  }

  /// The types of a query, with their elements, base types, attributes and range bounds.
  private static func closure(_ name: SafeSQL, of start: SafeSQL) -> SafeSQL {
    """
    \(name)(oid) AS (
      SELECT start.oid FROM (\(start)) AS start(oid) WHERE start.oid <> 0
      UNION
      SELECT part.oid FROM \(name) u JOIN pg_type t ON t.oid = u.oid CROSS JOIN LATERAL (
        SELECT t.typbasetype UNION ALL SELECT t.typelem
        UNION ALL SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0
        UNION ALL SELECT unnest(ARRAY[g.rngsubtype, g.rngtypid]) FROM pg_range g WHERE t.oid IN (g.rngtypid, g.rngmultitypid)
      ) AS part(oid) WHERE part.oid <> 0
    )
    """
  }

  private static let functionColumns: SafeSQL = """
    SELECT p.oid, n.nspname, p.proname, p.prokind, p.provolatile, l.lanname, p.pronargs, p.pronargdefaults,
      p.provariadic <> 0 AS is_variadic,
      (SELECT e.extname FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
          AND d.refclassid = 'pg_extension'::regclass) AS extname,
      (SELECT r.rolsuper FROM pg_roles r WHERE r.oid = p.proowner) AS is_superusers,
      EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
        AND d.deptype = 'i' AND d.refclassid = 'pg_type'::regclass) AS is_constructor
    """

  private static let functionTables: SafeSQL = """
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    """

  /// The schemas in the order in which they are searched.
  private var path: SafeSQL { Self.array(schemas) }

  private static func array(_ names: [String]) -> SafeSQL {
    let list = names.map { name -> SafeSQL in "\(SQLLiteral(name))" }
    return "ARRAY[\(list.joined(separator: ", "))]::text[]"
  }

  private static func array(_ oids: [Int]) -> SafeSQL {
    let list = oids.map { oid -> SafeSQL in "\(oid)" }
    return "ARRAY[\(list.joined(separator: ", "))]::oid[]"
  }
}

/// What types a statement and the definitions behind it may bring in, besides those of its tables' columns.
struct TypeSeeds {
  /// Names of types.
  var types: [String] = []
  /// Names of functions: their arguments and results count.
  var functions: [String] = []
  /// Names behind dots.
  var attributes: [String] = []
  /// Names of operators: their operands and results count.
  var operators: [String] = []
  /// OIDs of types.
  var oids: [Int] = []
  /// OIDs of functions: what the aggregates among them hold counts.
  var functionOIDs: [Int] = []
}
