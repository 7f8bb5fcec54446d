import JSON
import XML

/// A message of a service beside an answer that succeeded.
///
/// Services put them in a header, as JSON or XML like the answer; an error among them means that
/// the answer is not what was asked for.
package struct ODataNotice: Sendable, Equatable, CustomStringConvertible {
    package enum Severity: String, Sendable {
        case success, info, warning, error
    }

    package let severity: Severity
    package let code: String
    package let text: String

    package var description: String { "\(severity.rawValue) \(code): \(text)" }

    /// Reads a header's value: the message and those within it, or a list of messages.
    ///
    /// - Returns: Nothing where it is no message in either form.
    package static func read(_ headerValue: String) -> [ODataNotice] {
        let trimmed = headerValue.trimmed
        let value = trimmed.hasPrefix("%") ? ODataKey.decoded(trimmed[...]) : trimmed
        var notices: [ODataNotice] = []
        if value.hasPrefix("<") {
            guard let document = try? XMLDocument(parsing: Array(value.utf8)),
                let root = document.root
            else { return [] }
            append(root, to: &notices)
        } else if let json = try? JSON.parse(value) {
            append(json, to: &notices)
        }
        return notices
    }

    private init?(severity: String?, code: String?, text: String?) {
        guard code != nil || text != nil else { return nil }
        self.severity = Severity(rawValue: severity?.lowercased() ?? "") ?? .info
        self.code = ODataBody.words(code ?? "")
        self.text = ODataBody.words(Self.decoded(text ?? ""))
    }

    private static func append(_ json: JSON, to notices: inout [ODataNotice]) {
        let values = json.arrayValue ?? [json] + (json["details"]?.arrayValue ?? [])
        for value in values.prefix(Limits.noticesMax) {
            let notice = ODataNotice(
                severity: value["severity"]?.stringValue ?? severity(of: value),
                code: value["code"]?.stringValue, text: value["message"]?.stringValue)
            if let notice { notices.append(notice) }
        }
    }

    /// Lists have numbers for it.
    private static func severity(of value: JSON) -> String? {
        let names = [1: Severity.success, 2: .info, 3: .warning, 4: .error]
        return value["numericSeverity"]?.intValue.flatMap { names[$0]?.rawValue }
    }

    private static func append(_ root: XMLElement, to notices: inout [ODataNotice]) {
        let elements = [root] + (root.first("details")?.elements ?? [])
        for element in elements.prefix(Limits.noticesMax) {
            let notice = ODataNotice(
                severity: element.first("severity")?.text, code: element.first("code")?.text,
                text: element.first("message")?.text)
            if let notice { notices.append(notice) }
        }
    }

    /// A header holds ASCII alone: other characters may come percent-encoded.
    ///
    /// A text with nothing but ASCII encoded means its percent signs.
    private static func decoded(_ text: String) -> String {
        let decoded = ODataKey.decoded(text[...])
        return decoded.utf8.contains { $0 >= 0x80 } ? decoded : text
    }
}
