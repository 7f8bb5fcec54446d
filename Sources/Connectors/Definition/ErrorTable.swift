import Domain
package import JSON

/// What an endpoint's failures mean: the first rule that fits decides.
package struct ErrorTable: Sendable, Equatable {
    package enum Action: String, Sendable, CaseIterable {
        /// The token is stale: get another and try once more.
        case renew
        /// Throttled or overloaded: wait as long as asked, then try again.
        case retry
        /// The cursor is gone: read the stream anew.
        case reset
        /// This resource is not for us.
        case forbid
        /// The resource is not there.
        case skip
        /// Nothing helps but a person.
        case fail
    }

    struct Rule: Sendable, Equatable {
        /// Any of these; empty means any status.
        let statuses: Set<Int>
        /// Any of these, compared without case; empty means any code.
        let codes: Set<String>
        let action: Action
    }

    let rules: [Rule]
    /// Where a body names its codes, outermost first.
    let codePaths: [Path]
    let messagePath: Path?

    package func action(status: Int, body: JSON?) -> Action {
        let codes = Set(
            codePaths.compactMap { path in
                body.flatMap(path.first(in:))?.stringValue?.lowercased()
            })
        let rule = rules.first { rule in
            (rule.statuses.isEmpty || rule.statuses.contains(status))
                && (rule.codes.isEmpty || !rule.codes.isDisjoint(with: codes))
        }
        return rule?.action ?? (status >= 500 ? .retry : .fail)
    }

    /// What the body says, for people; never empty.
    package func reason(status: Int, body: JSON?) -> String {
        let code = codePaths.lazy.compactMap { path in
            body.flatMap(path.first(in:))?.stringValue
        }.first
        let message = messagePath.flatMap { path in body.flatMap(path.first(in:))?.stringValue }
        let text = [code, message].compactMap(\.self).joined(separator: ": ")
        guard !text.isEmpty else { return "status \(status) without an explanation" }
        return quoted(text)
    }
}

/// A stranger's text made fit for a log line: one line, bounded.
func quoted(_ text: String) -> String {
    let line = String.UnicodeScalarView(
        text.unicodeScalars.prefix(Limits.quotedCharactersMax).map { $0.value < 0x20 ? " " : $0 })
    return String(line)
}
