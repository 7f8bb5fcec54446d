import Glibc
import Synchronization

/// What other threads tell the one that carries a connection.
final class RelayControl: Sendable {
    struct Orders {
        var isCut = false
        var isReleased = false
    }

    let client: Descriptor
    /// A pipe's end: readable when there is something new in `orders`.
    let wake: Descriptor
    private let waker: Descriptor
    private let orders = Mutex(Orders())

    /// - Returns: Nil where the process has no descriptor left.
    init?(client: Descriptor) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (self.client, wake, waker) = (client, Descriptor(ends[0]), Descriptor(ends[1]))
    }

    func cut() { order { $0.isCut = true } }
    func release() { order { $0.isReleased = true } }
    func dropArrivals(_ isDropping: Bool) {
        client.dropArrivals(isDropping)
        order { _ in }
    }

    /// The orders since the last call, a cut excepted, which stays.
    func take() -> Orders {
        var bytes = [UInt8](repeating: 0, count: 64)
        _ = read(wake.number, &bytes, bytes.count)
        return orders.withLock { orders in
            defer { orders.isReleased = false }
            return orders
        }
    }

    private func order(_ change: (inout Orders) -> Void) {
        orders.withLock { change(&$0) }
        var byte: UInt8 = 1
        // A pipe that is full wakes as well.
        _ = write(waker.number, &byte, 1)
    }
}
