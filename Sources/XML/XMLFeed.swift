/// A document on its way to the parser: read, decoded and looked over, in whole parts.
struct XMLFeed: ~Copyable {
    private var source: XMLSource
    private var decoder = XMLDecoder()
    private var guardian: XMLGuard
    private let limits: XMLLimits
    private var pending: [UInt8] = []
    private var scannedCount = 0
    private var byteCount = 0
    /// Line feeds before `pending`.
    private var lineCount = 0
    private var hasEnded = false

    init(_ source: consuming XMLSource, _ limits: XMLLimits, keptBelow: Int = -1) {
        self.source = source
        self.limits = limits
        guardian = XMLGuard(limits, keptBelow: keptBelow)
    }

    /// The next bytes for the parser, cut where it can be; nil after the last.
    mutating func next() throws(XMLError) -> [UInt8]? {
        while !hasEnded {
            let bytes = try source.next()
            hasEnded = bytes.isEmpty
            do {
                try decoder.decode(bytes, into: &pending)
            } catch {
                throw XMLError(error.problem, line: error.line.map { $0 + lineCount })
            }
            byteCount += pending.count - scannedCount
            guard byteCount <= limits.byteCountMax else {
                throw XMLError(.tooLong(byteCountMax: limits.byteCountMax))
            }
            if let (problem, index) = scan() {
                throw XMLError(problem, line: lineCount + 1 + Self.lines(pending[..<index]))
            }
            scannedCount = pending.count
            let cut = hasEnded ? pending.count : guardian.cut
            guard cut > 0 else { continue }
            let part = Array(pending[..<cut])
            pending.removeFirst(cut)
            scannedCount -= cut
            lineCount += Self.lines(part[...])
            return part
        }
        return nil
    }

    private mutating func scan() -> (XMLError.Problem, Int)? {
        let bytes = pending
        return guardian.scan(bytes.span, from: scannedCount)
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 == 0x0A } }
}
