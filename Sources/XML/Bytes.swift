import Glibc

extension Span<UInt8> {
    func at(_ index: Int) -> UInt8? { index < count ? self[index] : nil }

    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count else { return nil }
        return withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress,
                let found = memchr(base + start, CInt(byte), count - start)
            else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }
}

extension UInt8 {
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

    /// Space, tab, line feed, form feed and carriage return, as HTML has it; NUL as well.
    var isSpace: Bool { self <= 0x20 }

    var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}
