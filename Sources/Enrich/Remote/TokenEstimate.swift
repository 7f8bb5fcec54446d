import Inference

/// How many tokens a text may take with a tokenizer that is not known.
///
/// Meant to be more than what common vocabularies of 32,000 pieces and more need: two tokens for
/// five plain letters, digits, marks and letters of other alphabets one by one, and two for each
/// sign of scripts that vocabularies know little of. Random letters can take more; then the server
/// says so.
package enum TokenEstimate {
    package static func count(_ text: String) -> Int {
        var fifths = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A, 0x61...0x7A, 0x20: fifths += 2
            case 0..<0x800: fifths += 5
            case 0x800..<0x1_0000: fifths += 10
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
