extension Tokenizer {
    /// Holds the tokenizer against recorded tokens: equal, number for number.
    package func verify(_ vectors: [TokenizeVector]) -> [VectorCheck] {
        [false, true].map { parseSpecial in
            let failures = vectors.compactMap { vector -> String? in
                let tokens = encode(vector.text, parseSpecial: parseSpecial)
                let expected = parseSpecial ? vector.idsSpecial : vector.ids
                guard tokens != expected else { return nil }
                let first = zip(tokens, expected).prefix { $0 == $1 }.count
                return "\(vector.place): token \(first) differs: "
                    + "\(tokens.dropFirst(first).prefix(4)) for "
                    + "\(expected.dropFirst(first).prefix(4))"
            }
            return VectorCheck(
                parseSpecial ? "tokens, control tokens parsed" : "tokens", cases: vectors.count,
                failures: failures)
        }
    }
}
