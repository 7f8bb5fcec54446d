import Connectors
import Domain
import JSON
import Testing

@Suite("Export", .timeLimit(.minutes(2)))
struct ExportTests {
    @Test("why a job failed is told, and its records are read page by page")
    func failed() async throws {
        let endpoint = try Endpoint([
            "/count": [.json(#"{"n":5}"#)], "/jobs": [.json(#"{"id":"j"}"#)],
            "/jobs/j": [.json(#"{"state":"Failed","why":"too wide"}"#)],
            "/parts": [.json(#"{"items":[{"id":1,"at":"2026-01-09T00:00:00Z"}]}"#)],
        ])
        let reader = try PagingTests.reader(
            endpoint,
            """
            request: {path: /parts, query: {since: "{from}"}}
            records: items
            changes: {kind: watermark, path: at}
            export:
              over: 0
              count: /count
              count_path: n
              create: {method: POST, path: /jobs}
              id: id
              status: /jobs/{job}
              state: state
              done: [Done]
              failed: [Failed]
              message: why
              results: /jobs/{job}/results
              locator_header: L
              locator_parameter: l
            """)
        let feed = reader.feed(of: PagingTests.stream, filed: NothingFiled())
        var (problems, ids, cursor): ([Page.Problem], [String], Cursor) = ([], [], .start)
        for _ in 0..<3 {
            let page = try await feed.page(at: cursor)
            problems += page.problems
            ids += page.records.map(\.sourceID)
            cursor = page.cursor
        }
        #expect(cursor.isDelta)
        #expect(ids == ["1"])
        #expect(
            problems.map(\.message) == [
                "the export job failed, so records are read page by page: too wide"
            ])
    }
}

extension Cursor {
    fileprivate var isDelta: Bool { if case .delta = self { true } else { false } }
}
