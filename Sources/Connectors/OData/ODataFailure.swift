import JSON
import XML

/// What a service says of a failure, in whatever form it says it.
///
/// Errors of the layers before the service come as HTML or text whatever was asked for.
package struct ODataFailure: Sendable, Equatable, CustomStringConvertible {
    /// The service's own; empty where it gives none.
    package let code: String
    package let message: String
    /// Further messages, each with its code where it has one.
    package let details: [String]

    private init(code: String, message: String, details: [String]) {
        (self.code, self.message) = (ODataBody.words(code), ODataBody.words(message))
        self.details = details.prefix(Limits.noticesMax).map { ODataBody.words($0) }
    }

    package var description: String {
        ([code, message].filter { !$0.isEmpty } + details).joined(separator: ": ")
    }

    /// Reads the body of an answer whose status says that it failed; never fails itself.
    package static func read(body: [UInt8], contentType: String?) -> ODataFailure {
        if let html = HTMLWords(body, contentType: contentType) {
            return ODataFailure(code: "", message: html.words, details: [])
        }
        if let json = try? JSON.parse(body), let failure = ODataFailure(json: json) {
            return failure
        }
        if ODataBody.start(of: body).first == UInt8(ascii: "<"),
            let document = try? XMLDocument(parsing: body), let root = document.root
        {
            return ODataFailure(xml: root)
                ?? ODataFailure(code: "", message: root.text, details: [])
        }
        return ODataFailure(code: "", message: ODataBody.words(body), details: [])
    }

    /// Nil where the object is no error.
    init?(json: JSON) {
        guard let error = json["error"], error.objectMembers != nil else { return nil }
        // Version 2 has the message's language beside it.
        let message = error["message"]?["value"] ?? error["message"]
        let inner = error["innererror"]?["errordetails"]
        let details = (error["details"]?.arrayValue ?? []) + (inner?.arrayValue ?? [])
        self.init(
            code: Self.text(error["code"]), message: Self.text(message),
            details: details.map { Self.joined(Self.text($0["code"]), Self.text($0["message"])) })
    }

    /// Nil where the element is no error.
    init?(xml root: XMLElement) {
        guard root.name == "error" else { return nil }
        let inner = root.first("innererror")?.first("errordetails")?.elements ?? []
        self.init(
            code: root.first("code")?.text ?? "", message: root.first("message")?.text ?? "",
            details: inner.map {
                Self.joined($0.first("code")?.text ?? "", $0.first("message")?.text ?? "")
            })
    }

    private static func text(_ value: JSON?) -> String {
        switch value {
        case .string(let text), .number(let text): text
        default: ""
        }
    }

    private static func joined(_ code: String, _ message: String) -> String {
        code.isEmpty ? message : "\(code): \(message)"
    }
}
