import Connectors
import Foundation
import HTTPClient

/// A token endpoint whose clock stands still, a clock that may be another, and somebody who signs
/// in there.
struct SignInOffice {
    let endpoint: Endpoint
    let time = FixedTime()
    let signIn: SignIn

    /// Signs in with a secret where `grant` is nil, and else with what it makes of the token URL.
    init(
        _ answers: [Answer] = [], serviceURLMember: String? = nil, hints: [Hint] = [],
        fraction: (@Sendable () -> Double)? = nil, credentials: Credentials? = nil,
        grant: TokenGrant = .clientCredentials(
            clientID: "me&you", secret: "s3cret +=%", scope: "https://x/.default", style: .body)
    ) throws {
        endpoint = try Endpoint(date: FixedTime.httpStart)
        if !answers.isEmpty { endpoint.script("/token", answers) }
        let surroundings = time.surroundings
        signIn = SignIn(
            credentials: credentials ?? .token(url: endpoint.origin + "/token", grant),
            endpoint: "https://erp.example", serviceURLMember: serviceURLMember, hints: hints,
            client: try HTTPClient(),
            surroundings: Surroundings(
                now: surroundings.now, sleep: surroundings.sleep,
                fraction: fraction ?? surroundings.fraction))
    }

    var requests: [Endpoint.Asked] { endpoint.tokenRequests }

    func token() async throws(ConnectorError) -> String {
        let value = try await signIn.pass().headers.first?.value ?? ""
        return String(value.trimmingPrefix("Bearer "))
    }

    /// Why there is no pass; nil where there is one.
    func refusal() async -> ConnectorError? {
        do throws(ConnectorError) {
            _ = try await signIn.pass()
            return nil
        } catch { return error }
    }

    /// The fields of a request's form, decoded.
    static func form(_ request: Endpoint.Asked) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in request.body.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1).map {
                $0.replacing("+", with: " ").removingPercentEncoding ?? ""
            }
            fields[halves.first ?? ""] = halves.dropFirst().first ?? ""
        }
        return fields
    }
}
