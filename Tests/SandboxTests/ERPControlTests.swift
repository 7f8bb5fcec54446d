import JSON
import SandboxTesting
import Testing

@Suite("The ERP system behind its back", .timeLimit(.minutes(5)))
struct ERPControlTests {
    private static let sets = [
        ("API_BUSINESS_PARTNER", ["A_BusinessPartner", "A_BusinessPartnerAddress"]),
        ("API_SALES_ORDER_SRV", ["A_SalesOrder", "A_SalesOrderItem", "A_SalesOrderText"]),
        ("API_PRODUCT_SRV", ["A_Product", "A_ProductDescription", "A_ProductSalesText"]),
        ("ZODP_PRODUCT_SRV", ["AttrOfMaterial"]),
    ]

    @Test("has a truth that is what one reads, after any changes")
    func truth() async throws {
        try await ERPClient.with { erp in
            _ = try await erp.control("POST", "mutate", ["count": 300, "seed": 7])
            let truth = try await erp.control("GET", "truth").arrayValue ?? []
            for (service, sets) in Self.sets {
                for set in sets {
                    let told = truth.filter { $0.text("scope") == "\(service)/\(set)" }
                    let read = try await erp.readAll("\(service)/\(set)")
                    let paths = read.items.compactMap(\.path)
                    #expect(paths.count == read.items.count)
                    #expect(Set(paths) == Set(told.compactMap { $0.text("source_id") }))
                    #expect(paths.count == told.count)
                }
            }
            let titles = truth.compactMap { $0.text("title") }
            #expect(titles.count == truth.count)
            #expect(!titles.contains(""))
        }
    }

    @Test("changes the same things by the same seed")
    func seeds() async throws {
        var truths: [[[String?]]] = []
        for seed in [5, 5, 6] {
            try await ERPClient.with { erp in
                _ = try await erp.control("POST", "mutate", ["count": 50, "seed": JSON(seed)])
                let truth = try await erp.control("GET", "truth").arrayValue ?? []
                truths.append(
                    truth.map { fact in
                        // Not the versions, which are made of the sandbox's clock.
                        let text = fact.text("text")?.replacing(/\b[0-9]{11,}$/, with: "")
                        return [fact.text("source_id"), fact.text("title"), text]
                    })
            }
        }
        #expect(truths[0] == truths[1])
        #expect(truths[0] != truths[2])
    }

    @Test("touches no header by its items, and takes them along when it goes")
    func items() async throws {
        try await ERPClient.with { erp in
            let path = "API_SALES_ORDER_SRV/A_SalesOrder('4703')"
            let before = try await erp.read(path)
            let item = try await erp.control(
                "PATCH",
                "entities/API_SALES_ORDER_SRV/A_SalesOrderItem/SalesOrder='4703',SalesOrderItem='10'",
                ["SalesOrderItemText": "Changed"])
            #expect(item == ["path": "A_SalesOrderItem(SalesOrder='4703',SalesOrderItem='10')"])
            #expect(try await erp.read(path) == before)
            _ = try await erp.control("DELETE", "entities/API_SALES_ORDER_SRV/A_SalesOrder('4703')")
            let left = try await erp.get(
                ERPClient.v2
                    + "API_SALES_ORDER_SRV/A_SalesOrderItem/$count?$filter=SalesOrder eq '4703'")
            #expect(left.text == "0")
        }
    }

    @Test("fills a set with as many long texts as are asked for")
    func load() async throws {
        try await ERPClient.with { erp in
            let made = try await erp.control(
                "POST", "generate",
                ["set": "A_SalesOrderText", "count": 2000, "body_bytes": 4000])
            #expect(made["entities"]?.intValue ?? 0 > 2000)
            let page = try await erp.read(
                "API_SALES_ORDER_SRV/A_SalesOrderText?$skip=1500&$top=3")
            for text in page["results"]?.arrayValue ?? [] {
                #expect((text.text("LongText") ?? "").utf8.count >= 4000)
            }
            await #expect(throws: RunningSandbox.Failure.self) {
                try await erp.control("POST", "switches", ["frobnicate": true])
            }
        }
    }

    @Test("turns rows without an order, unless they are ordered")
    func instability() async throws {
        try await ERPClient.with { erp in
            try await erp.set(["unstable_order": true])
            func first(_ query: String) async throws -> String? {
                try await erp.read("API_PRODUCT_SRV/A_Product?$top=1\(query)")["results"]?
                    .arrayValue?.first?.text("Product")
            }
            #expect(try await first("") != (try await first("")))
            #expect(try await first("&$orderby=Product") == (try await first("&$orderby=Product")))
        }
    }
}
