import HTTPServer

extension ListenAddress {
    /// A port of this machine; 0 lets the kernel choose.
    static func loopback(_ port: UInt16 = 0) -> ListenAddress {
        .tcp(host: "127.0.0.1", port: port)
    }
}
