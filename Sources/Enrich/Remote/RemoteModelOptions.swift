import Crypto
import FoundationEssentials
package import HTTPClient
import JSON

/// Where a remote model is, and how it is asked.
package struct RemoteModelOptions: Sendable {
    /// The base URL, without a slash at its end.
    let url: String
    /// What the server calls the model.
    let model: String
    let key: String?
    let contextLength: Int
    let sequences: Int
    /// Whom to trust, through which proxy, for how long.
    let http: HTTPClientOptions

    /// Tokens of prompt and answer together where nothing else is said.
    package static let contextLengthDefault = 4096

    /// - Parameters:
    ///   - url: The base URL, such as `https://llm.example/v1`.
    ///   - model: What the server calls the model.
    ///   - key: Sent as a bearer token.
    ///   - contextLength: Tokens that a prompt and its answer may take together.
    ///   - sequences: Requests at a time.
    ///   - timeout: For one request, waiting for its turn included.
    ///   - http: Proxy, authorities and the program's name.
    package init(
        url: String, model: String, key: String?, contextLength: Int, sequences: Int,
        timeout: Duration, http: HTTPClientOptions = HTTPClientOptions()
    ) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        (self.model, self.key) = (model, key)
        (self.contextLength, self.sequences) = (contextLength, sequences)
        var http = http
        http.connectTimeout = min(Limits.connectTimeout, timeout)
        // Nothing comes until the whole answer is written.
        (http.idleTimeout, http.totalTimeout) = (timeout, timeout)
        http.responseBytesMax = Limits.answerBytesMax
        http.connectionsPerHostMax = sequences
        self.http = http
    }

    var headers: [(String, String)] {
        [("Accept", "application/json")]
            + (key.map { [("Authorization", "Bearer \($0)")] } ?? [])
    }

    /// SHA-256 of URL and model: what there is to tell remote models apart by.
    ///
    /// - Throws: `CryptoError` where OpenSSL fails.
    package func identity() throws -> [UInt8] {
        try sha256(JSON.array([.string(url), .string(model)]).serialized())
    }
}

extension RemoteModelOptions: CustomStringConvertible {
    /// Without the key.
    package var description: String { "\(model) at \(url)" }
}

/// The clocks, as arguments, so that tests need not wait.
package struct RemoteTime: Sendable {
    package let now: @Sendable () -> ContinuousClock.Instant
    /// Seconds since 1970.
    package let sinceEpoch: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        sinceEpoch: @escaping @Sendable () -> Double
    ) {
        (self.now, self.sinceEpoch) = (now, sinceEpoch)
    }

    package static let real = RemoteTime(
        now: { ContinuousClock.now }, sinceEpoch: { Date().timeIntervalSince1970 })
}
