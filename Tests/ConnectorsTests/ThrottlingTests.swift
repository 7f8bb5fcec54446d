import Connectors
import Domain
import Foundation
import HTTPServer
import JSON
import Testing

@Suite("Throttling", .timeLimit(.minutes(2)))
struct ThrottlingTests {
    @Test(
        "who is throttled to the last attempt is parked, and not a failure",
        arguments: [Answer.throttled(nil), .throttled("7"), .throttled("7", status: 503)])
    func lasting(_ answer: Answer) async throws {
        let tenant = try Tenant([RequestTests.place: [answer]])
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(RequestTests.place)
        }
        guard case .parked(let until, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(tenant.endpoint.asked.count == 5)
        #expect(until > FixedTime.start.addingTimeInterval(4))
    }

    @Test("a wish for a long pause counts on the last attempt too")
    func late() async throws {
        let short = [Answer](repeating: .throttled("2"), count: 4)
        let tenant = try Tenant([RequestTests.place: short + [.throttled("3600")]])
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(RequestTests.place)
        }
        guard case .parked(let until, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(until == FixedTime.start.addingTimeInterval(8 + 3600))
    }

    @Test("a tenant that wants to be left alone for long is asked by no scope until then")
    func everyScope() async throws {
        let other = "/v1.0/users/b@example.com/drive"
        let tenant = try Tenant(
            drives: ["users/a@example.com", "users/b@example.com"],
            [
                "/v1.0/users/a@example.com/drive": [.throttled("600")],
                other: [.json(#"{"id":"d","name":"D"}"#)],
            ])
        let reader = tenant.reader
        for seconds in [0, 590] {
            tenant.time.advance(.seconds(seconds))
            for scope in reader.scopes {
                let error = await failure { () throws(ConnectorError) in
                    _ = try await reader.streams(of: scope)
                }
                guard case .parked(let until, _) = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(until == FixedTime.start.addingTimeInterval(600))
            }
        }
        #expect(tenant.endpoint.asked.count == 1)
        tenant.time.advance(.seconds(20))
        #expect(try await reader.streams(of: reader.scopes[1]).map(\.key) == ["d"])
    }

    @Test("an answer with bytes tells of the quota as any other does")
    func quota() async throws {
        let endpoint = try Endpoint()
        endpoint.script(
            "/bytes/1",
            Answer(
                status: 200, headers: [("Usage", "calls=90/100")], body: Array("abc".utf8)))
        let reader = try PagingTests.reader(
            endpoint, "request: /parts",
            more: "content: {request: \"/bytes/{id}\"}\n"
                + "pace: {budget: {header: Usage, prefix: calls=}}")
        let record = Record(sourceID: "1", change: .changed, payload: [:])
        let content = try await reader.content(of: record, in: PagingTests.stream).get()
        try FileManager.default.removeItem(atPath: try #require(content).path)
        let error = await failure { () throws(ConnectorError) in
            _ = try await reader.content(of: record, in: PagingTests.stream)
        }
        guard case .parked = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(endpoint.asked.count == 1)
    }
}
