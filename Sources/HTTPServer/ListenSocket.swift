import Glibc

/// A listening socket, closed when it goes out of scope unless its owner takes it.
struct ListenSocket: ~Copyable {
    private var descriptor: Int32
    /// The port the kernel gave; 0 for a path.
    let port: UInt16
    /// The file to remove with the server.
    let path: String?

    init(_ address: ListenAddress) throws(HTTPServerError) {
        switch address {
        case .tcp(let host, let port): try self.init(host: host, port: port)
        case .unix(let path): try self.init(path: path)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Hands the descriptor over; the caller closes it.
    consuming func take() -> Int32 {
        let descriptor = descriptor
        self.descriptor = -1
        return descriptor
    }

    private init(host: String, port: UInt16) throws(HTTPServerError) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0, let first = list else {
            throw .cannotResolve(host: host, reason: String(cString: gai_strerror(code)))
        }
        defer { freeaddrinfo(first) }
        let name = ListenAddress.tcp(host: host, port: port).description
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(first.pointee.ai_family, kind, 0)
        guard descriptor >= 0 else { throw .cannotListen(address: name, reason: reason()) }
        var one: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, size)
        guard bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0,
            listen(descriptor, Limits.backlog) == 0
        else {
            let text = reason()
            close(descriptor)
            throw .cannotListen(address: name, reason: text)
        }
        self.descriptor = descriptor
        self.port = boundPort(descriptor)
        self.path = nil
    }

    private init(path: String) throws(HTTPServerError) {
        guard var address = unixAddress(path) else {
            throw .pathTooLong(path: path, bytesMax: Limits.unixPathBytesMax - 1)
        }
        let name = ListenAddress.unix(path: path).description
        try removeStale(path, &address)
        let descriptor = try unixSocket(name)
        // The mode a socket is made with is the umask's; this one has no moment of being open to
        // everyone because nobody can connect before `listen`.
        guard withSocketAddress(&address, { bind(descriptor, $0, $1) }) == 0,
            chmod(path, 0o660) == 0, listen(descriptor, Limits.backlog) == 0
        else {
            let text = reason()
            close(descriptor)
            throw .cannotListen(address: name, reason: text)
        }
        (self.descriptor, self.port, self.path) = (descriptor, 0, path)
    }
}

/// Removes the socket file of a process that is gone.
private func removeStale(_ path: String, _ address: inout sockaddr_un) throws(HTTPServerError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    let name = ListenAddress.unix(path: path).description
    guard status.st_mode & S_IFMT == S_IFSOCK else {
        throw .cannotListen(address: name, reason: "the file is not a socket")
    }
    let probe = try unixSocket(name)
    defer { close(probe) }
    guard withSocketAddress(&address, { connect(probe, $0, $1) }) != 0, errno == ECONNREFUSED
    else { throw .pathInUse(path: path) }
    unlink(path)
}

private func unixSocket(_ name: String) throws(HTTPServerError) -> Int32 {
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { throw .cannotListen(address: name, reason: reason()) }
    return descriptor
}

private func unixAddress(_ path: String) -> sockaddr_un? {
    let bytes = Array(path.utf8)
    guard !bytes.isEmpty, bytes.count < Limits.unixPathBytesMax else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return address
}

private func withSocketAddress(
    _ address: inout sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
) -> Int32 {
    withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}

private func boundPort(_ descriptor: Int32) -> UInt16 {
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let code = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            getsockname(descriptor, $0, &size)
        }
    }
    guard code == 0 else { return 0 }
    // The port is at the same place in `sockaddr_in` and `sockaddr_in6`.
    return withUnsafeBytes(of: &address) {
        UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
    }
}

private func reason() -> String { String(cString: strerror(errno)) }
