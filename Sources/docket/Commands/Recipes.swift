import Configuration
import Domain
import Enrich
import Foundation
import Inference
import JSON
import Language
import Store

extension Command {
    static let recipesList = Command(
        words: ["recipes", "list"], summary: "the recipes, shipped and your own",
        options: [.config, .output]
    ) { arguments, terminal in
        let setup = try Setup.load(arguments, terminal)
        var table = Table(columns: [
            "recipe", "output", "input", "kinds", "characters_min", "model", "connectors",
            "description",
        ])
        for recipe in setup.recipes.values.sorted(by: { $0.name < $1.name }) {
            let users = setup.configuration.connectors.filter { connector in
                setup.configuration.recipes(of: connector).contains { $0.name == recipe.name }
            }
            table.rows.append([
                .string(recipe.name), .string(recipe.output.name),
                .string(recipe.input.rawValue), .array(recipe.kinds.sorted().map(JSON.string)),
                JSON(recipe.charactersMin), JSON(text: recipe.model),
                .array(users.map(\.name).sorted().map(JSON.string)), .string(recipe.description),
            ])
        }
        terminal.print(table.rendered(as: arguments.format, width: terminal.width))
        return .done
    }

    static let recipesTry = Command(
        words: ["recipes", "try"],
        summary: "run a recipe over a filed document or a text file; store nothing",
        operands: [Operand(name: "RECIPE"), Operand(name: "DOCUMENT")],
        options: [
            .config,
            Option(
                name: "connector", value: "NAME",
                help: "with the labels that this connector asks for"),
            Option(
                name: "output", letter: "o", value: "FORMAT", help: "text or json",
                choices: ["text", "json"]),
        ]
    ) { arguments, terminal in
        let setup = try Setup.load(arguments, terminal)
        let recipe = try RecipeTrial.recipe(
            arguments.operands[0], connector: arguments.value("connector"), setup)
        let document = try await RecipeTrial.document(arguments.operands[1], recipe.input, setup)
        let models = try await Models(setup, isBackground: false)
        defer { models.shutdown() }
        let work = Task {
            let configured = try models.configured(recipe, at: "recipes try")
            return try await Enricher(configured).enrich(document)
        }
        do {
            let enrichment = try await work.cancelled(by: [SIGINT, SIGTERM])
            let isJSON = arguments.value("output") == "json"
            terminal.print(
                isJSON
                    ? RecipeTrial.json(enrichment).serialized() + "\n"
                    : RecipeTrial.text(enrichment))
            terminal.say(RecipeTrial.account(enrichment))
            return .done
        } catch let error as EnrichError where error != .inference(.cancelled) {
            throw CommandFailure(code: .failed, message: "\(recipe.name): \(error)")
        }
    }
}

/// A recipe run by hand: what it is run on, and how its result looks.
enum RecipeTrial {
    /// - Throws: ``CommandFailure`` with ``ExitCode/usage``, naming what there is.
    static func recipe(
        _ name: String, connector: String?, _ setup: Setup
    ) throws(CommandFailure) -> Recipe {
        guard let recipe = setup.recipes[name] else {
            let names = setup.recipes.keys.sorted().joined(separator: ", ")
            throw CommandFailure(
                code: .usage, message: "there is no recipe `\(name)`; there are \(names)")
        }
        guard let connector else { return recipe }
        let uses = setup.configuration.recipes(of: try setup.connector(connector))
        guard let use = uses.first(where: { $0.name == name }) else {
            throw CommandFailure(
                code: .usage, message: "the connector `\(connector)` does not use `\(name)`")
        }
        return use.labels.map(recipe.with) ?? recipe
    }

    /// A filed document by its number, its conversation where the recipe reads that; else a file.
    static func document(
        _ operand: String, _ input: Recipe.Input, _ setup: Setup
    ) async throws -> Document {
        guard let number = Int64(operand) else { return try file(operand) }
        let found = try await setup.withDatabase { _, store in
            let id = Document.ID(number)
            return switch input {
            case .document: try await store.document(id)?.document
            case .thread: Conversation.document(try await store.thread(of: id))
            }
        }
        guard let found else {
            throw CommandFailure(code: .failed, message: "there is no document \(number)")
        }
        return found
    }

    private static func file(_ path: String) throws(CommandFailure) -> Document {
        guard let handle = FileHandle(forReadingAtPath: path),
            let bytes = try? handle.read(upToCount: Limits.triedFileBytesMax + 1)
        else {
            throw CommandFailure(
                code: .usage, message: "`\(path)` is neither a document's number nor a file")
        }
        guard bytes.count <= Limits.triedFileBytesMax,
            let body = String(validating: bytes, as: UTF8.self)
        else {
            throw CommandFailure(
                code: .failed,
                message: "\(path) is no UTF-8 text of at most \(Limits.triedFileBytesMax) bytes")
        }
        return Document(
            sourceID: path, kind: "file", title: URL(fileURLWithPath: path).lastPathComponent,
            author: nil, participants: [], language: LanguageDetector.detect(body),
            createdAt: nil, modifiedAt: nil, sourceURL: nil, body: body, contentSHA256: [],
            metadata: .object(.init()))
    }

    static func text(_ enrichment: Enrichment) -> String {
        switch enrichment.output {
        case .text(let text, _): return text + "\n"
        case .labels(let labels):
            return labels.map { label in
                "\((label.score * 1000).rounded() / 1000)  \(label.name)\n"
            }.joined()
        case .fields(let fields):
            return (fields.objectMembers?.pairs ?? []).map { name, value in
                "\(name): \(value.stringValue ?? value.serialized())\n"
            }.joined()
        }
    }

    static func json(_ enrichment: Enrichment) -> JSON {
        [
            "output": enrichment.output.value, "language": JSON(text: enrichment.language),
            "model": .string(enrichment.model), "parameters": enrichment.parameters,
            "prompt_tokens": JSON(enrichment.promptTokens),
            "output_tokens": JSON(enrichment.outputTokens),
            "seconds": JSON(enrichment.duration / .seconds(1)),
        ]
    }

    /// How it came about, in a line.
    static func account(_ enrichment: Enrichment) -> String {
        var words = ["\(enrichment.promptTokens) + \(enrichment.outputTokens) tokens"]
        if case .text(_, let method) = enrichment.output { words.append(method.rawValue) }
        for name in ["refused", "pieces", "pieces_skipped"] {
            guard let value = enrichment.parameters[name] else { continue }
            words.append("\(name): \(value.stringValue ?? value.serialized())")
        }
        return words.joined(separator: ", ")
    }
}
