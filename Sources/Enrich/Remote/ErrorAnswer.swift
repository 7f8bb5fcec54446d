import HTTPClient
import JSON

/// What a server says of a request that it did not do.
struct ErrorAnswer {
    let status: Int
    /// The server's words, fit for a log.
    let reason: String
    /// Whether the prompt, with what may follow it, does not fit the context.
    let isTooLong: Bool
    /// Whether it is about the tokens' probabilities that were asked for.
    let isAboutProbabilities: Bool
    private let retryAfter: Duration?
    private let url: String

    /// - Parameters:
    ///   - response: Of any status but 200.
    ///   - url: What was asked, without query.
    ///   - key: What must not show.
    ///   - now: Seconds since 1970, for `Retry-After` as a date.
    init(_ response: HTTPResponse, url: String, key: String?, now: Double) {
        (status, self.url) = (response.status, url)
        let json = try? JSON.parse(response.body, limits: Limits.answerJSON)
        let words = Self.words(json)
        let code = json?["error"]?["code"]?.stringValue ?? json?["error"]?["type"]?.stringValue
        let all = [code ?? "", words].joined(separator: " ").lowercased()
        let marks = [
            "context_length", "context length", "context window", "context size", "context_size",
        ]
        let isRequest = [400, 413, 422, 500].contains(status)
        isTooLong = status == 413 || isRequest && marks.contains(where: all.contains)
        isAboutProbabilities = status != 401 && status != 403 && all.contains("logprob")
        // What is said about a key that is refused may be the key.
        let isShown = ![401, 403].contains(status) && !words.isEmpty
        reason = isShown ? Self.cleaned(words, hiding: key) : "no reason given"
        retryAfter = response.headers["Retry-After"].flatMap { RetryAfter.parse($0, now: now) }
    }

    var error: RemoteError {
        isTooLong
            ? .tooLong(url: url, reason: reason)
            : .refused(url: url, status: status, reason: reason, retryAfter: retryAfter)
    }

    /// The places where servers say why; what repeats the request, such as a list of what is wrong
    /// with its fields, is not looked into further than its messages.
    private static func words(_ json: JSON?) -> String {
        let detail = json?["detail"]
        let candidates = [
            json?["error"]?["message"], json?["error"], json?["message"], detail,
            detail?.arrayValue?.first?["msg"],
        ]
        return candidates.lazy.compactMap { $0?.stringValue }.first ?? ""
    }

    private static func cleaned(_ text: String, hiding key: String?) -> String {
        let visible =
            if let key, !key.isEmpty { text.replacing(key, with: "***") } else { text }
        return String(OutputCheck.cleaned(visible).prefix(Limits.serverWordsMax))
    }
}
