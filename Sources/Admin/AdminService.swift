package import HTTPServer
import Lifecycle
package import Store
package import Telemetry

/// The administrator's listener: whether docket lives, whether it can work, and its metrics.
///
/// `/livez` and `/readyz` say no more than a word and need no token; everything else does where
/// one is configured.
package struct AdminService: Service {
    package let name = "admin"
    private let server: HTTPServer

    /// - Parameters:
    ///   - address: Loopback or a socket unless a token is given.
    ///   - token: What `Authorization: Bearer` must hold; nil asks for none.
    ///   - store: Asked for readiness and the backlog.
    ///   - metrics: What `/metrics` shows.
    /// - Throws: ``HTTPServerError`` where the address cannot be bound.
    package init(
        listen address: ListenAddress, token: String?, store: Store, metrics: Metrics
    ) throws(HTTPServerError) {
        let pages = AdminPages(token: token, store: store, metrics: metrics)
        server = try HTTPServer(listen: address) { await pages.answer($0) }
    }

    /// The port listened on; 0 on a socket.
    package var port: UInt16 { server.port }

    package func run() async throws {
        defer { server.stop() }
        try await waitForCancellation()
    }
}
