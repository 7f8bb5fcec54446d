/// What a client of PostgreSQL sends, in pieces that the server answers as one.
///
/// Knows the framing of protocol version 3 and the messages that carry statements, and nothing
/// else (PostgreSQL manual, "Message Formats"). Not for connections with TLS or GSS.
struct FrontendMessages {
    /// Up to a `Query`, a `Sync`, or a message that stands for itself.
    struct Exchange {
        var bytes: [UInt8] = []
        /// Of the statements that are run; not of those that are only prepared.
        var texts: [String] = []
        /// A `ReadyForQuery` comes back.
        var isAnswered = false
        var isRewritten = false
    }

    /// Texts that are replaced in every statement.
    typealias Rewrites = [(text: String, replacement: String)]

    private var buffer: [UInt8] = []
    private var hasBegun = false
    private var current = Exchange()
    /// Texts of prepared statements, by name; the unnamed one is the empty name.
    private var prepared: [String: String] = [:]

    private static let startupCode = 196_608

    /// Takes bytes in, and gives the exchanges that are complete.
    mutating func take(_ bytes: [UInt8], _ rewrites: Rewrites) -> [Exchange] {
        buffer += bytes
        var exchanges: [Exchange] = []
        while let message = nextMessage() {
            if let exchange = add(message, rewrites) { exchanges.append(exchange) }
        }
        return exchanges
    }

    private mutating func nextMessage() -> [UInt8]? {
        let start = hasBegun ? 1 : 0
        guard buffer.count >= start + 4 else { return nil }
        let length = number(at: start, of: buffer)
        guard buffer.count >= start + length else { return nil }
        let message = Array(buffer.prefix(start + length))
        buffer.removeFirst(start + length)
        return message
    }

    private mutating func add(_ message: [UInt8], _ rewrites: Rewrites) -> Exchange? {
        guard hasBegun else {
            hasBegun = message.count >= 8 && number(at: 4, of: message) == Self.startupCode
            return Exchange(bytes: message)
        }
        switch message[0] {
        case UInt8(ascii: "Q"):
            let text = string(at: 5, of: message)
            current.texts.append(text)
            current.bytes += Self.message("Q", [rewrite(text, rewrites)])
            return complete(isAnswered: true)
        case UInt8(ascii: "P"):
            let name = string(at: 5, of: message)
            let text = string(at: 6 + name.utf8.count, of: message)
            prepared[name] = text
            let rest = message[(7 + name.utf8.count + text.utf8.count)...]
            current.bytes += Self.message("P", [name, rewrite(text, rewrites)], rest)
        case UInt8(ascii: "B"):
            let portal = string(at: 5, of: message)
            let name = string(at: 6 + portal.utf8.count, of: message)
            if let text = prepared[name] { current.texts.append(text) }
            current.bytes += message
        case UInt8(ascii: "S"):
            current.bytes += message
            return complete(isAnswered: true)
        case UInt8(ascii: "D"), UInt8(ascii: "E"), UInt8(ascii: "C"):
            current.bytes += message
        default:
            // Passwords, the rows of a COPY, farewells.
            current.bytes += message
            return complete(isAnswered: false)
        }
        return nil
    }

    private mutating func complete(isAnswered: Bool) -> Exchange {
        defer { current = Exchange() }
        current.isAnswered = isAnswered
        return current
    }

    private mutating func rewrite(_ text: String, _ rewrites: Rewrites) -> String {
        let new = rewrites.reduce(text) { $0.replacing($1.text, with: $1.replacement) }
        if new != text { current.isRewritten = true }
        return new
    }

    /// A message of a type, texts that end with NUL, and what follows them.
    static func message(
        _ type: Unicode.Scalar, _ texts: [String], _ rest: ArraySlice<UInt8> = []
    ) -> [UInt8] {
        let body = texts.flatMap { Array($0.utf8) + [0] } + rest
        let length = withUnsafeBytes(of: Int32(4 + body.count).bigEndian) { Array($0) }
        return [UInt8(ascii: type)] + length + body
    }

    private func string(at start: Int, of message: [UInt8]) -> String {
        String(decoding: message[start...].prefix { $0 != 0 }, as: UTF8.self)
    }
}

/// A message's length or code, in the network's order.
func number(at start: Int, of bytes: [UInt8]) -> Int {
    bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
}
