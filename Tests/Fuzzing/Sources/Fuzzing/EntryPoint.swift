/// What libFuzzer calls with every input it thinks of.
///
/// The bytes are libFuzzer's, and are only read during the call. `--reader=NAME` of the command line, which
/// libFuzzer leaves alone, says which reader gets them.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  FuzzTarget.chosen.take(UnsafeBufferPointer(start: start, count: count))
  return 0
}
