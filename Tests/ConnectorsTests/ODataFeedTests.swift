import Connectors
import Domain
import Foundation
import HTTPServer
import JSON
import Synchronization
import Testing

@Suite("Feed of an OData service", .timeLimit(.minutes(5)))
struct ODataFeedTests {
    private static let set = SAPGateway.service + "/A_Thing"

    @Test(
        "an error beside a good answer fails the page: what is missing from it is not gone",
        arguments: [
            (
                "sap-message",
                #"{"code":"A","message":"m","severity":"info","details":[{"code":"V1/7","message":"cut off","severity":"error"}]}"#
            ),
            ("sap-messages", #"[{"code":"V1/7","message":"cut off","numericSeverity":4}]"#),
        ])
    func errorNotice(header: String, value: String) async throws {
        let gateway = try SAPGateway { _ in .rows([], headers: [(header, value)]) }
        let error = await (try gateway.reader().feed()).refusal(at: .start)
        #expect(
            error
                == .refused(
                    url: gateway.origin + Self.set, status: 200, reason: "error V1/7: cut off"))
    }

    @Test("of several warnings beside an answer none is dropped")
    func warnings() async throws {
        let gateway = try SAPGateway { _ in
            .rows(
                [.thing("1")],
                headers: [
                    ("sap-message", #"{"code":"A","message":"one","severity":"warning"}"#),
                    (
                        "sap-messages",
                        #"[{"code":"B","message":"two","numericSeverity":3},{"code":"C","message":"told","numericSeverity":2}]"#
                    ),
                ])
        }
        let page = try await gateway.reader().feed().page(at: .start)
        #expect(page.problems.map(\.message) == ["warning A: one; warning B: two"])
    }

    @Test("the rest of an expanded collection that is not to be had costs its record alone")
    func expansion() async throws {
        let gateway = try SAPGateway { request in
            request.path.hasSuffix("/to_Item")
                ? .refusal(400)
                : .rows([
                    JSON.thing("1").merging([
                        "to_Item": [
                            "results": [["Item": "10"]],
                            "__next": .string(SAPGateway.service + "/to_Item"),
                        ]
                    ]), .thing("2"),
                ])
        }
        let page = try await gateway.reader().feed().page(at: .start)
        #expect(page.records.map(\.payload) == [.thing("1"), .thing("2")])
        // What is filed of the collection stays.
        #expect(page.records.map(\.isPartial) == [true, false])
        #expect(page.problems.map(\.sourceID) == ["A_Thing('1')"])
    }

    @Test("without a schema a changed row may be a part, and never takes the place of the whole")
    func unknownSchema() async throws {
        let door = try SAPDoor { request in
            switch true {
            case request.path.hasSuffix("/$metadata"): .refusal(403)
            case request.query?.contains("deltatoken") == true:
                .rows([["Thing": "1", "Name": "new"]], delta: Self.set + "?!deltatoken='2'")
            default:
                .rows(
                    [.thing("1", stamp: "/Date(1768460400000)/")],
                    delta: Self.set + "?!deltatoken='1'")
            }
        }
        let gateway = try SAPGateway { _ in .rows([]) }
        let feed = try await gateway.reader(base: door.origin + "/sap/opu/odata/sap").feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        try await mirror.pass(feed)
        #expect(
            mirror.filed.values.map(\.self)
                == [.thing("1", name: "new", stamp: "/Date(1768460400000)/")])
    }

    private static let large = HTTPResponse.rows([
        .thing("x", name: .init(repeating: "x", count: 17 << 20))
    ])

    @Test("portions that are too large are halved, down to a single row")
    func halving() async throws {
        let gateway = try SAPGateway { request in
            guard let top = request.queryItem("$top").flatMap(Int.init), top <= 7 else {
                return Self.large
            }
            let after = request.queryItem("$filter")?.wholeMatch(of: /.*gt '(.*)'.*/)?.1
            let rows = (10..<30).map { JSON.thing("\($0)") }.filter { $0.thing > after ?? "" }
            return .rows(Array(rows.prefix(top)))
        }
        var mirror = Mirror()
        try await mirror.pass(try await gateway.reader().feed())
        #expect(mirror.filed.count == 20)
        // What has been found to be too much is not asked for with each page.
        #expect(gateway.asked.count { $0.queryItem("$top") == "500" } == 1)
    }

    @Test("a row that is too large by itself is told as such, and without word of contents")
    func largeRow() async throws {
        let gateway = try SAPGateway { _ in Self.large }
        let error = await (try gateway.reader().feed()).refusal(at: .start)
        #expect(error == .tooLarge(url: gateway.origin + Self.set))
        #expect(error?.description.contains("content_bytes") == false)
        #expect(gateway.asked.last?.queryItem("$top") == "1")
    }

    @Test("too many changes at once are read as a whole, which comes in portions")
    func largeDelta() async throws {
        let gateway = try SAPGateway { request in
            request.query?.contains("deltatoken") == true
                ? Self.large : .rows([.thing("1")], delta: Self.set + "?!deltatoken='1'")
        }
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        guard case .expired = await feed.refusal(at: mirror.cursor) else {
            Issue.record("expected to begin anew")
            return
        }
    }

    @Test("media that could not be had are asked for again by what their record is filed under")
    func filedAgain() async throws {
        let gateway = try SAPGateway { _ in
            HTTPResponse(status: 200, contentType: "text/plain", text: "bytes")
        }
        // Alone, and told apart from a set of the same name.
        for (others, prefix) in [([], ""), (["API_Y_SRV"], "API_X_SRV/")] {
            let reader = try gateway.reader(
                [["name": "A_Thing", "media": true]], others: others)
            let stream = try #require(try await reader.streams(of: reader.scopes[0]).first)
            let id = prefix + "A_Thing('A/1')"
            let page = reader.page(
                ofFiled: [id: #"{"Thing":"A/1"}"#], in: stream, at: .delta("c"))
            let record = try #require(page.records.first)
            #expect(record.sourceID == id)
            let content = try await reader.content(of: record, in: stream).get()
            try FileManager.default.removeItem(atPath: try #require(content).path)
            #expect(gateway.asked.last?.path == Self.set + "('A%2F1')/$value")
        }
    }

    @Test("a second service with a set of the same name gives records other ids, and is noticed")
    func sharedName() async throws {
        let gateway = try SAPGateway { _ in .rows([.thing("1")]) }
        var prints: Set<[UInt8]> = []
        for (others, prefix) in [([], ""), (["API_Y_SRV"], "API_X_SRV/")] {
            let reader = try gateway.reader(others: others)
            let stream = try #require(try await reader.streams(of: reader.scopes[0]).first)
            let page = try await reader.feed().page(at: .start)
            #expect(page.records.map(\.sourceID) == [prefix + "A_Thing('1')"])
            prints.insert(try reader.fingerprint(of: stream))
        }
        #expect(prints.count == 2)
    }

    @Test("another language, which only headers name, shows other records; a secret does not")
    func headerNames() async throws {
        let gateway = try SAPGateway { _ in .rows([]) }
        func print(_ connection: [String: String]) async throws -> [UInt8] {
            let reader = try gateway.reader(connection: connection)
            let stream = try #require(try await reader.streams(of: reader.scopes[0]).first)
            return try reader.fingerprint(of: stream)
        }
        let prints = [
            try await print([:]), try await print(["language": "DE"]),
            try await print(["client": "200"]),
        ]
        #expect(Set(prints).count == 3)
        #expect(try await print(["password": "other"]) == prints[0])
    }

    @Test("a set whose key cannot be asked for, or is not heeded, is read by its links")
    func unwritableKey() async throws {
        for set in ["A_Blob", "A_Thing"] {
            let gateway = try SAPGateway { request in
                // Pages by links, whatever is asked for.
                request.queryItem("$skiptoken") == nil
                    ? .rows(
                        [["Thing": "AA=="], ["Thing": "AQ=="]],
                        next: "\(SAPGateway.service)/\(set)?$skiptoken=2", set: set)
                    : .rows([["Thing": "Ag=="]], set: set)
            }
            let feed = try await gateway.reader([.string(set)]).feed()
            var mirror = Mirror()
            for _ in 0..<2 {
                try await mirror.pass(feed)
                #expect(mirror.filed.count == 3, "\(set)")
            }
        }
    }

    @Test("a set that is written twice is one, unless it is not the same")
    func twice() async throws {
        let gateway = try SAPGateway { _ in .rows([]) }
        let thing: JSON = ["name": "A_Thing", "title": "Name"]
        #expect(try gateway.reader([thing, thing]).scopes.count == 1)
        let error = await failure { () throws(ConnectorError) in
            do { _ = try gateway.reader([thing, "A_Thing"]) } catch let error as ConnectorError {
                throw error
            } catch {
                throw .cancelled
            }
        }
        #expect(
            error
                == .ambiguous(reason: "scope: `API_X_SRV/A_Thing` is there twice, and not the same")
        )
    }
}
