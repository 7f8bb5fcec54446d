import HTTPServer
import JSON

/// A refusal in the vendor's form.
struct GraphError: Error {
    let status: Int
    let code: String
    let message: String
    var headers: [(String, String)] = []
    /// A narrower code, within.
    var innerCode: String?

    static func badRequest(_ message: String) -> GraphError {
        GraphError(status: 400, code: "BadRequest", message: message)
    }

    static let itemNotFound = GraphError(
        status: 404, code: "ErrorItemNotFound",
        message: "The specified object was not found in the store.")

    static let badID = GraphError(
        status: 400, code: "ErrorInvalidIdMalformed", message: "Id is malformed.")

    static let noRoute = GraphError(
        status: 400, code: "BadRequest", message: "Resource not found for the segment.")

    static let badMethod = GraphError(
        status: 405, code: "BadRequest", message: "The method is not supported for this resource.")

    static let denied = GraphError(
        status: 403, code: "ErrorAccessDenied",
        message: "Access is denied. Check credentials and try again.")

    static let tooManyAtOnce = GraphError(
        status: 429, code: "ApplicationThrottled",
        message: "Application is over its MailboxConcurrency limit.",
        headers: [("Retry-After", "1")])

    static let notEnabled = GraphError(
        status: 404, code: "MailboxNotEnabledForRESTAPI",
        message: "The mailbox is either inactive, soft-deleted, or is hosted on-premise.")

    static func unknownUser(_ user: String) -> GraphError {
        GraphError(
            status: 404, code: "ErrorInvalidUser",
            message: "The requested user '\(user)' is invalid.")
    }

    static func syncStateNotFound(
        code: String = "SyncStateNotFound", location: String? = nil
    ) -> GraphError {
        GraphError(
            status: 410, code: code,
            message: "The sync state generation is not found; generation=149;[highest=157].",
            headers: location.map { [("Location", $0)] } ?? [])
    }

    static func unauthorized(_ message: String, tenant: String) -> GraphError {
        let authorization = "https://login.microsoftonline.com/\(tenant)/oauth2/authorize"
        return GraphError(
            status: 401, code: "InvalidAuthenticationToken", message: message,
            headers: [
                (
                    "www-authenticate",
                    #"Bearer realm="", authorization_uri="\#(authorization)", "#
                        + #"client_id="00000003-0000-0000-c000-000000000000""#
                )
            ])
    }

    func response(requestID: String, clientRequestID: String?, now: Timestamp) -> HTTPResponse {
        var inner: [(name: String, value: JSON)] = [
            ("date", .string(String(now.iso().dropLast()))), ("request-id", .string(requestID)),
            ("client-request-id", .string(clientRequestID ?? requestID)),
        ]
        if let innerCode { inner.insert(("code", .string(innerCode)), at: 0) }
        let members = JSON.object(JSON.Members(inner))
        let body: JSON = [
            "error": ["code": .string(code), "message": .string(message), "innerError": members]
        ]
        return HTTPResponse(
            status: status, headers: [("Content-Type", "application/json")] + headers,
            body: body.serializedBytes())
    }
}
