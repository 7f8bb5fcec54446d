import Glibc
import Synchronization

/// Asks HTTP servers: libcurl's multi interface on one thread, behind async functions.
///
/// Connects to nothing but what a request names or the options' proxy: redirects are answers,
/// and the environment's proxies, netrc files and cookies are not looked at. Connections, and
/// cookies where the options say so, are kept and shared between all requests of one client.
package final class HTTPClient: Sendable {
    private let options: HTTPClientOptions
    private let engine: Engine

    /// Starts the client's thread.
    ///
    /// - Throws: ``HTTPClientError/badOption(name:reason:)`` for files that cannot be read and
    ///   for a proxy that is no URL.
    package init(_ options: HTTPClientOptions = HTTPClientOptions()) throws(HTTPClientError) {
        try checkFile("ca_file", options.caFile)
        try checkFile("client_certificate", options.clientCertificate)
        try checkFile("client_key", options.clientKey)
        if let proxy = options.proxy {
            guard (try? WebAddress(proxy)) != nil else {
                throw .badOption(name: "proxy", reason: "it is not http://host:port")
            }
        }
        self.options = options
        engine = try Engine(options)
    }

    deinit { close() }

    /// Ends all requests with ``HTTPClientError/closed`` and waits for the thread; a second call
    /// does nothing.
    package func close() { engine.close() }

    /// Sends one request and reads the answer in full.
    ///
    /// - Throws: ``HTTPClientError``; an answer of any status is none.
    package func send(_ request: HTTPRequest) async throws(HTTPClientError) -> HTTPResponse {
        let transfer = Transfer(try PreparedRequest(request, options))
        let engine = engine
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                engine.start(transfer, .whole(continuation))
            }
        } onCancel: {
            engine.cancel(transfer)
        }
        return try result.get()
    }

    /// Sends one request and gives the answer piece by piece, as fast as it is taken.
    ///
    /// - Returns: The answer's head, and its body to iterate over.
    /// - Throws: ``HTTPClientError`` where there is no head.
    package func stream(_ request: HTTPRequest) async throws(HTTPClientError) -> HTTPStream {
        let transfer = Transfer(try PreparedRequest(request, options))
        let buffer = StreamBuffer()
        engine.start(transfer, .stream(buffer))
        let stream = HTTPStream(transfer: transfer, buffer: buffer, engine: engine)
        try await stream.readHead()
        return stream
    }
}

private func checkFile(_ name: String, _ path: String?) throws(HTTPClientError) {
    guard let path, access(path, R_OK) != 0 else { return }
    throw .badOption(name: name, reason: "\(path): \(String(cString: strerror(errno)))")
}
