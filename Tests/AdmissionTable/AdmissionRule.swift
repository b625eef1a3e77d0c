import Statements

/// The rule that decides on a text, by a name that outlives every change of its words.
public enum AdmissionRule: String, Sendable, CaseIterable {
  // Admitted.
  case readsOnly, locksAreDropped
  // Rewritten.
  case updateIsRewritten, deleteIsRewritten
  // Rejected by kind.
  case writes, runsCode, changesDefinitions, controlsTransaction, changesSession, explains, prepares
  case usesCursor, isUtility
  // Rejected for a part.
  case dataModifyingCTE, selectInto, currentOf
  // Rejected as a text.
  case empty, severalStatements, psqlCommand, syntax, parameterWithoutValue, unusedParameterValue
  case parameterNumber, alikeNames, containsNUL, invalidUTF8
  // Rejected before the parser or for its sake.
  case tooLong, tooManyTokens, tooDeep, commentsTooDeep, operatorsTooDense
  // A fault of the program.
  case rewriteDiffers

  /// The rule by which a statement was admitted.
  public init(_ admitted: AdmittedStatement) {
    switch admitted.origin {
    case .update: self = .updateIsRewritten
    case .delete: self = .deleteIsRewritten
    case .select: self = admitted.notes.isEmpty ? .readsOnly : .locksAreDropped
    }
  }

  /// The rule that a text broke.
  public init(_ error: AdmissionError) {
    switch error {
    case .statement(_, let rule): self.init(rule)
    case .dataModifyingCTE: self = .dataModifyingCTE
    case .selectInto: self = .selectInto
    case .currentOf: self = .currentOf
    case .empty: self = .empty
    case .multipleStatements: self = .severalStatements
    case .psqlCommand: self = .psqlCommand
    case .syntax: self = .syntax
    case .parametersWithoutValues: self = .parameterWithoutValue
    case .unusedParameterValues: self = .unusedParameterValue
    case .parameterNumber: self = .parameterNumber
    case .alikeNames: self = .alikeNames
    case .containsNUL: self = .containsNUL
    case .invalidUTF8: self = .invalidUTF8
    case .tooLong: self = .tooLong
    case .tooManyTokens: self = .tooManyTokens
    case .tooDeep: self = .tooDeep
    case .commentsTooDeep: self = .commentsTooDeep
    case .operatorsTooDense: self = .operatorsTooDense
    case .rewriteDiffers: self = .rewriteDiffers
    }
  }

  private init(_ rule: StatementRule) {
    switch rule {
    case .writes: self = .writes
    case .runsCode: self = .runsCode
    case .changesDefinitions: self = .changesDefinitions
    case .controlsTransaction: self = .controlsTransaction
    case .changesSession: self = .changesSession
    case .explains: self = .explains
    case .prepares: self = .prepares
    case .usesCursor: self = .usesCursor
    case .isUtility: self = .isUtility
    }
  }
}
