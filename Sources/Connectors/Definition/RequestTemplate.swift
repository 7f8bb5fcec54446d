import HTTPClient
import JSON

/// A request with names in braces for what differs from one to the next.
struct RequestTemplate: Sendable, Equatable {
    enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    /// A text made of parts with a space between; one that names an absent value is left out.
    struct Phrase: Sendable, Equatable {
        let parts: [Template]

        /// Nil where nothing is left.
        func text(_ values: [String: String]) -> String? {
            let texts = parts.compactMap { $0.complete(values) }
            return texts.isEmpty ? nil : texts.joined(separator: " ")
        }
    }

    let method: Method
    let path: Template
    /// By parameter name, sorted; percent-encoded whole, and left out where nothing is left.
    let query: [(name: String, phrase: Phrase)]
    let headers: [Header]
    /// Members of a JSON object of texts.
    let body: [(name: String, phrase: Phrase)]

    static func == (left: Self, right: Self) -> Bool {
        left.method == right.method && left.path == right.path && left.headers == right.headers
            && left.query.elementsEqual(right.query) { $0 == $1 }
            && left.body.elementsEqual(right.body) { $0 == $1 }
    }

    /// What goes into its address, which is logged.
    var addressTemplates: [Template] { [path] + query.flatMap(\.phrase.parts) }

    /// What goes into its headers and body.
    var innerTemplates: [Template] {
        body.flatMap(\.phrase.parts) + headers.flatMap(\.values)
    }

    /// Every name it uses.
    var names: [String] { (addressTemplates + innerTemplates).flatMap(\.names) }

    /// The address, below a base without a slash at its end or absolute by itself.
    func address(base: String, _ values: [String: String]) -> String {
        let path = path.expand(values)
        var url = path.hasPrefix("/") ? base + path : path
        var separator = url.contains("?") ? "&" : "?"
        for (name, phrase) in query {
            guard let text = phrase.text(values) else { continue }
            // Names such as `$filter` stay as the manuals write them.
            url += separator + name + "=" + PercentEncoding.segment(text)
            separator = "&"
        }
        return url
    }

    func bodyBytes(_ values: [String: String]) -> [UInt8]? {
        guard !body.isEmpty else { return nil }
        let members = body.compactMap { name, phrase in
            phrase.text(values).map { (name: name, value: JSON.string($0)) }
        }
        return JSON.object(JSON.Members(members)).serializedBytes()
    }

    func headerLines(_ values: [String: String]) -> [(String, String)] {
        headers.compactMap { header in header.text(values).map { (header.name, $0) } }
    }
}

extension Header {
    /// Nil where no part is left.
    func text(_ values: [String: String]) -> String? {
        let texts = self.values.compactMap { $0.complete(values) }
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }
}
