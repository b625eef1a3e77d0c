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

  @Test func keepsWhatStandsOnConstantsAlone() {
    let stored = StoredExpression(constantPartsOf: Self.sum)
    #expect(stored.functions == [16401])
    #expect(stored.operators.isEmpty)
    #expect(stored.types.contains(16601) && !stored.types.contains(16600))
  }

  @Test func findsThemInLists() {
    let stored = StoredExpression(
      "({ROWCOMPAREEXPR :opnos (o 16501 16502) :largs ({PARAM :paramid 1})} {RTE :coltypes (o 16602 25)})")
    #expect(stored.operators == [16501, 16502])
    #expect(stored.types == [16602, 25])
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
