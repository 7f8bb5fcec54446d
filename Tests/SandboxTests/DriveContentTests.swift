import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's drive content", .timeLimit(.minutes(5)))
struct DriveContentTests {
    private static func content(
        _ path: String, _ key: String, _ sandbox: RunningSandbox, _ token: String,
        headers: [(String, String)] = []
    ) async throws -> RunningSandbox.Answer {
        let drive = try await sandbox.drive(key)
        let item = try await sandbox.item(path, of: key)
        return try await sandbox.send(
            "GET", "\(sandbox.graph)/drives/\(drive)/items/\(item)/content",
            headers: [("Authorization", "Bearer \(token)")] + headers)
    }

    @Test("is had by a redirect to another port, which refuses a request that shows the token")
    func redirect() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let answer = try await Self.content(
                "/Templates/Standard terms.txt", "sales", sandbox, token)
            #expect(answer.status == 302)
            let location = try #require(answer.headers["Location"])
            let host = try #require(sandbox.announced["content_url"])
            #expect(location.hasPrefix(host + "/") && host != sandbox.origin)
            let file = try await sandbox.send("GET", location)
            #expect(file.status == 200)
            #expect(String(decoding: file.body, as: UTF8.self).hasPrefix("General terms of sale"))
            #expect(try await sandbox.control("GET", "requests")["credentials_leaked"] == 0)
            #expect(try await sandbox.get(location, token: token).status == 401)
            #expect(try await sandbox.control("GET", "requests")["credentials_leaked"] == 1)
            let here = location.replacing(host, with: sandbox.origin)
            #expect(try await sandbox.send("GET", here).status == 404)
        }
    }

    @Test("comes in parts by its own link, and not at all where the tag is known")
    func rangesAndTags() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let path = "/Templates/Standard terms.txt"
            let answer = try await Self.content(path, "sales", sandbox, token)
            let location = try #require(answer.headers["Location"])
            for (range, expected) in [("bytes=0-6", "General"), ("bytes=-3", "s.\n")] {
                let part = try await sandbox.send("GET", location, headers: [("Range", range)])
                #expect(part.status == 206)
                #expect(part.headers["Content-Range"]?.hasPrefix("bytes ") == true)
                let text = String(decoding: part.body, as: UTF8.self)
                #expect(expected == text || range == "bytes=-3" && text.utf8.count == 3)
            }
            let beyond = try await sandbox.send(
                "GET", location, headers: [("Range", "bytes=999999-")])
            #expect(beyond.status == 416)
            let drive = try await sandbox.drive("sales")
            let item = try await sandbox.item(path, of: "sales")
            let facts = try await sandbox.get(
                "\(sandbox.graph)/drives/\(drive)/items/\(item)", token: token)
            for name in ["eTag", "cTag"] {
                let tag = try #require(facts.json[name]?.stringValue)
                let known = try await Self.content(
                    path, "sales", sandbox, token, headers: [("If-None-Match", tag)])
                #expect(known.status == 304)
            }
            _ = try await sandbox.control(
                "PATCH", "drives/items/sales/\(item)", ["text": "Changed"])
            let tag = try #require(facts.json["cTag"]?.stringValue)
            let changed = try await Self.content(
                path, "sales", sandbox, token, headers: [("If-None-Match", tag)])
            #expect(changed.status == 302)
        }
    }

    @Test("is lost with the link, when told so and after its time; a new one is to be had")
    func expiry() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let path = "/Templates/Standard terms.txt"
            let first = try await Self.content(path, "sales", sandbox, token)
            let location = try #require(first.headers["Location"])
            _ = try await sandbox.control("POST", "drives/expire-downloads")
            let expired = try await sandbox.send("GET", location)
            #expect([401, 403, 404, 410].contains(expired.status))
            let second = try await Self.content(path, "sales", sandbox, token)
            #expect(
                try await sandbox.send("GET", try #require(second.headers["Location"])).status
                    == 200)
            _ = try await sandbox.control("POST", "drives/download-lifetime", ["seconds": 0])
            let third = try await Self.content(path, "sales", sandbox, token)
            let late = try await sandbox.send("GET", try #require(third.headers["Location"]))
            #expect([401, 403, 404, 410].contains(late.status))
        }
    }

    @Test("is refused of folders, packages and malware")
    func refusals() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            for path in ["/Offers", "/Sales notebook"] {
                #expect(try await Self.content(path, "sales", sandbox, token).status == 400)
            }
            let malware = try await Self.content(
                "/invoice_macro.txt", "operations", sandbox, token)
            #expect(malware.status == 403)
            #expect(malware.errorCode == "malwareDetected")
        }
    }

    @Test(
        "has the vendor's hash, known from its own examples",
        arguments: [
            ("", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="), ("J", "SgAAAAAAAAAAAAAAAQAAAAAAAAA="),
        ])
    func hash(content: String, expected: String) async throws {
        try await RunningSandbox.with { sandbox in
            let made = try await sandbox.control(
                "POST", "drives/items",
                ["drive": "sales", "name": "hash.bin", "content": .string(content)])
            #expect(made["quick_xor"] == .string(expected))
        }
    }

    @Test(
        "is a real file of its format, with the text in it",
        arguments: [
            ("pdf", "%PDF-1.4", "(Title: gr\\374n) Tj"), ("docx", "PK\u{3}\u{4}", "tle: grün"),
            ("xlsx", "PK\u{3}\u{4}", "<v>42</v>"), ("pptx", "PK\u{3}\u{4}", "Title: grün"),
            ("html", "<!DOCTYPE html>", "<td>left</td><td>42</td>"),
            ("eml", "Date: ", "multipart/alternative"), ("csv", "Title", "|left|42"),
        ])
    func formats(format: String, start: String, part: String) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            _ = try await sandbox.post(
                "made.\(format)", text: "Title: grün\n|left|42\n", of: "sales")
            let answer = try await Self.content("/made.\(format)", "sales", sandbox, token)
            let file = try await sandbox.send("GET", try #require(answer.headers["Location"]))
            #expect(file.body.starts(with: start.utf8))
            #expect(file.body.firstRange(of: Array(part.utf8)) != nil)
            if format == "pdf" {
                let text = String(decoding: file.body, as: UTF8.self)
                #expect(text.hasSuffix("%%EOF\n"))
            }
        }
    }

    @Test("of all formats is there from the start")
    func corpus() async throws {
        try await RunningSandbox.with { sandbox in
            let truth = try await sandbox.control("GET", "drives/truth").arrayValue ?? []
            let endings = Set(
                truth.compactMap { $0["title"]?.stringValue?.split(separator: ".").last })
            #expect(
                endings == ["txt", "md", "html", "csv", "pdf", "docx", "xlsx", "pptx", "eml"])
            #expect(truth.count >= 40)
        }
    }
}
