import CMicroHTTPD
import Glibc
import Synchronization

// What libmicrohttpd calls, all of it on its one polling thread.

typealias Context = UnsafeMutableRawPointer

/// A connection was opened or closed.
func onConnection(
    _ context: Context?, _ raw: OpaquePointer?, _: UnsafeMutablePointer<Context?>?,
    _ code: MHD_ConnectionNotificationCode
) {
    guard let core = context.map(core), let raw else { return }
    let handle = ConnectionHandle(raw)
    guard code == .CONNECTION_NOTIFY_STARTED else {
        core.connections.withLock { $0.entries[handle] = nil }
        return
    }
    let entry = ConnectionTable.Entry(
        socket: docket_mhd_socket(raw), address: docket_mhd_peer(raw).flatMap(numericAddress),
        phase: .receiving, deadline: .now + core.limits.requestTimeout)
    core.connections.withLock { $0.open(handle, entry) }
}

/// A request line is there: the only moment at which the URL is seen as it was sent.
func onURI(_ context: Context?, _ uri: UnsafePointer<CChar>?, _ raw: OpaquePointer?) -> Context? {
    guard let core = context.map(core), let raw, let uri else { return nil }
    let handle = ConnectionHandle(raw)
    let address = core.connections.withLock { $0.entries[handle]?.address }
    let exchange = Exchange(
        target: String(cString: uri), connection: handle, remoteAddress: address)
    return Unmanaged.passRetained(exchange).toOpaque()
}

/// A request is over, answered or not.
func onCompleted(
    _ context: Context?, _ raw: OpaquePointer?, _ slot: UnsafeMutablePointer<Context?>?,
    _: MHD_RequestTerminationCode
) {
    guard let core = context.map(core), let raw else { return }
    core.connections.withLock {
        $0.enter(.receiving, ConnectionHandle(raw), until: .now + core.limits.requestTimeout)
    }
    guard let exchange = slot?.pointee else { return }
    Unmanaged<Exchange>.fromOpaque(exchange).release()
    slot?.pointee = nil
}

/// A request's head is there; then each piece of its body; then its end; then the resumption.
func onAccess(
    _ context: Context?, _ raw: OpaquePointer?, _: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
    _ size: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<Context?>?
) -> MHD_Result {
    guard let core = context.map(core), let raw, let method, let size,
        let opaque = slot?.pointee
    else { return .NO }
    let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
    switch exchange.state.withLock({ $0.step }) {
    case .opened:
        let headers = requestHeaders(raw)
        exchange.state.withLock {
            ($0.step, $0.method, $0.headers) = (.receiving, String(cString: method), headers)
        }
        let length = headers.first { $0.name.lowercased() == "content-length" }
        if let length, Int(length.value).map({ $0 > core.limits.bodyBytesMax }) ?? true {
            return send(.tooLarge, exchange, raw, core)
        }
        return .YES
    case .receiving where size.pointee > 0:
        let bytes = UnsafeRawBufferPointer(start: data, count: size.pointee)
        size.pointee = 0
        return exchange.receive(bytes, bytesMax: core.limits.bodyBytesMax) ? .YES : .NO
    case .receiving:
        if exchange.state.withLock({ $0.bodyBytesDropped }) > 0 {
            return send(.tooLarge, exchange, raw, core)
        }
        return core.handle(exchange) ? .YES : .NO
    case .answered(let response):
        return send(response, exchange, raw, core)
    case .handling, .dropped:
        return .NO
    }
}

extension HTTPResponse {
    fileprivate static let tooLarge = HTTPResponse(status: 413, text: "body too large\n")
}

private func core(_ context: Context) -> ServerCore {
    Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
}

private func requestHeaders(_ raw: OpaquePointer) -> [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = []
    withUnsafeMutablePointer(to: &headers) { list in
        _ = MHD_get_connection_values(
            raw, .HEADER_KIND,
            { list, _, name, value in
                let list = list?.assumingMemoryBound(to: [(name: String, value: String)].self)
                guard let list, let name else { return .NO }
                list.pointee.append(
                    (String(cString: name), value.map { String(cString: $0) } ?? ""))
                return .YES
            }, list)
    }
    return headers
}

private func numericAddress(_ peer: UnsafePointer<sockaddr>) -> String? {
    let size: Int
    switch Int32(peer.pointee.sa_family) {
    case AF_INET: size = MemoryLayout<sockaddr_in>.size
    case AF_INET6: size = MemoryLayout<sockaddr_in6>.size
    default: return nil
    }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Limits.addressBytesMax) {
        let code = getnameinfo(
            peer, socklen_t(size), $0.baseAddress, socklen_t($0.count), nil, 0, NI_NUMERICHOST)
        guard code == 0, let start = $0.baseAddress else { return nil }
        return String(cString: start)
    }
}
