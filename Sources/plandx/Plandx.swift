import ArgumentParser

@main
struct Plandx: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "plandx")
}
