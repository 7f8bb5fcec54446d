/// Finds out which label a generated answer means, and how probable each of them was.
package struct LabelReading {
    /// How an answer names a label.
    package enum Match: Equatable, Sendable {
        /// The answer is that label and nothing else.
        case whole(Int)
        /// That label, and no other, stands somewhere in it.
        case within(Int)
        case none
    }

    private let labels: [(text: String, words: [Substring])]

    package init(_ labels: [String]) {
        self.labels = labels.map { (Self.plain($0), Self.words(in: $0)) }
    }

    /// Compares words, whatever case they are in and whatever stands between them.
    package func match(_ answer: String) -> Match {
        let words = Self.words(in: answer)
        let plain = Self.plain(answer)
        let whole = labels.indices.filter { index in
            let label = labels[index]
            return label.words.isEmpty ? label.text == plain : label.words == words
        }
        if whole.count == 1 { return .whole(whole[0]) }
        // `order change` names one label, even where `order` is one too.
        let places = labels.indices.flatMap { index in
            Self.places(of: labels[index].words, in: words).map { (index, $0) }
        }
        let outer = places.filter { _, place in
            !places.contains { $1.count > place.count && $1.contains(place) }
        }
        let found = Set(outer.map(\.0))
        if found.count == 1, let index = found.first { return .within(index) }
        return .none
    }

    /// The labels' shares of what an answer could have been, from its tokens' alternatives.
    ///
    /// Follows the answer token by token. An alternative whose text can only be the beginning of
    /// one label is that label's; what may be several's is shared out evenly, and for the token
    /// that was taken the next one decides. What the server does not list counts as nothing.
    ///
    /// - Returns: As many shares as labels, their sum 1, and the part of all that the answer could
    ///   have been that speaks of them; nil where that is less than ``Limits/labelMassMin``.
    package func shares(_ answer: [TokenAlternatives]) -> (values: [Double], mass: Double)? {
        var shares = [Double](repeating: 0, count: labels.count)
        var path = ""
        var mass = 1.0
        for place in answer {
            for token in place.all where token != place.chosen {
                credit(meant(path, token.text) ?? [], mass * token.probability, &shares)
            }
            let meant = meant(path, place.chosen.text)
            path += place.chosen.text
            mass *= place.chosen.probability
            guard let meant, meant.count < 2 else { continue }
            credit(meant, mass, &shares)
            mass = 0
            break
        }
        // The answer ended where it might have gone on to a longer label.
        credit(ended(path), mass, &shares)
        let sum = shares.reduce(0, +)
        guard sum >= Limits.labelMassMin else { return nil }
        return (shares.map { $0 / sum }, min(sum, 1))
    }

    /// The labels that a beginning and one more token may lead to; nil while nothing is decided.
    ///
    /// A single letter decides nothing: it may begin `I cannot say` as well as `invoice`.
    private func meant(_ path: String, _ token: String) -> [Int]? {
        let text = (path + token).lowercased().drop { !$0.isLetter && !$0.isNumber }
        guard text.count > 1 || labels.contains(where: { $0.text == text }) else { return nil }
        let longer = labels.indices.filter { labels[$0].text.hasPrefix(text) }
        return longer.isEmpty ? ended(path) : longer
    }

    /// The label that is all there is.
    private func ended(_ path: String) -> [Int] {
        let text = Self.plain(path)
        return labels.indices.filter { labels[$0].text == text }
    }

    private func credit(_ candidates: [Int], _ mass: Double, _ shares: inout [Double]) {
        for index in candidates { shares[index] += mass / Double(candidates.count) }
    }

    private static func plain(_ text: String) -> String {
        let isEdge = { (character: Character) in
            character.isWhitespace || "\"'`*_.,:;!?()[]{}<>«»“”„‘’".contains(character)
        }
        let start = text.drop(while: isEdge)
        guard let last = start.lastIndex(where: { !isEdge($0) }) else { return "" }
        return start[...last].lowercased()
    }

    private static func words(in text: String) -> [Substring] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }

    private static func places(of words: [Substring], in text: [Substring]) -> [Range<Int>] {
        guard !words.isEmpty, text.count >= words.count else { return [] }
        return (0...(text.count - words.count)).compactMap { start in
            let place = start..<(start + words.count)
            return Array(text[place]) == words ? place : nil
        }
    }
}
