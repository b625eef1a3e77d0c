import Testing

@testable import Workflow

@Suite struct StoredExpressionTests {
  /// A call of 16400 on a column, added to a call of 16401 on a constant.
  private static let sum = """
    {OPEXPR :opno 16500 :opfuncid 177 :opresulttype 23 :args ({FUNCEXPR :funcid 16400 :funcresulttype 16600 \
    :args ({VAR :varno 1 :vartype 23}) :location 8} {FUNCEXPR :funcid 16401 :funcresulttype 23 :args ({CONST \
    :consttype 16601 :constvalue 4 [ 5 0 0 0 0 0 0 0 ]}) :location 20}) :location 18}
    """

  @Test func findsFunctionsOperatorsAndTypes() {
    let stored = StoredExpression(Self.sum)
    #expect(stored.functions == [177, 16400, 16401])
    #expect(stored.operators == [16500])
    #expect(stored.types.isSuperset(of: [23, 16600, 16601]))
  }

  @Test func keepsWhatMayComeToStandOnConstantsAlone() {
    let stored = StoredExpression(foldedPartsOf: Self.sum)
    #expect(stored.functions == [177, 16401])
    // What 16400 makes of its column may be a constant: functions in SQL are written out.
    #expect(stored.operators == [16500])
    #expect(stored.types.contains(16601) && !stored.types.contains(16600))
  }

  private static let column = "{VAR :varno 1 :vartype 23}"
  private static let one = "{CONST :consttype 23 :constisnull false :constvalue 4 [ 1 0 0 0 0 0 0 0 ]}"
  private static let null = "{CONST :consttype 23 :constisnull true :constvalue <>}"

  /// What stands in a call of 16400, and whether columns are sure to reach it.
  @Test(arguments: [
    (column, true), (one, false), (null, false), ("", false), ("\(column) \(one)", true),
    ("\(column) \(null)", false), ("{RELABELTYPE :arg \(column) :resulttype 25}", true),
    ("{FUNCEXPR :funcid 177 :args (\(column) \(one))}", true),
    ("{FUNCEXPR :funcid 177 :args (\(column) \(null))}", false),
    ("{FUNCEXPR :funcid 16401 :args (\(column))}", false),
    ("{OPEXPR :opno 551 :opfuncid 177 :args (\(column) \(one))}", true),
    ("{OPEXPR :opno 16500 :opfuncid 177 :args (\(column) \(one))}", false),
    ("{COALESCEEXPR :args (\(one) \(column))}", false), ("{ROWEXPR :args (\(column))}", false),
    ("{COALESCEEXPR :args (\(column) \(one))}", true), ("{COALESCEEXPR :args (\(null) \(column))}", false),
    ("\(column) {ARRAY :elements (\(one) \(one))}", true), ("{ARRAY :elements (\(one) \(null))}", false),
    ("\(column) {ARRAY :elements (\(one) \(null))}", false), ("{ARRAY :elements (\(one))}", false),
    ("{BOOLEXPR :boolop and :args (\(column) \(one))}", false),
    ("{CASEEXPR :args ({CASEWHEN :expr \(one) :result \(column)}) :defresult \(column)}", false),
    ("{BOOLEXPR :boolop and :args (\(column) \(column))}", true), ("{NULLTEST :arg \(column)}", true),
    ("{NULLTEST :arg {ROWEXPR :args (\(column))}}", false), ("{MINMAXEXPR :args (\(one) \(column))}", true),
    ("{MINMAXEXPR :args (\(one) \(null))}", false), ("{NULLIFEXPR :opno 96 :args (\(column) \(one))}", true),
    ("{NULLIFEXPR :opno 96 :args (\(one) \(one))}", false),
    ("{CASEEXPR :args ({CASEWHEN :expr \(column) :result \(one)}) :defresult \(null)}", true),
    (
      "{CASEEXPR :args ({CASEWHEN :expr \(column) :result \(one)} {CASEWHEN :expr \(one) :result \(one)})}",
      false
    ),
    ("{CASEEXPR :arg \(one) :args ({CASEWHEN :expr \(column) :result \(one)})}", false),
  ])
  func knowsWhereColumnsReachACall(_ arguments: String, _ reach: Bool) {
    let stored = StoredExpression(foldedPartsOf: "{FUNCEXPR :funcid 16400 :args (\(arguments))}")
    #expect(stored.functions.contains(16400) == !reach)
  }

  @Test func findsThemInLists() {
    let stored = StoredExpression(
      "({ROWCOMPAREEXPR :opnos (o 16501 16502) :largs ({PARAM :paramid 1})} {RTE :coltypes (o 16602 25)})")
    #expect(stored.operators == [16501, 16502])
    #expect(stored.types == [16602, 25])
  }

  @Test func seesRowLocksButNotTheirName() {
    #expect(StoredExpression("{QUERY :rowMarks ({ROWMARKCLAUSE :rti 1 :strength 4})}").locksRows)
    #expect(!StoredExpression(#"{CONST :resname ROWMARKCLAUSE :b \{ROWMARKCLAUSE\ }"#).locksRows)
  }

  @Test func isInertWithoutCallsAndMadeTypes() {
    #expect(StoredExpression("({CONST :consttype 23 :constvalue 4 [ 5 0 0 0 ]})").isInert)
    #expect(!StoredExpression("({FUNCEXPR :funcid 1606 :args ({CONST :consttype 23})})").isInert)
    #expect(!StoredExpression("({COERCETODOMAIN :arg {CONST :consttype 23} :resulttype 16400})").isInert)
  }

  @Test func isNotMisledByNamesAndBrokenTrees() {
    let stored = StoredExpression(
      #"{TARGETENTRY :expr {FUNCEXPR :funcid 1 :args <>} :resname a\ :funcid\ 2\{\}}"#)
    #expect(stored.functions == [1])
    let names =
      #"{ALIAS :aliasname a:funcid :colnames ("\:funcid" ":opno" b\\) :resname [ :funcid 4 :resname ]}"#
    #expect(StoredExpression(names).functions == [4])
    #expect(StoredExpression(names).operators.isEmpty)
    #expect(StoredExpression("}}}{{{ :funcid 3").functions.isEmpty)
    #expect(StoredExpression("}}}{{{ :funcid 3 ").functions == [3])
    #expect(StoredExpression("") == .empty)
  }
}
