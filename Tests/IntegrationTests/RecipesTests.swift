import Foundation
import JSON
import Postgres
import Testing

@Suite("Recipes", .timeLimit(.minutes(5)))
struct RecipesTests {
    @Test("are listed with what they make and who uses them")
    func list() async throws {
        var configured = Configured()
        configured.recipes = "[summary, thread]"
        try await Installation.with(configured) { docket in
            let list = try await docket.docket("recipes", "list", "--output", "json")
            let rows = try JSON.parse(list.output).arrayValue ?? []
            #expect(rows.count == 8)
            let thread = try #require(rows.first { $0["recipe"] == "thread" })
            #expect(thread["input"] == "thread" && thread["connectors"] == ["mail"])
            #expect(rows.first { $0["recipe"] == "seo" }?["connectors"] == [])
            #expect(rows.first { $0["recipe"] == "seo" }?["output"] == "fields")
        }
    }

    @Test("are tried on a filed document or a file; nothing is stored")
    func attempt() async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        configured.model = Programs.model
        try await Installation.with(configured) { docket in
            try await docket.run()
            let results: SQL = "SELECT count(*) AS value FROM docket.results"
            let before = try await docket.number(results)
            let id = try await docket.number(
                "SELECT min(document_id) AS value FROM docket.documents")
            let tags = try await docket.docket(
                "recipes", "try", "tags", "\(id)", "--output", "json")
            #expect(tags.status == 0, "\(tags.errors)")
            #expect(try JSON.parse(tags.output)["output"]?.arrayValue?.count == 7)
            let path = docket.path("letter.txt")
            try "The pump failed again on Monday. We need another one.\n"
                .write(toFile: path, atomically: true, encoding: .utf8)
            let file = try await docket.docket("recipes", "try", "tags", path)
            #expect(file.status == 0 && file.output.contains("complaint"), "\(file.errors)")
            #expect(try await docket.number(results) == before)

            for words in [["no-such", "\(id)"], ["tags", "/no/such/file"]] {
                #expect(try await docket.start(["recipes", "try"] + words).end().status == 64)
            }
            #expect(
                try await docket.start(["recipes", "try", "tags", "999999"]).end().status == 1)
        }
    }
}
