import HTTPClient
import JSON

/// What a failure's body says, whatever it is written in.
enum FailureBody {
    /// JSON as it is; XML and HTML as `{"error": {"code", "message"}}`; nil where it says nothing.
    static func json(_ response: HTTPResponse) -> JSON? {
        if let json = try? JSON.parse(response.body) { return json }
        let failure = ODataFailure.read(
            body: response.body, contentType: response.headers["Content-Type"])
        guard !failure.code.isEmpty || !failure.message.isEmpty else { return nil }
        return ["error": ["code": .string(failure.code), "message": .string(failure.message)]]
    }
}
