/// How fast an engine was, once.
package struct BenchmarkResult: Equatable, Sendable {
    package let promptTokens: Int
    package let outputTokens: Int
    package let sequences: Int
    /// Tokens per second of one prompt alone.
    package let prefillRate: Double
    /// Tokens per second of all sequences together, prompts excluded.
    package let decodeRate: Double
    /// Of all output tokens; equal inputs on one machine give equal checksums.
    package let checksum: UInt64
}
