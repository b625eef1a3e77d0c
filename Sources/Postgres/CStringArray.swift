#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Gives a body the texts as an array of C strings, with null for `nil`, that lives as long as the call.
func withCStrings<Value>(
  _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
) -> Value {
  let copies = texts.map { $0.flatMap { strdup($0) } }
  defer { for copy in copies { erase(copy) } }
  return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { body($0.baseAddress) }
}

/// Frees a copy that may be of a password, overwritten.
private func erase(_ copy: UnsafeMutablePointer<CChar>?) {
  guard let copy else { return }
  memset(copy, 0, strlen(copy))
  free(copy)
}
