import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The ERP system's faults", .timeLimit(.minutes(5)))
struct ERPFaultTests {
    private static let path = "API_PRODUCT_SRV/A_Product?$select=Product"

    private static func order(_ fault: JSON, _ erp: ERPClient) async throws {
        guard case .object(var members) = fault else { return }
        members["path"] = "*/A_Product?*"
        _ = try await erp.sandbox.control("POST", "faults", .object(members))
    }

    private static func products(_ page: JSON) -> [String] {
        page["results"]?.arrayValue?.compactMap { $0.text("Product") } ?? []
    }

    @Test("refuse in HTML, without Retry-After unless it is asked for")
    func refusals() async throws {
        try await ERPClient.with { erp in
            try await Self.order(["fault": "status", "status": 503], erp)
            let refused = try await erp.get(ERPClient.v2 + Self.path)
            #expect(refused.status == 503)
            #expect(refused.headers["Retry-After"] == nil)
            #expect(refused.headers["Content-Type"]?.hasPrefix("text/html") == true)
            try await Self.order(["fault": "status", "status": 429, "retry_after": "2"], erp)
            #expect(try await erp.get(ERPClient.v2 + Self.path).headers["Retry-After"] == "2")
            try await Self.order(["fault": "truncate", "bytes": 200], erp)
            await #expect(throws: HTTPClientError.self) {
                try await erp.get(ERPClient.v2 + Self.path)
            }
            #expect(try await erp.get(ERPClient.v2 + Self.path).status == 200)
        }
    }

    @Test("give a page without entities, or the same one again, and lose nothing")
    func oddPages() async throws {
        try await ERPClient.with { erp in
            for (fault, pageCount, count) in [
                ("empty-page", 3, 80), ("repeat-page", 3, 130), ("repeat-link", 3, 130),
                ("duplicate-items", 2, 130),
            ] {
                try await Self.order(["fault": .string(fault)], erp)
                let all = try await erp.readAll(Self.path)
                #expect(all.pageCount == pageCount, "\(fault)")
                #expect(all.items.count == count, "\(fault)")
                #expect(Set(all.items.compactMap { $0.text("Product") }).count == 80)
            }
        }
    }

    @Test("link to another host, and remove what never was")
    func oddLinks() async throws {
        try await ERPClient.with { erp in
            let delta = try #require(try await erp.readAll(Self.path).delta)
            try await Self.order(
                ["fault": "foreign-link", "origin": "https://evil.example:8443"], erp)
            let page = try await erp.read(Self.path)
            let root = "https://evil.example:8443/sap/opu/odata/sap/API_PRODUCT_SRV/A_Product?"
            #expect(page.text("__next")?.hasPrefix(root) == true)
            try await erp.set(["links": "http://internal.example:8000"])
            let internalPage = try await erp.read(Self.path)
            #expect(internalPage.text("__next")?.hasPrefix("http://internal.example:8000/") == true)
            try await Self.order(["fault": "ghost-removals"], erp)
            let atom = try await erp.get(delta, accept: "application/atom+xml")
            #expect(atom.text.contains("A_Product('GHOST-1')"))
        }
    }

    @Test("let no language into a header that is none")
    func language() async throws {
        try await ERPClient.with { erp in
            let answer = try await erp.get(
                ERPClient.v2 + "API_PRODUCT_SRV/$metadata?sap-language=E%0D%0AX-Evil:1")
            #expect(answer.status == 200)
            #expect(answer.headers["X-Evil"] == nil)
        }
    }
}
