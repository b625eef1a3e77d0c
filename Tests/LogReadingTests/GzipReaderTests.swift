import Gzip
import Testing

@Suite struct GzipReaderTests {
  /// `printf 'hello\n' | gzip -n`
  static let hello: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0xe7, 0x02,
    0x00,
    0x20, 0x30, 0x3a, 0x36, 0x06, 0x00, 0x00, 0x00,
  ]

  private func read(_ bytes: [UInt8], pieces size: Int) throws -> String {
    var reader = try GzipReader()
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      let piece = Array(bytes[start..<min(start + size, bytes.count)])
      try piece.withUnsafeBufferPointer { try reader.feed($0) { text += $0 } }
    }
    try reader.finish()
    return String(decoding: text, as: UTF8.self)
  }

  @Test(arguments: [1, 3, 1_000]) func readsFilesOneAfterTheOther(_ size: Int) throws {
    #expect(GzipReader.recognizes(Self.hello))
    #expect(try read(Self.hello, pieces: size) == "hello\n")
    #expect(try read(Self.hello + Self.hello + [0, 0, 0], pieces: size) == "hello\nhello\n")
  }

  @Test func saysWhereItIsDamaged() {
    #expect(throws: GzipReader.Failure.endsEarly) { try read(Array(Self.hello.dropLast()), pieces: 5) }
    var damaged = Self.hello
    damaged[20] ^= 1
    #expect(throws: GzipReader.Failure.damaged) { try read(damaged, pieces: 5) }
    #expect(throws: GzipReader.Failure.damaged) { try read(Self.hello + Array("x y z".utf8), pieces: 99) }
    #expect(!GzipReader.recognizes(Array("hello".utf8)))
  }
}
