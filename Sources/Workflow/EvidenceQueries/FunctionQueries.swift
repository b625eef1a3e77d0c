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
  /// others where the path does not name their schema.
  ///
  /// Its questions are about a few rows, which the catalogs' indexes find. The planner takes the recursive
  /// ones for millions: it would compile them, share them among workers, read `pg_attribute` whole and make
  /// room for all of them in memory. Measured on PostgreSQL 15: a third of the time with three tables in the
  /// database, a fifth with 4,000.
  static let catalogSettings: SafeSQL = """
    SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('jit', 'off', true),
      pg_catalog.set_config('max_parallel_workers_per_gather', '0', true),
      pg_catalog.set_config('enable_hashjoin', 'off', true), pg_catalog.set_config('enable_mergejoin', 'off', true),
      pg_catalog.set_config('enable_seqscan', 'off', true), pg_catalog.set_config('work_mem', '64kB', true)
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

  /// The tables and what they are parts of: a partition's own constraint is made from the keys of all.
  private static let lineage: SafeSQL = """
    lineage(oid) AS (
      SELECT oid FROM reachable UNION SELECT i.inhparent FROM lineage l JOIN pg_inherits i ON i.inhrelid = l.oid
    )
    """

  /// What becomes of these with the tables. Views, the policies that bind and generated columns that are
  /// computed when read are `run`. Index, statistics and partition expressions, those of the partitioned
  /// tables above among them, and CHECK constraints are only `planned`; with the predicate of an index,
  /// planning has rows `estimated`.
  ///
  /// Measured on PostgreSQL 15, with functions that leave a mark: planning folds what comes to stand on
  /// constants alone in these, calls of SQL functions written out first, and runs nothing else of them but the
  /// operators of predicates, on the values in the column's statistics.
  var definitions: SafeSQL {
    """
    WITH RECURSIVE \(reachable), \(Self.lineage), seen AS (SELECT DISTINCT oid FROM reachable)
    SELECT 'view ' || r.oid::regclass::text AS path, 'run' AS use, w.ev_action::text AS tree
    FROM seen r JOIN pg_rewrite w ON w.ev_class = r.oid AND w.ev_type = '1'
    JOIN pg_class c ON c.oid = r.oid AND c.relkind = 'v'
    UNION ALL
    SELECT DISTINCT \(Self.policyName), 'run', p.polqual::text FROM reachable r JOIN pg_policy p ON p.polrelid = r.oid
    WHERE p.polqual IS NOT NULL AND p.polcmd IN ('r', '*') AND \(Self.binds)
    UNION ALL
    SELECT 'generated column of ' || r.oid::regclass::text, 'run', d.adbin::text
    FROM seen r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attgenerated = 'v'
    JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
    UNION ALL
    SELECT 'index ' || x.indexrelid::regclass::text, part.use, part.tree::text
    FROM seen r JOIN pg_index x ON x.indrelid = r.oid
    CROSS JOIN LATERAL (VALUES ('planned', x.indexprs), ('estimated', x.indpred)) AS part(use, tree)
    WHERE part.tree IS NOT NULL
    UNION ALL
    SELECT 'statistics ' || quote_ident(s.stxname), 'planned', to_jsonb(s) ->> 'stxexprs'
    FROM seen r JOIN pg_statistic_ext s ON s.stxrelid = r.oid WHERE to_jsonb(s) ->> 'stxexprs' IS NOT NULL
    UNION ALL
    SELECT 'partition key of ' || r.oid::regclass::text, 'planned', t.partexprs::text
    FROM lineage r JOIN pg_partitioned_table t ON t.partrelid = r.oid WHERE t.partexprs IS NOT NULL
    UNION ALL
    SELECT 'partition bound of ' || r.oid::regclass::text, 'planned', c.relpartbound::text
    FROM lineage r JOIN pg_class c ON c.oid = r.oid WHERE c.relpartbound IS NOT NULL
    UNION ALL
    SELECT 'constraint ' || quote_ident(k.conname) || ' of ' || r.oid::regclass::text, 'planned', k.conbin::text
    FROM seen r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'c'
    """
  }

  /// What planning the user's own UPDATE or DELETE looks at besides: rules, of which no tree is given, all
  /// policies, and defaults, a domain's among them.
  var writingDefinitions: SafeSQL {
    """
    WITH RECURSIVE \(reachable), seen AS (SELECT DISTINCT oid FROM reachable)
    SELECT 'rule ' || quote_ident(w.rulename) || ' on ' || r.oid::regclass::text AS path, 'run' AS use,
      NULL AS tree
    FROM seen r JOIN pg_rewrite w ON w.ev_class = r.oid WHERE w.ev_type <> '1'
    UNION ALL
    SELECT \(Self.policyName), 'run', concat_ws(' ', p.polqual, p.polwithcheck)
    FROM seen r JOIN pg_policy p ON p.polrelid = r.oid
    UNION ALL
    SELECT 'default of ' || r.oid::regclass::text, 'run', a.adbin::text
    FROM seen r JOIN pg_attrdef a ON a.adrelid = r.oid
    UNION ALL
    SELECT DISTINCT 'default of domain ' || t.oid::regtype::text, 'run', t.typdefaultbin::text
    FROM seen r JOIN pg_attribute a ON a.attrelid = r.oid JOIN pg_type t ON t.oid = a.atttypid
    WHERE t.typdefaultbin IS NOT NULL
    """
  }

  private static let policyName: SafeSQL = """
    'policy ' || quote_ident(p.polname) || ' on ' || r.oid::regclass::text
    """

  /// Bodies of the user-made SQL functions among these: planning writes them out. As a tree, or as text
  /// where the function was made so; one with settings of its own is never written out. With them the
  /// server's own that are kept as text, as of `quote_literal(anyelement)`: what they cast to is decided
  /// when they are called, be it by a cast, an operator or an aggregate that somebody made.
  func bodies(of functions: [Int], _ seeds: TypeSeeds) -> SafeSQL {
    """
    SELECT p.oid, n.nspname, p.proname, p.prosrc, to_jsonb(p) ->> 'prosqlbody' AS tree,
      concat_ws(' ', p.prorettype, p.proargtypes, array_to_string(p.proallargtypes, ' ')) AS types
    \(Self.functionTables)
    WHERE l.lanname = 'sql' AND (
      p.oid >= \(Self.firstUserOID) AND p.oid = ANY (\(Self.array(functions))) AND p.proconfig IS NULL
      OR p.oid < \(Self.firstUserOID) AND p.prosrc <> '' AND (
        p.oid = ANY (\(Self.array(functions + seeds.functionOIDs)))
        OR p.proname = ANY (\(Self.array(seeds.functions + seeds.attributes)))
        OR p.oid IN (
          SELECT o.oprcode FROM pg_operator o
          WHERE o.oid >= \(Self.firstUserOID) OR o.oprname = ANY (\(Self.array(seeds.operators)))
          UNION ALL SELECT k.castfunc FROM pg_cast k WHERE k.oid >= \(Self.firstUserOID)
          UNION ALL SELECT unnest(\(Self.partsOfAggregate)) FROM pg_aggregate g
          WHERE g.aggfnoid >= \(Self.firstUserOID)
        )
      )
    )
    """
  }

  /// Constraints of the domains that values of these types, or of the tables' columns, may be made of.
  func domains(_ seeds: TypeSeeds) -> SafeSQL {
    """
    WITH RECURSIVE \(reachable), \(Self.used(seeds))
    SELECT DISTINCT 'domain ' || k.contypid::regtype::text AS path, 'run' AS use, k.conbin::text AS tree
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
    WITH RECURSIVE \(reachable), \(Self.lineage), \(Self.used(seeds)),
    classes AS (
      SELECT c.* FROM pg_opclass c
      WHERE c.opcintype IN (SELECT oid FROM used)
        OR c.oid IN (SELECT unnest(x.indclass) FROM reachable r JOIN pg_index x ON x.indrelid = r.oid)
        OR c.oid IN (SELECT unnest(t.partclass) FROM lineage l JOIN pg_partitioned_table t ON t.partrelid = l.oid)
    ),
    implied(function, path, is_foreign) AS (
      SELECT s.amproc::oid, 'operator class of ' || c.opcintype::regtype::text, false
      FROM classes c JOIN pg_amproc s ON s.amprocfamily = c.opcfamily
      UNION
      SELECT o.oprcode::oid, 'operator class of ' || c.opcintype::regtype::text, false
      FROM classes c JOIN pg_amop a ON a.amopfamily = c.opcfamily
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

  /// Functions behind casts that somebody made, as far as values of their types may occur: implicit ones;
  /// those of assignment to the server's own types, which WHERE, LIMIT, subscripts and XML ask for, and to
  /// any type where a row is written; those to a type that is named or that a function written out returns,
  /// and those to JSON where there is any, which `to_json` and its kind use: of all types where an array of
  /// any may occur, as the catalogs keep statistics.
  ///
  /// A cast between two of the server's own types may be used by any statement.
  func casts(_ seeds: TypeSeeds, writing: Bool) -> SafeSQL {
    """
    WITH RECURSIVE \(reachable), \(Self.used(seeds)),
    \(Self.closure("target", of: Self.named(seeds, seeds.signatures)))
    \(Self.functionColumns), 'cast from ' || k.castsource::regtype::text || ' to '
      || k.casttarget::regtype::text || ', which exists in this database and may be used' AS path,
      false AS is_foreign
    \(Self.functionTables) JOIN pg_cast k ON k.castfunc = p.oid
    WHERE k.oid >= \(Self.firstUserOID)
      AND (k.castcontext = 'i'
        OR k.castcontext = 'a' AND (\(writing ? "true" : "false") OR k.casttarget < \(Self.firstUserOID)
          AND (k.casttarget <> 'int4'::regtype OR \(seeds.hasSubscripts ? "true" : "false")))
        OR k.castsource = k.casttarget OR k.casttarget IN (SELECT oid FROM target)
        OR \(Self.isToJSON))
      AND (k.castsource < \(Self.firstUserOID) OR k.castsource IN (SELECT oid FROM used)
        OR \(Self.isToJSON) AND EXISTS (SELECT FROM used WHERE oid = 'anyarray'::regtype))
      AND (k.casttarget < \(Self.firstUserOID) OR k.casttarget IN (SELECT oid FROM used))
    ORDER BY k.oid
    """
  }

  /// Whether cast `k` is to JSON, of which there is something.
  private static let isToJSON: SafeSQL = """
    k.casttarget IN ('json'::regtype, 'jsonb'::regtype)
    AND EXISTS (SELECT FROM used WHERE oid IN ('json'::regtype, 'jsonb'::regtype))
    """

  /// `JSONOID` and `JSONBOID` of pg_type_d.h
  static let jsonTypes = [114, 3_802]

  /// Which of the tables, by their place from 1, have columns of these names.
  func columns(named names: [String]) -> SafeSQL {
    """
    SELECT t.place, a.attname FROM unnest(\(tableOIDs)) WITH ORDINALITY AS t(oid, place)
    JOIN pg_attribute a ON a.attrelid = t.oid AND NOT a.attisdropped
    WHERE a.attname = ANY (\(Self.array(names)))
    """
  }

  /// Every function of these names, and those of `attributes` that one argument is enough for, with whether
  /// that may be a row: of a table's type, of a domain, of any, one of several, or what a row becomes by a cast. One that an earlier schema of the search
  /// path hides is not meant by its bare name, where the call gives all parameters in their order.
  func functions(named names: [String], attributes: [String]) -> SafeSQL {
    """
    WITH f AS (
      SELECT p.oid, p.prokind IN ('f', 'a') AND p.pronargs > 0 AND p.pronargs - p.pronargdefaults <= 1 AS takes_one,
        t.typtype IN ('c', 'd', 'p') OR EXISTS (
          SELECT FROM pg_cast k JOIN pg_type s ON s.oid = k.castsource
          WHERE k.casttarget = t.oid AND k.castcontext = 'i' AND s.typtype IN ('c', 'd')
        ) AS takes_row
      FROM pg_proc p
      LEFT JOIN pg_type t ON t.oid = CASE WHEN p.provariadic <> 0 AND p.pronargs = 1 THEN p.provariadic ELSE p.proargtypes[0] END
      WHERE p.proname = ANY (\(Self.array(names + attributes)))
    )
    \(Self.functionColumns), f.takes_one, f.takes_one AND f.takes_row AS takes_row,
      array_position(\(path), n.nspname::text) IS NOT NULL AS is_visible, p.provariadic = 0 AND EXISTS (
        SELECT FROM pg_proc q JOIN pg_namespace qn ON qn.oid = q.pronamespace
        WHERE q.proname = p.proname AND q.proargtypes = p.proargtypes AND q.provariadic = 0
          AND array_position(\(path), qn.nspname::text) < array_position(\(path), n.nspname::text)
      ) AS is_hidden
    \(Self.functionTables) JOIN f ON f.oid = p.oid
    WHERE f.takes_one OR p.proname = ANY (\(Self.array(names)))
    """
  }

  /// The server's encoding, and names as the server keeps them: in its own encoding, and cut at 63 bytes of it.
  static func spellings(of names: [String]) -> SafeSQL {
    """
    SELECT current_setting('server_encoding') AS encoding, array_to_json(\(array(names))::name[]::text[]) AS names
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
      CROSS JOIN unnest(\(Self.partsOfAggregate)) AS part
      WHERE q.oid >= \(Self.firstUserOID)
        AND (q.proname = ANY (\(Self.array(names))) OR q.oid = ANY (\(Self.array(oids))))
    ) AS a ON a.part = p.oid
    """
  }

  private static let partsOfAggregate: SafeSQL = """
    ARRAY[
      g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn, g.aggmtransfn,
      g.aggminvtransfn, g.aggmfinalfn
    ]
    """

  /// The functions of user-made operators of these names or OIDs, and of what the planner may put in their
  /// place, as the commutator of a negator; the server's own operators are all harmless.
  func operators(named names: [String], _ oids: [Int]) -> SafeSQL {
    """
    WITH RECURSIVE alike(made, oid) AS (
      SELECT o.oid, o.oid FROM pg_operator o
      WHERE o.oprname = ANY (\(Self.array(names))) OR o.oid = ANY (\(Self.array(oids)))
      UNION
      SELECT a.made, next.oid FROM alike a JOIN pg_operator o ON o.oid = a.oid
      CROSS JOIN unnest(ARRAY[o.oprcom, o.oprnegate]) AS next(oid)
    )
    \(Self.functionColumns), o.oid AS operator, o.oprname, os.nspname AS operator_schema,
      os.nspname::text = ANY (\(path)) AS is_visible
    \(Self.functionTables) JOIN pg_operator called ON called.oprcode = p.oid
    JOIN alike ON alike.oid = called.oid JOIN pg_operator o ON o.oid = alike.made
    JOIN pg_namespace os ON os.oid = o.oprnamespace
    WHERE called.oid >= \(Self.firstUserOID)
    """
  }

  // MARK: Pieces

  /// `FirstNormalObjectId` of access/transam.h: objects with smaller OIDs came with the server.
  static let firstUserOID = 16_384

  /// The seeds, the types of the tables' columns, the system's among them, and of their rows, with what they
  /// are made of and what can be made of them.
  private static func used(_ seeds: TypeSeeds) -> SafeSQL {
    closure(
      "used",
      of: """
        \(named(seeds, seeds.oids + seeds.signatures))
        UNION SELECT a.atttypid FROM reachable r JOIN pg_attribute a ON a.attrelid = r.oid
        UNION SELECT c.reltype FROM reachable r JOIN pg_class c ON c.oid = r.oid
        UNION SELECT unnest(p.prorettype || p.proargtypes::oid[] || coalesce(p.proallargtypes, '{}'))
        FROM pg_proc p WHERE p.proname = ANY (\(array(seeds.functions + seeds.attributes)))
        UNION SELECT unnest(ARRAY[o.oprleft, o.oprright, o.oprresult])
        FROM pg_operator o WHERE o.oid >= \(firstUserOID) AND o.oprname = ANY (\(array(seeds.operators)))
        UNION SELECT unnest(ARRAY[g.aggtranstype, g.aggmtranstype])
        FROM pg_aggregate g JOIN pg_proc p ON p.oid = g.aggfnoid WHERE p.oid >= \(firstUserOID)
          AND (p.proname = ANY (\(array(seeds.functions + seeds.attributes))) OR p.oid = ANY (\(array(seeds.functionOIDs))))
        """)
  }

  /// A call of one argument may be a cast to the type of that name, and so may a name behind a dot.
  private static func named(_ seeds: TypeSeeds, _ oids: [Int]) -> SafeSQL {
    """
    SELECT t.oid FROM pg_type t
    WHERE t.typname = ANY (\(array(seeds.types + seeds.functions + seeds.attributes)))
      OR t.oid = ANY (\(array(oids)))
    """
  }

  /// The types of a query, with their elements, base types, attributes and range bounds, and with their
  /// arrays and multiranges, which polymorphic functions make of them.
  private static func closure(_ name: SafeSQL, of start: SafeSQL) -> SafeSQL {
    """
    \(name)(oid) AS (
      SELECT start.oid FROM (\(start)) AS start(oid) WHERE start.oid <> 0
      UNION
      SELECT part.oid FROM \(name) u JOIN pg_type t ON t.oid = u.oid CROSS JOIN LATERAL (
        SELECT unnest(ARRAY[t.typbasetype, t.typelem, t.typarray])
        UNION ALL SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0
        UNION ALL SELECT unnest(ARRAY[g.rngsubtype, g.rngtypid, g.rngmultitypid])
        FROM pg_range g WHERE t.oid IN (g.rngtypid, g.rngmultitypid)
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
        AND d.deptype = 'i' AND d.refclassid = 'pg_type'::regclass) AS is_constructor,
      p.proargdefaults::text AS defaults, CASE WHEN l.lanname = 'c' THEN p.prosrc END AS symbol,
      CASE WHEN l.lanname = 'sql' AND p.oid >= \(firstUserOID) THEN p.prosrc END AS body_text,
      CASE WHEN l.lanname = 'sql' AND p.oid >= \(firstUserOID) THEN to_jsonb(p) ->> 'prosqlbody' END AS body_tree
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
  /// OIDs of the types that functions written out take and return: their bodies' results are cast.
  var signatures: [Int] = []
  /// OIDs of functions: what the aggregates among them hold counts.
  var functionOIDs: [Int] = []
  /// Integers are asked for where something else may stand.
  var hasSubscripts = false
}
