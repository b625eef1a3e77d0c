/// Makes a ``JSONTree`` of a document in another notation, in the order in which it is read.
public struct JSONTreeBuilder {
  private var bytes: [UInt8] = []
  private var entries: [JSONTree.Entry] = []
  private var open: [Int] = []

  /// An empty tree.
  public init() {}

  /// Whether nothing was added yet.
  public var isEmpty: Bool { entries.isEmpty }

  /// How many containers are open.
  public var depth: Int { open.count }

  /// Whether the innermost open container has nothing inside.
  public var isInnermostEmpty: Bool { open.last == entries.count - 1 }

  // MARK: Containers

  /// Begins an object or an array.
  public mutating func openContainer(_ kind: JSONTree.Kind) {
    open.append(entries.count)
    append(kind, [], escaped: false)
  }

  /// The innermost open container, still empty, is an array after all.
  public mutating func makeInnermostArray() {
    guard let container = open.last else { return }
    entries[container].kind = .array
  }

  /// Ends the innermost open container.
  public mutating func close() {
    guard let container = open.popLast() else { return }
    entries[container].end = Int32(bytes.count)
    entries[container].next = Int32(entries.count)
  }

  /// Ends the innermost open container, which is empty, as a plain value.
  public mutating func close(asBare text: some Collection<UInt8>) {
    guard let container = open.popLast() else { return }
    entries.removeLast(entries.count - container)
    append(.bare, text, escaped: false)
  }

  // MARK: Values

  /// A key; its value comes next.
  public mutating func key(_ text: some Collection<UInt8>, escaped: Bool = false) {
    if escaped {
      append(.key, Array(JSONEscapes.unescaped(Array(text)[...]).utf8), escaped: false)
    } else {
      append(.key, text, escaped: false)
    }
  }

  /// A value that holds no other. `escaped` tells that there are backslashes to be resolved.
  public mutating func value(
    _ kind: JSONTree.Kind, _ text: some Collection<UInt8>, escaped: Bool = false
  ) {
    append(kind, text, escaped: escaped)
  }

  /// A whole document as a value.
  public mutating func value(_ tree: JSONTree) {
    let (byteOffset, entryOffset) = (Int32(bytes.count), Int32(entries.count))
    bytes += tree.content.bytes
    entries += tree.content.entries.map { entry in
      var moved = entry
      moved.start += byteOffset
      moved.end += byteOffset
      moved.next += entryOffset
      return moved
    }
  }

  private mutating func append(_ kind: JSONTree.Kind, _ text: some Collection<UInt8>, escaped: Bool) {
    let start = Int32(bytes.count)
    bytes.append(contentsOf: text)
    entries.append(
      JSONTree.Entry(
        kind: kind, escaped: escaped, start: start, end: Int32(bytes.count), next: Int32(entries.count + 1)))
  }

  // MARK: The end

  /// Drops the innermost open container, which is empty, and a key that has no value.
  public mutating func dropUnfinished() {
    if isInnermostEmpty { entries.remove(at: open.removeLast()) }
    if entries.last?.kind == .key { entries.removeLast() }
  }

  /// The tree; open containers end here. `byteCount` is what the document took of its own text.
  public mutating func finish(byteCount: Int, isTruncated: Bool, lineBreaks: [Int] = []) -> JSONTree {
    while !open.isEmpty { close() }
    if entries.isEmpty { append(.null, [], escaped: false) }
    return JSONTree(
      bytes: bytes, entries: entries, byteCount: byteCount, isTruncated: isTruncated, lineBreaks: lineBreaks)
  }
}
