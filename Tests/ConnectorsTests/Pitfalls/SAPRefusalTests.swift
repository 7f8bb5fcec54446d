import Connectors
import Domain
import Foundation
import HTTPServer
import JSON
import Synchronization
import Testing

@Suite("SAP pitfalls of refusals", .timeLimit(.minutes(5)))
struct SAPRefusalTests {
    private static let set = SAPGateway.service + "/A_Thing"

    @Test("sap 9: a refused password is never sent a second time, by any set or pass")
    func password() async throws {
        let gateway = try SAPGateway { _ in .rows([]) }
        // The schema is refused as well: whatever comes first is the only one.
        let denied = Mutex(0)
        let door = try SAPDoor { request in
            if request.header("Authorization") != nil { denied.withLock { $0 += 1 } }
            return HTTPResponse(status: 401, contentType: "text/html", text: "<html>Logon</html>")
        }
        let reader = try gateway.reader(
            ["A_Thing", "A_Text"], base: door.origin + "/sap/opu/odata/sap")
        for _ in 0..<3 {
            await withTaskGroup { group in
                for index in 0..<2 {
                    group.addTask {
                        let error = await (try? reader.feed(index))?.refusal(at: .start)
                        #expect(error?.kind == .credentials)
                    }
                }
            }
        }
        #expect(denied.withLock { $0 } == 1)
    }

    @Test("sap 9: the client goes with every request, with those behind links too")
    func client() async throws {
        let gateway = try SAPGateway { request in
            request.query?.contains("skiptoken") == true
                ? .rows([.thing("2")], delta: Self.set + "?!deltatoken='1'")
                : .rows([.thing("1")], next: Self.set + "?$skiptoken=2")
        }
        let feed = try await gateway.reader(connection: ["client": "200"]).feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        #expect(gateway.asked.count == 2)
        #expect(gateway.asked.allSatisfy { $0.header("sap-client") == "200" })
        #expect(gateway.asked.first?.queryItem("sap-client") == "200")
    }

    @Test("sap 10: a logon page with status 200 is an error, and never data or nothing")
    func logonPage() async throws {
        let gateway = try SAPGateway { _ in
            HTTPResponse(
                status: 200, contentType: "text/html; charset=utf-8",
                text: "<!DOCTYPE html><html><title>Logon</title><form>Client</form></html>")
        }
        let error = await (try gateway.reader().feed()).refusal(at: .start)
        #expect(error?.kind == .content)
        #expect(error?.description.contains("Logon") == true)
    }

    @Test("sap 10: a logon page in place of a page does not lose the place")
    func logonPageLater() async throws {
        let isOut = Mutex(false)
        let gateway = try SAPGateway { request in
            if isOut.withLock({ $0 }) {
                return HTTPResponse(
                    status: 200, contentType: "text/html", text: "<html>Logon</html>")
            }
            return request.query?.contains("deltatoken") == true
                ? .rows([.thing("2")], delta: Self.set + "?!deltatoken='2'")
                : .rows([.thing("1")], delta: Self.set + "?!deltatoken='1'")
        }
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        isOut.withLock { $0 = true }
        #expect(await feed.refusal(at: mirror.cursor) != nil)
        isOut.withLock { $0 = false }
        try await mirror.pass(feed)
        #expect(mirror.resets == 0)
        #expect(mirror.filed.count == 2)
    }

    @Test(
        "sap 11: what an error says is told, whatever form and version it has",
        arguments: [
            (
                "application/json",
                #"{"error":{"code":"X/1","message":{"lang":"de","value":"Kein Zugriff"}}}"#
            ),
            (
                "application/json",
                #"{"error":{"code":"X/1","message":"Kein Zugriff","details":[]}}"#
            ),
            (
                "application/xml",
                """
                <error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
                <code>X/1</code><message xml:lang="de">Kein Zugriff</message></error>
                """
            ),
            ("text/html", "<html><title>403</title><h1>Kein Zugriff</h1></html>"),
        ])
    func errors(type: String, text: String) async throws {
        let gateway = try SAPGateway { _ in HTTPResponse(status: 403, contentType: type, text: text)
        }
        let error = await (try gateway.reader().feed()).refusal(at: .start)
        #expect(error?.description.contains("Kein Zugriff") == true)
        #expect(error?.description.contains("S_SERVICE") == true)
        #expect(error?.kind == .credentials)
    }

    @Test(
        "sap 12: a warning beside an answer is told, and the answer is read",
        arguments: ["warning"])
    func notices(severity: String) async throws {
        let gateway = try SAPGateway { _ in
            .rows(
                [.thing("1")],
                headers: [
                    (
                        "sap-message",
                        """
                        {"code":"V1/302","message":"Only 1 of 3","severity":"\(severity)",\
                        "details":[]}
                        """
                    )
                ])
        }
        let page = try await gateway.reader().feed().page(at: .start)
        #expect(page.records.count == 1)
        #expect(page.problems.map(\.message) == ["\(severity) V1/302: Only 1 of 3"])
    }

    @Test("sap 13: nothing is written, so no request needs a token against forgery")
    func readsOnly() async throws {
        let gateway = try SAPGateway { request in
            switch true {
            case request.path.hasSuffix("$value"):
                HTTPResponse(status: 200, contentType: "text/plain", text: "bytes")
            case request.query?.contains("skiptoken") == true:
                .rows([.thing("2")], delta: Self.set + "?!deltatoken='1'")
            case request.query?.contains("deltatoken") == true: .refusal(410)
            default: .rows([.thing("1")], next: Self.set + "?$skiptoken=2")
            }
        }
        let reader = try gateway.reader([["name": "A_Thing", "media": true]])
        let feed = try await reader.feed()
        var mirror = Mirror()
        for _ in 0..<3 { _ = try await mirror.step(feed) }
        let stream = try #require(try await reader.streams(of: reader.scopes[0]).first)
        let page = try await feed.page(at: .start)
        _ = try await reader.belongings(of: page.records[0], in: stream, filed: nil)
        #expect(gateway.asked.count > 4)
        #expect(gateway.asked.allSatisfy { $0.method == "GET" && !$0.path.contains("$batch") })
        #expect(!gateway.asked.contains { $0.header("X-CSRF-Token") != nil })
    }

    /// Within a service two forms of a key are two entities.
    ///
    /// A service writes a key in one form, and where keys are no numbers filled up, to make one
    /// of two would lose one. Zeros that docket itself dropped or added would make two of one.
    @Test("sap 14: the service's own key is final, zeros and all, and what is in it ends no path")
    func keys() async throws {
        let odd = "A'/#% 00"
        let gateway = try SAPGateway { request in
            request.path.hasSuffix("$value")
                ? HTTPResponse(status: 200, contentType: "text/plain", text: request.path)
                : .rows([.thing("4712"), .thing("0000004712"), .thing("A''/#% 00")])
        }
        let reader = try gateway.reader([["name": "A_Thing", "media": true]])
        let page = try await reader.feed().page(at: .start)
        #expect(
            page.records.map(\.sourceID) == [
                "A_Thing('4712')", "A_Thing('0000004712')", "A_Thing('A''/#% 00')",
            ])
        let stream = try #require(try await reader.streams(of: reader.scopes[0]).first)
        _ = try await reader.belongings(of: page.records[2], in: stream, filed: nil)
        let path = try #require(gateway.asked.last?.path.removingPercentEncoding)
        #expect(path == "\(Self.set)('\(odd.replacing("'", with: "''"))')/$value")
        #expect(gateway.asked.last?.path.contains("%2F%23%25%2000") == true)
    }

    @Test("sap 17: a session's cookies go back with the next request")
    func sessions() async throws {
        let sessions = Mutex(0)
        let gateway = try SAPGateway { request in
            var headers: [(String, String)] = []
            if request.header("Cookie")?.contains("SAP_SESSIONID_S4D_100=") != true {
                sessions.withLock { $0 += 1 }
                headers = [("Set-Cookie", "SAP_SESSIONID_S4D_100=abc; path=/; HttpOnly")]
            }
            return request.query?.contains("skiptoken=3") == true
                ? .rows([.thing("3")], delta: Self.set + "?!deltatoken='1'", headers: headers)
                : .rows(
                    [.thing("1")],
                    next: Self.set + "?$skiptoken="
                        + (request.query?.contains("skiptoken") == true ? "3" : "2"),
                    headers: headers)
        }
        var mirror = Mirror()
        try await mirror.pass(try await gateway.reader().feed())
        #expect(gateway.asked.count == 3)
        #expect(sessions.withLock { $0 } == 1)
    }

    @Test("sap 18: more bytes than are taken are not held, and portions are small")
    func memory() async throws {
        let gateway = try SAPGateway { request in
            guard request.queryItem("$top") == "500" else {
                return HTTPResponse(
                    status: 200, headers: [("Content-Type", "application/json")],
                    body: Array(repeating: UInt8(ascii: " "), count: 40 << 20), delivery: .chunked)
            }
            return request.queryItem("$filter") == nil ? .rows([.thing("1")]) : .rows([])
        }
        var mirror = Mirror()
        try await mirror.pass(try await gateway.reader().feed())
        #expect(mirror.filed.count == 1)
    }

    @Test("sap 19: media come from $value into a file whose name is ours")
    func media() async throws {
        let gateway = try SAPGateway { request in
            request.path.hasSuffix("/$value")
                ? HTTPResponse(
                    status: 200,
                    headers: [
                        ("Content-Type", "application/pdf"),
                        ("Content-Disposition", #"attachment; filename="../../etc/passwd""#),
                    ], body: Array("%PDF".utf8), delivery: .chunked)
                : .rows([.thing("1")])
        }
        let reader = try gateway.reader([["name": "A_Thing", "media": true]])
        let page = try await reader.feed().page(at: .start)
        let stream = try #require(try await reader.streams(of: reader.scopes[0]).first)
        let extras = try await reader.belongings(of: page.records[0], in: stream, filed: nil)
        let content = try #require(try extras.content.get())
        defer { try? FileManager.default.removeItem(atPath: content.path) }
        #expect(gateway.asked.last?.path == Self.set + "('1')/$value")
        #expect(content.mediaType == "application/pdf")
        #expect(content.byteCount == 4)
        #expect(URL(filePath: content.path).deletingLastPathComponent().path == "/tmp")
    }

    @Test("sap 19: a key of eight parts is asked for whole, the empty ones too")
    func longKey() async throws {
        let key =
            "DocumentInfoRecordDocType='GOS',DocumentInfoRecordDocNumber='',"
            + "DocumentInfoRecordDocPart='',DocumentInfoRecordDocVersion='',"
            + "LogicalDocument='L1',ArchiveDocumentID='A1',LinkedSAPObjectKey='0000004712',"
            + "BusinessObjectTypeName='BUS2032'"
        let gateway = try SAPGateway { request in
            request.path.hasSuffix("/$value")
                ? HTTPResponse(status: 200, contentType: "text/plain", text: "bytes")
                : .json(
                    200, #"{"d":{"results":[{"__metadata":{"uri":"\#(Self.set)(\#(key))"}}]}}"#)
        }
        let reader = try gateway.reader([["name": "A_Thing", "media": true]])
        let page = try await reader.feed().page(at: .start)
        let stream = try #require(try await reader.streams(of: reader.scopes[0]).first)
        let extras = try await reader.belongings(of: page.records[0], in: stream, filed: nil)
        let content = try #require(try extras.content.get())
        try? FileManager.default.removeItem(atPath: content.path)
        #expect(gateway.asked.last?.path == "\(Self.set)(\(key))/$value")
    }

    @Test(
        "sap 22: maintenance and locks are waited for and cost no place",
        arguments: [
            (503, "<html>Wartung</html>"), (500, "<html>500 SAP Internal Server Error</html>"),
            (423, #"{"error":{"code":"V1/042","message":{"value":"locked by user X"}}}"#),
            (400, #"{"error":{"code":"B/1","message":{"value":"Order is being processed by X"}}}"#),
            (409, "{}"), (429, "{}"),
        ])
    func maintenance(status: Int, text: String) async throws {
        let isDown = Mutex(false)
        let gateway = try SAPGateway { request in
            if isDown.withLock({ $0 }) {
                return HTTPResponse(
                    status: status,
                    contentType: text.hasPrefix("<") ? "text/html" : "application/json",
                    text: text)
            }
            return request.query?.contains("deltatoken") == true
                ? .rows([.thing("2")], delta: Self.set + "?!deltatoken='2'")
                : .rows([.thing("1")], delta: Self.set + "?!deltatoken='1'")
        }
        let time = FixedTime()
        let feed = try await gateway.reader(time: time).feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        gateway.forget()
        isDown.withLock { $0 = true }
        let error = await feed.refusal(at: mirror.cursor)
        #expect(error?.kind == .availability)
        #expect(error?.isTransient == true)
        // Some tries with pauses between, and then the next poll.
        #expect(gateway.asked.count == 5)
        #expect(time.sleeps.allSatisfy { $0 >= .seconds(1) })
        isDown.withLock { $0 = false }
        try await mirror.pass(feed)
        #expect(mirror.resets == 0)
        #expect(mirror.filed.count == 2)
    }
}

/// A server that gives its schema to nobody either.
final class SAPDoor: Sendable {
    private let server: HTTPServer
    var origin: String { "http://127.0.0.1:\(server.port)" }

    init(_ handler: @escaping SAPGateway.Handler) throws {
        server = try HTTPServer(listen: .tcp(host: "127.0.0.1", port: 0)) { handler($0) }
    }

    deinit { server.stop() }
}
