import HTTPClient
import JSON

/// Where a round stands that no link leads on: numbers and cursors for a query parameter.
struct Place: Sendable, Equatable {
    /// Pages and records before it.
    private var page = 0
    private var offset = 0
    private var cursor: String?

    init() {}

    /// - Parameter text: What ``text`` wrote; nil for a link.
    init?(_ text: String) {
        guard text.hasPrefix("{"), let json = try? JSON.parse(text) else { return nil }
        self.init(json)
    }

    init(_ json: JSON) {
        page = max(0, json["page"]?.intValue ?? 0)
        offset = max(0, json["offset"]?.intValue ?? 0)
        cursor = json["cursor"]?.stringValue
    }

    var json: JSON {
        var members = JSON.Members([
            (name: "page", value: JSON(page)), (name: "offset", value: JSON(offset)),
        ])
        if let cursor { members["cursor"] = .string(cursor) }
        return .object(members)
    }

    var text: String { json.serialized() }

    /// Moves behind a list.
    ///
    /// - Returns: False where it was the last one.
    mutating func pass(_ list: RecordList, _ paging: Paging) -> Bool {
        switch paging {
        case .none, .link, .linkHeader: return false
        case .page, .offset:
            guard !list.items.isEmpty, page < Int.max, offset <= Int.max - list.items.count else {
                return false
            }
            page += 1
            offset += list.items.count
        case .cursor, .cursorHeader:
            guard let next = list.next, !next.isEmpty else { return false }
            cursor = next
        }
        return true
    }

    /// The first request of a round with the parameters of this place.
    func asked(_ first: Call, _ paging: Paging) -> Call {
        let added: (name: String, value: String)? =
            switch paging {
            case .page(let parameter, let number):
                (parameter, "\(page.addingReportingOverflow(number).partialValue)")
            case .offset(let parameter) where offset > 0: (parameter, "\(offset)")
            case .cursor(_, let parameter), .cursorHeader(_, let parameter):
                cursor.map { (parameter, $0) }
            case .offset, .none, .link, .linkHeader: nil
            }
        guard let added else { return first }
        let mark = first.url.contains("?") ? "&" : "?"
        let url = first.url + "\(mark)\(added.name)=\(PercentEncoding.segment(added.value))"
        return Call(
            first.method, url: url, headers: first.headers, body: first.body, scope: first.scope)
    }
}

extension Paging {
    /// Whether a place in the round asks for the next page, and not a link or the last record.
    var hasPlaces: Bool {
        switch self {
        case .page, .offset, .cursor, .cursorHeader: true
        case .none, .link, .linkHeader: false
        }
    }
}
