import HTTPServer
import JSON

/// A refusal, before it has taken one of the vendor's forms.
struct ERPError: Error {
    let status: Int
    let code: String
    let message: String
    var headers: [(String, String)] = []

    static func badRequest(_ message: String) -> ERPError {
        ERPError(status: 400, code: "/IWBEP/CX_MGW_TECH_EXCEPTION", message: message)
    }

    static func noService(_ name: String) -> ERPError {
        ERPError(
            status: 403, code: "/IWFND/MED/170",
            message: "No service found for namespace '', name '\(name)', version '0001'")
    }

    static func noSegment(_ name: String) -> ERPError {
        ERPError(
            status: 404, code: "/IWFND/CM_MGW_RT/000",
            message: "Resource not found for segment '\(name)'")
    }

    static func notFound(_ path: String, status: Int, language: String) -> ERPError {
        ERPError(
            status: status, code: "/IWBEP/CM_MGW_RT/020",
            message: language == "DE"
                ? "Ressource für Segment '\(path)' nicht gefunden"
                : "Resource not found for segment '\(path)'")
    }

    static func locked(_ path: String, language: String) -> ERPError {
        ERPError(
            status: 423, code: "V1/042",
            message: language == "DE"
                ? "\(path) wird gerade von Benutzer KMEYER bearbeitet"
                : "\(path) is currently being processed by user KMEYER")
    }

    static func unknownToken(status: Int) -> ERPError {
        ERPError(
            status: status, code: "/IWBEP/CM_MGW_RT/176",
            message: "The token is not valid or no longer available")
    }

    static let badMethod = ERPError(
        status: 405, code: "/IWFND/CM_MGW_RT/001",
        message: "The method is not supported for this resource")

    static let notAcceptable = ERPError(
        status: 406, code: "/IWFND/CM_MGW_RT/002", message: "The requested format is not supported")

    static let preconditionMissing = ERPError(
        status: 428, code: "/IWFND/CM_MGW_RT/003", message: "The data object needs If-Match")

    static let preconditionFailed = ERPError(
        status: 412, code: "/IWFND/CM_MGW_RT/004", message: "The data object has been changed")

    /// Which of the vendor's forms an error takes.
    enum Form { case json, xml, html, v4 }

    func response(_ form: Form, service: ERPService?, requestID: String, now: Timestamp)
        -> HTTPResponse
    {
        let transaction = requestID.filter { $0 != "-" }.uppercased()
        let stamp = now.iso().filter(\.isWholeNumber) + ".1230000"
        switch form {
        case .json:
            let detail: JSON = [
                "code": .string(code), "message": .string(message), "propertyref": "",
                "severity": "error", "target": "", "transition": false,
            ]
            let application: JSON = [
                "component_id": "", "service_namespace": "/SAP/",
                "service_id": .string(service?.name ?? ""), "service_version": "0001",
            ]
            let resolution: JSON = [
                "SAP_Transaction": "Run transaction /IWFND/ERROR_LOG for the details",
                "SAP_Note": "See SAP Note 1797736",
            ]
            let inner: JSON = [
                "application": application, "transactionid": .string(transaction),
                "timestamp": .string(stamp), "Error_Resolution": resolution,
                "errordetails": [detail],
            ]
            let message: JSON = ["lang": "en", "value": .string(message)]
            return response(
                "application/json;charset=utf-8",
                [
                    "error": [
                        "code": .string(code), "message": message, "innererror": inner,
                    ]
                ])
        case .v4:
            return response(
                "application/json;odata.metadata=minimal;charset=utf-8",
                [
                    "error": [
                        "code": .string(code), "message": .string(message), "target": nil,
                        "details": [],
                        "innererror": ["transactionid": .string(transaction)],
                    ]
                ])
        case .xml:
            let text = """
                <?xml version="1.0" encoding="utf-8"?>\
                <error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">\
                <code>\(code)</code><message xml:lang="en">\(XMLText.escaped(message))</message>\
                <innererror><transactionid>\(transaction)</transactionid><timestamp>\(stamp)\
                </timestamp><errordetails/></innererror></error>
                """
            return response("application/xml;charset=utf-8", Array(text.utf8))
        case .html:
            return Self.page(status: status, title: message, headers: headers)
        }
    }

    private func response(_ type: String, _ body: JSON) -> HTTPResponse {
        response(type, body.serializedBytes())
    }

    private func response(_ type: String, _ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("Content-Type", type), ("DataServiceVersion", "1.0")]
                + headers, body: body)
    }

    /// What the web server in front writes, whatever was asked for.
    static func page(
        status: Int, title: String, headers: [(String, String)] = []
    ) -> HTTPResponse {
        let text =
            "<!DOCTYPE html><html><head><title>\(XMLText.escaped(title))</title></head><body>"
            + "<h1>\(status) \(XMLText.escaped(title))</h1><p>Server: sap-s4d</p></body></html>"
        return HTTPResponse(
            status: status, headers: [("Content-Type", "text/html; charset=utf-8")] + headers,
            body: Array(text.utf8))
    }
}
