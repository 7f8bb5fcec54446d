package import FoundationEssentials

/// Time and chance, as arguments, so that tests need neither clock nor sleep.
package struct Surroundings: Sendable {
    package let now: @Sendable () -> Date
    package let sleep: @Sendable (Duration) async throws -> Void
    /// A number in 0..<1.
    package let fraction: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        fraction: @escaping @Sendable () -> Double
    ) {
        (self.now, self.sleep, self.fraction) = (now, sleep, fraction)
    }

    package static let real = Surroundings(
        now: { Date() }, sleep: { try await Task.sleep(for: $0) },
        fraction: { Double.random(in: 0..<1) })
}
