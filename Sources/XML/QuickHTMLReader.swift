import CXML
import Glibc

/// Reads the HTML that most mails are made of, with the events that libxml2 would make of it.
///
/// libxml2 takes 20 ns a byte, which is more than all else a mail costs. Elements, attributes and
/// references that are written as they should be are read here; at the first that is not, the
/// reader gives up, and the text is libxml2's from its beginning.
package struct QuickHTMLReader<Visitor: HTMLVisitor> {
    private let bytes: [UInt8]
    private var visitor: Visitor
    private let elements = HTMLElement.all
    private let table = HTMLElement.table
    private var index = 0
    private var open: [HTMLElement] = []
    private var attributes: [QuickHTMLAttribute] = []
    /// Tags of `html`, `head` and `body` that were out of place, whose end tags count for nothing.
    private var ignoredCount = 0

    /// Walks over the text until its end or until the visitor is done.
    ///
    /// - Parameters:
    ///   - bytes: What ``HTMLGuard`` made of a text.
    ///   - visitor: Told of what is met; as it was, where the reader gives up.
    /// - Returns: False where it gave up.
    package static func read(_ bytes: [UInt8], _ visitor: inout Visitor) -> Bool {
        var reader = QuickHTMLReader(bytes: bytes, visitor: visitor)
        guard reader.run() else { return false }
        visitor = reader.visitor
        return true
    }

    private init(bytes: [UInt8], visitor: Visitor) { (self.bytes, self.visitor) = (bytes, visitor) }

    private mutating func run() -> Bool {
        while index < bytes.count, !visitor.isDone {
            switch bytes[index] {
            case UInt8(ascii: "<"): guard tag() else { return false }
            case UInt8(ascii: "&"): guard reference() else { return false }
            default: text()
            }
        }
        while let element = open.popLast() { visitor.end(element.name) }
        return true
    }

    private mutating func text() {
        let bytes = bytes
        let rest = bytes.span.extracting(index...)
        let end = rest.withUnsafeBufferPointer { rest in
            rest.firstIndex(of: UInt8(ascii: "<"), or: UInt8(ascii: "&")) ?? rest.count
        }
        Self.show(rest.extracting(first: end), to: &visitor)
        index += end
    }

    private mutating func reference() -> Bool {
        guard let (scalar, end) = QuickHTMLAttribute.reference(bytes, at: index) else {
            return false
        }
        let text = String(scalar)
        Self.show(text.utf8.span, to: &visitor)
        index = end
        return true
    }

    private static func show(_ text: Span<UInt8>, to visitor: inout Visitor) {
        if let character = HTMLEvents.windowsCharacter(text) {
            visitor.text(character.utf8.span)
        } else {
            visitor.text(text)
        }
    }

    private mutating func tag() -> Bool {
        let isEnd = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "/")
        let start = index + (isEnd ? 2 : 1)
        var end = start
        while end < bytes.count, bytes[end].isNamePart { end += 1 }
        guard let place = table[bytes.span.extracting(start..<end)] else { return false }
        let element = elements[place]
        index = end
        return isEnd ? endTag(element) : startTag(element)
    }

    private mutating func startTag(_ element: HTMLElement) -> Bool {
        attributes.removeAll(keepingCapacity: true)
        guard let end = QuickHTMLAttribute.scan(bytes, from: index, into: &attributes) else {
            return false
        }
        index = end.index
        while let last = open.last, last.endedBy & element.bit != 0 {
            open.removeLast()
            visitor.end(last.name)
        }
        guard !isMisplaced(element) else {
            ignoredCount += 1
            return !end.isClosed
        }
        // libxml2 is made to forget some of them when they are many.
        guard open.count < Limits.openElementsMax / 2 else { return false }
        if attributes.isEmpty {
            visitor.start(element.name) { _ in nil }
        } else {
            let (bytes, attributes) = (bytes, attributes)
            visitor.start(element.name) { name in
                attributes.first { $0.has(name, in: bytes) }?.value(in: bytes)
            }
        }
        if end.isClosed || element.isEmpty {
            visitor.end(element.name)
        } else if element.isRaw {
            // The guard has emptied it, or else it has no end.
            guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "<"),
                bytes[index + 1] == UInt8(ascii: "/")
            else { return false }
            open.append(element)
        } else {
            open.append(element)
        }
        return true
    }

    /// What a text has of these comes on top of those put before it, and is left out.
    private func isMisplaced(_ element: HTMLElement) -> Bool {
        guard element.isFrame else { return false }
        return switch element.name {
        case "html": !open.isEmpty
        case "head": open.count != 1
        default: open.contains { $0.bit == element.bit }
        }
    }

    private mutating func endTag(_ element: HTMLElement) -> Bool {
        while index < bytes.count, bytes[index].isBlank { index += 1 }
        guard index < bytes.count, bytes[index] == UInt8(ascii: ">") else { return false }
        index += 1
        if element.isFrame {
            // One of those put before the text: what comes behind it is libxml2's to tell.
            guard ignoredCount > 0 else { return false }
            ignoredCount -= 1
            return true
        }
        if let last = open.last, last.bit == element.bit {
            open.removeLast()
            visitor.end(element.name)
            return true
        }
        guard let match = open.lastIndex(where: { $0.bit == element.bit }) else { return true }
        guard open[(match + 1)...].allSatisfy({ $0.priority <= element.priority }) else {
            return true
        }
        while open.count > match, let last = open.popLast() { visitor.end(last.name) }
        return true
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func firstIndex(of byte: UInt8, or other: UInt8) -> Int? {
        guard let base = baseAddress else { return nil }
        let first = memchr(base, CInt(byte), count).map { UnsafeRawPointer($0) - base }
        return memchr(base, CInt(other), first ?? count).map { UnsafeRawPointer($0) - base }
            ?? first
    }
}

private func - (_ left: UnsafeRawPointer, _ right: UnsafePointer<UInt8>) -> Int {
    left - UnsafeRawPointer(right)
}
