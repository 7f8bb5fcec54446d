import Synchronization

/// An answer that is read piece by piece by one reader.
///
/// A slow reader slows the server down: no more than a few hundred kilobytes are held for it.
/// Letting go of the stream ends the transfer.
package final class HTTPStream: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = HTTPClientError

    private let transfer: Transfer
    private let buffer: StreamBuffer
    private let engine: Engine
    private let headSlot = Mutex<StreamBuffer.Head?>(nil)

    init(transfer: Transfer, buffer: StreamBuffer, engine: Engine) {
        (self.transfer, self.buffer, self.engine) = (transfer, buffer, engine)
    }

    deinit { engine.cancel(transfer) }

    package var status: Int { headSlot.withLock { $0?.status ?? 0 } }
    package var headers: HTTPHeaders { headSlot.withLock { $0?.headers ?? HTTPHeaders() } }

    /// The next piece of the decoded body; nil at its end.
    ///
    /// - Throws: ``HTTPClientError``, where the body does not come to its end.
    package func next() async throws(HTTPClientError) -> [UInt8]? {
        let (buffer, engine, transfer) = (buffer, engine, transfer)
        let result: Result<[UInt8]?, HTTPClientError> = await withTaskCancellationHandler {
            do throws(HTTPClientError) {
                return .success(try await buffer.next { engine.resume(transfer) })
            } catch { return .failure(error) }
        } onCancel: {
            engine.cancel(transfer)
        }
        return try result.get()
    }

    package func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

    package struct Iterator: AsyncIteratorProtocol {
        let stream: HTTPStream

        package mutating func next() async throws(HTTPClientError) -> [UInt8]? {
            try await stream.next()
        }

        package mutating func next(
            isolation _: isolated (any Actor)?
        ) async throws(HTTPClientError) -> [UInt8]? {
            try await stream.next()
        }
    }

    func readHead() async throws(HTTPClientError) {
        let (buffer, engine, transfer) = (buffer, engine, transfer)
        let result: Result<StreamBuffer.Head, HTTPClientError> =
            await withTaskCancellationHandler {
                do throws(HTTPClientError) {
                    return .success(try await buffer.head())
                } catch { return .failure(error) }
            } onCancel: {
                engine.cancel(transfer)
            }
        let head = try result.get()
        headSlot.withLock { $0 = head }
    }
}
