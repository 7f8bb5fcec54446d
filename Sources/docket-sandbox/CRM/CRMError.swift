import HTTPServer
import JSON

/// A refusal of the REST interface in the vendor's form: an array of errors.
struct CRMError: Error {
    let status: Int
    let code: String
    let message: String
    var fields: [String] = []

    static let badSession = CRMError(
        status: 401, code: "INVALID_SESSION_ID", message: "Session expired or invalid")

    static let quotaUsedUp = CRMError(
        status: 403, code: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded.")

    static let notFound = CRMError(
        status: 404, code: "NOT_FOUND", message: "The requested resource does not exist")

    static let deleted = CRMError(
        status: 404, code: "ENTITY_IS_DELETED", message: "entity is deleted")

    static let badLocator = CRMError(
        status: 400, code: "INVALID_QUERY_LOCATOR", message: "invalid query locator")

    static func badMethod(_ method: String, allowed: String) -> CRMError {
        CRMError(
            status: 405, code: "METHOD_NOT_ALLOWED",
            message: "HTTP Method '\(method)' not allowed. Allowed are \(allowed)")
    }

    static func malformed(_ message: String) -> CRMError {
        CRMError(status: 400, code: "MALFORMED_QUERY", message: message)
    }

    static func replicationDate(_ message: String) -> CRMError {
        CRMError(status: 400, code: "INVALID_REPLICATION_DATE", message: message)
    }

    static func bulk(_ code: String, _ message: String, status: Int = 400) -> CRMError {
        CRMError(status: status, code: code, message: message)
    }

    var response: HTTPResponse {
        var error: JSON = ["message": .string(message), "errorCode": .string(code)]
        if !fields.isEmpty {
            error = error.merging(["fields": .array(fields.map { .string($0) })])
        }
        return HTTPResponse(
            status: status, headers: [("Content-Type", "application/json;charset=UTF-8")],
            body: JSON.array([error]).serializedBytes())
    }

    /// How the vendor's edge answers where its application does not: a page for people.
    static func page(status: Int, title: String, headers: [(String, String)] = []) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [("Content-Type", "text/html; charset=UTF-8")] + headers,
            body: Array(
                ("<!DOCTYPE html><html><head><title>\(title)</title></head><body><h1>\(title)"
                    + "</h1></body></html>").utf8))
    }
}
