/// A value that stands elsewhere: `${credential:NAME}`, `${file:PATH}` or `${env:NAME}`.
package struct Reference: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A file in systemd's credentials directory, `$CREDENTIALS_DIRECTORY`.
        case credential
        /// A file that others cannot read; relative to the file that refers to it.
        case file
        /// An environment variable.
        case env
    }

    package let kind: Kind
    package let name: String

    package init(kind: Kind, name: String) { (self.kind, self.name) = (kind, name) }
}

extension Reference: CustomStringConvertible {
    package var description: String { "${\(kind.rawValue):\(name)}" }
}

extension Reference {
    /// A stretch of a scalar: literal text, or a reference.
    enum Part: Sendable, Hashable {
        case literal(String)
        case reference(Reference)
    }

    /// Why a scalar's references make no sense.
    struct Malformed: Error {
        let message: String
    }

    /// Splits a scalar into literal text and references; a `$` without `{` is literal.
    static func parts(of text: String) throws(Malformed) -> [Part] {
        var parts: [Part] = []
        var literal = ""
        var rest = Substring(text)
        while let character = rest.first {
            guard rest.hasPrefix("${") else {
                literal.append(character)
                rest = rest.dropFirst()
                continue
            }
            guard let end = rest.firstIndex(of: "}") else {
                throw Malformed(message: "the reference \(quoted(String(rest))) has no closing `}`")
            }
            let inner = rest[rest.index(rest.startIndex, offsetBy: 2)..<end]
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = ""
            parts.append(.reference(try parse(String(inner))))
            rest = rest[rest.index(after: end)...]
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        return parts
    }

    private static func parse(_ inner: String) throws(Malformed) -> Reference {
        let written = quoted("${\(inner)}")
        let halves = inner.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let kind = Kind(rawValue: String(halves[0])) else {
            throw Malformed(
                message: "\(written) is no reference; use `${credential:NAME}`, "
                    + "`${file:PATH}` or `${env:NAME}`")
        }
        let name = String(halves[1])
        let isPlain =
            switch kind {
            case .file: !name.isEmpty
            case .credential: !name.isEmpty && !name.hasPrefix(".") && !name.contains("/")
            case .env: !name.isEmpty && !name.contains("=")
            }
        guard isPlain, !name.unicodeScalars.contains(where: { $0.value < 32 }) else {
            throw Malformed(message: "\(written) names no \(kind.noun)")
        }
        return Reference(kind: kind, name: name)
    }
}

extension Reference.Kind {
    fileprivate var noun: String {
        switch self {
        case .credential: "credential"
        case .file: "file"
        case .env: "environment variable"
        }
    }
}
