import Crypto
import Domain
import Enrich
import Foundation
import Inference
import JSON

/// The real model the tests enrich with: SmolLM2-135M-Instruct in Q4_1.
enum TestModel {
    struct Missing: Error, CustomStringConvertible {
        let path: String
        var description: String { "\(path) is missing: run make model" }
    }

    /// A context long enough for mails, which the tests share; none may shut it down.
    static var model: LoadedModel { get throws { try loaded.get() } }
    /// One of 512 positions.
    static var small: LoadedModel { get throws { try loadedSmall.get() } }

    static func make(
        _ model: any LanguageModel, name: String = "default", sha256: [UInt8] = [1],
        languages: Set<String> = []
    ) -> LoadedModel {
        LoadedModel(name: name, model: model, sha256: sha256, languages: languages)
    }

    /// That of ``model``.
    static var engine: Engine { get throws { try loadedEngine.get() } }
    /// That of ``small``.
    static var smallEngine: Engine { get throws { try loadedSmallEngine.get() } }

    private static let loadedEngine = Result { try engine(contextLength: 2048) }
    private static let loaded = Result { make(LocalModel(try engine)) }
    private static let loadedSmallEngine = Result { try engine(contextLength: 512) }
    private static let loadedSmall = Result { make(LocalModel(try smallEngine)) }

    private static func engine(contextLength: Int) throws -> Engine {
        let environment = ProcessInfo.processInfo.environment
        let path =
            environment["DOCKET_TEST_MODEL"]
            ?? NSHomeDirectory() + "/.cache/docket/SmolLM2-135M-Instruct.Q4_1.gguf"
        guard FileManager.default.fileExists(atPath: path) else { throw Missing(path: path) }
        var options = EngineOptions(contextLength: contextLength, sequences: 8)
        options.isBackground = false
        return try Engine(modelPath: path, options: options)
    }
}

extension Prompt {
    /// The conversation about a document with as much of its body as there is room for.
    func messages(
        for document: Document, model: any LanguageModel
    ) throws -> [ChatMessage] {
        let room = try room(for: document, in: model)
        return messages(
            for: document,
            body: Excerpt.fit(document.body, tokensMax: room, count: model.tokenCount))
    }
}

extension Recipe {
    /// A recipe of few words, for all documents.
    static func short(
        _ user: String, system: String? = nil, output: Output = .text, tokensMax: Int = 100
    ) -> Recipe {
        var recipe = Recipe(
            name: "r", description: "R.", output: output, tokensMax: tokensMax, user: user)
        recipe.system = system
        return recipe
    }
}

func mail(
    _ body: String, title: String = "Broken pump", author: String? = "kim@example.com",
    language: String? = "en"
) -> Document {
    Document(
        sourceID: "1", kind: "email", title: title, author: author, participants: [],
        language: language, createdAt: nil, modifiedAt: nil, sourceURL: nil, body: body,
        contentSHA256: [], metadata: .object(.init()))
}

let complaint = """
    Dear support team,

    the pump P-204 that you delivered on 3 March to our plant in Leeds has stopped working after
    only two weeks. We have already lost two days of production. Please send a replacement by
    Friday, and tell us how you will refund the repair costs of 1,250 pounds that we had to pay
    to a local company.

    Kind regards, Kim Archer, Northfield Foods
    """
