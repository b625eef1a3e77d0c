/// Values that are made once for each distinct stretch of text, because plans repeat themselves.
///
/// Knows the stretches where they stand in the text, so it lives no longer than the reader of that text.
struct InternedValues<Value> {
  private struct Key {
    var text: Bytes
    var hash: UInt64
  }

  private var keys: [Key] = []
  private var values: [Value] = []
  /// Open addressing: a slot holds the number of a key, counted from 1; at most half of them are taken.
  private var slots = [Int32](repeating: 0, count: 32)

  /// The value for `text`; `make` runs only where this text was not met before.
  mutating func value(for text: Bytes, make: (Bytes) -> Value) -> Value {
    let hash = text.contentHash
    var slot = firstSlot(for: hash)
    while slots[slot] != 0 {
      let entry = Int(slots[slot]) - 1
      if keys[entry].hash == hash, keys[entry].text.equals(text) { return values[entry] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let value = make(text)
    if keys.isEmpty { reserve() }
    keys.append(Key(text: text, hash: hash))
    values.append(value)
    slots[slot] = Int32(keys.count)
    if keys.count * 2 > slots.count { grow() }
    return value
  }

  /// A plan of a few nodes shall have room at once.
  private mutating func reserve() {
    keys.reserveCapacity(slots.count / 2)
    values.reserveCapacity(slots.count / 2)
  }

  private func firstSlot(for hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 4)
    for (number, key) in keys.enumerated() {
      var slot = firstSlot(for: key.hash)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number + 1)
    }
  }
}
