import Foundation
import Synchronization

/// Carries one connection, on a thread of its own, until one side ends it or a fault does.
struct Relay {
    /// An answer that the server owes.
    private struct Pending {
        /// Nil: asked by a rule, so the client is told nothing.
        var rules: [(id: Int, rule: StatementRule)]?
        /// Kept back until it is complete, because a rule decides then.
        var reply: [UInt8] = []
    }

    private let client: Descriptor
    private let server: Descriptor
    private let control: RelayControl
    private let proxy: FaultProxy
    private var frontend = FrontendMessages()
    private var backend: [UInt8] = []
    private var pending: [Pending] = []
    private var repliedByteCount = 0
    /// Of the transaction that is open, from its `BEGIN` on.
    private var transaction: [String] = []

    init(client: Descriptor, server: Descriptor, control: RelayControl, _ proxy: FaultProxy) {
        (self.client, self.server, self.control, self.proxy) = (client, server, control, proxy)
    }

    mutating func run() {
        while true {
            let isMute = proxy.state.withLock { $0.faults.isBlackHole }
            var polled = [
                pollfd(fd: control.wake.number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: client.number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isMute ? -1 : server.number, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else { return }
            if control.take().isCut { return reset() }
            if polled[1].revents != 0 {
                guard let bytes = client.receive() else { return }
                guard forward(bytes) else { return reset() }
            }
            if polled[2].revents != 0 {
                guard let bytes = server.receive() else { return }
                guard answer(bytes) else { return reset() }
            }
        }
    }

    private func reset() {
        client.resetAtEnd()
        server.resetAtEnd()
    }

    // To the server; false where the connection is to be reset

    private mutating func forward(_ bytes: [UInt8]) -> Bool {
        guard case .postgres = proxy.language else { return server.send(bytes) }
        let rewrites = proxy.state.withLock { $0.rewrites }
        for exchange in frontend.take(bytes, rewrites) {
            let texts = exchange.texts
            if texts.contains(where: { $0.hasPrefix("BEGIN") }) { transaction = [] }
            for struck in proxy.strike(texts, after: transaction, .before) {
                guard obey(struck) else { return false }
            }
            if exchange.isAnswered {
                pending.append(
                    Pending(rules: proxy.strike(texts, after: transaction, .after)))
            }
            transaction += texts
            if exchange.isRewritten { proxy.state.withLock { $0.rewriteCount += 1 } }
            guard server.send(exchange.bytes) else { return false }
        }
        return true
    }

    private func obey(_ struck: (id: Int, rule: StatementRule)) -> Bool {
        struck.rule.note()
        proxy.count(strikeOf: struck.id)
        switch struck.rule.action {
        case .pass, .insert: return true
        case .cut: return false
        case .hold: return waitForRelease()
        }
    }

    private func waitForRelease() -> Bool {
        while true {
            var polled = [
                pollfd(fd: control.wake.number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: client.number, events: Self.hangUp, revents: 0),
            ]
            guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else {
                return false
            }
            let orders = control.take()
            if orders.isCut || polled[1].revents != 0 { return false }
            if orders.isReleased { return true }
        }
    }

    /// `POLLRDHUP`, which Glibc's module hides: the peer has closed, though bytes are left.
    private static let hangUp: Int16 = 0x2000

    // To the client; false where the connection is to be reset

    private mutating func answer(_ bytes: [UInt8]) -> Bool {
        guard case .postgres = proxy.language else { return reply(bytes) }
        backend += bytes
        while backend.count >= 5 {
            let length = 1 + number(at: 1, of: backend)
            guard backend.count >= length else { break }
            let message = Array(backend.prefix(length))
            backend.removeFirst(length)
            guard pass(message) else { return false }
        }
        return true
    }

    private mutating func pass(_ message: [UInt8]) -> Bool {
        guard !pending.isEmpty else { return reply(message) }
        let isLast = message[0] == UInt8(ascii: "Z")
        guard let rules = pending[0].rules else {
            if isLast { pending.removeFirst() }
            return true
        }
        // What asks for the rows of a COPY is no answer yet.
        guard !rules.isEmpty, message[0] != UInt8(ascii: "G") else {
            if isLast { pending.removeFirst() }
            return reply(message)
        }
        pending[0].reply += message
        guard isLast else { return true }
        let answer = pending.removeFirst().reply
        for struck in rules {
            guard obey(struck) else { return false }
            if case .insert(let text) = struck.rule.action {
                pending.insert(Pending(rules: nil), at: 0)
                guard server.send(FrontendMessages.message("Q", [text])) else { return false }
            }
        }
        return reply(answer)
    }

    private mutating func reply(_ bytes: [UInt8]) -> Bool {
        let faults = proxy.state.withLock { $0.faults }
        if let most = faults.replyBytesMax, repliedByteCount + bytes.count >= most {
            _ = client.send(bytes.prefix(max(0, most - repliedByteCount)))
            return false
        }
        repliedByteCount += bytes.count
        guard let pieces = faults.pieces else { return client.send(bytes) }
        var rest = bytes[...]
        while !rest.isEmpty {
            guard client.send(rest.prefix(pieces.byteCount)) else { return false }
            rest = rest.dropFirst(pieces.byteCount)
            usleep(useconds_t(clamping: Int64(pieces.pause / .microseconds(1))))
        }
        return true
    }
}
