/// The open connections, and when the patience with each one ends.
struct ConnectionTable: ~Copyable {
    typealias Instant = ContinuousClock.Instant

    enum Phase {
        case receiving
        case handling(Exchange)
        case sending
    }

    struct Entry {
        let socket: Int32
        let address: String?
        var phase: Phase
        var deadline: Instant
    }

    var entries: [ConnectionHandle: Entry] = [:]
    private(set) var acceptedCount = 0

    mutating func open(_ handle: ConnectionHandle, _ entry: Entry) {
        entries[handle] = entry
        acceptedCount += 1
    }

    /// Takes note that a connection came to its next phase.
    mutating func enter(_ phase: Phase, _ handle: ConnectionHandle, until deadline: Instant) {
        entries[handle]?.phase = phase
        entries[handle]?.deadline = deadline
    }
}
