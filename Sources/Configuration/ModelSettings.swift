package import YAML

/// A model that recipes can use: a file, or a server.
package struct ModelSettings: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case local(LocalModelSettings)
        case remote(RemoteModelSettings)
    }

    package let name: String
    package let location: Location
    package let kind: Kind
    /// Tokens that a document and what is made of it may take together.
    ///
    /// Nil: 4,096, or what a local model was trained for if that is less.
    package let contextLength: Int?
    /// Documents worked on together.
    package let sequences: Int
    /// ISO 639-1 codes of the documents it is for; empty: all.
    package let languages: [String]
}

extension ModelSettings {
    private static let name = Field(
        "name", Names.form.located(), "What recipes call the model.", example: "default")
    private static let contextLength = Field(
        optional: "context_length", .integer(Limits.contextLength),
        otherwise: "4096, or what the model was trained for if that is less",
        "Tokens a document and its summary may take together.", example: "8192")
    private static let sequences = Field(
        "sequences", .integer(Limits.sequences), default: "16",
        "Documents decoded together; of a remote server, asked about at a time.")
    private static let languages = Field(
        "languages", .list(of: .language, count: 0...Limits.languages), default: "[]",
        "Languages of the documents the model is for, as ISO 639-1 codes; empty means all.",
        example: "[en, de]")

    static let section = Section<ModelSettings>(
        [
            name, LocalModelSettings.file, RemoteModelSettings.url, contextLength, sequences,
            languages,
        ]
            + LocalModelSettings.fields + RemoteModelSettings.fields,
        checks: [checkKind]
    ) { values, _ in
        guard
            let kind = LocalModelSettings(values).map(Kind.local)
                ?? RemoteModelSettings(values).map(Kind.remote)
        else { return nil }
        return ModelSettings(
            name: values[name].value, location: values[name].location, kind: kind,
            contextLength: values[contextLength], sequences: values[sequences],
            languages: values[languages])
    }

    @Sendable private static func checkKind(_ values: Values, _ reader: inout Reader) {
        let url = RemoteModelSettings.url
        switch (values.has(LocalModelSettings.file), values.has(url)) {
        case (true, true):
            reader.error(
                at: values.keyLocation(of: url), "a model has either `file` or `url`, not both")
        case (false, false):
            reader.error(at: values.location, "the model has neither `file` nor `url`")
        case (true, false): reportStray(RemoteModelSettings.fields, "url", values, &reader)
        case (false, true):
            reportStray(LocalModelSettings.fields, "file", values, &reader)
            RemoteModelSettings.check(values, &reader)
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
