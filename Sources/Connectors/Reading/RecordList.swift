import CSV
import Domain
import HTTPClient
import JSON
import XML

/// The list an answer holds, and where it leads.
struct RecordList: Sendable {
    let items: [JSON]
    /// Each item as it came; empty where that is not known.
    var texts: [String] = []
    /// The next page's link or cursor, as it was written.
    let next: String?
    /// The whole answer; null where it was no JSON.
    let body: JSON

    func link(_ path: Path) -> String? { path.first(in: body)?.onwardText }

    /// - Parameters:
    ///   - response: The answer.
    ///   - format: What the answer is written in.
    ///   - place: Where the list is: a path or an XPath; nil: the answer is it.
    ///   - paging: Where the answer says what comes next.
    /// - Returns: The list with what leads on from it.
    /// - Throws: ``Unreadable`` where it is something else.
    static func read(
        _ response: HTTPResponse, format: Format, at place: String?, paging: Paging
    ) throws(Unreadable) -> RecordList {
        switch format {
        case .json, .odata:
            let (body, texts) = try parsed(response.body, place)
            return RecordList(
                items: try items(in: body, at: place), texts: texts,
                next: next(paging, response, body), body: body)
        case .xml:
            let document = try XMLRecords(response.body)
            var onward = next(paging, response, nil)
            if let xpath = paging.xpath {
                onward = try document.text(at: xpath).flatMap { $0.isEmpty ? nil : $0 }
            }
            return RecordList(
                items: try document.items(at: place ?? "/*"), next: onward, body: .null)
        case .csv:
            return RecordList(
                items: try CSVRecords.items(response.body), next: next(paging, response, nil),
                body: .null)
        }
    }

    private static func parsed(
        _ body: [UInt8], _ place: String?
    ) throws(Unreadable) -> (JSON, [String]) {
        do {
            guard let names = place.map({ Path($0)?.names }) ?? [] else {
                return (try JSON.parse(body), [])
            }
            return try JSON.parse(body, keepingTextsAt: names)
        } catch {
            throw Unreadable(reason: "not JSON: \(error)")
        }
    }

    private static func items(in body: JSON, at place: String?) throws(Unreadable) -> [JSON] {
        guard let place else {
            guard let items = body.arrayValue else { throw Unreadable(reason: "no list") }
            return items
        }
        guard let items = Path(place)?.first(in: body)?.arrayValue else {
            throw Unreadable(reason: "no list at `\(place)`")
        }
        return items
    }

    private static func next(_ paging: Paging, _ response: HTTPResponse, _ body: JSON?) -> String? {
        switch paging {
        case .link(let path): return body.flatMap(path.first(in:))?.onwardText
        case .cursor(let path, _):
            let value = body.flatMap(path.first(in:))
            // Some count.
            if case .number(let digits) = value { return digits }
            return value?.onwardText
        case .linkHeader: return LinkHeader.next(in: response.headers)
        case .cursorHeader(let name, _):
            // Some write that there is none.
            return response.headers[name].flatMap { $0 == "null" || $0.isEmpty ? nil : $0 }
        case .none, .page, .offset: return nil
        }
    }
}

extension Paging {
    /// In XML the path of a link or cursor.
    var xpath: String? {
        switch self {
        case .link(let path), .cursor(let path, _): path.description
        default: nil
        }
    }
}

extension JSON {
    /// A link or cursor; some write `""` or `false` where there is none.
    var onwardText: String? { stringValue.flatMap { $0.isEmpty ? nil : $0 } }
}

/// `Link: <url>; rel="next"`.
///
/// Source: RFC 8288 §3.
enum LinkHeader {
    static func next(in headers: HTTPHeaders) -> String? {
        for field in headers.fields where field.name.lowercased() == "link" {
            var rest = field.value[...]
            while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">")
            {
                let link = rest[rest.index(after: open)..<close]
                rest = rest[rest.index(after: close)...]
                let end = rest.firstIndex(of: "<") ?? rest.endIndex
                let parameters = rest[..<end].lowercased().filter { $0 != "\"" && $0 != " " }
                if parameters.contains(";rel=next") { return String(link) }
            }
        }
        return nil
    }
}
