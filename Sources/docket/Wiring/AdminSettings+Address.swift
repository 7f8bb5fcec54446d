import Configuration

import enum HTTPServer.ListenAddress

extension AdminSettings {
    /// Where the listener is bound.
    var address: ListenAddress {
        switch listen {
        case .tcp(let host, let port): .tcp(host: host, port: UInt16(clamping: port))
        case .unix(let path): .unix(path: path)
        }
    }

    /// How to reach it, with the port that the kernel chose.
    func description(port: UInt16) -> String {
        switch listen {
        case .tcp(let host, _): "http://\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
