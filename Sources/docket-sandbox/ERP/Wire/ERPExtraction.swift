/// The products as an extraction service of the change queue shows them (ODP).
enum ERPExtraction {
    static let setName = "AttrOfMaterial"
    static let linksName = "DeltaLinksOfAttrOfMaterial"

    static let properties: [ERPProperty] = [
        .key("MATNR", 40, "Material"), .text("MTART", 4, "Material Type"),
        .text("MATKL", 9, "Material Group"), .text("MEINS", 3, "Base Unit"),
        .decimal("BRGEW", 13, 3, "Gross Weight", unit: "GEWEI"),
        .decimal("NTGEW", 13, 3, "Net Weight", unit: "GEWEI"),
        .text("GEWEI", 3, "Weight Unit"), .text("LVORM", 1, "Deletion Flag"),
        .date("ERSDA", "Created On"), .date("LAEDA", "Last Change"),
        .text("TXTMD", 40, "Description"), .text("ODQ_CHANGEMODE", 1, "Change Mode"),
        ERPProperty(
            name: "ODQ_ENTITYCNTR", type: .decimal, length: 19, scale: 0,
            label: "Number of Data Units"),
    ]

    static let linkProperties: [ERPProperty] = [
        .key("DeltaToken", 60, "Delta Token"), .stamp("CreatedAt", "Created At"),
        .flag("IsInitialLoad", "Initial Load"),
    ]

    /// What a row says of an entity.
    enum Image {
        /// As it is, in a full load.
        case snapshot
        case created, before, after, deleted

        var mode: String {
            switch self {
            case .snapshot: ""
            case .created: "C"
            case .before, .after: "U"
            case .deleted: "D"
            }
        }

        var counter: String { self == .before || self == .deleted ? "-1" : "1" }
    }

    /// The values are the product's, in the table's order.
    static func entity(
        _ values: [ERPValue], _ image: Image, _ set: ERPEntitySet, _ shape: ERPShape,
        reader: ERPReader, row: Int
    ) -> ERPEntity {
        let products = reader.tables[.products]
        func value(_ name: String) -> ERPValue { products.column(name).map { values[$0] } ?? .null }
        let key = value("Product").text ?? ""
        let isMarked = value("IsMarkedForDeletion") == .flag(true)
        // In the logon language: the same row reads differently for another user.
        let texts = reader.tables[.descriptions]
        let text = texts.row([key, reader.request.language]) ?? texts.row([key, "EN"])
        let all: [ERPValue] = [
            .text(key), value("ProductType"), value("ProductGroup"), value("BaseUnit"),
            value("GrossWeight"), value("NetWeight"), value("WeightUnit"),
            .text(isMarked ? "X" : ""), value("CreationDate"), value("LastChangeDate"),
            text.map { texts.value($0, "ProductDescription") } ?? .text(""), .text(image.mode),
            .number(image.counter),
        ]
        let shown = zip(properties, all).filter { shape.names?.contains($0.0.name) ?? true }
        return ERPEntity(
            set: set, path: ERPAddress.path(set.name, set.keyNames, [key]),
            properties: shown.map { (property: $0.0, value: $0.1) },
            etag: reader.etag(products, row), mediaType: nil,
            changedAt: products.rows[row].changedAt)
    }

    /// Every change of the log's range, each with its images.
    static func changes(
        _ range: Range<Int>, _ set: ERPEntitySet, _ shape: ERPShape, reader: ERPReader
    ) -> [ERPEntity] {
        let table = reader.tables[.products]
        // Backwards, so that what a change led to is what the next one found.
        var later: [Int: [ERPValue]] = [:]
        var groups: [[ERPEntity]] = []
        func entity(_ values: [ERPValue], _ image: Image, _ row: Int) -> ERPEntity {
            Self.entity(values, image, set, shape, reader: reader, row: row)
        }
        for index in (range.lowerBound..<table.log.count).reversed() {
            let change = table.log[index]
            let after = later[change.row] ?? table.values(change.row)
            later[change.row] = change.before
            guard range.contains(index) else { continue }
            switch change.kind {
            case .created: groups.append([entity(after, .created, change.row)])
            case .deleted: groups.append([entity(change.before ?? after, .deleted, change.row)])
            case .updated:
                var images = [entity(after, .after, change.row)]
                if reader.switches.hasBeforeImages, let before = change.before {
                    images.insert(entity(before, .before, change.row), at: 0)
                }
                groups.append(images)
            }
        }
        return groups.reversed().flatMap { $0 }
    }
}

/// Who has which place in the change queue: one subscription a user, so a second reader with the
/// same user takes the first one's away.
struct ERPSubscriptions: Sendable {
    struct Token: Sendable {
        let text: String
        let log: Int
        let createdAt: Timestamp
        let isInitial: Bool
    }

    private var tokens: [String: [Token]] = [:]
    private var issuedCount = 0

    func tokens(of user: String) -> [Token] { tokens[user] ?? [] }

    mutating func subscribe(_ user: String, log: Int, at now: Timestamp) {
        tokens[user] = [issue(log, now, isInitial: true)]
    }

    mutating func terminate(_ user: String) { tokens[user] = nil }

    mutating func removeAll() { tokens = [:] }

    /// Confirms all that came before a token, which can be read again until the next one is used.
    ///
    /// - Returns: The log's range that the token stands for; nil where the user has no such token.
    mutating func read(_ text: String, _ user: String, log: Int, at now: Timestamp) -> Range<Int>? {
        guard var mine = tokens[user], let index = mine.firstIndex(where: { $0.text == text })
        else { return nil }
        mine.removeFirst(index)
        if mine.count < ERPLimits.subscriptionTokensMax {
            mine.append(issue(log, now, isInitial: false))
        }
        tokens[user] = mine
        return mine[0].log..<max(mine[0].log, mine[1].log)
    }

    private mutating func issue(_ log: Int, _ now: Timestamp, isInitial: Bool) -> Token {
        issuedCount += 1
        let digits = String(issuedCount)
        let serial = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
        let stamp = now.iso().filter(\.isWholeNumber)
        return Token(text: "D\(stamp)_\(serial)", log: log, createdAt: now, isInitial: isInitial)
    }
}
