import Foundation
import Inference

/// Strange texts: each is encoded without control tokens, and decoding gives it back.
struct TextFuzz {
    /// A tokenizer and what it promises.
    private struct Subject {
        let name: String
        let tokenizer: Tokenizer
        let chat: ChatTemplate?
        /// Whether `▁` stands for a blank, so that a text with one comes back without.
        let spellsBlanks: Bool
        /// Whether white space next to special tokens is lost.
        let losesBlanks: Bool
    }

    private let subjects: [Subject]

    /// A vocabulary of each kind, and the template its control tokens are those of.
    private static let tiny = [
        ("gpt-2", "<|im_start|>"), ("smollm", "<|im_start|>"), ("llama-bpe", "<|im_start|>"),
        ("qwen2", "<|im_start|>"), ("gemma3", "<start_of_turn>"), ("phi3", "<|user|><|end|>"),
    ]

    init(vectors: URL) throws {
        subjects = try Self.tiny.map { name, template in
            let path = vectors.appending(path: "tiny/\(name).gguf").path
            let file = try ModelFile(path: path)
            let tokenizer = try Tokenizer(file.metadata)
            return Subject(
                name: name, tokenizer: tokenizer,
                chat: try? ChatTemplate(template: template, tokenizer: tokenizer, path: path),
                spellsBlanks: try file.metadata.string("tokenizer.ggml.model") == "llama",
                losesBlanks: tokenizer.addsSpacePrefix)
        }
    }

    /// Makes a text, keeps it at `path`, and holds one tokenizer to its promises.
    func run(_ random: inout SplitMix, path: String) throws {
        let text = RandomText.make(&random)
        try Data(text.utf8).write(to: URL(filePath: path))
        let subject = subjects[random.index(subjects.count)]
        do {
            try encode(text, subject)
            try decode(text, subject, &random)
            try render(text, subject, &random)
        } catch let violation as Violation {
            throw Violation("\(subject.name): \(violation)")
        }
    }

    private func encode(_ text: String, _ subject: Subject) throws {
        let tokenizer = subject.tokenizer
        let tokens = tokenizer.encode(text)
        let range = 0..<Int32(tokenizer.vocabularySize)
        guard tokens.allSatisfy({ range.contains($0) && !tokenizer.bytes(of: $0).isEmpty }) else {
            throw Violation("a token that is no text")
        }
        let back = tokenizer.decode(tokens)
        guard comparable(back, subject) == comparable(text, subject) else {
            throw Violation("decoding gives another text: \(back.prefix(200).debugDescription)")
        }
        guard tokenizer.encode(text, parseSpecial: true).allSatisfy(range.contains) else {
            throw Violation("a token outside of the vocabulary")
        }
    }

    /// What of a text survives encoding.
    private func comparable(_ text: String, _ subject: Subject) -> [UInt8] {
        // By scalars: a mark that combines with `▁` would hide it from a search by characters.
        let scalars = text.unicodeScalars.map { subject.spellsBlanks && $0 == "▁" ? " " : $0 }
        return String(String.UnicodeScalarView(scalars)).utf8.filter {
            !subject.losesBlanks || ($0 != 0x20 && !(0x09...0x0D ~= $0))
        }
    }

    /// Text that comes in pieces is the text that comes at once, whatever the bytes.
    private func decode(_ text: String, _ subject: Subject, _ random: inout SplitMix) throws {
        let size = Int32(subject.tokenizer.vocabularySize)
        let tokens = (0..<random.index(50)).map { _ in
            random.oneIn(20)
                ? Int32.random(in: .min ... .max, using: &random)
                : Int32.random(in: -2..<size + 2, using: &random)
        }
        _ = subject.tokenizer.decode(tokens)
        var bytes = tokens.flatMap(subject.tokenizer.bytes(of:))
        for _ in 0..<random.index(10) {
            let place = random.index(bytes.count + 1)
            bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
        }
        var decoder = TextDecoder()
        var streamed = ""
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = 1 + random.index(5)
            streamed += decoder.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        streamed += decoder.finish()
        guard Array(streamed.utf8) == Array(String(decoding: bytes, as: UTF8.self).utf8) else {
            throw Violation("bytes \(bytes) decode differently in pieces")
        }
    }

    /// A conversation has as many control tokens as its turns call for, whatever is said.
    private func render(_ text: String, _ subject: Subject, _ random: inout SplitMix) throws {
        guard let chat = subject.chat else { return }
        let tokenizer = subject.tokenizer
        let cut = text.unicodeScalars.index(
            text.startIndex, offsetBy: random.index(text.unicodeScalars.count))
        let parts = [String(text[..<cut]), String(text[cut...])]
        func controls(_ contents: [String]) -> [Int32] {
            let roles: [ChatMessage.Role] = [.system, .user]
            return chat.render(
                zip(roles, contents).map { ChatMessage(role: $0, content: $1) },
                tokenizer: tokenizer
            ).filter { tokenizer.bytes(of: $0).isEmpty }
        }
        guard controls(parts) == controls(["a", "b"]) else {
            throw Violation("a message wrote a control token")
        }
    }
}
