/// How long a statement's end may take, from the signal or the time limit to a connection that is closed.
///
/// The steps come one after another, and together they stay below the five seconds within which a command
/// has to be over.
enum EndingBudget {
  /// How far ahead of this program's own time limit the server's comes.
  static let serverLead = Duration.seconds(1)
  /// How long a server may take to obey a cancel request before the connection is closed.
  static let obeying = Duration.seconds(2)
  /// How long a cancel request may still be on its way when its statement has ended.
  static let delivery = Duration.seconds(1)
  /// How long the server may take for a rollback before the connection is closed instead.
  static let rollback = Duration.seconds(1)
}
