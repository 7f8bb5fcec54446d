/// A summary made of a text's own sentences: those nearest to what the whole text is about.
package enum SentenceRanking {
    /// The sentences that say most, in their order.
    ///
    /// Each counts by how near it is to the middle of all, and the more the earlier it comes; of two
    /// that say the same the second counts less. Sources: Radev et al. 2004 (centroids), Carbonell and
    /// Goldstein 1998 (maximal marginal relevance).
    ///
    /// - Parameters:
    ///   - text: Light Markdown.
    ///   - charactersMax: Room for all of them.
    ///   - vectors: What each of some sentences is about, as vectors of unit length; nil where
    ///     nothing can tell, and then the first sentences are taken.
    /// - Returns: Whole sentences, as many as fit; a cut one where none does.
    package static func extract(
        from text: String, charactersMax: Int, vectors: ([String]) -> [[Float]]?
    ) -> String {
        let sentences = Sentences.split(text, countMax: Limits.sentencesMax)
        let telling = sentences.filter { weight(of: $0) >= Limits.tellingWeightMin }
        let isShort = telling.isEmpty || sentences.count <= Limits.extractSentencesMax
        let candidates = isShort ? sentences : telling
        guard let first = candidates.first else { return "" }
        let order = vectors(candidates).map { ranked($0) } ?? Array(candidates.indices)
        var (chosen, room) = ([Int](), charactersMax)
        for index in order {
            let length = candidates[index].unicodeScalars.count + 1
            guard length <= room else { continue }
            chosen.append(index)
            room -= length
            if chosen.count == Limits.extractSentencesMax { break }
        }
        guard !chosen.isEmpty else {
            return Excerpt.beginning(of: first, scalarsMax: charactersMax)
        }
        return chosen.sorted().map { candidates[$0] }.joined(separator: " ")
    }

    /// All sentences, the best one first.
    private static func ranked(_ vectors: [[Float]]) -> [Int] {
        let width = vectors.first?.count ?? 0
        var centre = [Float](repeating: 0, count: width)
        for vector in vectors { for index in 0..<width { centre[index] += vector[index] } }
        let nearness = vectors.map { dot($0, centre) }
        let greatest = max(nearness.max() ?? 0, .leastNormalMagnitude)
        let worth = nearness.enumerated().map { index, nearness in
            Limits.nearnessWorth * nearness / greatest
                + (1 - Limits.nearnessWorth) * (1 - Float(index) / Float(vectors.count))
        }
        var (left, order) = (Array(vectors.indices), [Int]())
        var likeness = [Float](repeating: 0, count: vectors.count)
        while !left.isEmpty, order.count < Limits.rankedSentencesMax {
            let best = left.indices.max { one, other in
                let (one, other) = (left[one], left[other])
                let difference =
                    worth[one] - Limits.repetitionCost * likeness[one]
                    - (worth[other] - Limits.repetitionCost * likeness[other])
                return difference < 0 || (difference == 0 && one > other)
            }
            guard let best else { break }
            let taken = left.remove(at: best)
            order.append(taken)
            for index in left {
                likeness[index] = max(likeness[index], dot(vectors[index], vectors[taken]))
            }
        }
        return order
    }

    private static func dot(_ one: [Float], _ other: [Float]) -> Float {
        var sum: Float = 0
        for index in one.indices { sum += one[index] * other[index] }
        return sum
    }

    /// How much a sentence can say: its letters, those of scripts without spaces counted thrice.
    private static func weight(of sentence: String) -> Int {
        sentence.unicodeScalars.reduce(0) { sum, scalar in
            guard scalar.properties.isAlphabetic else { return sum }
            return sum + (scalar.value >= Limits.denseScriptsFrom ? 3 : 1)
        }
    }
}
