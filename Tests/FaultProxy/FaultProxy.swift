import Foundation
import Synchronization

/// Stands between a program and a server, forwards what they say, and fails when told to.
///
/// Listens at a loopback port of the kernel's choice. One thread a connection.
package final class FaultProxy: Sendable {
    /// What it understands of what it forwards.
    package enum Language: Sendable {
        /// Statements, by ``StatementRule``.
        case postgres
        case bytes
    }

    struct State {
        var relays: [Int: RelayControl] = [:]
        var relayCount = 0
        var rules: [Int: StatementRule] = [:]
        var strikes: [Int: Int] = [:]
        var rewrites: FrontendMessages.Rewrites = []
        var rewriteCount = 0
        var faults = ByteFaults()
        var isStopped = false
    }

    /// What goes wrong below any protocol.
    struct ByteFaults {
        var isBlackHole = false
        /// Connections are reset after so many bytes of answers each.
        var replyBytesMax: Int?
        /// Answers go out in pieces of so many bytes, with a pause after each.
        var pieces: (byteCount: Int, pause: Duration)?
    }

    package let port: UInt16
    let language: Language
    let state = Mutex(State())
    private let listener: Descriptor

    /// Begins to listen.
    ///
    /// - Throws: ``FaultProxyError`` where there is no port.
    package init(to upstream: Upstream, _ language: Language) throws(FaultProxyError) {
        self.language = language
        (listener, port) = try listenAnywhere()
        Thread.detachNewThread { [self] in accept(for: upstream) }
    }

    /// Cuts everything and listens no more.
    package func stop() {
        state.withLock { $0.isStopped = true }
        shutdown(listener.number, Int32(SHUT_RDWR))
        cut()
    }

    // Faults

    /// Resets all connections.
    package func cut() {
        for relay in controls { relay.cut() }
    }

    /// Lets go on what a rule's ``StatementRule/Action/hold`` keeps still.
    package func release() {
        for relay in controls { relay.release() }
    }

    /// Swallows all packets of all connections, and those that would make new ones, without a
    /// word: as a network does that has fallen apart.
    package func blackHole(_ isOn: Bool) {
        state.withLock { $0.faults.isBlackHole = isOn }
        listener.dropArrivals(isOn)
        for relay in controls { relay.dropArrivals(isOn) }
    }

    /// Resets each connection after so many bytes of answers; nil: no more.
    package func cutReplies(after byteCount: Int?) {
        state.withLock { $0.faults.replyBytesMax = byteCount }
    }

    /// Sends answers in pieces with pauses.
    package func slice(byteCount: Int, pause: Duration) {
        state.withLock { $0.faults.pieces = (byteCount, pause) }
    }

    /// Makes a rule; it holds for all connections.
    @discardableResult
    package func add(_ rule: StatementRule) -> StatementRuleID {
        state.withLock { state in
            let number = state.strikes.count
            state.strikes[number] = 0
            state.rules[number] = rule
            return StatementRuleID(number: number)
        }
    }

    package func remove(_ id: StatementRuleID) {
        state.withLock { $0.rules[id.number] = nil }
    }

    /// How often a rule has struck.
    package func strikes(of id: StatementRuleID) -> Int {
        state.withLock { $0.strikes[id.number, default: 0] }
    }

    /// Replaces a text in every statement that is sent from now on.
    package func rewrite(_ text: String, to replacement: String) {
        state.withLock { $0.rewrites.append((text, replacement)) }
    }

    /// Statements that were changed by ``rewrite(_:to:)``.
    package var rewriteCount: Int { state.withLock { $0.rewriteCount } }

    /// Connections that stand now.
    package var connectionCount: Int { state.withLock { $0.relays.count } }

    // For its threads

    private var controls: [RelayControl] { state.withLock { Array($0.relays.values) } }

    private func accept(for upstream: Upstream) {
        while true {
            let number = Glibc.accept(listener.number, nil, nil)
            if number < 0, errno == EINTR || errno == ECONNABORTED { continue }
            guard number >= 0 else { return }
            let client = Descriptor(number)
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            guard let control = RelayControl(client: client) else { continue }
            let id = state.withLock { state -> Int? in
                guard !state.isStopped else { return nil }
                state.relayCount += 1
                state.relays[state.relayCount] = control
                return state.relayCount
            }
            guard let id else { return client.resetAtEnd() }
            Thread.detachNewThread { [self] in
                if let server = upstream.connect() {
                    var relay = Relay(client: client, server: server, control: control, self)
                    relay.run()
                } else {
                    client.resetAtEnd()
                }
                state.withLock { $0.relays[id] = nil }
            }
        }
    }

    /// The rules that strike at these statements now.
    func strike(
        _ texts: [String], after earlier: [String], _ moment: StatementRule.Moment
    ) -> [(id: Int, rule: StatementRule)] {
        state.withLock { state in
            state.rules.keys.sorted().compactMap { id in
                guard state.rules[id]?.takesTurn(texts, after: earlier, moment) == true,
                    let rule = state.rules[id]
                else { return nil }
                return (id, rule)
            }
        }
    }

    func count(strikeOf id: Int) { state.withLock { $0.strikes[id, default: 0] += 1 } }
}
