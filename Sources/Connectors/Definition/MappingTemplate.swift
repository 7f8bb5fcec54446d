import Domain

/// A mapping whose paths may name attributes of the scope in braces, such as `{title}`.
struct MappingTemplate: Sendable, Equatable {
    /// A ``Pick`` before its names are known.
    enum Source: Sendable, Equatable {
        case path(Template)
        case joined([Template], by: String)
        case split(Template, by: String)

        var templates: [Template] {
            switch self {
            case .path(let path), .split(let path, _): [path]
            case .joined(let paths, _): paths
            }
        }

        /// Nil where a name has no value.
        func pick(_ values: [String: String]) -> Pick? {
            switch self {
            case .path(let template): path(template, values).map(Pick.path)
            case .joined(let templates, let separator):
                Self.some(templates.compactMap { path($0, values) }).map {
                    .joined($0, by: separator)
                }
            case .split(let template, let separator):
                path(template, values).map { .split($0, by: separator) }
            }
        }

        private func path(_ template: Template, _ values: [String: String]) -> Path? {
            template.complete(values).flatMap(Path.init)
        }

        private static func some(_ paths: [Path]) -> [Path]? { paths.isEmpty ? nil : paths }
    }

    struct Body: Sendable, Equatable {
        let content: [Source]
        let form: Template?
        let html: [Source]
        let listsMembers: Bool
    }

    let kind: Template
    let title: [Source]
    let author: [Source]
    let participants: [Source]
    let createdAt: [Source]
    let modifiedAt: [Source]
    let sourceURL: [Source]
    let body: Body
    let metadata: [String: Source]
    let required: [Path]

    var templates: [Template] {
        let lists = [
            title, author, participants, createdAt, modifiedAt, sourceURL, body.content, body.html,
        ]
        var templates = lists.flatMap { $0.flatMap(\.templates) } + [kind]
        templates += metadata.values.flatMap(\.templates)
        if let form = body.form { templates.append(form) }
        return templates
    }

    /// The mapping of one scope.
    ///
    /// - Parameter values: What the scope is called and has for attributes; what names an
    ///   absent one is left out.
    /// - Returns: It with those values filled in.
    func mapping(_ values: [String: String]) -> Mapping {
        func picks(_ sources: [Source]) -> [Pick] { sources.compactMap { $0.pick(values) } }
        return Mapping(
            kind: kind.expand(values, isEncoded: false), title: picks(title),
            author: picks(author), participants: picks(participants),
            createdAt: picks(createdAt), modifiedAt: picks(modifiedAt),
            sourceURL: picks(sourceURL),
            body: .init(
                content: picks(body.content),
                form: body.form?.complete(values).flatMap(Path.init), html: picks(body.html),
                listsMembers: body.listsMembers),
            metadata: metadata.compactMapValues { $0.pick(values) }, required: required)
    }
}
