/// What one server bears before it refuses.
package struct HTTPServerLimits: Sendable {
    /// Connections at a time; further ones wait in the kernel's backlog.
    package var connectionsMax = 256
    /// Request line and header fields together; more is answered with 414 or 431.
    package var headBytesMax = 64 << 10
    /// More is answered with 413.
    package var bodyBytesMax = 8 << 20
    /// A connection on which nothing moves for this long is closed; rounded up to whole seconds.
    package var idleTimeout: Duration = .seconds(30)
    /// From a connection's opening, or the end of the answer before, to a request's last byte.
    ///
    /// The idle timeout starts anew with each byte, so it alone would let a client that sends one
    /// byte a second hold its connection for good.
    package var requestTimeout: Duration = .seconds(60)
    /// How long the handler may take before the client is told 503.
    package var handlerTimeout: Duration = .seconds(60)
    /// How long the client may take to read the answer.
    package var responseTimeout: Duration = .seconds(300)

    package init() {}
}

enum Limits {
    /// Connections that have not been accepted yet.
    static let backlog: Int32 = 512
    /// Bytes of a request body past the limit that are read and dropped, so that the client gets
    /// to see the 413 instead of a reset connection.
    static let drainBytesMax = 1 << 20
    /// Bytes of `sun_path`, the terminating zero included.
    static let unixPathBytesMax = 108
    /// Bytes of a response body asked for at a time where it is not sent in one piece.
    static let readerBlockBytes = 16 << 10
    /// Overdue connections are looked for four times in the shortest timeout, and not oftener
    /// than this.
    static let sweepIntervalMin: Duration = .milliseconds(20)
    /// Bytes of a numeric address.
    static let addressBytesMax = 64
}
