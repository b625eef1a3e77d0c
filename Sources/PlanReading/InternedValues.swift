/// Values that are made once for each distinct stretch of text, because plans repeat themselves.
struct InternedValues<Value> {
  private struct Entry {
    var text: String
    var value: Value
  }

  private var entries: [UInt64: Entry] = [:]

  /// The value for `bytes`; `make` runs only where this text was not met before.
  mutating func value(for bytes: Bytes, make: (Bytes) -> Value) -> Value {
    let hash = Self.hash(bytes)
    if let entry = entries[hash], Self.equal(entry.text, bytes) { return entry.value }
    let text = bytes.text
    let value = make(bytes)
    if entries[hash] == nil { entries[hash] = Entry(text: text, value: value) }
    return value
  }

  /// FNV-1a: short texts, no secret.
  private static func hash(_ bytes: Bytes) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }

  private static func equal(_ text: String, _ bytes: Bytes) -> Bool {
    text.utf8.count == bytes.count && text.utf8.elementsEqual(bytes)
  }
}
