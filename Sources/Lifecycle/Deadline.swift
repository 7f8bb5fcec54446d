/// A piece of work took longer than it may.
package struct DeadlineExceeded: Error, CustomStringConvertible {
    package let limit: Duration

    package var description: String { "took longer than \(limit)" }
}

/// Runs a body for at most so long, then cancels it.
///
/// - Parameters:
///   - limit: How long it may take.
///   - body: Must heed cancellation; it is waited for.
/// - Returns: What the body returns.
/// - Throws: ``DeadlineExceeded``, or what the body throws.
package func withDeadline<Result: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw DeadlineExceeded(limit: limit)
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}
