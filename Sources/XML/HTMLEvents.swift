import CXML
import Glibc

/// Hands on what libxml2 calls back with; its address is the parser's user data.
struct HTMLEvents {
    let context: htmlParserCtxtPtr
    var visitor: any HTMLVisitor

    typealias Name = UnsafePointer<xmlChar>
    /// Name, value or nil, and so on; nil ends it.
    typealias Attributes = UnsafeMutablePointer<UnsafePointer<xmlChar>?>

    static func start(_ data: UnsafeMutableRawPointer?, _ name: Name?, _ pairs: Attributes?) {
        guard let events = pointer(data), let name else { return }
        events.pointee.visitor.start(String(cString: name)) { value(of: $0, in: pairs) }
        events.pointee.forgetOuterElements()
        events.pointee.stopIfDone()
    }

    static func end(_ data: UnsafeMutableRawPointer?, _ name: Name?) {
        guard let events = pointer(data), let name else { return }
        events.pointee.visitor.end(String(cString: name))
        events.pointee.stopIfDone()
    }

    static func text(_ data: UnsafeMutableRawPointer?, _ bytes: Name?, _ count: CInt) {
        guard let events = pointer(data) else { return }
        let bytes = UnsafeBufferPointer(start: bytes, count: Int(count))
        if let character = windowsCharacter(bytes.span) {
            events.pointee.visitor.text(character.utf8.span)
        } else {
            events.pointee.visitor.text(bytes.span)
        }
        events.pointee.stopIfDone()
    }

    /// References come one by one: 128 to 159 are meant for windows-1252, as browsers have it.
    static func windowsCharacter(_ bytes: Span<UInt8>) -> String? {
        guard bytes.count == 2, bytes[0] == 0xC2, bytes[1] < 0xA0 else { return nil }
        return String(windows1252[Int(bytes[1] & 0x1F)])
    }

    private static func pointer(
        _ data: UnsafeMutableRawPointer?
    ) -> UnsafeMutablePointer<HTMLEvents>? {
        data?.assumingMemoryBound(to: HTMLEvents.self)
    }

    private static func value(of name: StaticString, in pairs: Attributes?) -> String? {
        guard var pair = pairs else { return nil }
        while let found = pair[0] {
            if strcmp(found, name.utf8Start) == 0 {
                return pair[1].map { String(cString: $0) } ?? ""
            }
            pair += 2
        }
        return nil
    }

    private func stopIfDone() {
        if visitor.isDone || xmlDictSize(context.pointee.dict) > Limits.namesMax {
            xmlStopParser(context)
        }
    }

    /// Keeps the elements that libxml2 holds open few, by letting it forget the outer half.
    ///
    /// It goes through all of them at an end tag without a beginning, and there can be a million
    /// of both. To the visitor they end here, and their end tags will count for nothing.
    private mutating func forgetOuterElements() {
        guard context.pointee.nameNr > Limits.openElementsMax, let names = context.pointee.nameTab
        else { return }
        let kept = Limits.openElementsMax / 2
        let forgotten = Int(context.pointee.nameNr) - kept
        for index in (0..<forgotten).reversed() {
            if let name = names[index] { visitor.end(String(cString: name)) }
        }
        names.update(from: names + forgotten, count: kept)
        context.pointee.nameNr = CInt(kept)
    }

    private static let windows1252 = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
}
