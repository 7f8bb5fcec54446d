import CMicroHTTPD
import Glibc
import Synchronization

/// Hands an answer to libmicrohttpd; a header it refuses, such as one with a line break, makes
/// the answer a 500.
func send(
    _ response: HTTPResponse, _ exchange: Exchange, _ raw: OpaquePointer, _ core: ServerCore
) -> MHD_Result {
    core.connections.withLock {
        $0.enter(.sending, exchange.connection, until: .now + core.limits.responseTimeout)
    }
    if queue(response, exchange, raw, core) == .YES { return .YES }
    return queue(
        HTTPResponse(status: 500, text: "invalid response\n"), exchange, raw, core)
}

private func queue(
    _ response: HTTPResponse, _ exchange: Exchange, _ raw: OpaquePointer, _ core: ServerCore
) -> MHD_Result {
    guard (200...599).contains(response.status),
        let message = message(response, exchange, core)
    else { return .NO }
    defer { MHD_destroy_response(message) }
    for (name, value) in response.headers where !value.isEmpty && !isOwn(name) {
        guard MHD_add_response_header(message, name, value) == .YES else { return .NO }
    }
    return MHD_queue_response(raw, UInt32(response.status), message)
}

/// Whether a header is one that only the server can get right.
private func isOwn(_ name: String) -> Bool {
    ["content-length", "transfer-encoding"].contains(name.lowercased())
}

private func message(
    _ response: HTTPResponse, _ exchange: Exchange, _ core: ServerCore
) -> OpaquePointer? {
    if response.delivery == .whole {
        return response.body.withUnsafeBytes {
            // libmicrohttpd copies the bytes, and takes no nil even where there are none.
            var none: UInt8 = 0
            guard let start = $0.baseAddress else {
                return MHD_create_response_from_buffer(0, &none, .RESPMEM_MUST_COPY)
            }
            return MHD_create_response_from_buffer(
                $0.count, UnsafeMutableRawPointer(mutating: start), .RESPMEM_MUST_COPY)
        }
    }
    let reader = BodyReader(response, exchange, core)
    let isChunked =
        switch response.delivery {
        case .chunked, .truncated(_, chunked: true): true
        default: false
        }
    return MHD_create_response_from_callback(
        isChunked ? docket_mhd_size_unknown : UInt64(response.body.count),
        Limits.readerBlockBytes,
        { reader, position, buffer, bytesMax in
            guard let reader, let buffer else { return Int(docket_mhd_end_with_error) }
            return Unmanaged<BodyReader>.fromOpaque(reader).takeUnretainedValue()
                .read(
                    at: position,
                    into: UnsafeMutableRawBufferPointer(start: buffer, count: bytesMax))
        },
        Unmanaged.passRetained(reader).toOpaque(),
        { reader in
            guard let reader else { return }
            Unmanaged<BodyReader>.fromOpaque(reader).release()
        })
}

/// Gives a body out piece by piece, and fails where it was asked to.
private final class BodyReader: Sendable {
    private let response: HTTPResponse
    private let exchange: Exchange
    private let core: ServerCore
    private let hasPaused = Mutex(false)

    init(_ response: HTTPResponse, _ exchange: Exchange, _ core: ServerCore) {
        (self.response, self.exchange, self.core) = (response, exchange, core)
    }

    func read(at position: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard var position = Int(exactly: position) else { return Int(docket_mhd_end_with_error) }
        position = min(position, response.body.count)
        var end = response.body.count
        switch response.delivery {
        case .whole, .chunked:
            break
        case .truncated(let after, _):
            guard position < after else { return Int(docket_mhd_end_with_error) }
            end = min(end, after)
        case .stalled(let after, let duration):
            if position < after {
                end = min(end, after)
            } else if isFirstPause() {
                return core.pause(exchange, for: duration) ? 0 : Int(docket_mhd_end_with_error)
            }
        }
        guard position < end else { return Int(docket_mhd_end_of_stream) }
        let count = min(buffer.count, end - position)
        response.body.withUnsafeBytes {
            buffer.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
        }
        return count
    }

    private func isFirstPause() -> Bool {
        hasPaused.withLock { hasPaused in
            defer { hasPaused = true }
            return !hasPaused
        }
    }
}
