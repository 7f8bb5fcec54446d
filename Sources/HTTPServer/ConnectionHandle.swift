import CMicroHTTPD

/// An `MHD_Connection`'s address, as a value that may cross threads.
///
/// It is good from the connection's opening to its closing; only what libmicrohttpd allows from
/// other threads, resuming, is done outside its callbacks.
struct ConnectionHandle: Hashable, Sendable {
    private let bits: UInt

    init(_ raw: OpaquePointer) { bits = UInt(bitPattern: raw) }

    var raw: OpaquePointer? { OpaquePointer(bitPattern: bits) }
}
