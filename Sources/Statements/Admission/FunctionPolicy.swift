/// The second layer of safety, as far as it needs no catalog: which functions a statement may call.
///
/// An allow-list: the server's own IMMUTABLE and STABLE functions but for ``deniedStable``, the VOLATILE
/// ones named in ``harmlessVolatile``, compiled IMMUTABLE and STABLE functions that belong to an installed
/// extension, and what the user vouches for with `--allow-function`.
public struct FunctionPolicy: Sendable, Hashable {
  /// Names that the user vouches for, as given: `name` or `schema.name`.
  public let allowed: Set<String>

  /// A policy with the names that the user vouches for.
  public init(allowing allowed: Set<String> = []) { self.allowed = allowed }

  /// VOLATILE functions of `pg_catalog` that change nothing; two of them are the methods of TABLESAMPLE.
  public static let harmlessVolatile: Set<String> = [
    "bernoulli", "clock_timestamp", "gen_random_uuid", "pg_sleep", "random", "system", "timeofday",
  ]

  /// STABLE functions of `pg_catalog` that do more than read: the XML exports run any query given as
  /// text or read whole schemas, the others assign a transaction ID.
  public static let deniedStable: Set<String> = [
    "cursor_to_xml", "cursor_to_xmlschema", "database_to_xml", "database_to_xml_and_xmlschema",
    "database_to_xmlschema", "pg_current_xact_id", "query_to_xml", "query_to_xml_and_xmlschema",
    "query_to_xmlschema", "schema_to_xml", "schema_to_xml_and_xmlschema", "schema_to_xmlschema",
    "table_to_xml", "table_to_xml_and_xmlschema", "table_to_xmlschema", "txid_current",
  ]

  /// Decides about one call.
  ///
  /// - Parameter candidates: Every function of that name that the search path lets the call mean. SQL text
  ///   does not tell which of them it is, so each that fits the number of arguments must pass.
  public func judge(_ use: FunctionUse, candidates: [FunctionCandidate]) -> FunctionVerdict {
    let fitting = candidates.filter { $0.fits(use) }
    guard !fitting.isEmpty else { return .unresolved }
    for candidate in fitting {
      if let reason = objection(to: candidate) { return .rejected(candidate, reason) }
    }
    return .admitted
  }

  /// Why a function may not be called; `nil` where it may.
  public func objection(to candidate: FunctionCandidate) -> FunctionObjection? {
    guard !allowed.contains(candidate.name), !allowed.contains("\(candidate.schema).\(candidate.name)") else {
      return nil
    }
    if candidate.isBuiltIn { return builtInObjection(candidate) }
    guard candidate.volatility != .volatile else { return .isVolatile }
    guard candidate.isCompiled, candidate.owningExtension != nil else { return .isUserCode }
    return nil
  }

  private func builtInObjection(_ candidate: FunctionCandidate) -> FunctionObjection? {
    if Self.deniedStable.contains(candidate.name) { return .hasEffects }
    let isHarmless = candidate.volatility != .volatile || Self.harmlessVolatile.contains(candidate.name)
    return isHarmless ? nil : .isVolatile
  }
}

/// One row of `pg_proc` that a call may mean.
public struct FunctionCandidate: Sendable, Hashable {
  /// `pg_proc.provolatile`
  public enum Volatility: String, Sendable, Hashable {
    case immutable = "i"
    case stable = "s"
    case volatile = "v"
  }

  /// Schema, without quotes.
  public let schema: String
  /// Name, without quotes.
  public let name: String
  /// What it promises.
  public let volatility: Volatility
  /// `pg_language.lanname`: `internal`, `c`, `sql`, `plpgsql`.
  public let language: String
  /// The extension that it belongs to; `nil` where it belongs to none.
  public let owningExtension: String?
  /// `pg_proc.pronargs`, the ones with defaults included.
  public let argumentCount: Int
  /// `pg_proc.pronargdefaults`
  public let defaultCount: Int
  /// The last argument takes any number of values.
  public let isVariadic: Bool

  /// A function as the catalog describes it.
  public init(
    schema: String, name: String, volatility: Volatility, language: String, owningExtension: String? = nil,
    argumentCount: Int, defaultCount: Int = 0, isVariadic: Bool = false
  ) {
    self.schema = schema
    self.name = name
    self.volatility = volatility
    self.language = language
    self.owningExtension = owningExtension
    self.argumentCount = argumentCount
    self.defaultCount = defaultCount
    self.isVariadic = isVariadic
  }

  /// Machine code, which only a superuser can bring in: of a library, or the server's own.
  var isCompiled: Bool { language == "c" || language == "internal" }

  /// Came with the server: a superuser may put functions of his own into `pg_catalog`, but the server's
  /// are internal, or SQL without an extension around them.
  var isBuiltIn: Bool {
    Self.serverSchemas.contains(schema) && owningExtension == nil
      && (language == "internal" || language == "sql")
  }

  private static let serverSchemas: Set<String> = ["pg_catalog", "information_schema"]

  /// Whether a call with that many arguments may mean it.
  public func fits(_ use: FunctionUse) -> Bool {
    guard use.name == name, use.schema == nil || use.schema == schema else { return false }
    let required = argumentCount - defaultCount
    // Behind VARIADIC stands one array; without the word any number of values, at least one.
    guard isVariadic, !use.isVariadic else { return (required...argumentCount).contains(use.argumentCount) }
    return use.argumentCount >= required
  }
}

/// What is decided about a call.
public enum FunctionVerdict: Sendable, Hashable {
  /// Every function that it may mean is harmless.
  case admitted
  /// A function that it may mean is not.
  case rejected(FunctionCandidate, FunctionObjection)
  /// The catalog shows no function that fits: a gap to be named, or an error that the server will report.
  case unresolved
}

/// Why a function may not be called.
public enum FunctionObjection: Sendable, Hashable {
  /// It is VOLATILE: it may write or do anything else.
  case isVolatile
  /// It is STABLE, but runs text as a query or assigns a transaction ID.
  case hasEffects
  /// It is written by users: what it declares about itself is not checked by the server.
  case isUserCode
  /// The engine does not show its functions, so the name could mean anything.
  case cannotBeLookedUp
}
