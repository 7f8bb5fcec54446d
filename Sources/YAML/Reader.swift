/// One file on its way into values: what was found wrong, and where the decoder stands.
package struct Reader {
    package let source: Source
    /// Resolves `${...}` in ordinary scalars; nil leaves them as they stand.
    package let references: References?
    /// What to run to read about a field, up to its name; nil gives no such help.
    package let explainCommand: String?
    /// In order of discovery.
    package private(set) var diagnostics: [Diagnostic] = []
    /// Keys from the file's root down to the place being decoded, without list indices.
    package private(set) var path: [String] = []

    private var keyLocations: [Location?] = []
    private let lines: [String]
    private var unreported = 0

    package init(
        _ source: Source, references: References? = nil, explainCommand: String? = nil
    ) {
        (self.source, self.references) = (source, references)
        self.explainCommand = explainCommand
        self.lines = source.lines
    }

    /// Errors so far, those beyond ``Limits/diagnostics`` included.
    package private(set) var errorCount = 0
    package var hasErrors: Bool { errorCount > 0 }

    /// The whole of the problems by line, with a note when they were too many to keep.
    package var sorted: [Diagnostic] {
        let order = diagnostics.enumerated().sorted {
            ($0.element.location.line, $0.element.location.column, $0.offset)
                < ($1.element.location.line, $1.element.location.column, $1.offset)
        }
        var all = order.map(\.element)
        if unreported > 0 {
            let end = Location(path: source.path, line: lines.count, column: 1, endColumn: 1)
            all.append(Diagnostic(.error, at: end, "and \(unreported) problems more"))
        }
        return all
    }

    /// The known name a mistyped one was probably meant to be.
    ///
    /// Stops looking when no further problem is kept: a hostile file has very many.
    package func suggestion(for name: String, among names: [String]) -> String? {
        diagnostics.count < Limits.diagnostics ? nearest(to: name, among: names) : nil
    }

    /// The place of line 1, for problems of the file as a whole.
    package var start: Location { Location(path: source.path, line: 1, column: 1, endColumn: 1) }

    /// The key that introduces what is being decoded; nil at the root and in a list's item.
    package var keyLocation: Location? { keyLocations.last.flatMap { $0 } }

    /// The dotted name of a field of the section being decoded, such as `scope.folders`.
    package func name(of field: String? = nil) -> String {
        (path + (field.map { [$0] } ?? [])).joined(separator: ".")
    }

    /// Notes an error.
    ///
    /// - Parameters:
    ///   - location: Where to mend it.
    ///   - message: Lower case, no full stop; values from outside through ``quoted(_:)``.
    ///   - help: What to do; by default, how to read about the field.
    ///   - field: The field of the section being decoded that the default help is about.
    ///   - mask: What of the line shown must stay hidden, because it may be a secret.
    package mutating func error(
        at location: Location, _ message: String, help: String? = nil, field: String? = nil,
        mask: Mask = .secrets
    ) {
        note(.error, at: location, message, help: help ?? explanation(of: field), mask)
    }

    /// Notes something that works but is hardly meant.
    package mutating func warning(
        at location: Location, _ message: String, help: String? = nil, mask: Mask = .secrets
    ) {
        note(.warning, at: location, message, help: help, mask)
    }

    /// Decodes what stands under a key.
    package mutating func under<Result>(
        _ key: String, at location: Location?, _ body: (inout Reader) -> Result
    ) -> Result {
        path.append(key)
        keyLocations.append(location)
        defer {
            path.removeLast()
            keyLocations.removeLast()
        }
        return body(&self)
    }

    /// Decodes an item of a list, which has no key of its own.
    mutating func insideItem<Result>(_ body: (inout Reader) -> Result) -> Result {
        keyLocations.append(nil)
        defer { keyLocations.removeLast() }
        return body(&self)
    }

    private func explanation(of field: String?) -> String? {
        let name = name(of: field)
        guard let explainCommand, !name.isEmpty else { return nil }
        return "\(explainCommand) \(name)"
    }

    private mutating func note(
        _ severity: Diagnostic.Severity, at location: Location, _ message: String, help: String?,
        _ mask: Mask
    ) {
        if severity == .error { errorCount += 1 }
        guard diagnostics.count < Limits.diagnostics else {
            unreported += 1
            return
        }
        let isOurs = location.path == source.path && lines.indices.contains(location.line - 1)
        var excerpt = isOurs ? lines[location.line - 1] : nil
        if let line = excerpt {
            let isShown = line.utf8.count <= Limits.excerptBytes
            excerpt = isShown ? mask.applied(to: line, location) : nil
        }
        diagnostics.append(
            Diagnostic(severity, at: location, message, help: help, excerpt: excerpt))
    }
}
