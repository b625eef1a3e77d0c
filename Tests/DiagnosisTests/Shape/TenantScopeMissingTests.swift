import Catalog
import Testing

@testable import Diagnosis

@Suite struct TenantScopeMissingTests {
  private let rule = TenantScopeMissing()
  private let stem = "fires-when-a-join-leaves-the-tenant-out"

  @Test func asksForTheTenantWithTheQuerysOwnNames() throws {
    let finding = try rule.finding(in: stem)
    #expect(finding.title == "public.ticket_events is not held to one tenant_id, other tables are")
    #expect(
      finding.sentence == "Add e.tenant_id = t.tenant_id to the statement, if no other rows are wanted.")
    #expect(
      finding.cause.check == """
        SELECT count(*) FROM public.ticket_events AS a JOIN public.tickets AS b ON a.ticket_id = b.id \
        WHERE a.tenant_id IS DISTINCT FROM b.tenant_id;
        """)
  }

  @Test func saysNothingWhereAUniqueKeyWithoutTheTenantFindsTheRow() throws {
    let book = EvidenceBook.shop.changing("ticket_events") {
      $0.indexes?.append(
        IndexDefinition(name: "one_each", definition: "", keys: [IndexKey("ticket_id")], isUnique: true))
    }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
  }

  @Test func takesNoColumnForATenantThatKeysDoNotBeginWith() throws {
    let book = EvidenceBook.shop.changing("ticket_events") {
      $0.indexes = [.primaryKey("ticket_events_pkey", "id", "tenant_id")]
    }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty, "one of two tables is not most")
  }

  @Test func saysNothingWhereTheColumnsHaveDifferentTypes() throws {
    let book = EvidenceBook.shop.changing("ticket_events") { $0.columns[0].type = "uuid" }
    #expect(try rule.findings(in: stem, evidence: book).isEmpty)
  }
}
