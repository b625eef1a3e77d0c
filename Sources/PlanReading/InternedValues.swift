/// Values that are made once for each distinct stretch of text, because plans repeat themselves.
///
/// Knows the stretches where they stand in the text, so it lives no longer than the reader of that text.
struct InternedValues<Value> {
  private struct Entry {
    var text: Bytes
    var hash: UInt64
    var value: Value
  }

  private var entries: [Entry] = []
  /// Open addressing: a slot holds the number of an entry, counted from 1; at most half of them are taken.
  private var slots = [Int32](repeating: 0, count: 32)

  /// The value for `text`; `make` runs only where this text was not met before.
  mutating func value(for text: Bytes, make: (Bytes) -> Value) -> Value {
    let hash = Self.hash(text)
    var slot = firstSlot(for: hash)
    while slots[slot] != 0 {
      let entry = Int(slots[slot]) - 1
      if entries[entry].hash == hash, entries[entry].text.equals(text) { return entries[entry].value }
      slot = (slot + 1) & (slots.count - 1)
    }
    let value = make(text)
    entries.append(Entry(text: text, hash: hash, value: value))
    slots[slot] = Int32(entries.count)
    if entries.count * 2 > slots.count { grow() }
    return value
  }

  private func firstSlot(for hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 4)
    for (number, entry) in entries.enumerated() {
      var slot = firstSlot(for: entry.hash)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number + 1)
    }
  }

  /// FNV-1a: short texts, no secret.
  private static func hash(_ text: Bytes) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}
