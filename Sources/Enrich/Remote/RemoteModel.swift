package import HTTPClient
package import Inference
package import JSON
import Synchronization

/// A model behind a server that speaks the OpenAI protocol.
///
/// Every answer is checked before it is used; a server that fails is left alone for a while, and
/// the jobs meanwhile where they are. The key goes to the configured URL and nowhere else.
package final class RemoteModel: LanguageModel {
    package let contextLength: Int
    package let sequences: Int
    private let options: RemoteModelOptions
    private let client: HTTPClient
    private let time: RemoteTime
    private let state = Mutex(State())

    private struct State {
        var breaker = CircuitBreaker()
        /// False once the server said that it has none.
        var hasProbabilities = true
    }

    /// Connects to nothing yet.
    ///
    /// - Throws: `HTTPClientError` for a file or a proxy that cannot be used.
    package init(
        _ options: RemoteModelOptions, time: RemoteTime = .real
    ) throws(HTTPClientError) {
        (self.options, self.time) = (options, time)
        (contextLength, sequences) = (options.contextLength, options.sequences)
        client = try HTTPClient(options.http)
    }

    package var scoresExactly: Bool { false }

    package var parameters: JSON.Members {
        JSON.Members([
            ("context_length", JSON(contextLength)), ("decoding", "greedy"),
            ("server_model", .string(options.model)),
        ])
    }

    package func tokenCount(_ text: String) -> Int { TokenEstimate.count(text) }

    package func tokenCount(_ messages: [ChatMessage]) throws(EnrichError) -> Int {
        TokenEstimate.count(messages)
    }

    package func answer(
        _ messages: [ChatMessage], _ options: GenerationOptions
    ) async throws(EnrichError) -> Answer {
        let completion = try await admitted { () throws(RemoteError) in
            try await self.complete(self.body(messages, options))
        }
        return Answer(
            text: completion.text, isCut: completion.isCut,
            promptTokens: completion.promptTokens, outputTokens: completion.outputTokens)
    }

    /// The labels' probabilities as far as the server gives its tokens'.
    ///
    /// The model writes its answer. Where the server gives the most probable tokens, the labels'
    /// shares of them are the result (`scoring: logprobs`), with the part of all probability that
    /// they had together (`label_mass`). Where it gives none, or they mostly speak of other words,
    /// the label that the answer names has probability 1 (`scoring: answer`); where it names none
    /// either, the labels' shares count however small their part was, down to a limit.
    package func score(
        _ messages: [ChatMessage], labels: [String]
    ) async throws(EnrichError) -> Scores {
        let messages = Self.naming(labels, in: messages)
        return try await admitted { () throws(RemoteError) in
            let completion = try await self.completeWithProbabilities(messages)
            return try self.scores(completion, labels)
        }
    }

    /// Servers that answer questions need not have any.
    package func embeddings(of texts: [String]) -> [[Float]]? { nil }

    package func availability(at now: ContinuousClock.Instant) -> Availability {
        state.withLock { state in
            Availability(
                places: state.breaker.places(sequences, at: now),
                isAwaited: state.breaker.isAwaited(at: now))
        }
    }

    package func shutdown() { client.close() }

    /// Asks for the models the server has; says whether it answers and takes the key.
    ///
    /// - Returns: Their names; nil where the server has no such list.
    package func listedModels() async throws(RemoteError) -> [String]? {
        let url = options.url + "/models"
        var request = HTTPRequest(url: url, headers: options.headers)
        request.totalTimeout = Limits.listTimeout
        let response: HTTPResponse
        do { response = try await client.send(request) } catch { throw .unreachable(error) }
        if [404, 405, 501].contains(response.status) { return nil }
        guard response.status == 200 else {
            throw ErrorAnswer(response, url: url, key: options.key, now: time.sinceEpoch()).error
        }
        let json = try? JSON.parse(response.body, limits: Limits.answerJSON)
        guard let list = json?["data"]?.arrayValue else {
            throw .unusable(url: url, reason: "it has no `data`")
        }
        return list.prefix(Limits.listedModelsMax).compactMap { $0["id"]?.stringValue }
    }

    // Requests

    private var url: String { options.url + "/chat/completions" }

    private func body(
        _ messages: [ChatMessage], _ wanted: GenerationOptions
    ) -> JSON.Members {
        let turns = messages.map { message -> JSON in
            ["role": .string(message.role.rawValue), "content": .string(message.content)]
        }
        var body = JSON.Members([
            ("model", .string(options.model)), ("messages", .array(turns)),
            ("max_tokens", JSON(wanted.maxTokens)), ("temperature", 0), ("seed", 0),
            ("stream", false),
        ])
        if wanted.sampling.repetitionPenalty > 1 {
            body["frequency_penalty"] = JSON(wanted.sampling.repetitionPenalty - 1)
        }
        body["response_format"] = wanted.form.map { form in
            [
                "type": "json_schema",
                "json_schema": ["name": "answer", "strict": true, "schema": form.schema],
            ]
        }
        return body
    }

    /// A conversation that says which answers there are: a server only ever writes one.
    private static func naming(_ labels: [String], in messages: [ChatMessage]) -> [ChatMessage] {
        let list = labels.joined(separator: ", ")
        guard let last = messages.last, !last.content.contains(list) else { return messages }
        let asking = "\(last.content)\n\nAnswer with one of these only: \(list)."
        return messages.dropLast() + [ChatMessage(role: last.role, content: asking)]
    }

    private func completeWithProbabilities(
        _ messages: [ChatMessage]
    ) async throws(RemoteError) -> Completion {
        let plain = body(messages, GenerationOptions(maxTokens: Limits.labelTokens))
        guard state.withLock(\.hasProbabilities) else { return try await complete(plain) }
        var asking = plain
        asking["logprobs"] = true
        asking["top_logprobs"] = JSON(Limits.alternativesAsked)
        let response = try await send(asking)
        guard response.status != 200, errorAnswer(response).isAboutProbabilities else {
            return try completion(response)
        }
        state.withLock { $0.hasProbabilities = false }
        return try await complete(plain)
    }

    private func complete(_ body: JSON.Members) async throws(RemoteError) -> Completion {
        try completion(try await send(body))
    }

    private func send(_ body: JSON.Members) async throws(RemoteError) -> HTTPResponse {
        let headers = options.headers + [("Content-Type", "application/json")]
        let request = HTTPRequest(
            "POST", url: url, headers: headers, body: JSON.object(body).serializedBytes())
        do { return try await client.send(request) } catch { throw .unreachable(error) }
    }

    private func completion(_ response: HTTPResponse) throws(RemoteError) -> Completion {
        guard response.status == 200 else { throw errorAnswer(response).error }
        return try Completion(response.body, url: url)
    }

    private func errorAnswer(_ response: HTTPResponse) -> ErrorAnswer {
        ErrorAnswer(response, url: url, key: options.key, now: time.sinceEpoch())
    }

    private func scores(
        _ completion: Completion, _ labels: [String]
    ) throws(RemoteError) -> Scores {
        let reading = LabelReading(labels)
        let shares = reading.shares(completion.alternatives)
        func scores(_ values: [Double], _ parameters: [(name: String, value: JSON)]) -> Scores {
            Scores(
                values: values, promptTokens: completion.promptTokens,
                outputTokens: completion.outputTokens, parameters: .init(parameters))
        }
        let counted = shares.map { shares in
            scores(
                shares.values, [("scoring", "logprobs"), ("label_mass", JSON(shares.mass))])
        }
        if let counted, let shares, shares.mass >= Limits.labelMassSure { return counted }
        switch reading.match(completion.text) {
        case .whole(let named), .within(let named):
            return scores(labels.indices.map { $0 == named ? 1 : 0 }, [("scoring", "answer")])
        case .none:
            guard let counted else { throw .noLabel(url: url) }
            return counted
        }
    }

    // The circuit

    /// Does something with the server, if it may be asked, and remembers how it went.
    private func admitted<Value: Sendable>(
        _ work: @Sendable () async throws(RemoteError) -> Value
    ) async throws(EnrichError) -> Value {
        let now = time.now()
        let admission = state.withLock { $0.breaker.admit(at: now) }
        if case .refused(let pause) = admission { throw .away(.resting(url: url), for: pause) }
        do throws(RemoteError) {
            let value = try await work()
            state.withLock { $0.breaker.succeeded() }
            return value
        } catch {
            throw noted(error, admission)
        }
    }

    /// Tells the circuit of a failure, and decides whether the job is to blame.
    private func noted(_ error: RemoteError, _ admission: CircuitBreaker.Admission) -> EnrichError {
        let now = time.now()
        let cause = error.cause
        return state.withLock { state in
            if error == .unreachable(.cancelled) || error == .unreachable(.closed) {
                state.breaker.abandoned(admission, at: now)
                return .remote(error)
            }
            guard cause != .document else {
                state.breaker.succeeded()
                return .remote(error)
            }
            state.breaker.failed(
                admission, at: now, isTransient: error.isTransient,
                opensAtOnce: cause != .attempt, pause: error.retryAfter)
            // That a probe fails was to be expected; the document has no part in it.
            guard cause == .attempt, admission != .probe else {
                return .away(error, for: state.breaker.pause(at: now))
            }
            return .remote(error)
        }
    }
}
