/// One document: the control record's facts and the data segments.
struct IDoc: Sendable {
    let number: Int
    let kind: IDocKind
    /// An extension of the basic type names the root element and adds segments of its own.
    let isExtended: Bool
    let createdAt: Timestamp
    let segments: [IDocSegment]

    init(
        number: Int, kind: IDocKind, object: Int, createdAt: Timestamp, isReduced: Bool = false,
        isExtended: Bool = false
    ) {
        (self.number, self.kind, self.createdAt) = (number, kind, createdAt)
        self.isExtended = isExtended
        let own =
            isExtended
            ? [
                IDocSegment(
                    "Z1ROUTING",
                    [
                        ("ZGATE", "\(1 + object % 6)"),
                        ("ZNOTE", "Crane needed; call Frau Östermann"),
                    ])
            ] : []
        segments = kind.segments(object, turn: number % 7, isReduced: isReduced) + own
    }

    /// Sixteen digits: what copies of one document have in common.
    var docnum: String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 16 - digits.count)) + digits
    }

    var title: String { "\(kind.messageType) \(docnum)" }

    var root: String { isExtended ? "Z" + kind.rawValue : kind.rawValue }

    func write(to text: inout String) {
        let stamp = createdAt.iso().filter(\.isWholeNumber)
        text += "<IDOC BEGIN=\"1\">\n"
        IDocSegment(
            "EDI_DC40",
            [
                ("TABNAM", "EDI_DC40"), ("MANDT", ERPAccount.client), ("DOCNUM", docnum),
                ("DOCREL", "756"), ("STATUS", "30"), ("DIRECT", "1"), ("OUTMOD", "2"),
                ("IDOCTYP", kind.rawValue), ("CIMTYP", isExtended ? root : ""),
                ("MESTYP", kind.messageType), ("MESCOD", ""), ("MESFCT", ""), ("TEST", ""),
                ("SNDPOR", "SAP\(ERPAccount.systemID)"), ("SNDPRT", "LS"), ("SNDPFC", ""),
                ("SNDPRN", "\(ERPAccount.systemID)CLNT\(ERPAccount.client)"), ("RCVPOR", "DOCKET"),
                ("RCVPRT", "LS"), ("RCVPRN", "DOCKET"), ("CREDAT", String(stamp.prefix(8))),
                ("CRETIM", String(stamp.suffix(6))), ("SERIAL", stamp),
            ]
        ).write(to: &text)
        for segment in segments { segment.write(to: &text) }
        text += "</IDOC>\n"
    }
}

/// A file of the port: one document or several of one type.
struct IDocFile: Sendable {
    enum Encoding: String, Sendable {
        case utf8 = "utf-8"
        case latin1 = "iso-8859-1"
        case utf16 = "utf-16"
    }

    let name: String
    let documents: [IDoc]
    let encoding: Encoding

    var bytes: [UInt8] {
        let root = documents.first?.root ?? "IDOCS"
        var text = "<?xml version=\"1.0\" encoding=\"\(encoding.rawValue)\"?>\n<\(root)>"
        for document in documents { document.write(to: &text) }
        text += "</\(root)>\n"
        switch encoding {
        case .utf8: return Array(text.utf8)
        case .latin1:
            return text.unicodeScalars.flatMap { scalar -> [UInt8] in
                // What the code page lacks goes in by its number.
                UInt8(exactly: scalar.value).map { [$0] }
                    ?? Array("&#x\(String(scalar.value, radix: 16));".utf8)
            }
        case .utf16:
            return [0xFE, 0xFF]
                + text.utf16.flatMap { unit in
                    [UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit)]
                }
        }
    }
}
