import Enrich
import HTTPClient
import HTTPServer
import Inference
import JSON
import Testing

@Suite("RemoteModel", .timeLimit(.minutes(5)))
struct RemoteModelTests {
    /// The error of one request for a text.
    private func error(
        _ answer: Served, key: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> EnrichError {
        let server = try ChatServer(answer)
        defer { server.stop() }
        let model = try server.model(key: key)
        defer { model.shutdown() }
        do throws(EnrichError) {
            let answer = try await model.answer(question, .init(maxTokens: 5))
            Issue.record("\(answer)", sourceLocation: sourceLocation)
            throw EnrichError.remote(.noLabel(url: ""))
        } catch { return error }
    }

    @Test("asks as the protocol says, with the key in its place and nowhere else")
    func request() async throws {
        let server = try ChatServer(.chat("Done."))
        defer { server.stop() }
        let model = try server.model(key: "s3cret")
        let answer = try await model.answer(question, .init(maxTokens: 5))
        #expect(
            answer == Answer(text: "Done.", isCut: false, promptTokens: 11, outputTokens: 7))
        let asked = try #require(server.asked.first)
        #expect(asked.target == "/v1/chat/completions")
        #expect(asked.header("Authorization") == "Bearer s3cret")
        #expect(asked.header("Content-Type") == "application/json")
        #expect(
            asked.json == [
                "model": "m-1",
                "messages": [
                    ["role": "system", "content": "You sort."],
                    ["role": "user", "content": "What?"],
                ], "max_tokens": 5, "temperature": 0, "seed": 0, "stream": false,
            ])
        #expect(!asked.json.serialized().contains("s3cret"))
        #expect(model.parameters["server_model"] == "m-1")
        #expect(model.parameters["context_length"] == 2048)
        let keyless = try server.model()
        _ = try await keyless.answer(question, .init(maxTokens: 5))
        #expect(server.asked.last?.header("Authorization") == nil)
    }

    @Test("an answer that used up its tokens is cut, and counts that are missing are zero")
    func variants() async throws {
        let server = try ChatServer(
            .chat("A", finish: #""length""#, usage: "null"),
            .chat("B", usage: #"{"prompt_tokens":null,"completion_tokens":3.0}"#))
        defer { server.stop() }
        let model = try server.model()
        let first = try await model.answer(question, .init(maxTokens: 5))
        #expect(first == Answer(text: "A", isCut: true, promptTokens: 0, outputTokens: 0))
        #expect(try await model.answer(question, .init(maxTokens: 5)).outputTokens == 3)
    }

    static let unusable: [(Served, String)] = [
        (.json(""), "JSON"), (.json("<html>"), "JSON"), (.json("[]"), "`choices`"),
        (.json("{}"), "`choices`"), (.json(#"{"choices":[]}"#), "`choices`"),
        (.json(#"{"choices":{}}"#), "`choices`"), (.json(#"{"choices":[7]}"#), "`message`"),
        (.json(#"{"choices":[{"message":"x","finish_reason":"stop"}]}"#), "`message`"),
        (.json(#"{"choices":[{"message":{"content":"x"}}]}"#), "`finish_reason`"),
        (.chat("x", finish: "null"), "`finish_reason`"),
        (.chat("x", finish: "7"), "`finish_reason`"),
        (.chat("x", finish: #""tool_calls""#), "`finish_reason`"),
        (.json(#"{"choices":[{"message":{"content":null},"finish_reason":"stop"}]}"#), "`content`"),
        (.json(#"{"choices":[{"message":{"content":[]},"finish_reason":"stop"}]}"#), "`content`"),
        (.json(#"{"choices":[{"message":{},"finish_reason":"stop"}]}"#), "`content`"),
        (.chat("x", usage: #"{"prompt_tokens":-1}"#), "`usage.prompt_tokens`"),
        (.chat("x", usage: #"{"completion_tokens":1e300}"#), "`usage.completion_tokens`"),
        (.chat("x", usage: #"{"completion_tokens":99999999999999999999}"#), "completion_tokens"),
        (.chat("x", usage: #"{"completion_tokens":"7"}"#), "`usage.completion_tokens`"),
        (.chat("x", usage: #"{"completion_tokens":0.5}"#), "`usage.completion_tokens`"),
        (.chat("x", logprobs: #"{"content":[{"token":7,"logprob":0}]}"#), "`logprobs`"),
        (.chat("x", logprobs: #"{"content":[{"token":"x","logprob":3}]}"#), "`logprobs`"),
        (.chat("x", logprobs: #"{"content":["x"]}"#), "`logprobs`"),
        (.json(String(repeating: "[", count: 100_000)), "nested"),
        (.json("[" + String(repeating: "0,", count: 200_000) + "0]"), "values"),
    ]

    @Test("an answer that breaks the protocol is refused with what is wrong", arguments: unusable)
    func breach(_ answer: Served, _ reason: String) async throws {
        let error = try await error(answer)
        guard case .remote(.unusable(let url, let text)) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(url.hasSuffix("/v1/chat/completions"))
        #expect(text.contains(reason), "\(text)")
        #expect(error.isTransient)
    }

    @Test("an answer without end is not read to its end")
    func size() async throws {
        let error = try await error(.chat(String(repeating: "x", count: 5 << 20)))
        guard case .remote(.unreachable(.bodyTooLarge)) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!error.isTransient)
    }

    static let withheld: [Served] = [
        .chat("half", finish: #""content_filter""#),
        .json(
            """
            {"choices":[{"message":{"content":null,"refusal":"No."},"finish_reason":"stop"}]}
            """),
    ]

    @Test("a model that does not want to is not asked again", arguments: withheld)
    func refusal(_ answer: Served) async throws {
        let error = try await error(answer)
        guard case .remote(.withheld) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!error.isTransient)
    }

    /// Status, whether it passes by itself, whether the job is spared, and the remedy.
    static let statuses: [(Int, Bool, Bool, String)] = [
        (400, false, false, "such requests"), (401, false, true, "`api_key`"),
        (402, false, true, "account"), (403, false, true, "`api_key`"),
        (404, false, true, "`url` and `model`"), (405, false, true, "`url` and `model`"),
        (408, true, false, "tried again"), (422, false, false, "such requests"),
        (429, true, true, "tried again"), (500, true, false, "tried again"),
        (502, true, false, "tried again"), (503, true, true, "tried again"),
        (504, true, false, "tried again"), (301, false, true, "redirects are not followed"),
        (204, false, false, "such requests"),
    ]

    @Test("a status says whose fault it is and what to do", arguments: statuses)
    func status(
        _ status: Int, _ isTransient: Bool, _ isSpared: Bool, _ remedy: String
    ) async throws {
        let error = try await error(status == 204 ? Served(status: 204) : .error(status, "Why."))
        #expect(error.isTransient == isTransient)
        if case .away(_, let pause) = error {
            #expect(isSpared && pause >= .seconds(1))
        } else {
            #expect(!isSpared, "\(error)")
        }
        #expect("\(error)".contains(remedy), "\(error)")
        #expect("\(error)".contains("answered \(status)"))
    }

    @Test(
        "a server's words are given, cleaned and cut, but not what repeats the request",
        arguments: [
            (Served.error(400, "No\u{1B}[2J such\nfield"), "No[2J such\nfield;"),
            (.json(#"{"detail":"Not Found"}"#, status: 400), "Not Found;"),
            (
                .json(
                    #"{"detail":[{"loc":["body"],"msg":"too large","input":"Dear"}]}"#, status: 422),
                "too large;"
            ),
            (.json(#"{"error":"plain"}"#, status: 400), "plain;"),
            (.json(#"{"message":"other"}"#, status: 400), "other;"),
            (.json("<html>Dear", status: 400), "no reason given;"), (.json("", status: 400), "no"),
            (.error(400, String(repeating: "x", count: 5000)), String(repeating: "x", count: 200)),
        ])
    func words(_ answer: Served, _ words: String) async throws {
        let text = "\(try await error(answer))"
        #expect(text.contains(": \(words)"), "\(text)")
        #expect(!text.contains("Dear") && text.count < 500)
    }

    @Test(
        "the key shows in no error, whatever the server repeats", arguments: [400, 401, 403, 500])
    func secrecy(_ status: Int) async throws {
        let error = try await error(
            .error(status, "Incorrect API key provided: k-12345. Authorization: Bearer k-12345"),
            key: "k-12345")
        #expect(!"\(error)".contains("12345"))
        var dumped = ""
        dump(error, to: &dumped)
        #expect(!dumped.contains("12345"))
    }

    @Test("a redirect is not followed, so the key stays where it belongs")
    func redirect() async throws {
        let other = try ChatServer(.chat("Caught."))
        defer { other.stop() }
        let answer = Served(
            status: 307, headers: [("Location", "\(other.url)/chat/completions")], body: [])
        let error = try await error(answer, key: "k")
        #expect("\(error)".contains("307"))
        #expect(other.asked.isEmpty)
    }

    @Test("no server at all is nobody's document")
    func unreachable() async throws {
        let server = try ChatServer(.chat(""))
        let clock = FixedClock()
        let model = try server.model(time: clock)
        server.stop()
        await #expect {
            _ = try await model.answer(question, .init(maxTokens: 5))
        } throws: { error in
            guard case .away(.unreachable, .seconds(1))? = error as? EnrichError else {
                return false
            }
            return true
        }
        #expect(model.availability(at: clock.now) == Availability(places: 0, isAwaited: true))
    }

    @Test(
        "an answer that breaks off, or does not come in time, may come another time",
        arguments: [
            Served.chat("x").truncated(after: 20), .chat("x").truncated(after: 0),
            .chat("x").stalled(after: 9, lasting: .seconds(120)),
        ])
    func interrupted(_ answer: Served) async throws {
        let server = try ChatServer(answer)
        defer { server.stop() }
        let model = try server.model(timeout: .seconds(2))
        await #expect {
            _ = try await model.answer(question, .init(maxTokens: 5))
        } throws: { error in
            guard case .remote(.unreachable(let reason))? = error as? EnrichError else {
                return false
            }
            return reason.isTransient
        }
    }

    @Test("a cancelled request ends, and says nothing about the server")
    func cancelled() async throws {
        let server = try ChatServer(.chat("x").stalled(lasting: .seconds(120)))
        defer { server.stop() }
        let clock = FixedClock()
        let model = try server.model(time: clock)
        for _ in 0..<8 {
            let working = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await model.answer(question, .init(maxTokens: 5))
            }
            await #expect(throws: EnrichError.remote(.unreachable(.cancelled))) {
                try await working.value
            }
        }
        #expect(model.availability(at: clock.now).places == 4)
    }

    @Test("models of another server or another name are other models")
    func identity() throws {
        func identity(_ url: String, _ model: String) throws -> [UInt8] {
            try RemoteModelOptions(
                url: url, model: model, key: nil, contextLength: 512, sequences: 1,
                timeout: .seconds(1)
            ).identity()
        }
        let one = try identity("https://a.example/v1", "m")
        #expect(one.count == 32)
        #expect(try identity("https://a.example/v1/", "m") == one)
        #expect(try identity("https://b.example/v1", "m") != one)
        #expect(try identity("https://a.example/v1", "n") != one)
    }
}
