import JSON

/// What is used of a server's answer to a chat: `choices[0]` and `usage`, checked.
///
/// Source: the OpenAI API's chat completion object, as far as compatible servers share it.
struct Completion: Equatable {
    let text: String
    /// Whether the server stopped because of the limit of tokens.
    let isCut: Bool
    /// The alternatives for each token of the text; empty where the server gives none.
    let alternatives: [TokenAlternatives]
    /// Zero where the server does not count.
    let promptTokens: Int
    let outputTokens: Int

    /// - Throws: ``RemoteError/unusable(url:reason:)`` for what is not of that form,
    ///   ``RemoteError/withheld(url:reason:)`` where the server does not want to answer.
    init(_ body: [UInt8], url: String) throws(RemoteError) {
        func unusable(_ reason: String) -> RemoteError { .unusable(url: url, reason: reason) }
        let json: JSON
        do { json = try JSON.parse(body, limits: Limits.answerJSON) } catch {
            throw unusable("\(error)")
        }
        guard let choice = json["choices"]?.arrayValue?.first else {
            throw unusable("it has no `choices`")
        }
        guard let message = choice["message"], message.objectMembers != nil else {
            throw unusable("`choices[0]` has no `message`")
        }
        switch choice["finish_reason"]?.stringValue {
        case "stop": isCut = false
        case "length": isCut = true
        case "content_filter":
            throw .withheld(url: url, reason: "its content filter ended the answer")
        default: throw unusable("`finish_reason` is neither `stop` nor `length`")
        }
        if let refusal = message["refusal"]?.stringValue, !refusal.isEmpty {
            throw .withheld(url: url, reason: "the model refused")
        }
        guard let text = message["content"]?.stringValue else {
            throw unusable("`content` is no text")
        }
        self.text = text
        alternatives = try TokenAlternatives.list(choice["logprobs"], unusable)
        (promptTokens, outputTokens) = (
            try Self.count("prompt_tokens", json["usage"], unusable),
            try Self.count("completion_tokens", json["usage"], unusable)
        )
    }

    private static func count(
        _ name: String, _ usage: JSON?, _ unusable: (String) -> RemoteError
    ) throws(RemoteError) -> Int {
        guard let value = usage?[name], !value.isNull else { return 0 }
        guard let count = value.intValue, (0...Limits.usageTokensMax).contains(count) else {
            throw unusable("`usage.\(name)` is no count of tokens")
        }
        return count
    }
}
