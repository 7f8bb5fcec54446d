import Glibc

/// Goes over an XML text before libxml2 does, and refuses what libxml2 would take too long or too
/// much memory over, or what could make it read something else.
///
/// Knows only where tags, comments and the like begin and end; whether they are right is the
/// parser's business. Also finds the places where the text can be cut: libxml2's push parser
/// takes a `>` in an attribute's value for the end of the tag when the rest comes later.
struct XMLGuard {
    private(set) var depth = 0
    /// Where everything before is whole, as an index of the bytes given last.
    private(set) var cut = 0

    private let limits: XMLLimits
    /// Open elements up to which nothing is kept, so that nodes do not count.
    private let keptBelow: Int
    private var state = State.text
    private var nodeCount = 0
    private var attributeCount = 0
    /// Namespaces declared by each open element, and by all of them.
    private var declared: [Int] = []
    private var declaredCount = 0
    /// Bytes of `xmlns` that the attribute's name begins with; -1 if something else.
    private var matched = 0
    private var isBetween = false
    private var previous: UInt8 = 0
    /// Bytes in a row that may belong to the end of a comment or section.
    private var closing = 0
    private var opening: [UInt8] = []

    private enum State {
        case text, opening, startTag, endTag, declaration, comment, section, instruction
        case value(UInt8)
    }

    /// Nodes count within one of the elements that are given away, which are as deep as
    /// `keptBelow`; -1 where everything is kept.
    init(_ limits: XMLLimits, keptBelow: Int = -1) {
        (self.limits, self.keptBelow) = (limits, keptBelow)
    }

    /// Goes over the bytes since the last cut, those before `start` being known, and gives the
    /// first problem and its index.
    mutating func scan(_ bytes: Span<UInt8>, from start: Int) -> (XMLError.Problem, Int)? {
        var index = start
        cut = 0
        while index < bytes.count {
            index = skip(bytes, from: index)
            guard index < bytes.count else { break }
            let byte = bytes[index]
            if let problem = take(byte) { return (problem, index) }
            previous = byte
            index += 1
            if case .text = state { cut = index }
        }
        // Text may go on, and a reference in it as well.
        return bytes.count - cut > limits.partByteCountMax
            ? (.partTooLong(byteCountMax: limits.partByteCountMax), cut) : nil
    }

    /// Passes what the state cares nothing for.
    private func skip(_ bytes: Span<UInt8>, from index: Int) -> Int {
        switch state {
        case .text: bytes.first(UInt8(ascii: "<"), from: index)
        case .value(let quote): bytes.first(quote, from: index)
        case .endTag: bytes.first(UInt8(ascii: ">"), from: index)
        default: index
        }
    }

    private mutating func take(_ byte: UInt8) -> XMLError.Problem? {
        switch state {
        case .text:
            state = .opening
        case .opening: return open(byte)
        case .startTag: return tag(byte)
        case .value:
            state = .startTag
            isBetween = true
        case .endTag:
            state = .text
            leave()
        case .declaration: return declare(byte)
        case .comment: close(byte, UInt8(ascii: "-"))
        case .section: close(byte, UInt8(ascii: "]"))
        case .instruction:
            if byte == UInt8(ascii: ">"), previous == UInt8(ascii: "?") { state = .text }
        }
        return nil
    }

    private mutating func open(_ byte: UInt8) -> XMLError.Problem? {
        switch byte {
        case UInt8(ascii: "/"): state = .endTag
        case UInt8(ascii: "?"):
            state = .instruction
            return count()
        case UInt8(ascii: "!"):
            state = .declaration
            opening = []
            return count()
        default:
            state = .startTag
            (attributeCount, matched, isBetween) = (0, -1, false)
            declared.append(0)
            depth += 1
            if depth > limits.depthMax { return .tooDeep(depthMax: limits.depthMax) }
            if byte == UInt8(ascii: ">") { state = .text }
            return count()
        }
        return nil
    }

    private mutating func tag(_ byte: UInt8) -> XMLError.Problem? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): state = .value(byte)
        case UInt8(ascii: ">"):
            state = .text
            if previous == UInt8(ascii: "/") { leave() }
        case UInt8(ascii: "="): return attribute()
        case 0x20, 0x09, 0x0A, 0x0D: isBetween = true
        default:
            if isBetween { (matched, isBetween) = (0, false) }
            let name: StaticString = "xmlns"
            if matched >= 0, matched < name.utf8CodeUnitCount {
                matched = byte == name.utf8Start[matched] ? matched + 1 : -1
            }
        }
        return nil
    }

    private mutating func attribute() -> XMLError.Problem? {
        attributeCount += 1
        if attributeCount > limits.attributeCountMax {
            return .tooManyAttributes(attributeCountMax: limits.attributeCountMax)
        }
        if matched == 5 {
            declaredCount += 1
            declared[declared.count - 1] += 1
            if declaredCount > limits.namespaceCountMax {
                return .tooManyNamespaces(namespaceCountMax: limits.namespaceCountMax)
            }
        }
        return count()
    }

    /// Comments and CDATA sections are all that may begin with `<!` outside of a DOCTYPE.
    private mutating func declare(_ byte: UInt8) -> XMLError.Problem? {
        opening.append(byte)
        let (comment, section) = (Array("--".utf8), Array("[CDATA[".utf8))
        if opening == comment {
            (state, closing) = (.comment, 0)
        } else if opening == section {
            (state, closing) = (.section, 0)
        } else if !comment.starts(with: opening), !section.starts(with: opening) {
            return .documentType
        }
        return nil
    }

    private mutating func close(_ byte: UInt8, _ mark: UInt8) {
        if byte == mark {
            closing += 1
        } else {
            if byte == UInt8(ascii: ">"), closing >= 2 { state = .text }
            closing = 0
        }
    }

    private mutating func leave() {
        declaredCount -= declared.popLast() ?? 0
        depth = max(0, depth - 1)
        if depth <= keptBelow { nodeCount = 0 }
    }

    private mutating func count() -> XMLError.Problem? {
        if depth <= keptBelow { return nil }
        nodeCount += 1
        return nodeCount > limits.nodeCountMax
            ? .tooManyNodes(nodeCountMax: limits.nodeCountMax) : nil
    }
}

extension Span<UInt8> {
    /// Index of the byte, or the end.
    fileprivate func first(_ byte: UInt8, from start: Int) -> Int {
        withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress, start < count,
                let found = memchr(base + start, CInt(byte), count - start)
            else { return count }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }
}
