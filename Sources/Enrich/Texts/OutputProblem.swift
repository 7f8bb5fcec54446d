import Foundation

/// Why an answer is not fit to be stored.
package enum OutputProblem: String, Sendable {
    case empty
    case repetitive
    /// The text is in another language than the document.
    case language
    /// It has figures that the document does not have.
    case figures
    /// It has an address that the document does not have.
    case link
    /// It is longer than what it is about.
    case long
    /// It is not of the form that was asked for.
    case form
    /// No model knows the document's language, so none was asked.
    case model

    /// What is wrong, for people.
    var words: String {
        switch self {
        case .empty: "it is empty"
        case .repetitive: "it goes round in circles"
        case .language: "it is in another language than the document"
        case .figures: "it has figures that the document does not have"
        case .link: "it has an address that the document does not have"
        case .long: "it is longer than the document"
        case .form: "it is not of the recipe's form"
        case .model: "no configured model knows the document's language"
        }
    }

    /// What a second attempt is told; nil where that would not help.
    func remark(language: String?) -> String? {
        switch self {
        case .language:
            language.flatMap { Locale(identifier: "en").localizedString(forLanguageCode: $0) }
                .map { "Answer in \($0)." }
        case .figures, .link: "Use only what the text says."
        case .long: "Be brief."
        case .empty, .repetitive, .form, .model: nil
        }
    }
}
