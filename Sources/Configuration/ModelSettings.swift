package import YAML

/// A model file and how it is run.
package struct ModelSettings: Sendable, Equatable {
    package let name: String
    package let location: Location
    /// Absolute, or relative to the state directory.
    package let file: Located<String>
    /// Positions a session can hold.
    package let contextLength: Int
    /// Documents decoded together.
    package let sequences: Int
    /// Nil: the number of cores.
    package let threads: Int?
    /// ISO 639-1 codes of the documents it is for; empty: all.
    package let languages: [String]
}

extension ModelSettings {
    private static let name = Field(
        "name", Names.form.located(), "What recipes call the model.", example: "default")
    private static let file = Field(
        optional: "file", Form<String>.text(named: "path").located(),
        "A model in GGUF form, absolute or relative to `state_dir`; a model has `file` or `url`.",
        example: "models/SmolLM2-135M-Instruct.Q4_1.gguf")
    private static let contextLength = Field(
        "context_length", .integer(Limits.contextLength), default: "4096",
        "Tokens a document and its summary may take together.")
    private static let sequences = Field(
        "sequences", .integer(Limits.sequences), default: "16", "Documents decoded together.")
    private static let threads = Field(
        optional: "threads", .integer(Limits.threads), otherwise: "the number of cores",
        "Threads that compute.", example: "2")
    private static let languages = Field(
        "languages", .list(of: .language, count: 0...Limits.languages), default: "[]",
        "Languages of the documents the model is for, as ISO 639-1 codes; empty means all.",
        example: "[en, de]")
    private static let url = Field(
        optional: "url", .url(), "The base URL of a remote server that speaks the OpenAI protocol.",
        example: "https://vllm.example/v1")
    private static let remoteName = Field(
        optional: "model", .text, "What the remote server calls the model.",
        example: "mistral-small")
    private static let apiKey = Field(
        optional: "api_key", .secret, "What the remote server asks for.",
        example: "${credential:vllm}")

    private static let remoteOnly: [any DeclaredField] = [remoteName, apiKey]
    private static let localOnly: [any DeclaredField] = [contextLength, sequences, threads]

    static let section = Section<ModelSettings>(
        [
            name, file, contextLength, sequences, threads, languages, url, remoteName, apiKey,
        ],
        checks: [checkKind]
    ) { values, _ in
        guard let file = values[file] else { return nil }
        return ModelSettings(
            name: values[name].value, location: values[name].location, file: file,
            contextLength: values[contextLength], sequences: values[sequences],
            threads: values[threads], languages: values[languages])
    }

    @Sendable private static func checkKind(_ values: Values, _ reader: inout Reader) {
        switch (values.has(file), values.has(url)) {
        case (true, true):
            reader.error(
                at: values.keyLocation(of: url), "a model has either `file` or `url`, not both")
        case (false, false):
            reader.error(at: values.location, "the model has neither `file` nor `url`")
        case (true, false): reportStray(remoteOnly, "url", values, &reader)
        case (false, true):
            reader.error(
                at: values.keyLocation(of: url),
                "remote models are not supported by this version yet",
                help: "name a model file with `file`")
            reportStray(localOnly, "file", values, &reader)
            if !values.has(remoteName) {
                reader.error(
                    at: values.location, "required key `model` is missing beside `url`",
                    field: remoteName.name)
            }
        }
    }

    private static func reportStray(
        _ fields: [any DeclaredField], _ owner: String, _ values: Values, _ reader: inout Reader
    ) {
        for field in fields where has(field, values) {
            reader.error(
                at: keyLocation(field, values), "`\(field.name)` belongs to models with `\(owner)`",
                field: field.name)
        }
    }

    private static func has(_ field: some DeclaredField, _ values: Values) -> Bool {
        values.has(field)
    }

    private static func keyLocation(_ field: some DeclaredField, _ values: Values) -> Location {
        values.keyLocation(of: field)
    }
}
