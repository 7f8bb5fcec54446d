import Connectors
import Domain
import HTTPClient
import HTTPServer
import JSON
import Testing
import YAML

/// Each way in which one answer leads to the next, in each form of answer.
@Suite("Paging", .timeLimit(.minutes(2)))
struct PagingTests {
    /// A reader of a definition with these records, against an endpoint.
    static func reader(
        _ endpoint: Endpoint, _ records: String, scope: JSON = [:],
        mapping: String = "kind: record", more: String = ""
    ) throws -> ConnectorReader {
        let text = """
            definition: one
            description: One.
            scope:
              flavour: {type: text, description: A flavour.}
              colours: {type: list, description: Colours.}
              teams: {type: list, description: Teams.}
            scopes: {each: teams, as: team}
            records:
            \(records.split(separator: "\n").map { "  \($0)\n" }.joined())
            errors: {rules: []}
            mapping: {\(mapping)}
            \(more)

            """
        let (definition, problems) = Definition.decode(Source(path: "one.yaml", text: text))
        return try ConnectorReader(
            definition: #require(definition, "\(problems.map { $0.rendered() })"),
            settings: Settings(
                name: "one", baseURL: endpoint.origin, tokenURL: nil, connection: [:],
                scope: scope, requestsPerSecond: 10_000),
            client: HTTPClient(), surroundings: FixedTime().surroundings)
    }

    static let stream = Domain.Stream(
        connector: "one", scope: "a", key: "a", name: "a", variables: ["team": "a"])

    /// The records of a whole round, and where it ends.
    private static func round(
        _ reader: ConnectorReader, from start: Cursor = .start
    ) async throws -> (records: [Record], end: Cursor) {
        let feed = reader.feed(of: stream, filed: Nothing())
        var (records, cursor): ([Record], Cursor) = ([], start)
        for _ in 0..<20 {
            let page = try await feed.page(at: cursor)
            records += page.records
            cursor = page.cursor
            if case .delta = cursor { return (records, cursor) }
        }
        Issue.record("the round does not end")
        return (records, cursor)
    }

    private struct Nothing: Filed {
        func marks() -> [String: String] { [:] }
    }

    private static func xml(_ text: String, link: String? = nil) -> Answer {
        Answer(
            status: 200,
            headers: [("Content-Type", "application/xml")] + (link.map { [("Link", $0)] } ?? []),
            body: Array(text.utf8))
    }

    @Test("XML by XPath, the next page behind a Link header")
    func xmlByLinkHeader() async throws {
        let endpoint = try Endpoint()
        let link = #"<\#(endpoint.origin)/parts?p=2>; rel="next""#
        endpoint.script(
            "/parts",
            Self.xml(
                #"<r xmlns="urn:r"><part no="1"><name>Bolt</name></part><part no="2"/><note/></r>"#,
                link: link))
        endpoint.script(
            "/parts?p=2", Self.xml(#"<r><part no="3"><tag>a</tag><tag>b</tag></part></r>"#))
        let reader = try Self.reader(
            endpoint,
            """
            request: /parts
            format: xml
            records: /*/*[local-name()='part']
            id: "@no"
            paging: {kind: link_header}
            """)
        let (records, _) = try await Self.round(reader)
        #expect(records.map(\.sourceID) == ["1", "2", "3"])
        #expect(records.first?.payload["name"]?.stringValue == "Bolt")
        #expect(records.last?.payload["tag"] == ["a", "b"])
    }

    @Test("XML with a cursor that an XPath finds")
    func xmlByCursor() async throws {
        let endpoint = try Endpoint([
            "/parts": [Self.xml("<r><part><no>1</no></part><more>x y</more></r>")],
            "/parts?after=x%20y": [Self.xml("<r><part><no>2</no></part><more/></r>")],
        ])
        let reader = try Self.reader(
            endpoint,
            """
            request: /parts
            format: xml
            records: /r/part
            id: no
            paging: {kind: cursor, path: more, parameter: after}
            """)
        #expect(try await Self.round(reader).records.map(\.sourceID) == ["1", "2"])
    }

    @Test("CSV by the number of records before; an empty table ends")
    func csvByOffset() async throws {
        let endpoint = try Endpoint([
            "/parts.csv?n=2": [.json("id,name,owner.name\r\n1,Bolt,Anna\r\n2,\"Nut, big\",\r\n")],
            "/parts.csv?n=2&skip=2": [.json("id,name,owner.name\r\n3,Screw,Bert\r\n")],
            "/parts.csv?n=2&skip=3": [.json("id,name,owner.name\r\n")],
        ])
        let reader = try Self.reader(
            endpoint,
            """
            request: {path: /parts.csv, query: {n: "2"}}
            format: csv
            paging: {kind: offset, parameter: skip}
            """)
        let (records, _) = try await Self.round(reader)
        #expect(records.map(\.sourceID) == ["1", "2", "3"])
        #expect(records.map { $0.payload["owner"]?["name"]?.stringValue } == ["Anna", nil, "Bert"])
        #expect(endpoint.targets.count == 3)
    }

    @Test("JSON with a cursor in the body, which need not fit an address")
    func jsonByCursor() async throws {
        let endpoint = try Endpoint([
            "/parts": [.json(#"{"items":[{"id":1}],"meta":{"next":"a+b/c="}}"#)],
            "/parts?cursor=a%2Bb%2Fc%3D": [.json(#"{"items":[{"id":2}],"meta":{"next":""}}"#)],
        ])
        let reader = try Self.reader(
            endpoint,
            """
            request: /parts
            records: items
            paging: {kind: cursor, path: meta/next, parameter: cursor}
            """)
        #expect(try await Self.round(reader).records.map(\.sourceID) == ["1", "2"])
    }

    static let places = [
        ("{kind: page, parameter: p}", ["p=1", "p=2", "p=3"]),
        ("{kind: offset, parameter: p}", ["", "p=2", "p=3"]),
        ("{kind: cursor, path: next, parameter: p}", ["", "p=c1"]),
    ]

    @Test("a watermark reads every page of a round, and begins the next one at the latest time")
    func watermark() async throws {
        for (paging, targets) in Self.places {
            let endpoint = try Endpoint()
            let pages = [
                // By id, so the latest is not the last.
                #"[{"id":1,"at":"2026-01-09T00:00:00Z"},{"id":2,"at":"2026-01-01T00:00:00Z"}]"#,
                #"[{"id":3,"at":"2026-01-02T00:00:00Z"}]"#, "[]",
            ]
            for (index, target) in targets.enumerated() {
                let next = index + 1 < targets.count ? #","next":"c1""# : ""
                endpoint.script(
                    "/parts" + (target.isEmpty ? "" : "?" + target),
                    .json(#"{"items":\#(pages[index])\#(next)}"#))
            }
            let reader = try Self.reader(
                endpoint,
                """
                request: {path: /parts, query: {since: "{from}"}}
                records: items
                paging: \(paging)
                changes: {kind: watermark, path: at, overlap: 10m}
                """)
            let (records, end) = try await Self.round(reader)
            #expect(records.map(\.sourceID) == ["1", "2", "3"], "\(paging)")
            _ = try? await reader.feed(of: Self.stream, filed: Nothing()).page(at: end)
            let last = try #require(endpoint.targets.last)
            #expect(last.contains("since=2026-01-08T23%3A50%3A00.000Z"), "\(last)")
            #expect(!last.contains("p=2") && !last.contains("p=3") && !last.contains("p=c1"))
        }
    }

    @Test("without paging an answer since a time is all there is; behind a record it goes on")
    func unpaged() async throws {
        let all = #"{"items":[{"id":1,"at":"2026-01-09T00:00:00Z"}]}"#
        for (query, count) in [("{}", 1), ("{after: \"{after}\"}", 2)] {
            let endpoint = try Endpoint([
                "/parts": [.json(all)], "/parts?after=1": [.json(#"{"items":[]}"#)],
            ])
            let reader = try Self.reader(
                endpoint,
                """
                request: {path: /parts, query: \(query)}
                records: items
                changes: {kind: watermark, path: at}
                """)
            let (records, _) = try await Self.round(reader)
            #expect(records.map(\.payload) == [["id": 1, "at": "2026-01-09T00:00:00Z"]])
            #expect(endpoint.targets.count == count)
        }
    }

    @Test("what a stream shows has one fingerprint however it is written down")
    func fingerprints() throws {
        let endpoint = try Endpoint()
        let base = "request: {path: /parts, query: {a: \"{flavour}\", b: x}}\nrecords: items\n"
        func print(
            _ records: String = base, _ scope: JSON = [:], mapping: String = "kind: record",
            team: [String: String] = ["team": "a"]
        ) throws -> [UInt8] {
            let reader = try Self.reader(endpoint, records, scope: scope, mapping: mapping)
            return try reader.fingerprint(
                of: Domain.Stream(
                    connector: "one", scope: "a", key: "a", name: "a", variables: team))
        }
        let first = try print()
        #expect(first.count == 32)
        let same = [
            try print(
                "records: 'items' # All.\nrequest: {query: {b: x, a: \"{flavour}\"}, path: /parts}\n"
            ),
            try print(base, ["teams": ["a", "b"]]),
            try print(base, ["colours": []]),
        ]
        #expect(same.allSatisfy { $0 == first })
        #expect(
            try print(base, ["colours": ["red", "blue"]])
                == print(base, ["colours": ["blue", "red"]]))
        let others = [
            first, try print(base, ["flavour": "sweet"]), try print(base, ["colours": ["red"]]),
            try print(base, mapping: "kind: other"),
            try print(base, team: ["team": "a", "where": "x > 1"]),
            try print(base + "removed: gone\n"),
        ]
        #expect(Set(others).count == others.count)
    }

    @Test(
        "a link that is empty or untrue is none", arguments: ["\"\"", "false", "null", "0", "{}"])
    func noLink(_ value: String) async throws {
        for kind in ["{kind: link, path: next}", "{kind: cursor, path: next, parameter: p}"] {
            // Cursors may be numbers.
            if value == "0", kind.contains("cursor") { continue }
            let endpoint = try Endpoint([
                "/parts": [.json(#"{"items":[{"id":1}],"next":\#(value)}"#)],
                "/teams/a": [.json(#"{"items":[{"id":"t"}],"next":\#(value)}"#)],
            ])
            let reader = try Self.reader(
                endpoint, "request: /parts\nrecords: items\npaging: \(kind)",
                scope: ["teams": ["a"]],
                more: "streams: {request: \"/teams/{team}\", records: items, next: next, "
                    + "key: id, name: id}")
            #expect(try await Self.round(reader).records.map(\.sourceID) == ["1"])
            #expect(try await reader.streams(of: reader.scopes[0]).map(\.key) == ["t"])
        }
        let endpoint = try Endpoint([
            "/parts": [
                Self.xml(#"<r><part><no>1</no></part><link rel="next" href=""/></r>"#)
            ]
        ])
        let reader = try Self.reader(
            endpoint,
            """
            request: /parts
            format: xml
            records: /r/part
            id: no
            paging: {kind: link, path: "link[@rel='next']/@href"}
            """)
        #expect(try await Self.round(reader).records.map(\.sourceID) == ["1"])
    }

    @Test("behind a time of seven digits there is an end, in any zone")
    func fineTimes() async throws {
        let time = "2026-01-09T01:00:00.1234567+01:00"
        let endpoint = try Endpoint([
            "/parts": [.json(#"{"items":[{"id":1,"at":"\#(time)"}]}"#)],
            "/parts?at=2026-01-09T00%3A00%3A00.1234567Z": [.json(#"{"items":[]}"#)],
        ])
        let reader = try Self.reader(
            endpoint,
            """
            request: {path: /parts, query: {at: "{at}"}}
            records: items
            changes: {kind: watermark, path: at}
            """)
        #expect(try await Self.round(reader).records.map(\.sourceID) == ["1"])
    }
}
