/// What a model wrote.
package struct Generation: Equatable, Sendable {
    /// Why it ended there.
    package enum Finish: String, Sendable {
        /// The model ended its turn.
        case endOfGeneration = "end"
        /// One of the stop texts appeared; it is not part of the text.
        case stop
        /// As many tokens as allowed were written.
        case length
    }

    package let text: String
    /// The output, without the token that ended it.
    package let tokens: [Int32]
    package let promptTokens: Int
    /// Tokens computed for the output, the one that ended it included.
    package let outputTokens: Int
    package let finish: Finish
}
