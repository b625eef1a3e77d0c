import ReportTemplates
import Testing

@testable import Reporting

/// Mustache renders a misspelt name as nothing; so every name is looked up in the values that it is rendered with.
@Suite struct TemplateTests {
  @Test func everyNameInEveryTemplateIsOneOfItsModel() {
    var unresolved: Set<String> = []
    var resolved: Set<String> = []
    for (template, view) in Self.views {
      let text = ReportTemplates.text(named: template) ?? ""
      var walk = NameWalk(template: template)
      walk.run(TemplateTag.tags(in: text)[...], [view])
      resolved.formUnion(walk.resolved)
      unresolved.formUnion(walk.unresolved)
    }
    #expect(unresolved == [])
    let all = Self.views.map(\.template).reduce(into: Set<String>()) { names, template in
      for tag in TemplateTag.tags(in: ReportTemplates.text(named: template) ?? "") where tag.kind != .close {
        names.insert("\(template): \(tag.name)")
      }
    }
    #expect(all.subtracting(resolved) == [], "no sample report reaches these names")
  }

  @Test func everyTemplateIsRenderedByASample() {
    let rendered = Set(Self.views.map(\.template))
    #expect(Set(ReportTemplates.names).subtracting(rendered) == [])
  }

  @Test func refusesATemplateOfAnUnknownSection() {
    #expect(throws: TemplateError.unknownName("sumary")) { try MarkdownReport(replacing: ["sumary": ""]) }
  }

  @Test func replacesATemplate() throws {
    let text = try MarkdownReport(replacing: ["next-steps": "## Next Steps\n\n{{first}} <b>"]).text(
      of: HealthyReport.report)
    #expect(
      text.contains(
        "Nothing needs to be applied. Reassess when the data, the statement or the server has changed. <b>"))
  }

  static var views: [(template: String, view: Any)] {
    SampleReports.all.flatMap { MarkdownReport.views(of: $0.report) }
      + SampleReports.all.flatMap { sample -> [(template: String, view: Any)] in
        sample.report.findings.findings.map { ("finding", FindingView($0, in: sample.report)) }
      }
      + SampleReports.all.compactMap { sample in
        PastedPlanView(sample.report).map { ("pasted-plan", $0) }
      }
      + ReassessmentSamples.all.map { ("addendum", AddendumView($0)) }
  }
}

/// A `{{…}}` of a template.
struct TemplateTag {
  enum Kind { case variable, open, inverted, close, partial }
  var kind: Kind
  var name: String

  static func tags(in text: String) -> [TemplateTag] {
    text.split(separator: "{{").dropFirst(text.hasPrefix("{{") ? 0 : 1).compactMap { part in
      let pieces = part.split(separator: "}}", omittingEmptySubsequences: false)
      return pieces.count > 1 ? TemplateTag(pieces[0]) : nil
    }
  }

  private init(_ text: Substring) {
    let kinds: [Character: Kind] = ["#": .open, "^": .inverted, "/": .close, ">": .partial]
    kind = text.first.flatMap { kinds[$0] } ?? .variable
    name = (kind == .variable ? text : text.dropFirst()).split(separator: " ").joined()
  }
}

/// Follows a template's tags through a view as Mustache does.
struct NameWalk {
  var template: String
  var resolved: Set<String> = []
  var unresolved: Set<String> = []

  mutating func run(_ tags: ArraySlice<TemplateTag>, _ stack: [Any]) {
    var rest = tags
    while let tag = rest.popFirst() {
      guard tag.kind == .variable || tag.kind == .open else {
        if tag.kind == .partial { resolved.insert("\(template): \(tag.name)") }
        continue
      }
      let value = look(up: tag.name, stack)
      guard tag.kind == .open else { continue }
      let end = rest.firstIndex { $0.kind == .close && $0.name == tag.name } ?? rest.endIndex
      for item in Self.items(value) { run(rest[rest.startIndex..<end], stack + [item]) }
      rest = rest[end...]
    }
  }

  private mutating func look(up name: String, _ stack: [Any]) -> Any? {
    let label = "\(template): \(name)"
    if name == "." {
      resolved.insert(label)
      return stack.last
    }
    let path = name.split(separator: ".").map(String.init)
    let owner = stack.last { object in Mirror(reflecting: object).children.contains { $0.label == path[0] } }
    guard var value = owner else {
      unresolved.insert(label)
      return nil
    }
    for step in path {
      guard let child = Mirror(reflecting: value).children.first(where: { $0.label == step }) else {
        unresolved.insert(label)
        return nil
      }
      value = child.value
    }
    resolved.insert(label)
    return value
  }

  private static func items(_ value: Any?) -> [Any] {
    guard let value else { return [] }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { items($0.value) } ?? []
    case .collection: return mirror.children.map(\.value)
    default: return value as? Bool == false ? [] : [value]
    }
  }
}
