import Connectors
import Domain
import Foundation
import HTTPServer
import JSON
import Synchronization
import Testing

@Suite("SAP pitfalls of paging", .timeLimit(.minutes(5)))
struct SAPPagingTests {
    /// Things by their keys, which a Gateway shows in one of its ways.
    private final class Shelf: Sendable {
        struct State {
            var things: [String: JSON] = [:]
            /// Rows of a page; nil: everything at once.
            var pageSize: Int? = 10
            /// More bytes than are taken, where everything comes at once.
            var isLarge = false
            /// Skip tokens given out before it are not known.
            var epoch = 0
            var tokenStatus = 410
            var filters = 0
        }

        let state: Mutex<State>

        init(_ count: Int, pageSize: Int? = 10) {
            var state = State()
            state.pageSize = pageSize
            for index in 0..<count {
                let id = "T'\(index)/\(index % 7)"
                state.things[id] = .thing(id)
            }
            self.state = Mutex(state)
        }

        var ids: Set<String> { state.withLock { Set($0.things.keys) } }

        func answer(_ request: HTTPRequest) -> HTTPResponse {
            state.withLock { state in
                var rows = state.things.sorted { $0.key < $1.key }.map(\.value)
                if let filter = request.queryItem("$filter") {
                    state.filters += 1
                    rows = rows.filter { Self.isBehind($0, filter) }
                }
                if let top = request.queryItem("$top").flatMap(Int.init) {
                    return .rows(Array(rows.prefix(min(top, state.pageSize ?? top))))
                }
                guard let size = state.pageSize else {
                    if state.isLarge {
                        rows.append(.thing("~", name: .init(repeating: "x", count: 17 << 20)))
                    }
                    return .rows(rows)
                }
                // As counts of rows, which is what most services write.
                var start = 0
                if let token = request.queryItem("$skiptoken") {
                    let parts = token.split(separator: "-").compactMap { Int($0) }
                    guard parts.count == 2, parts[0] == state.epoch else {
                        return .refusal(state.tokenStatus)
                    }
                    start = parts[1]
                }
                let end = min(rows.count, start + size)
                return .rows(
                    start < end ? Array(rows[start..<end]) : [],
                    next: end < rows.count
                        ? "\(SAPGateway.service)/A_Thing?$skiptoken=\(state.epoch)-\(end)" : nil)
            }
        }

        /// `(Thing gt 'x')` and, of two properties, `(A gt 'x') or (A eq 'x' and B gt 'y')`.
        private static func isBehind(_ row: JSON, _ filter: String) -> Bool {
            let parts = filter.matches(of: /(\w+) (gt|eq) '((?:[^']|'')*)'/)
            func holds(_ part: Substring) -> Bool {
                part.matches(of: /(\w+) (gt|eq) '((?:[^']|'')*)'/).allSatisfy { match in
                    let value = row[String(match.1)]?.stringValue ?? ""
                    let other = String(match.3).replacing("''", with: "'")
                    return match.2 == "gt" ? value > other : value == other
                }
            }
            guard parts.count > 1 else { return holds(filter[...]) }
            return filter.split(separator: ") or (").contains(where: holds)
        }
    }

    private static func ids(_ mirror: Mirror) -> Set<String> {
        Set(mirror.filed.values.map(\.thing))
    }

    @Test("sap 3: what comes all at once and is too much is asked for in portions by key")
    func portions() async throws {
        let shelf = Shelf(1203, pageSize: nil)
        shelf.state.withLock { $0.isLarge = true }
        let gateway = try SAPGateway(shelf.answer)
        var mirror = Mirror()
        try await mirror.pass(try await gateway.reader().feed())
        #expect(Self.ids(mirror) == shelf.ids)
        #expect(gateway.asked.filter { $0.queryItem("$orderby") == "Thing" }.count == 4)
        #expect(gateway.asked.contains { $0.queryItem("$filter")?.contains("T''") == true })
    }

    @Test("sap 3: portions of a key of several properties lose no row between two of them")
    func compositePortions() async throws {
        let rows = (0..<700).flatMap { index in
            ["DE", "EN", "FR"].map { language -> JSON in
                ["Thing": .string("T\(index)"), "Language": .string(language), "Name": "N"]
            }
        }.sorted {
            ($0.thing, $0["Language"]?.stringValue ?? "") < (
                $1.thing, $1["Language"]?.stringValue ?? ""
            )
        }
        let gateway = try SAPGateway { request in
            guard request.queryItem("$top") != nil else {
                return .rows(
                    [
                        [
                            "Thing": "x", "Language": "x",
                            "Name": .string(.init(repeating: "x", count: 17 << 20)),
                        ]
                    ])
            }
            let pattern = /Thing gt '(.*?)'\) or \(Thing eq '.*?' and Language gt '(.*?)'\)/
            let match = request.queryItem("$filter").flatMap { try? pattern.firstMatch(in: $0) }
            let start = match.map { match in
                rows.firstIndex {
                    ($0.thing, $0["Language"]?.stringValue ?? "") > (
                        String(match.1), String(match.2)
                    )
                } ?? rows.count
            }
            return .rows(Array(rows[(start ?? 0)...].prefix(500)), set: "A_Text")
        }
        var mirror = Mirror()
        try await mirror.pass(try await gateway.reader(["A_Text"]).feed())
        #expect(mirror.filed.count == 2100)
        #expect(gateway.asked.last?.queryItem("$orderby") == "Thing,Language")
    }

    @Test("sap 3: an empty page with a link behind it is not the end")
    func emptyPage() async throws {
        let path = SAPGateway.service + "/A_Thing"
        let gateway = try SAPGateway { request in
            switch request.queryItem("$skiptoken") {
            case nil where request.queryItem("$top") != nil:
                request.queryItem("$filter") == nil
                    ? .rows([], next: path + "?$skiptoken=k") : .rows([])
            case nil: .rows([], next: path + "?$skiptoken=a")
            case "a": .rows([], next: path + "?$skiptoken=b")
            case "k": .rows([.thing("2"), .thing("3")])
            default: .rows([.thing("1"), .thing("2"), .thing("3")])
            }
        }
        var mirror = Mirror()
        try await mirror.pass(try await gateway.reader().feed())
        #expect(Self.ids(mirror) == ["1", "2", "3"])
    }

    @Test("sap 3: the rest of an expanded collection is read to its end, at any depth")
    func expanded() async throws {
        let service = SAPGateway.service
        let gateway = try SAPGateway { request in
            switch request.path.split(separator: "/").last {
            case "to_Item"? where request.query == "$skiptoken=2":
                .json(
                    200,
                    """
                    {"d":{"results":[{"Item":"20","to_Line":{"results":[{"Line":"1"}],
                    "__next":"\(service)/to_Line"}}],"__next":"\(service)/to_Item?$skiptoken=3"}}
                    """)
            case "to_Item"?: .json(200, #"{"d":{"results":[{"Item":"30"}]}}"#)
            case "to_Line"?: .json(200, #"{"d":{"results":[{"Line":"2"}]}}"#)
            default:
                .rows([
                    JSON.thing("1").merging([
                        "to_Item": [
                            "results": [["Item": "10"]],
                            "__next": .string(service + "/to_Item?$skiptoken=2"),
                        ]
                    ])
                ])
            }
        }
        let feed = try await gateway.reader([["name": "A_Thing", "expand": ["to_Item"]]]).feed()
        let page = try await feed.page(at: .start)
        #expect(
            page.records.first?.payload["to_Item"] == [
                ["Item": "10"], ["Item": "20", "to_Line": [["Line": "1"], ["Line": "2"]]],
                ["Item": "30"],
            ])
        // Parts are no subscription.
        let rest = gateway.asked.filter { $0.path.contains("to_") }
        #expect(rest.count == 3)
        #expect(!rest.contains { $0.header("Prefer")?.contains("track-changes") == true })
    }

    @Test("sap 1, sap 3: parts of version 4 need no address of their own, and amounts are exact")
    func expandedNew() async throws {
        let gateway = try SAPGateway { request in
            request.path.hasSuffix("to_Item")
                ? .json(200, #"{"value":[{"Item":"20","Net":9007199254740993}]}"#)
                : .json(
                    200,
                    """
                    {"@odata.context":"$metadata#A_Thing","value":[{"Thing":"1","Name":"N",
                    "Stamp":null,"to_Item":[{"Item":"10","Net":123991.820000000000000001}],
                    "to_Item@odata.nextLink":"A_Thing('1')/to_Item"}]}
                    """)
        }
        let feed = try await gateway.reader(
            [["name": "A_Thing", "expand": ["to_Item"]]], connection: ["odata": "4"]
        ).feed()
        let page = try await feed.page(at: .start)
        #expect(
            page.records.first?.payload["to_Item"] == [
                ["Item": "10", "Net": .number("123991.820000000000000001")],
                ["Item": "20", "Net": .number("9007199254740993")],
            ])
        // Asked for so, amounts are texts; else servers write them as they like.
        #expect(gateway.asked.count == 2)
        #expect(
            gateway.asked.allSatisfy {
                $0.header("Accept") == "application/json;IEEE754Compatible=true"
            })
    }

    @Test("sap 4: rows deleted between pages of counted rows hide none", arguments: 0..<8)
    func hidden(seed: UInt64) async throws {
        let shelf = Shelf(90)
        let gateway = try SAPGateway(shelf.answer)
        var random = Chance(seed: seed)
        var mirror = Mirror()
        var reader = try gateway.reader()
        for _ in 0..<4 {
            let always = Mutex(shelf.ids)
            repeat {
                if random.next() % 4 == 0 { reader = try gateway.reader() }
                // Before a page: deletions and additions anywhere, and forgotten tokens.
                shelf.state.withLock { state in
                    for _ in 0..<(random.next() % 3) {
                        let ids = state.things.keys.sorted()
                        let gone = ids[Int(random.next() % UInt64(ids.count))]
                        state.things[gone] = nil
                        _ = always.withLock { $0.remove(gone) }
                    }
                    if random.next() % 2 == 0 {
                        let id = "T\(random.next() % 100)new"
                        if state.things[id] == nil { state.things[id] = .thing(id) }
                    }
                    if random.next() % 12 == 0 {
                        state.epoch += 1
                        state.tokenStatus = [400, 404, 410][Int(random.next() % 3)]
                    }
                }
            } while try await !mirror.step(try await reader.feed())
            // What was there all the time is there.
            let lost = always.withLock { $0 }.subtracting(Self.ids(mirror))
            #expect(lost.isEmpty)
        }
        // Quiet again: exactly what there is.
        try await mirror.pass(try await reader.feed())
        #expect(Self.ids(mirror) == shelf.ids)
    }

    @Test("sap 4: a set that cannot be asked by key is read by its links")
    func barred() async throws {
        let shelf = Shelf(25)
        let gateway = try SAPGateway { request in
            request.queryItem("$orderby") != nil
                ? .refusal(400, "not sortable") : shelf.answer(request)
        }
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        for _ in 0..<2 {
            try await mirror.pass(feed)
            #expect(Self.ids(mirror) == shelf.ids)
        }
        // It was tried once.
        #expect(gateway.asked.filter { $0.queryItem("$orderby") != nil }.count == 1)
    }

    @Test("sap 5: links are followed as they are, on the own host alone")
    func links() async throws {
        let link =
            "https://internal.example:44300\(SAPGateway.service)/A_Thing?$skiptoken='a%2Fb'&x=1"
        let delta = "\(SAPGateway.service)/A_Thing?!deltatoken='2026%27x'"
        let gateway = try SAPGateway { request in
            switch request.query ?? "" {
            case "$skiptoken='a%2Fb'&x=1": .rows([.thing("2")], delta: delta)
            case "!deltatoken='2026%27x'": .rows([], delta: delta)
            default: .rows([.thing("1")], next: link)
            }
        }
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        try await mirror.pass(feed)
        #expect(mirror.filed.count == 2)
        #expect(mirror.resets == 0)
        #expect(
            gateway.asked.dropFirst().map(\.query) == [
                "$skiptoken='a%2Fb'&x=1", "!deltatoken='2026%27x'",
            ])
        #expect(gateway.asked.allSatisfy { $0.header("Authorization") != nil })
    }

    @Test("sap 5: behind a proxy with paths of its own a link keeps its service")
    func proxy() async throws {
        let gateway = try SAPGateway { request in
            guard request.path == "/erp/API_X_SRV/A_Thing" else { return .refusal(404) }
            return request.query == "$skiptoken=2"
                ? .rows([.thing("2")], delta: "https://internal\(SAPGateway.service)/A_Thing?d")
                : .rows(
                    [.thing("1")],
                    next: "https://internal\(SAPGateway.service)/A_Thing?$skiptoken=2")
        }
        var mirror = Mirror()
        try await mirror.pass(
            try await gateway.reader(base: gateway.origin + "/erp").feed())
        #expect(mirror.filed.count == 2)
        #expect(mirror.resets == 0)
    }

    @Test("sap 5: another host gets nothing, whatever the link says")
    func foreign() async throws {
        let other = try SAPGateway { _ in .rows([]) }
        let gateway = try SAPGateway { _ in
            .rows([.thing("1")], next: other.origin + "/elsewhere/A_Thing?$skiptoken=2")
        }
        let feed = try await gateway.reader().feed()
        let error = await feed.refusal(at: .start)
        guard case .foreignLink = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(other.asked.isEmpty)
    }

    @Test(
        "sap 5: a forgotten token begins the round anew, with any status",
        arguments: [400, 404, 410])
    func forgotten(status: Int) async throws {
        let shelf = Shelf(25)
        shelf.state.withLock { $0.tokenStatus = status }
        let gateway = try SAPGateway(shelf.answer)
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        _ = try await mirror.step(feed)
        shelf.state.withLock { $0.epoch += 1 }
        try await mirror.pass(feed)
        #expect(mirror.resets == 1)
        #expect(Self.ids(mirror) == shelf.ids)
    }
}

/// The same numbers for the same seed.
struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
