/// A configured model, ready to be asked.
package struct LoadedModel: Sendable {
    package let name: String
    package let model: any LanguageModel
    /// What tells one model from another: of a local one, the hash of what it was loaded from.
    package let sha256: [UInt8]
    /// ISO 639-1; empty: any.
    package let languages: Set<String>

    package init(
        name: String, model: any LanguageModel, sha256: [UInt8], languages: Set<String>
    ) {
        (self.name, self.model, self.sha256) = (name, model, sha256)
        self.languages = languages
    }
}
