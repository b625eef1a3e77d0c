import Catalog
import Testing

@Suite struct EngineProfileTests {
  @Test func setsWorkMemOnlyWhereAllSettingsCanBeSet() {
    #expect(EngineProfile.postgres.hasWorkMem)
    #expect(!EngineProfile.dsql.hasWorkMem)
  }

  @Test func datesTheFactsOfAnEngineWhoseLimitsChange() {
    #expect(EngineProfile.dsql.factsDate != nil)
    #expect(EngineProfile.dsql.maxIndexesPerTable == 24)
    #expect(EngineProfile.dsql.maxKeyColumns == 8)
    #expect(EngineProfile.postgres.maxIndexesPerTable == nil)
  }

  @Test(arguments: [EngineProfile.Engine.postgres, .dsql])
  func findsTheProfileOfAnEngine(_ engine: EngineProfile.Engine) {
    #expect(EngineProfile.profile(of: engine).engine == engine)
  }
}
