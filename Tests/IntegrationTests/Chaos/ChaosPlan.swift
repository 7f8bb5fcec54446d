import Foundation

/// How much is tried: a little with the other tests, all of it by `make chaos`.
///
/// What is done follows from the seed, but for the moments at which things meet.
struct ChaosPlan: Sendable {
    let seed: UInt64
    /// How long a fault that comes at random goes on coming.
    let duration: Duration
    /// True by `make chaos`: times as they are outside, instead of those a test can wait for.
    let isLong: Bool

    static let shared = ChaosPlan(ProcessInfo.processInfo.environment)

    private init(_ environment: [String: String]) {
        seed = environment["DOCKET_CHAOS_SEED"].flatMap(UInt64.init) ?? .random(in: 1...999_999)
        let seconds = environment["DOCKET_CHAOS_SECONDS"].flatMap(Int.init) ?? 6
        (duration, isLong) = (.seconds(seconds), seconds >= 30)
    }

    /// Random numbers of a fault's own; says from which seed.
    func generator(_ fault: String) -> SplitMix {
        FileHandle.standardOutput.write(Data("chaos, \(fault): DOCKET_CHAOS_SEED=\(seed)\n".utf8))
        let salt = fault.utf8.reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) }
        return SplitMix(state: seed ^ salt)
    }
}
