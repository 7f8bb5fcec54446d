import Inference

/// How many tokens a text may take with a tokenizer that is not known.
///
/// Meant to be more than what common vocabularies of 32,000 pieces and more need, even one made for
/// English: two tokens for five plain letters, digits and marks one by one, three tokens for any
/// other letter, and what lies beyond the first plane by its bytes. Random letters can take more;
/// then the server says so.
package enum TokenEstimate {
    package static func count(_ text: String) -> Int {
        var fifths = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A, 0x61...0x7A, 0x20: fifths += 2
            case 0..<0x80: fifths += 5
            case 0x80..<0x1_0000: fifths += 15
            default: fifths += 20
            }
        }
        return (fifths + 4) / 5
    }

    static func count(_ messages: [ChatMessage]) -> Int {
        messages.reduce(Limits.tokensAroundMessages) {
            $0 + count($1.content) + Limits.tokensAroundMessage
        }
    }
}
