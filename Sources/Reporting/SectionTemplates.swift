import Mustache
import ReportTemplates

/// Why a template cannot be used.
public enum TemplateError: Error, Sendable, Equatable {
  /// No section has a template of this name.
  case unknownName(String)
  /// The text is no Mustache template; the reader's own message.
  case malformed(name: String, message: String)
}

/// The compiled templates of all sections.
struct SectionTemplates: Sendable {
  private var library = MustacheLibrary()

  init(replacing replacements: [String: String] = [:]) throws(TemplateError) {
    for name in replacements.keys.sorted() where !ReportTemplates.names.contains(name) {
      throw .unknownName(name)
    }
    for name in ReportTemplates.names {
      try register(replacements[name] ?? ReportTemplates.text(named: name) ?? "", named: name)
    }
  }

  /// The section's text without line ends around it.
  func render(_ view: Any, with name: String) -> String {
    let text = library.render(view, withTemplate: name) ?? ""
    let body = text.drop { $0.isNewline }
    return String(body.reversed().drop { $0.isNewline }.reversed())
  }

  /// Markdown is not HTML: without the pragma `<` in SQL would come out as `&lt;`.
  private mutating func register(_ text: String, named name: String) throws(TemplateError) {
    do {
      try library.register("{{% CONTENT_TYPE:TEXT}}\n" + text, named: name)
    } catch {
      throw .malformed(name: name, message: "\(error)")
    }
  }
}
