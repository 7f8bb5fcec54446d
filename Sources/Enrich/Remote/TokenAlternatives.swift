import Glibc
import JSON

/// The most probable tokens at one place of an answer.
package struct TokenAlternatives: Equatable, Sendable {
    package struct Token: Equatable, Sendable {
        package let text: String
        /// 0 to 1.
        package let probability: Double

        package init(_ text: String, _ probability: Double) {
            (self.text, self.probability) = (text, probability)
        }
    }

    /// The one that was taken.
    package let chosen: Token
    /// All that are known, the one that was taken among them, each once.
    package let all: [Token]

    package init(chosen: Token, others: [Token]) {
        self.chosen = chosen
        all = others.reduce(into: [chosen]) { all, token in
            if !all.contains(where: { $0.text == token.text }) { all.append(token) }
        }
    }

    /// Reads `logprobs` of a choice; what is absent or of another kind of API gives an empty list.
    static func list(
        _ logprobs: JSON?, _ unusable: (String) -> RemoteError
    ) throws(RemoteError) -> [TokenAlternatives] {
        guard let places = logprobs?["content"]?.arrayValue else { return [] }
        var list: [TokenAlternatives] = []
        for place in places.prefix(Limits.alternativesMax) {
            let chosen = try token(place, unusable)
            var others: [Token] = []
            for other in (place["top_logprobs"]?.arrayValue ?? []).prefix(Limits.alternativesMax) {
                others.append(try token(other, unusable))
            }
            list.append(TokenAlternatives(chosen: chosen, others: others))
        }
        return list
    }

    private static func token(
        _ json: JSON, _ unusable: (String) -> RemoteError
    ) throws(RemoteError) -> Token {
        guard let text = json["token"]?.stringValue, text.utf8.count <= Limits.tokenBytesMax,
            // A rounded logarithm may lie a little above that of 1.
            let logarithm = json["logprob"]?.doubleValue, logarithm < 0.01
        else { throw unusable("`logprobs` holds something that is no token") }
        return Token(text, min(1, exp(logarithm)))
    }
}
