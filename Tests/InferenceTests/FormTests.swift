import Foundation
import Inference
import Testing

@Suite("Forms")
struct FormTests {
    static let everything: [Form.Field] = [
        .init("title", .string(maxLength: 12)), .init("count", .integer), .init("sum", .number),
        .init("is \"paid\" \\ für", .boolean),
        .init("state", .choice(["open", "open now", "zu: \"ü\""])),
        .init("people", .strings(maxLength: 5, maxItems: 3)),
        .init("tags", .choices(["a", "ab", "b"], maxItems: 2)),
    ]

    /// Fails unless `text` is a JSON object with the fields' keys in their order, and what each
    /// holds is within its limits.
    static func check(_ text: String, _ fields: [Form.Field]) throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
        #expect(Set(object.keys) == Set(fields.map(\.name)), "\(text)")
        var rest = text[...]
        for field in fields {
            let key = field.name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            let place = try #require(rest.firstRange(of: "\"\(key)\":"), "\(text)")
            rest = rest[place.upperBound...]
            let value = object[field.name]
            switch field.kind {
            case .string(let length): checkText(value, length)
            case .integer:
                let digits = rest.prefix { "-0123456789".contains($0) }
                #expect(Int(digits) != nil && digits.count <= Limits.formDigits + 1, "\(text)")
            case .number: #expect((value as? Double)?.isFinite == true, "\(text)")
            case .boolean: #expect(value is Bool, "\(text)")
            case .choice(let values): #expect(values.contains(value as? String ?? ""), "\(text)")
            case .strings(let length, let items):
                let texts = try #require(value as? [String], "\(text)")
                #expect(texts.count <= items)
                for text in texts { checkText(text, length) }
            case .choices(let values, let items):
                let texts = try #require(value as? [String], "\(text)")
                #expect(texts.count <= items && texts.allSatisfy(values.contains), "\(text)")
            }
        }
    }

    static func checkText(_ value: Any?, _ length: Int) {
        let scalars = (value as? String)?.unicodeScalars
        #expect((scalars?.count ?? .max) <= length)
        #expect(scalars?.contains { $0.properties.generalCategory == .control } == false)
        #expect(scalars?.contains("\u{FFFD}") == false, "bytes that are no UTF-8")
    }

    @Test(
        "whatever a model says becomes an object with the fields, whole and within its limits",
        arguments: [
            Sampling.greedy, Sampling(temperature: 1, seed: 1),
            Sampling(temperature: 2, repetitionPenalty: 1.5, seed: 2),
            Sampling(temperature: 2, topP: 0.9, seed: 3),
        ])
    func whole(_ sampling: Sampling) async throws {
        let engine = try TestModel.engine
        let form = try Form(Self.everything)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                group.addTask {
                    let messages = [
                        ChatMessage(role: .user, content: "\(number) 日本語でお願いします, émoji 🎉 \"\\")
                    ]
                    var sampling = sampling
                    sampling.seed += UInt64(number * 100)
                    let options = GenerationOptions(
                        maxTokens: 400, sampling: sampling, form: form)
                    let reply = try await engine.generate(messages, options)
                    try Self.check(reply.text, Self.everything)
                    #expect(reply.finish == .endOfGeneration, "\(reply.text)")
                    #expect(reply.tokens.count == reply.outputTokens)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("a vocabulary of pieces and bytes fills in forms as well")
    func pieces() async throws {
        let engine = try TestModel.gemma.engine
        let tokenizer = try Tokenizer(ModelFile(path: TestModel.gemma.path).metadata)
        let form = try Form(Self.everything)
        for number in 0..<4 {
            let options = GenerationOptions(
                maxTokens: 60 + number * 40,
                sampling: Sampling(temperature: Double(number) / 2, seed: UInt64(number)),
                form: form)
            let tokens = Tokens()
            let prompt = tokenizer.encode("日本語 🎉 für \(number):")
            _ = try await engine.write(prompt, options) {
                tokens.append($0)
                return true
            }
            #expect(tokens.all.count <= options.maxTokens)
            try Self.check(tokenizer.decode(tokens.all), Self.everything)
        }
    }

    @Test("whatever the budget of tokens, the object is closed in it, or refused in advance")
    func budget() async throws {
        let engine = try TestModel.engine
        let form = try Form(Self.everything)
        let messages = [ChatMessage(role: .user, content: "日本語 🎉🎉 für")]
        var least: Int?
        for maxTokens in stride(from: 1, through: 120, by: 4) {
            let options = GenerationOptions(
                maxTokens: maxTokens,
                sampling: Sampling(temperature: 2, seed: UInt64(maxTokens)), form: form)
            do {
                let reply = try await engine.generate(messages, options)
                least = least ?? maxTokens
                try Self.check(reply.text, Self.everything)
                #expect(reply.outputTokens <= maxTokens)
                #expect(reply.finish != .stop)
            } catch let error as InferenceError {
                #expect(least == nil, "refused with \(maxTokens), accepted with \(least ?? 0)")
                guard case .invalidRequest = error else { throw error }
            }
        }
        #expect((20...80).contains(least ?? 0), "\(least ?? 0)")
    }

    @Test("a form is filled in alike alone and in a crowd, on one thread and two, in any order")
    func stability() async throws {
        let form = try Form(Self.everything)
        let answers = try await TinyEngine.answersInCrowds("llama-Q4_1") { engine, number in
            let tokens = Tokens()
            let options = GenerationOptions(
                maxTokens: 200,
                sampling: Sampling(
                    temperature: number.isMultiple(of: 2) ? 0 : 1, seed: UInt64(number)),
                form: form)
            let output = try await engine.write([Int32(number + 3), 5], options) {
                tokens.append($0)
                return true
            }
            #expect(output.tokenCount == tokens.all.count)
            return tokens.all
        }
        #expect(answers[0] == answers[1])
        #expect(answers[0] == answers[2])
    }

    @Test("a model fills in what a text says")
    func sense() async throws {
        let engine = try TestModel.engine
        let fields: [Form.Field] = [
            .init("city", .string(maxLength: 40)), .init("country", .choice(["Japan", "France"])),
        ]
        let reply = try await engine.generate(
            [
                ChatMessage(
                    role: .user,
                    content: "We met in Paris, the capital of France. "
                        + "Write city and country as a JSON object.")
            ], GenerationOptions(maxTokens: 64, form: try Form(fields)))
        #expect(reply.text == #"{"city":"Paris","country":"France"}"#)
    }

    @Test("a form that leaves nothing open is written without the model")
    func forced() async throws {
        let form = try Form([.init("state", .choice(["open"]))])
        let reply = try await TestModel.engine.generate(
            [ChatMessage(role: .user, content: "?")], GenerationOptions(maxTokens: 30, form: form))
        #expect(reply.text == #"{"state":"open"}"#)
        #expect(reply.finish == .endOfGeneration && reply.outputTokens == reply.tokens.count)
    }

    @Test(
        "forms that mean nothing or too much are refused",
        arguments: [
            [], [.init("", .integer)], [.init("a", .integer), .init("a", .boolean)],
            [.init("a\nb", .integer)], [.init("a", .string(maxLength: 0))],
            [.init("a", .string(maxLength: 1_000_000))], [.init("a", .choice([]))],
            [.init("a", .choice(["x", "x"]))], [.init("a", .choice(["x\u{7F}"]))],
            [.init("a", .strings(maxLength: 3, maxItems: 0))],
            [.init("a", .choices(["b"], maxItems: 33))],
            (0..<65).map { .init("field\($0)", .integer) },
        ] as [[Form.Field]])
    func refused(_ fields: [Form.Field]) {
        #expect(throws: InferenceError.self) { try Form(fields) }
    }

    @Test("stop texts and forms exclude each other")
    func stops() async throws {
        let options = GenerationOptions(
            maxTokens: 90, stop: ["x"], form: try Form([.init("a", .integer)]))
        await #expect(throws: InferenceError.self) {
            try await TestModel.engine.generate([ChatMessage(role: .user, content: "1")], options)
        }
    }
}

extension FormTests {
    @Test("a line of text says what a form consists of")
    func text() throws {
        let line =
            "name:string,city:string(40),n:integer,x:number,b:boolean,"
            + "s:enum(open|done, too),people:string(20)[5],tags:enum(a|b)[],notes:string[2]"
        #expect(
            try Form(text: line)
                == Form([
                    .init("name", .string(maxLength: 200)), .init("city", .string(maxLength: 40)),
                    .init("n", .integer), .init("x", .number), .init("b", .boolean),
                    .init("s", .choice(["open", "done, too"])),
                    .init("people", .strings(maxLength: 20, maxItems: 5)),
                    .init("tags", .choices(["a", "b"], maxItems: 8)),
                    .init("notes", .strings(maxLength: 200, maxItems: 2)),
                ]))
    }

    @Test(
        "a line that says nothing is refused",
        arguments: [
            "", "name", "name:", "name:text", ":string", "a:integer(3)", "a:string(x)",
            "a:string(3", "a:enum", "a:enum()", "a:integer[2]", "a:string[x]", "a:string,,b:number",
        ])
    func badText(_ line: String) {
        #expect(throws: InferenceError.self) { try Form(text: line) }
    }
}
