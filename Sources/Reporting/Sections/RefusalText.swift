import Diagnosis

/// Why a remedy has no statement, in words; `nil` where none was to be expected.
struct RefusalText {
  var text: String?

  init(_ refusal: RemedyRefusal) {
    text =
      switch refusal {
      case .nothingToRun: nil
      case .noKeys: "the index would have no key column."
      case .duplicates(let index):
        "the existing index \(Markdown.code(index)) already starts with these keys."
      case .tooManyIndexes(let limit): "the table already has \(limit) indexes, as many as the engine takes."
      case .tooManyKeys(let limit): "the engine takes at most \(limit) key columns."
      case .noDescendingKeys: "the engine has no DESC in an index."
      case .notIndexable(let column, let type):
        "the engine cannot index \(Markdown.code(column)) of type \(Markdown.code(type))."
      case .partitionsUnknown(let table):
        "\(Markdown.code(table.label)) is partitioned, and its partitions are not known here."
      case .settingRefused(let name): "the engine refuses to set \(Markdown.code(name))."
      case .notOffered(let statement): "the engine has no \(Markdown.code(statement))."
      case .unreadablePredicate: "the condition of the partial index could not be written as SQL."
      }
  }
}
