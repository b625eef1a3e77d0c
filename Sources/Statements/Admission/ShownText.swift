extension StringProtocol {
  /// The text on one line with a visible sign, one column wide, for every control character: what comes
  /// from a user's statement must neither break an error's line nor steer a terminal.
  var withVisibleControls: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: unicodeScalars.map(\.visible))
    return String(view)
  }
}

extension Unicode.Scalar {
  /// U+2400 and what follows it are pictures of the control characters.
  fileprivate var visible: Unicode.Scalar {
    switch (value, properties.generalCategory) {
    case (0x09, _): self
    case (..<0x20, _): Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}"
    case (0x7F, _): "\u{2421}"
    case (_, .control), (_, .format), (_, .lineSeparator), (_, .paragraphSeparator): "\u{FFFD}"
    default: self
    }
  }
}
