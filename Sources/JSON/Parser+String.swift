extension Parser {
    /// Reads a string from its opening quote to behind the closing one.
    ///
    /// Bytes that are not UTF-8 and halves of surrogate pairs become U+FFFD: one broken mail
    /// must not cost the page it is on.
    mutating func string() throws(JSONError) -> String {
        advance()
        let start = index
        var hasEscape = false
        while true {
            advanceToSpecial()
            switch current {
            case UInt8(ascii: "\""):
                let raw = UnsafeBufferPointer(rebasing: bytes[start..<index])
                advance()
                return hasEscape ? Self.unescaped(raw) : String(decoding: raw, as: UTF8.self)
            case UInt8(ascii: "\\"):
                hasEscape = true
                advance()
                try checkEscape()
            case let control?:
                throw failure(.controlCharacter(control))
            case nil:
                throw unexpected("`\"`")
            }
        }
    }

    /// Moves to the next quote, backslash or control character, or to the end.
    private mutating func advanceToSpecial() {
        advance(by: bytes.indexOfSpecial(from: index) - index)
    }

    /// Checks and passes what follows a backslash.
    private mutating func checkEscape() throws(JSONError) {
        switch current {
        case UInt8(ascii: "u"):
            advance()
            for _ in 0..<4 {
                guard let byte = current, Self.hexValue(byte) != nil else {
                    throw unexpected("four hexadecimal digits")
                }
                advance()
            }
        case let byte? where Self.meaning(ofEscape: byte) != nil: advance()
        default: throw unexpected("one of \" \\ / b f n r t u")
        }
    }

    /// Resolves the escapes of what stands between the quotes.
    ///
    /// Every escape was checked, so none reaches past the end.
    private static func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> String {
        // An escape is never shorter than what it stands for, U+FFFD for half a pair included.
        String(unsafeUninitializedCapacity: raw.count) { output in
            var (read, write) = (0, 0)
            func put(_ byte: UInt8) {
                output.initializeElement(at: write, to: byte)
                write += 1
            }
            while read < raw.count {
                let rest = UnsafeBufferPointer(rebasing: raw[read...])
                let run = rest.firstIndex(of: UInt8(ascii: "\\")) ?? rest.count
                let target = UnsafeMutableBufferPointer(rebasing: output[write..<(write + run)])
                _ = target.initialize(fromContentsOf: rest[..<run])
                read += run
                write += run
                guard read < raw.count else { break }
                read += 1
                if let byte = meaning(ofEscape: raw[read]) {
                    put(byte)
                    read += 1
                } else {
                    UTF8.encode(scalar(in: raw, at: &read))?.forEach(put)
                }
            }
            return write
        }
    }

    /// The scalar of `uXXXX` or `uXXXX\uXXXX` at `read`; U+FFFD for half a pair.
    private static func scalar(
        in raw: UnsafeBufferPointer<UInt8>, at read: inout Int
    ) -> Unicode.Scalar {
        let high = codeUnit(in: raw, at: read + 1)
        read += 5
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, raw.count - read >= 6, raw[read] == UInt8(ascii: "\\"),
            raw[read + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let low = codeUnit(in: raw, at: read + 2)
        guard (0xDC00...0xDFFF).contains(low) else { return "\u{FFFD}" }
        read += 6
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private static func codeUnit(in raw: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32 {
        raw[start..<(start + 4)].reduce(0) { $0 << 4 | UInt32(hexValue($1) ?? 0) }
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func meaning(ofEscape byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }
}
