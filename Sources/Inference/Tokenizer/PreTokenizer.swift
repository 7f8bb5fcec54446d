/// Cuts text into the pieces that byte pairs are merged within.
///
/// Models publish their cut as a regular expression; these are scanners for the same cuts, which
/// look at each scalar once or twice.
///
/// Source: the `pre_tokenizer` of each family's `tokenizer.json`.
enum PreTokenizer: Equatable, Sendable {
    /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`, with every
    /// number scalar cut out first when `isolatesDigits`.
    case gpt2(isolatesDigits: Bool)
    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,digitsMax}|`
    /// ` ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`.
    case llama3(digitsMax: Int)

    /// The cut that `tokenizer.ggml.pre` names, or nil.
    init?(name: String) {
        switch name {
        case "gpt-2", "phi-2": self = .gpt2(isolatesDigits: false)
        case "smollm", "starcoder", "refact", "command-r": self = .gpt2(isolatesDigits: true)
        case "llama-bpe", "llama3", "llama-v3": self = .llama3(digitsMax: 3)
        case "qwen2", "deepseek-r1-qwen": self = .llama3(digitsMax: 1)
        default: return nil
        }
    }

    static let names = ["gpt-2", "smollm", "llama-bpe", "qwen2"]

    /// The end of the piece that begins at `start`, which lies before the end of `text`.
    func pieceEnd(from start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
        switch self {
        case .gpt2(let isolatesDigits):
            Self.gpt2(from: start, in: text, isolatesDigits: isolatesDigits)
        case .llama3(let digitsMax):
            Self.llama3(from: start, in: text, digitsMax: digitsMax)
        }
    }

    private static func gpt2(
        from start: Int, in text: UnsafeBufferPointer<UInt8>, isolatesDigits: Bool
    ) -> Int {
        /// An isolated digit ends the text for everything before it.
        func scalar(_ index: Int) -> (class: CharacterClass, byteCount: Int) {
            let found = CharacterClass.at(index, in: text)
            return isolatesDigits && found.class == .number ? (.end, found.byteCount) : found
        }
        let first = scalar(start)
        if first.class == .end { return start + first.byteCount }
        if let end = contractionEnd(from: start, in: text, ignoresCase: false) { return end }

        let run = text[start] == 0x20 ? scalar(start + 1) : first
        switch run.class {
        case .letter, .number, .other:
            var index = start + (text[start] == 0x20 ? 1 : 0)
            var next = run
            while next.class == run.class {
                index += next.byteCount
                next = scalar(index)
            }
            return index
        case .space, .end:
            var index = start
            var last = start
            var next = first
            while next.class == .space {
                last = index
                index += next.byteCount
                next = scalar(index)
            }
            return next.class == .end || last == start ? index : last
        }
    }

    private static func llama3(
        from start: Int, in text: UnsafeBufferPointer<UInt8>, digitsMax: Int
    ) -> Int {
        func scalar(_ index: Int) -> (class: CharacterClass, byteCount: Int) {
            CharacterClass.at(index, in: text)
        }
        func isNewline(_ index: Int) -> Bool {
            index < text.count && (text[index] == 0x0A || text[index] == 0x0D)
        }
        if let end = contractionEnd(from: start, in: text, ignoresCase: true) { return end }

        let first = scalar(start)
        let second = scalar(start + first.byteCount)
        let isLead = first.class != .number && !isNewline(start) && second.class == .letter
        if first.class == .letter || isLead {
            var index = start + first.byteCount
            while case let next = scalar(index), next.class == .letter { index += next.byteCount }
            return index
        }
        if first.class == .number {
            var index = start
            for _ in 0..<digitsMax {
                let next = scalar(index)
                guard next.class == .number else { break }
                index += next.byteCount
            }
            return index
        }
        if first.class == .other || (text[start] == 0x20 && second.class == .other) {
            var index = start + first.byteCount
            while case let next = scalar(index), next.class == .other { index += next.byteCount }
            while isNewline(index) { index += 1 }
            return index
        }
        var index = start
        var last = start
        var newlineEnd: Int?
        while case let next = scalar(index), next.class == .space {
            last = index
            index += next.byteCount
            if isNewline(last) { newlineEnd = index }
        }
        if let newlineEnd { return newlineEnd }
        return index == text.count || last == start ? index : last
    }

    /// The end of an English contraction's second half, if one begins at `start`.
    private static func contractionEnd(
        from start: Int, in text: UnsafeBufferPointer<UInt8>, ignoresCase: Bool
    ) -> Int? {
        guard text[start] == UInt8(ascii: "'"), start + 1 < text.count else { return nil }
        func letter(_ index: Int) -> UInt8 {
            guard index < text.count else { return 0 }
            let unit = text[index]
            let isCapital = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= unit
            return ignoresCase && isCapital ? unit | 0x20 : unit
        }
        switch (letter(start + 1), letter(start + 2)) {
        case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _),
            (UInt8(ascii: "d"), _):
            return start + 2
        case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
            (UInt8(ascii: "l"), UInt8(ascii: "l")):
            return start + 3
        default: return nil
        }
    }
}
