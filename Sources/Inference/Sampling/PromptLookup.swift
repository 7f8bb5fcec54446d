/// Guesses the next tokens of a text from what followed the same tokens in it before.
///
/// Saxena, "Prompt lookup decoding", 2023: a summary quotes its document, so what stands in the
/// prompt behind the last few tokens often comes next.
package enum PromptLookup {
    /// Tokens that must be the same, the longest first.
    private static let lengths = [3, 2]

    /// The tokens behind the latest earlier occurrence of the last ones.
    ///
    /// - Parameters:
    ///   - tokens: Prompt and output so far.
    ///   - countMax: Tokens wanted at most; none if it is not positive.
    /// - Returns: None when the last tokens have not occurred before.
    package static func draft(_ tokens: [Int32], countMax: Int) -> [Int32] {
        guard countMax > 0 else { return [] }
        for length in lengths where tokens.count > length {
            let key = tokens.suffix(length)
            var first = tokens.count - length - 1
            while first >= 0 {
                if tokens[first..<first + length] == key {
                    return Array(tokens[(first + length)...].prefix(countMax))
                }
                first -= 1
            }
        }
        return []
    }
}
