/// How the sets of a connector let themselves be read as a whole, kept for as long as it lives.
///
/// Whether a service tracks changes shows at the end of a round, and what a round learns is lost
/// with its cursor when everything is read anew.
actor PagingMemory {
    enum Way: Sendable {
        /// It pages and tracks no changes: in the order of the key nothing is missed.
        case byKey
        /// It pages, and cannot be asked by key.
        case byLink
    }

    private var ways: [String: Way] = [:]

    func way(of scope: String) -> Way? { ways[scope] }

    func note(_ way: Way, of scope: String) { ways[scope] = way }
}
