/// What the model made of one position of a given text.
package struct TokenTrace: Equatable, Sendable {
    /// The most probable next token.
    package let choice: Int32
    /// Natural logarithm of the probability of the token that follows; nil at the end.
    package let nextLogProbability: Double?
}
