import Domain
import XML
import YAML

extension Definition {
    /// Something that the parts of a definition do not agree about.
    struct Problem: Equatable {
        /// The top-level key it is under.
        let part: String
        let message: String
    }

    /// Every name in a template must be a value that exists where the template is used, and what
    /// is taken from `scope` by name must be declared there, or nothing would be read.
    var problems: [Problem] {
        nameProblems + scopeProblems + signInProblems + pagingProblems + xpathProblems
    }

    /// Names that every template knows.
    private var common: Set<String> {
        Set((connection + scope).filter { $0.isSimple }.map(\.name)).union(["origin"])
    }

    /// Names that what is not logged knows too.
    private var secrets: Set<String> {
        Set(connection.filter { $0.kind == .secret }.map(\.name))
    }

    private var nameProblems: [Problem] {
        let inScope = common.union(scopes.names(scope))
        var uses: [(part: String, template: Template, known: Set<String>)] = []
        func add(_ part: String, _ request: RequestTemplate?, _ known: Set<String>) {
            guard let request else { return }
            uses += request.addressTemplates.map { (part, $0, known) }
            uses += request.innerTemplates.map { (part, $0, known.union(secrets)) }
        }
        for header in headers {
            for value in header.values {
                uses.append(("headers", value, common.union(secrets)))
            }
        }
        for template in authentication.methods.flatMap(\.templates) {
            uses.append(("authentication", template, common))
        }
        uses.append(("scopes", scopes.name, inScope))
        for choice in streams?.choices ?? [] {
            add("streams", choice.request, inScope.union(choice.form?.names ?? []))
        }
        add("streams", streams?.children, inScope.union(["stream"]))
        add("streams", streams?.wellKnown?.lookup, inScope.union(["name"]))
        let inStream = inScope.union(["stream"])
        if case .odata(let odata) = records.changes {
            uses.append(("records", odata.service, inStream))
        }
        for (request, more) in records.requests {
            add("records", request, inStream.union(more))
        }
        if let template = records.sourceID {
            uses.append(("records", template, inStream.union(["id"])))
        }
        add("content", content?.request, inStream.union(["id"]))
        add("access", access?.request, inStream.union(["id"]))
        for child in children {
            add("children", child.request, inStream.union(["id"]))
            add("children", child.content?.request, inStream.union(["id", "child"]))
            if let template = child.sourceID {
                uses.append(("children", template, inStream.union(["id", "child"])))
            }
        }
        for template in mapping.templates { uses.append(("mapping", template, inScope)) }
        for template in children.flatMap(\.mapping.templates) {
            uses.append(("children", template, inScope))
        }
        return uses.flatMap { use in
            use.template.names.filter { !use.known.contains($0) }.map { name in
                if secrets.contains(name) {
                    return Problem(
                        part: use.part,
                        message: "`{\(name)}` in `\(use.template.text)` is a secret; it may stand "
                            + "in a header or body alone")
                }
                let near = nearest(to: name, among: use.known.sorted())
                return Problem(
                    part: use.part,
                    message: "`{\(name)}` in `\(use.template.text)` names no value"
                        + (near.map { "; did you mean `{\($0)}`?" } ?? ""))
            }
        }
    }

    /// A way to sign in that no connector could ever fill in.
    private var signInProblems: [Problem] {
        let declared = Set(connection.map(\.name))
        return authentication.methods.flatMap { method in
            method.needs.filter { !declared.contains($0) }.map { name in
                Problem(
                    part: "authentication",
                    message: "a way to sign in needs `\(name)`, which is not in `connection`")
            }
        }
    }

    /// Pages that would never be read.
    private var pagingProblems: [Problem] {
        var messages: [String] = []
        switch (records.format, records.paging) {
        case (.csv, .link), (.csv, .cursor):
            messages.append("a table has no place for a link or cursor; it may be in a header")
        default: break
        }
        if case .delta = records.changes, records.paging.hasPlaces {
            messages.append(
                "with changes of the kind `delta` one page must link to the next: places are those "
                    + "of `request`, and not of the link to later changes")
        }
        return messages.map { Problem(part: "records", message: $0) }
    }

    private var xpathProblems: [Problem] {
        guard records.format == .xml else { return [] }
        return [records.records, records.paging.xpath].compactMap(\.self).compactMap { xpath in
            XMLDocument.checkXPath(xpath).map { error in
                Problem(part: "records", message: "`\(xpath)`: \(error)")
            }
        }
    }

    private var scopeProblems: [Problem] {
        var uses: [(part: String, key: String, name: String?, kind: Parameter.Kind)] = [
            ("scopes", "each", scopes.each?.head, .list),
            ("streams", "select", streams?.select, .list),
            ("records", "since", records.since?.parameter, .date),
            ("records", "select", records.select?.parameter, .list),
            ("records", "include", records.containers?.include, .list),
            ("records", "exclude", records.containers?.exclude, .list),
            ("access", "when", access?.when, .boolean),
        ]
        uses += scopes.also.map { ("scopes", "when", $0.parameter, .boolean) }
        uses += children.map { ("children", "when", $0.when, .boolean) }
        return uses.compactMap { use in
            guard let name = use.name, scope.first(where: { $0.name == name })?.kind != use.kind
            else { return nil }
            let known = scope.filter { $0.kind == use.kind && $0.name != name }.map(\.name)
            let near = nearest(to: name, among: known.sorted())
            return Problem(
                part: use.part,
                message: "`\(use.key)` is `\(name)`, which is no \(use.kind.rawValue) in `scope`"
                    + (near.map { "; did you mean `\($0)`?" } ?? ""))
        }
    }
}

extension Parameter {
    /// One text, so that a template can name it.
    var isSimple: Bool { kind != .list && kind != .secret }

    /// The names of an element's members, those of elements within it too.
    fileprivate var elementNames: [String] {
        (items ?? []).flatMap { $0.kind == .list ? $0.elementNames : [$0.name] }
    }
}

extension ScopeList {
    /// What templates of a scope may name.
    fileprivate func names(_ scope: [Parameter]) -> Set<String> {
        let elements = scope.filter { $0.name == each?.head }.flatMap(\.elementNames)
        return attributeNames.union(elements).union([variable])
    }
}

extension Authentication.Method {
    fileprivate var templates: [Template] {
        switch self {
        case .clientCredentials(let url, let scope, _), .clientAssertion(let url, let scope):
            [url] + [scope].compactMap(\.self)
        case .jwtBearer(let url, let audience): [url, audience]
        case .basic, .header, .none: []
        }
    }
}

extension RecordFeed {
    /// Every request.
    var allRequests: [RequestTemplate?] { requests.map(\.0) }

    /// Every request, and what it may name beside the values of its stream.
    fileprivate var requests: [(RequestTemplate?, Set<String>)] {
        var described = Set(describe?.first.keys.map(\.self) ?? [])
        if describe != nil { described.insert("fields") }
        described.formUnion(describe?.flags.keys.map(\.self) ?? [])
        let position = described.union(["from", "at", "after"])
        var requests: [(RequestTemplate?, Set<String>)] = [
            (request, position), (item, described.union(["id"])), (describe?.request, []),
            (export?.count, described), (export?.create, described.union(["from"])),
            (export?.status, ["job"]), (export?.results, ["job"]), (export?.remove, ["job"]),
        ]
        if case .watermark(let watermark) = changes {
            requests.append((watermark.deleted?.request, ["start", "end"]))
        }
        return requests
    }
}
