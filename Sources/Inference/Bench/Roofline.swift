import CKernels

/// What a machine can do at most: how fast it reads memory, and how fast it multiplies 8-bit
/// numbers in registers.
package struct Roofline: Equatable, Sendable {
    package let bytesPerSecond: Double
    /// Multiplications and additions of 8-bit numbers.
    package let operationsPerSecond: Double

    package init(bytesPerSecond: Double, operationsPerSecond: Double) {
        (self.bytesPerSecond, self.operationsPerSecond) = (bytesPerSecond, operationsPerSecond)
    }

    /// Measures with the threads and instructions an engine would use; takes about a second.
    ///
    /// - Parameters:
    ///   - variant: Nil: the fastest there is.
    ///   - threads: Threads that compute.
    /// - Returns: The best of several measurements.
    /// - Throws: ``ModelError`` when memory or threads are refused.
    package static func measure(
        variant: KernelVariant?, threads: Int
    ) throws(ModelError) -> Roofline {
        let team = try KernelTeam(
            variant: variant ?? .best, threads: threads, isBackground: false)
        let memory = try Buffer<UInt8>(Limits.rooflineBytes)
        // Memory that was never written is one page of zeros, which the cache holds.
        memory.base.update(repeating: 1, count: memory.count)
        let bytesPerSecond = best {
            _ = kernel_roofline_read(team.raw, memory.base, Int64(memory.count))
            return Double(memory.count)
        }
        let operationsPerSecond = best {
            Double(kernel_roofline_spin(team.raw, Int64(Limits.rooflineRounds)))
        }
        return Roofline(bytesPerSecond: bytesPerSecond, operationsPerSecond: operationsPerSecond)
    }

    /// The best of several rates: what disturbs a measurement only ever slows it down.
    private static func best(_ measure: () -> Double) -> Double {
        (0..<Limits.rooflineRepetitions).map { _ in
            let start = ContinuousClock.now
            let amount = measure()
            return amount / ((ContinuousClock.now - start) / .seconds(1))
        }.max() ?? 0
    }

    /// The least time, in seconds, in which the machine can do a piece of work.
    package func secondsMin(of work: Work) -> Double {
        max(work.bytes / bytesPerSecond, work.operations / operationsPerSecond)
    }
}
