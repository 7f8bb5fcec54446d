package import Inference

/// A configured model, ready to be asked.
package struct LoadedModel: Sendable {
    package let name: String
    package let engine: Engine
    /// Of the model's file.
    package let sha256: [UInt8]
    /// ISO 639-1; empty: any.
    package let languages: Set<String>

    package init(name: String, engine: Engine, sha256: [UInt8], languages: Set<String>) {
        (self.name, self.engine, self.sha256) = (name, engine, sha256)
        self.languages = languages
    }
}
