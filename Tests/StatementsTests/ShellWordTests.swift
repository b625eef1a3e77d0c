import Statements
import Testing

@Suite struct ShellWordTests {
  @Test(arguments: [
    ("report.md", "report.md"),
    ("", "''"),
    ("--change", "--change"),
    ("two words", "'two words'"),
    ("$(reboot); `reboot` *", "'$(reboot); `reboot` *'"),
    ("it's", #"'it'\''s'"#),
    (#"back\slash"#, #"'back\slash'"#),
    ("señor", "'señor'"),
    ("it's\u{1B}[2J\\n", #"$'it\'s\u001B[2J\\n'"#),
    ("two\nlines", #"$'two\u000Alines'"#),
    ("\u{202E}dm.troper", #"$'\u202Edm.troper'"#),
    ("tag\u{E0041}", #"$'tag\U000E0041'"#),
  ])
  func quotesWhatAShellOrATerminalWouldObey(text: String, word: String) {
    #expect(ShellWord(text).description == word)
  }
}
