import Domain
import Inference
import JSON

/// What came of a recipe's work on a document, and what it took.
struct Made: Sendable {
    var output: Enrichment.Output
    /// Of a text, where known.
    var language: String?
    var usage = Usage()
    /// The one question that led to it; nil where there were several, or none.
    var exchange: Exchange?
    /// What decided it beside recipe and model.
    var parameters = JSON.Members()
}

/// Tokens that were read and written.
struct Usage: Sendable, Equatable {
    var promptTokens = 0
    var outputTokens = 0

    static func + (one: Usage, other: Usage) -> Usage {
        Usage(
            promptTokens: one.promptTokens + other.promptTokens,
            outputTokens: one.outputTokens + other.outputTokens)
    }
}

extension Answer {
    var usage: Usage { Usage(promptTokens: promptTokens, outputTokens: outputTokens) }
}

extension Scores {
    var usage: Usage { Usage(promptTokens: promptTokens, outputTokens: outputTokens) }
}

/// Does the same with each of some values, a few at a time.
///
/// - Returns: The results, in the order of the values.
/// - Throws: The first error; the others' work is cancelled.
func concurrently<Value: Sendable, Result: Sendable>(
    _ values: [Value], atOnce: Int,
    _ work: @escaping @Sendable (Value) async throws(EnrichError) -> Result
) async throws(EnrichError) -> [Result] {
    do {
        return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results: [Int: Result] = [:]
            for (index, value) in values.enumerated() {
                if index >= atOnce, let (done, result) = try await group.next() {
                    results[done] = result
                }
                group.addTask { (index, try await work(value)) }
            }
            for try await (done, result) in group { results[done] = result }
            return values.indices.compactMap { results[$0] }
        }
    } catch let error as EnrichError {
        throw error
    } catch {
        throw .inference(.cancelled)
    }
}
