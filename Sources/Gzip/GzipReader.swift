import CZlib

/// Decompresses a stream in gzip's format, chunk by chunk; several compressed files one after the other are
/// one stream, as for `zcat`.
///
/// The one place that calls zlib. The reader owns zlib's state, on the heap because zlib keeps its address,
/// and gives it back when it ends; nothing of zlib leaves it.
public struct GzipReader: ~Copyable {
  /// Why a stream cannot be read on.
  public enum Failure: Error, Sendable, Equatable {
    /// zlib has no memory, or is another version than this was built with.
    case unavailable
    /// The bytes are not gzip's, or are damaged.
    case damaged
    /// The stream ends in the middle.
    case endsEarly
  }

  /// Bytes that are decompressed at a time.
  private static let chunkSize = 1 << 18
  /// The largest window, and gzip's header and checksum: `inflateInit2` in zlib.h.
  private static let gzipWindow: Int32 = 15 + 16

  private let stream: UnsafeMutablePointer<z_stream>
  private let output: UnsafeMutableBufferPointer<UInt8>
  /// Whether the last compressed file was read to its end.
  private var isBetweenMembers = false

  /// Whether bytes are the start of a gzip stream.
  public static func recognizes(_ start: some Sequence<UInt8>) -> Bool {
    start.starts(with: [0x1F, 0x8B, 0x08])
  }

  /// A reader at the start of a stream.
  public init() throws(Failure) {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let code = inflateInit2_(stream, Self.gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else {
      stream.deallocate()
      throw .unavailable
    }
    self.stream = stream
    output = .allocate(capacity: Self.chunkSize)
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  /// Takes the next compressed bytes and hands on what they hold, in one or several parts.
  public mutating func feed(
    _ input: UnsafeBufferPointer<UInt8>, _ take: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    // zlib reads through this pointer in this call alone, and does not write to it.
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.pointee.avail_in = UInt32(input.count)
    defer { stream.pointee.next_in = nil }
    var mayHaveMore = false
    while stream.pointee.avail_in > 0 || mayHaveMore {
      if isBetweenMembers, !startMember() { return }
      stream.pointee.next_out = output.baseAddress
      stream.pointee.avail_out = UInt32(output.count)
      let code = inflate(stream, Z_NO_FLUSH)
      guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw Failure.damaged }
      let count = output.count - Int(stream.pointee.avail_out)
      if count > 0 { try take(UnsafeBufferPointer(rebasing: output[..<count])) }
      isBetweenMembers = code == Z_STREAM_END
      mayHaveMore = stream.pointee.avail_out == 0 && !isBetweenMembers
    }
  }

  /// The compressed bytes are over.
  public mutating func finish() throws(Failure) {
    guard isBetweenMembers else { throw .endsEarly }
  }

  /// Zeros behind the last file are padding, as of a tape.
  private mutating func startMember() -> Bool {
    while stream.pointee.avail_in > 0, stream.pointee.next_in?.pointee == 0 {
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
    }
    guard stream.pointee.avail_in > 0 else { return false }
    isBetweenMembers = false
    return inflateReset(stream) == Z_OK
  }
}
