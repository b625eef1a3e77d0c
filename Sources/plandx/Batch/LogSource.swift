import Foundation
import Gzip
import Statements

/// The bytes of a file or of stdin, decompressed, a part at a time.
final class LogSource {
  /// Why the rest of an input cannot be read.
  enum Failure: Error {
    case unreadable(String)
    case gzip(GzipReader.Failure)
    case otherFormat(String)

    var words: String {
      switch self {
      case .unreadable(let reason): "it cannot be read on: \(reason)"
      case .gzip(.endsEarly): "the gzip stream ends in the middle"
      case .gzip(.damaged): "the gzip stream is damaged"
      case .gzip(.unavailable): "zlib is not available"
      case .otherFormat(let advice): advice
      }
    }
  }

  private static let chunkSize = 1 << 18

  private let descriptor: CInt

  /// - Throws: `CommandFailure` when it is not there.
  init(_ path: String) throws {
    if path == "-" {
      guard isatty(STDIN_FILENO) == 0 else {
        throw CommandFailure(.usage, "a log is missing: give it as an argument or on stdin")
      }
      descriptor = dup(STDIN_FILENO)
    } else {
      descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    }
    guard descriptor >= 0 else {
      let reason = errno == ENOENT ? "no such file" : "it cannot be read: \(String(cString: strerror(errno)))"
      throw CommandFailure(.missingInput, "\(HiddenCharacters.name(path)): \(reason)")
    }
  }

  deinit { close(descriptor) }

  /// Reads to the end and hands on all bytes, decompressed where the input is compressed.
  ///
  /// - Throws: `Failure`, or what `take` throws.
  func forEach(_ take: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
    // A pipe may deliver its first bytes one by one.
    var count = try read(into: &chunk, from: 0)
    while count < Self.longestMark {
      let more = try read(into: &chunk, from: count)
      if more == 0 { break }
      count += more
    }
    if let advice = Self.otherFormats.first(where: { chunk[..<count].starts(with: $0.mark) })?.advice {
      throw Failure.otherFormat(advice)
    }
    guard GzipReader.recognizes(chunk[..<count]) else {
      return try pass(&chunk, first: count, take)
    }
    do {
      var gzip = try GzipReader()
      try pass(&chunk, first: count) { try gzip.feed($0, take) }
      try gzip.finish()
    } catch let failure as GzipReader.Failure {
      throw Failure.gzip(failure)
    }
  }

  private func pass(
    _ chunk: inout [UInt8], first: Int, _ take: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    var count = first
    while count > 0 {
      try chunk.withUnsafeBufferPointer { try take(UnsafeBufferPointer(rebasing: $0[..<count])) }
      count = try read(into: &chunk, from: 0)
    }
  }

  private func read(into chunk: inout [UInt8], from start: Int) throws -> Int {
    while true {
      let count = chunk.withUnsafeMutableBytes {
        Foundation.read(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start)
      }
      if count >= 0 { return count }
      guard errno == EINTR else { throw Failure.unreadable(String(cString: strerror(errno))) }
    }
  }

  // MARK: What is not read

  private static let longestMark = 6

  /// By their first bytes.
  private static let otherFormats: [(mark: [UInt8], advice: String)] = [
    ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed by zstd: pipe it through zstd -dc"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "it is compressed by xz: pipe it through xz -dc"),
    ([0x42, 0x5A, 0x68], "it is compressed by bzip2: pipe it through bzip2 -dc"),
    ([0x50, 0x4B, 0x03, 0x04], "it is a ZIP archive: pipe it through unzip -p"),
    ([0xFF, 0xFE], "it is text in UTF-16: pipe it through iconv -f UTF-16 -t UTF-8"),
    ([0xFE, 0xFF], "it is text in UTF-16: pipe it through iconv -f UTF-16 -t UTF-8"),
  ]
}
