/// The prepared statements of one session, by text.
final class StatementCache {
    enum Lookup {
        case known(String)
        case new(String)
        /// No room: run it unprepared.
        case full
    }

    private var names: [String: String] = [:]

    func name(of text: String) -> Lookup {
        if let name = names[text] { return .known(name) }
        return names.count < Limits.statementsMax ? .new("docket_\(names.count)") : .full
    }

    func add(_ name: String, for text: String) { names[text] = name }
}
