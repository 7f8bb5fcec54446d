import Domain
package import JSON

/// What an endpoint's failures mean: the first rule that fits decides.
package struct ErrorTable: Sendable, Equatable {
    package enum Action: String, Sendable, CaseIterable {
        /// The token is stale: get another and try once more.
        case renew
        /// Throttled or overloaded: wait as long as asked, then try again.
        case retry
        /// A quota is used up: leave the scope alone for as long as asked, or `for`.
        case park
        /// The cursor is gone: read the stream anew.
        case reset
        /// The place within the round is gone: go on behind the last record.
        case rewind
        /// A member is not there any more: ask again which there are.
        case redescribe
        /// This resource is not for us.
        case forbid
        /// The resource is not there.
        case skip
        /// Nothing helps but a person.
        case fail
    }

    /// How far a failure reaches.
    package enum Extent: String, Sendable, CaseIterable {
        case scope, connector
    }

    struct Rule: Sendable, Equatable {
        /// Any of these; empty means any status.
        let statuses: Set<Int>
        /// Any of these, compared without case; empty means any code.
        let codes: Set<String>
        /// A part of the explanation, compared without case; nil means any.
        let message: String?
        let action: Action
        let extent: Extent
        /// How long to park without a word from the endpoint.
        let duration: Duration
        /// What a person can do.
        let remedy: String?
    }

    let rules: [Rule]
    /// Where a body names its codes, outermost first.
    let codePaths: [Path]
    let messagePaths: [Path]

    /// The rule that fits; nil where none does.
    func rule(status: Int, body: JSON?) -> Rule? {
        let codes = Set(
            codePaths.flatMap { path in body.map(path.values(in:)) ?? [] }
                .compactMap { $0.scalarText?.lowercased() })
        let text = message(in: body)?.lowercased() ?? ""
        return rules.first { rule in
            (rule.statuses.isEmpty || rule.statuses.contains(status))
                && (rule.codes.isEmpty || !rule.codes.isDisjoint(with: codes))
                && (rule.message.map { text.contains($0.lowercased()) } ?? true)
        }
    }

    /// What to do; without a rule, what failed on the other side is tried again.
    package func action(status: Int, body: JSON?) -> Action {
        rule(status: status, body: body)?.action ?? (status >= 500 ? .retry : .fail)
    }

    /// What the body says, for people; never empty.
    package func reason(status: Int, body: JSON?) -> String {
        let code = codePaths.lazy.compactMap { path in
            body.flatMap(path.first(in:))?.scalarText
        }.first
        let text = [code, message(in: body)].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: ": ")
        guard !text.isEmpty else { return "status \(status) without an explanation" }
        return quoted(text)
    }

    private func message(in body: JSON?) -> String? {
        messagePaths.lazy.compactMap { path in body.flatMap(path.first(in:))?.scalarText }.first
    }
}

/// A stranger's text made fit for a log line: one line, bounded.
func quoted(_ text: String) -> String {
    let line = String.UnicodeScalarView(
        text.unicodeScalars.prefix(Limits.quotedCharactersMax).map { $0.value < 0x20 ? " " : $0 })
    return String(line)
}
