import Catalog
import Testing

@Suite struct EvidenceBookTests {
  private static func relation(_ schema: String?, _ name: String) -> RelationEvidence {
    RelationEvidence(statistics: RelationStatistics(name: QualifiedName(schema: schema, name: name)))
  }

  @Test func findsATableByItsFullName() {
    let book = EvidenceBook(relations: [
      Self.relation("public", "orders"), Self.relation("archive", "orders"),
    ])
    let found = book.relation(QualifiedName(schema: "archive", name: "orders"))
    #expect(found?.name.label == "archive.orders")
    #expect(book.relation(QualifiedName(schema: "sales", name: "orders")) == nil)
  }

  @Test func findsATableWithoutSchemaOnlyWhenOneBearsTheName() {
    let two = EvidenceBook(relations: [Self.relation("public", "orders"), Self.relation("archive", "orders")])
    #expect(two.relation(QualifiedName(schema: nil, name: "orders")) == nil)
    let one = EvidenceBook(relations: [Self.relation("public", "orders")])
    #expect(one.relation(QualifiedName(schema: nil, name: "orders"))?.name.schema == "public")
  }

  @Test func namesASettingInItsOwnUnit() {
    let book = EvidenceBook(settings: [
      PlannerSetting(name: "work_mem", value: "4096", unit: "kB"),
      PlannerSetting(name: "effective_cache_size", value: "524288", unit: "8kB"),
      PlannerSetting(name: "random_page_cost", value: "1.1"),
    ])
    #expect(book.settings.map(\.label) == ["4096kB", "524288 × 8kB", "1.1"])
    #expect(book.setting("work_mem") == "4096")
    #expect(book.setting("jit") == nil)
  }
}
