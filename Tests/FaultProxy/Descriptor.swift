import Glibc

/// A file descriptor that is closed when nobody refers to it any more.
final class Descriptor: Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    /// Has the peer see a reset instead of an orderly end when this is closed.
    func resetAtEnd() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Has the kernel drop whatever arrives here, before TCP sees it: nothing is acknowledged and
    /// nothing refused, which is what a dead network looks like.
    func dropArrivals(_ isDropping: Bool) {
        guard isDropping else {
            var nothing: Int32 = 0
            setsockopt(number, SOL_SOCKET, Self.detachFilter, &nothing, 4)
            return
        }
        // A classic BPF program of one instruction, `BPF_RET | BPF_K` with 0: keep no byte.
        var instruction: UInt64 = 0x06
        withUnsafePointer(to: &instruction) { instruction in
            var program = FilterProgram(length: 1, instructions: instruction)
            setsockopt(
                number, SOL_SOCKET, Self.attachFilter, &program,
                socklen_t(MemoryLayout<FilterProgram>.size))
        }
    }

    /// Sends everything; false where the peer is gone or takes nothing for a while.
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                Glibc.send(
                    number, all.baseAddress.map { $0 + sent }, all.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// What has arrived; nil at the end.
    func receive() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(number, &bytes, bytes.count, 0)
            if count < 0, errno == EINTR { continue }
            return count > 0 ? Array(bytes.prefix(count)) : nil
        }
    }

    // From linux/filter.h and asm-generic/socket.h, which Glibc's module leaves out.
    private static let attachFilter: Int32 = 26
    private static let detachFilter: Int32 = 27

    /// `struct sock_fprog`.
    private struct FilterProgram {
        let length: UInt16
        let instructions: UnsafePointer<UInt64>
    }
}
