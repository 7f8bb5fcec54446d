import Glibc

/// Why a proxy cannot be had.
package struct FaultProxyError: Error, CustomStringConvertible {
    package let description: String
}

/// Where a proxy forwards to.
package enum Upstream: Sendable {
    /// The path of a unix socket.
    case unix(String)
    /// A port of this machine.
    case tcp(UInt16)

    func connect() -> Descriptor? {
        switch self {
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let bytes = Array(path.utf8)
            guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
            return connect(AF_UNIX, &address)
        case .tcp(let port):
            var address = loopback(port)
            return connect(AF_INET, &address)
        }
    }

    private func connect<Address>(_ family: Int32, _ address: inout Address) -> Descriptor? {
        let flags = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = Descriptor(socket(family, flags, 0))
        guard descriptor.number >= 0 else { return nil }
        let code = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.connect(descriptor.number, address, socklen_t(MemoryLayout<Address>.size))
            }
        }
        return code == 0 ? descriptor : nil
    }
}

private func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
}

/// Listens at a loopback port of the kernel's choice.
func listenAnywhere() throws(FaultProxyError) -> (Descriptor, UInt16) {
    let flags = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let listener = Descriptor(socket(AF_INET, flags, 0))
    var address = loopback(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { address in
        address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(listener.number, address, size) == 0 && listen(listener.number, 128) == 0
                && getsockname(listener.number, address, &size) == 0
        }
    }
    guard isListening else {
        throw FaultProxyError(description: "no port: \(String(cString: strerror(errno)))")
    }
    return (listener, UInt16(bigEndian: address.sin_port))
}
