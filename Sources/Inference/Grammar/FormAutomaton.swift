/// A form as an automaton over the bytes of JSON without white space.
///
/// It is deterministic: a state and a byte have one successor or none. Texts are UTF-8 as
/// RFC 3629 has it; of the escapes of RFC 8259 only `\"` and `\\` occur, since no others are
/// needed and `\u` could spell half a character.
struct FormAutomaton: Sendable {
    private enum Kind: Sendable {
        case literal([UInt8])
        /// One of several texts, sorted, none the beginning of another.
        case choice([[UInt8]])
        /// The inside of a text, and the quotation mark that ends it.
        case text(lengthMax: Int)
        /// Ends where the next node's first byte comes.
        case number(hasFraction: Bool)
        /// A comma, say, or a bracket, and where each leads; the last is the shortest way out.
        case branch([(byte: UInt8, target: Int)])
        case end
    }

    private struct Node: Sendable {
        let kind: Kind
        /// Where it leads; unused where there are branches.
        let next: Int
    }

    private var nodes: [Node] = []

    /// The state before the first byte.
    let start: FormState
    /// The state after the last.
    let end: FormState

    init(_ form: Form) {
        // From the last node to the first, so that each knows what follows it.
        var nodes = [Node(kind: .end, next: 0)]
        func add(_ kind: Kind, _ next: Int) -> Int {
            nodes.append(Node(kind: kind, next: next))
            return nodes.count - 1
        }
        func array(_ item: Kind, maxItems: Int, _ next: Int) -> Int {
            var after = add(.literal([UInt8(ascii: "]")]), next)
            for index in (0..<maxItems).reversed() {
                let inside = add(item, after)
                // The opening quotation mark is the branch's own, or follows the comma.
                let way =
                    index == 0
                    ? (UInt8(ascii: "\""), inside)
                    : (UInt8(ascii: ","), add(.literal([UInt8(ascii: "\"")]), inside))
                after = add(.branch([way, (UInt8(ascii: "]"), next)]), 0)
            }
            return add(.literal([UInt8(ascii: "[")]), after)
        }
        var next = add(.literal([UInt8(ascii: "}")]), 0)
        for (index, field) in form.fields.enumerated().reversed() {
            switch field.kind {
            case .string(let length): next = add(.text(lengthMax: length), next)
            case .integer: next = add(.number(hasFraction: false), next)
            case .number: next = add(.number(hasFraction: true), next)
            case .boolean:
                next = add(.choice([Array("false".utf8), Array("true".utf8)]), next)
            case .choice(let values): next = add(.choice(Self.endings(values)), next)
            case .strings(let length, let items):
                next = array(.text(lengthMax: length), maxItems: items, next)
            case .choices(let values, let items):
                next = array(.choice(Self.endings(values)), maxItems: items, next)
            }
            var key = (index == 0 ? "{" : ",") + "\"" + Self.escaped(field.name) + "\":"
            switch field.kind {
            case .string, .choice: key += "\""
            case .integer, .number, .boolean, .strings, .choices: break
            }
            next = add(.literal(Array(key.utf8)), next)
        }
        self.nodes = nodes
        start = FormState(node: Int32(next))
        end = FormState(node: 0)
    }

    /// The texts as they stand behind an opening quotation mark.
    private static func endings(_ values: [String]) -> [[UInt8]] {
        values.map { Array("\(escaped($0))\"".utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    /// The state after a byte; nil when it cannot come.
    func advance(_ state: FormState, _ byte: UInt8) -> FormState? {
        let node = nodes[Int(state.node)]
        switch node.kind {
        case .literal(let bytes):
            guard bytes[Int(state.count)] == byte else { return nil }
            return taken(state, of: bytes, node.next)
        case .choice(let values): return advanceChoice(state, byte, values, node.next)
        case .text: return advanceText(state, byte, node.next)
        case .number(let hasFraction):
            return advanceNumber(state, byte, hasFraction: hasFraction, node.next)
        case .branch(let ways): return ways.first { $0.byte == byte }.map { enter($0.target) }
        case .end: return nil
        }
    }

    /// The state after several bytes; nil when they cannot come.
    func advance(_ state: FormState, _ bytes: [UInt8]) -> FormState? {
        var state = state
        for byte in bytes {
            guard let next = advance(state, byte) else { return nil }
            state = next
        }
        return state
    }

    /// The bytes that must come, and the state after them.
    func forced(from state: FormState) -> (bytes: [UInt8], state: FormState) {
        var state = state
        var bytes: [UInt8] = []
        while true {
            var only: (byte: UInt8, state: FormState)?
            var count = 0
            for byte in UInt8.min...UInt8.max {
                guard let next = advance(state, byte) else { continue }
                only = (byte, next)
                count += 1
            }
            guard count == 1, let only else { return (bytes, state) }
            bytes.append(only.byte)
            state = only.state
        }
    }

    /// The shortest text that completes the form.
    ///
    /// - Precondition: The state is not inside of a character.
    func completion(from state: FormState) -> [UInt8] {
        precondition(state.openByteCount == 0)
        var state = state
        var bytes: [UInt8] = []
        while state.node != end.node {
            let node = nodes[Int(state.node)]
            var next = node.next
            switch node.kind {
            case .literal(let literal): bytes += literal[Int(state.count)...]
            case .choice(let values):
                let rests = matching(state, values).map { $0[Int(state.count)...] }
                bytes += rests.min { $0.count < $1.count } ?? []
            case .text: bytes.append(UInt8(ascii: "\""))
            case .number(let hasFraction):
                switch state.phase {
                case .plain, .point: bytes.append(UInt8(ascii: "0"))
                case .minus: bytes.append(UInt8(ascii: hasFraction ? "0" : "1"))
                default: break
                }
            case .branch(let ways):
                guard let way = ways.last else { return bytes }
                bytes.append(way.byte)
                next = way.target
            case .end: return bytes
            }
            state = enter(next)
        }
        return bytes
    }

    /// The state that allows the same tokens and is the same for many: where a text may have
    /// `longest` scalars more, it does not matter how many.
    func representative(_ state: FormState, longest: Int) -> FormState {
        guard case .text = nodes[Int(state.node)].kind else { return state }
        var state = state
        state.count = min(state.count, Int32(longest))
        return state
    }

    private func enter(_ node: Int) -> FormState {
        var state = FormState(node: Int32(node))
        if case .text(let lengthMax) = nodes[node].kind { state.count = Int32(lengthMax) }
        return state
    }

    private func taken(_ state: FormState, of bytes: [UInt8], _ next: Int) -> FormState {
        var state = state
        state.count += 1
        return Int(state.count) == bytes.count ? enter(next) : state
    }

    /// The texts that begin with what was taken of one.
    private func matching(_ state: FormState, _ values: [[UInt8]]) -> ArraySlice<[UInt8]> {
        let (first, count) = (Int(state.first), Int(state.count))
        let known = values[first].prefix(count)
        return values[first...].prefix { $0.prefix(count) == known }
    }

    private func advanceChoice(
        _ state: FormState, _ byte: UInt8, _ values: [[UInt8]], _ next: Int
    ) -> FormState? {
        let values = matching(state, values)
        guard let index = values.firstIndex(where: { $0[Int(state.count)] == byte })
        else { return nil }
        var state = state
        state.first = Int32(index)
        return taken(state, of: values[index], next)
    }

    private func advanceText(_ state: FormState, _ byte: UInt8, _ next: Int) -> FormState? {
        var state = state
        switch state.phase {
        case .escaped:
            guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { return nil }
            state.phase = .plain
            return state
        case .character(let missing, let low, let high):
            guard byte >= low, byte <= high else { return nil }
            state.phase =
                missing == 1 ? .plain : .character(missing: missing - 1, low: 0x80, high: 0xBF)
            return state
        default: break
        }
        if byte == UInt8(ascii: "\"") { return enter(next) }
        guard state.count > 0, let phase = Self.begin(byte) else { return nil }
        state.count -= 1
        state.phase = phase
        return state
    }

    /// What the first byte of a character calls for (Unicode 15, table 3-7); nil for those that
    /// begin none, and for control characters.
    private static func begin(_ byte: UInt8) -> FormState.Phase? {
        switch byte {
        case UInt8(ascii: "\\"): .escaped
        case 0x20...0x7E: .plain
        case 0xC2: .character(missing: 1, low: 0xA0, high: 0xBF)
        case 0xC3...0xDF: .character(missing: 1, low: 0x80, high: 0xBF)
        case 0xE0: .character(missing: 2, low: 0xA0, high: 0xBF)
        case 0xED: .character(missing: 2, low: 0x80, high: 0x9F)
        case 0xE1...0xEF: .character(missing: 2, low: 0x80, high: 0xBF)
        case 0xF0: .character(missing: 3, low: 0x90, high: 0xBF)
        case 0xF1...0xF3: .character(missing: 3, low: 0x80, high: 0xBF)
        case 0xF4: .character(missing: 3, low: 0x80, high: 0x8F)
        default: nil
        }
    }

    private func advanceNumber(
        _ state: FormState, _ byte: UInt8, hasFraction: Bool, _ next: Int
    ) -> FormState? {
        var state = state
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        func count(_ phase: FormState.Phase, most: Int) -> FormState? {
            guard state.count < most else { return nil }
            state.phase = phase
            state.count += 1
            return state
        }
        switch (state.phase, byte) {
        case (.plain, UInt8(ascii: "-")):
            state.phase = .minus
            return state
        case (.plain, UInt8(ascii: "0")),
            (.minus, UInt8(ascii: "0")) where hasFraction:
            state.phase = .zero
            return state
        case (.minus, UInt8(ascii: "0")): return nil
        case (.plain, _), (.minus, _),
            (.integer, _) where isDigit:
            return isDigit ? count(.integer, most: Limits.formDigits) : nil
        case (.zero, UInt8(ascii: ".")), (.integer, UInt8(ascii: ".")):
            guard hasFraction else { return nil }
            state.phase = .point
            state.count = 0
            return state
        case (.point, _),
            (.fraction, _) where isDigit:
            return isDigit ? count(.fraction, most: Limits.formFractionDigits) : nil
        default: return advance(enter(next), byte)
        }
    }
}
