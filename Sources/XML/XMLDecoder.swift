import Glibc

/// Turns a document's bytes into UTF-8, stretch by stretch.
struct XMLDecoder: ~Copyable {
    private var converter: iconv_t?
    private var name = ""
    /// Bytes of a character whose rest comes next.
    private var rest: [UInt8] = []
    private var hasBegun = false

    deinit { if let converter { iconv_close(converter) } }

    /// Appends the next bytes decoded, up to the first that is not in the encoding; none are given
    /// at the end.
    mutating func decode(_ bytes: [UInt8], into output: inout [UInt8]) throws(XMLError) {
        var input = bytes
        if !hasBegun {
            hasBegun = true
            let encoding = try XMLEncoding(of: bytes)
            input.removeFirst(encoding.markByteCount)
            if let name = encoding.name { try begin(name) }
        }
        guard let converter else {
            output += input
            return
        }
        guard !bytes.isEmpty else {
            return rest.isEmpty ? () : try fail(output)
        }
        input = rest + input
        // No encoding known here needs more bytes for a character than UTF-8 times three.
        var decoded = [UInt8](repeating: 0, count: input.count * 3 + 16)
        let (read, written, code) = Self.convert(converter, input, &decoded)
        output += decoded[..<written]
        rest = Array(input[read...])
        if code == EINVAL || code == 0 { return }
        try fail(output)
    }

    private mutating func begin(_ name: String) throws(XMLError) {
        self.name = name
        let opened = iconv_open("UTF-8", name)
        guard let opened, Int(bitPattern: opened) != -1 else {
            throw XMLError(
                .encoding("is in \(name), which this machine cannot read; have it sent as UTF-8"))
        }
        converter = opened
    }

    private func fail(_ output: [UInt8]) throws(XMLError) {
        throw XMLError(
            .encoding("holds bytes that are not \(name), as which it is declared"),
            line: 1 + output.count { $0 == 0x0A })
    }

    /// - Returns: Bytes read and written, and errno or 0.
    private static func convert(
        _ converter: iconv_t, _ input: [UInt8], _ output: inout [UInt8]
    ) -> (Int, Int, CInt) {
        var source = input
        return source.withUnsafeMutableBytes { source in
            output.withUnsafeMutableBytes { target in
                var from = source.bindMemory(to: CChar.self).baseAddress
                var to = target.bindMemory(to: CChar.self).baseAddress
                var (left, room) = (source.count, target.count)
                let result = iconv(converter, &from, &left, &to, &room)
                let code = result == Int.max.magnitude &* 2 &+ 1 ? errno : 0
                return (source.count - left, target.count - room, code)
            }
        }
    }
}
