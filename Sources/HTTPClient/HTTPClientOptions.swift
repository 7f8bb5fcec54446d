/// How one client connects, and what it bears from a server.
package struct HTTPClientOptions: Sendable {
    /// `http://host:port`; nil connects directly, whatever the environment says.
    package var proxy: String?
    /// PEM file of the authorities to trust instead of the system's.
    package var caFile: String?
    /// PEM file of the certificate to show when a server asks.
    package var clientCertificate: String?
    /// PEM file of that certificate's key; nil where the certificate's file holds it.
    package var clientKey: String?
    /// Name, TCP and TLS together.
    package var connectTimeout: Duration = .seconds(15)
    /// Nothing moves for this long; rounded up to whole seconds.
    package var idleTimeout: Duration = .seconds(60)
    /// From the request's start to the answer's last byte; waiting for a free connection counts.
    package var totalTimeout: Duration = .seconds(600)
    /// Bytes of a body after decompression.
    package var responseBytesMax = 64 << 20
    /// Bytes of all header lines, those of interim answers included.
    package var headerBytesMax = 64 << 10
    package var userAgent = "docket"
    /// Cookies are kept in memory and sent back, each to the origin that set it and no other.
    package var keepsCookies = false
    /// Requests at a time to one host; further ones wait.
    package var connectionsPerHostMax = 8

    package init() {}
}
