import HTTPServer
import JSON

/// A request to the REST interface that has been let in.
struct CRMRequest {
    let request: HTTPRequest
    /// What stands behind the version in the path.
    let path: [String]
    let version: Int
    let now: Timestamp
    let twist: PageTwist?

    /// Versions the org speaks: Winter '21 to Summer '26.
    static let versions = 50...67
    /// The one that clients are advised to pin.
    static let currentVersion = 62

    /// `/services/data/v62.0`.
    var base: String { Self.base(version) }

    static func base(_ version: Int) -> String { "/services/data/v\(version).0" }

    /// `Winter '25` for 62: three a year.
    static func label(_ version: Int) -> String {
        let count = version - versions.lowerBound
        return "\(["Winter", "Spring", "Summer"][count % 3]) '\(21 + count / 3)"
    }

    /// The version a path names, such as `v62.0`; nil for any other segment.
    static func version(_ segment: String) -> Int? {
        guard segment.hasPrefix("v"), segment.hasSuffix(".0"),
            let number = Int(segment.dropFirst().dropLast(2)), versions.contains(number)
        else { return nil }
        return number
    }

    var method: String { request.method }

    func query(_ name: String) -> String? { request.queryItem(name) }

    /// Rows of a page that the client hints at.
    ///
    /// - Throws: ``CRMError`` where the header is no number of the vendor's range.
    func batchSize() throws(CRMError) -> Int {
        let range = Limits.soqlBatchRange
        guard let header = request.header("sforce-query-options") else { return range.upperBound }
        for option in header.split(whereSeparator: { $0 == ";" || $0 == "," }) {
            let parts = option.split(separator: "=").map { $0.filter { $0 != " " } }
            guard parts.count == 2, parts[0].lowercased() == "batchsize" else { continue }
            guard let size = Int(parts[1]), range.contains(size) else {
                throw CRMError(
                    status: 400, code: "INVALID_BATCH_SIZE",
                    message: "batchSize must be between \(range.lowerBound) and \(range.upperBound)"
                )
            }
            return size
        }
        return range.upperBound
    }

    func json(_ body: JSON, headers: [(String, String)] = []) -> HTTPResponse {
        json(body.serializedBytes(), headers: headers)
    }

    func json(_ bytes: [UInt8], headers: [(String, String)] = []) -> HTTPResponse {
        HTTPResponse(
            status: 200, headers: [("Content-Type", "application/json;charset=UTF-8")] + headers,
            body: bytes)
    }
}
