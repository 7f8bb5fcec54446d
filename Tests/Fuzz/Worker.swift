import Foundation

/// A property that does not hold.
struct Violation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Runs the cases of one run, one after the other.
struct Worker {
    /// A case that takes longer hangs, and is ended by the alarm's signal.
    private static let secondsPerCaseMax: UInt32 = 60

    private let options: FuzzOptions
    private let files: ModelFuzz
    private let texts: TextFuzz

    init(_ options: FuzzOptions) throws {
        self.options = options
        let vectors = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../InferenceTests/Vectors")
        files = try ModelFuzz(vectors: vectors)
        alarm(Self.secondsPerCaseMax)
        let (count, byteCount) = try files.refuseBrokenFiles(vectors: vectors)
        report("\(count) broken files refused, peak memory \(byteCount >> 10) KiB above idle")
        texts = try TextFuzz(vectors: vectors)
    }

    func run() async throws {
        let start = ContinuousClock.now
        var (fileCount, loadedCount, textCount) = (0, 0, 0)
        for index in options.only.map({ $0..<$0 + 1 }) ?? 0..<options.caseCount {
            guard ContinuousClock.now - start < .seconds(options.secondsMax) else { break }
            alarm(Self.secondsPerCaseMax)
            // Every case has numbers of its own, so one can be repeated alone.
            var random = SplitMix(seed: options.seed &+ UInt64(index) &* 0xD6E8_FEB8_6659_FD93)
            if index.isMultiple(of: 2) {
                fileCount += 1
                let path = "\(options.folder)/\(index).gguf"
                loadedCount += try await files.run(&random, path: path) ? 1 : 0
                try FileManager.default.removeItem(atPath: path)
            } else {
                textCount += 1
                let path = "\(options.folder)/\(index).txt"
                try texts.run(&random, path: path)
                try FileManager.default.removeItem(atPath: path)
            }
        }
        alarm(0)
        let seconds = ContinuousClock.now - start
        report(
            "\(fileCount) files, \(loadedCount) of them computed with, \(textCount) texts, "
                + "\(seconds.formatted(.units(allowed: [.seconds])))")
    }
}
