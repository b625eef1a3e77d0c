import Catalog
import Testing

@Suite struct IndexDefinitionTests {
  @Test(arguments: [
    (IndexKey("a"), false, true),
    (IndexKey("a", isDescending: true), true, true),
    (IndexKey("a", nullsFirst: true), true, false),
    (IndexKey("a", isDescending: true, nullsFirst: false), false, false),
  ])
  func putsNullsWhereTheDirectionPutsThem(_ key: IndexKey, nullsFirst: Bool, isDefault: Bool) {
    #expect(key.nullsFirst == nullsFirst)
    #expect(key.hasDefaultNulls == isDefault)
  }

  @Test func leadsWithItsColumnsUpToTheFirstExpression() {
    let index = IndexDefinition(
      name: "i", definition: "",
      keys: [IndexKey("a"), IndexKey("b"), IndexKey("lower(c)", isExpression: true), IndexKey("d")])
    #expect(index.leadingColumns == ["a", "b"])
  }

  @Test func sortsNamesBySchemaFirst() {
    let names = [("b", "a"), ("a", "b"), ("a", "a")].map { QualifiedName(schema: $0.0, name: $0.1) }
    #expect(names.sorted().map(\.label) == ["a.a", "a.b", "b.a"])
    #expect(QualifiedName(schema: nil, name: "t").label == "t")
  }
}
