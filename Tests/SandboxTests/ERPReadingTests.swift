import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The ERP system's services of version 2", .timeLimit(.minutes(5)))
struct ERPReadingTests {
    @Test("answer in Atom unless JSON is asked for, in either way")
    func forms() async throws {
        try await ERPClient.with { erp in
            let path = ERPClient.v2 + "API_PRODUCT_SRV/A_Product('TG11')"
            let atom = try await erp.get(path, accept: nil)
            #expect(atom.headers["Content-Type"]?.hasPrefix("application/atom+xml") == true)
            #expect(atom.text.contains("<d:Product>TG11</d:Product>"))
            #expect(atom.text.contains("<d:GrossWeight m:type=\"Edm.Decimal\">7.220<"))
            #expect(try await erp.get(path + "?$format=json", accept: nil).json["d"] != nil)
            #expect(try await erp.get(path, accept: "application/json").json["d"] != nil)
            #expect(try await erp.get(path, accept: "image/png").status == 406)
            try await erp.set(["odd_namespaces": true])
            let odd = try await erp.get(path, accept: nil)
            #expect(odd.text.contains("<data:Product>TG11</data:Product>"))
            #expect(odd.text.contains("term=\"api_product_srv.A_ProductType\""))
        }
    }

    @Test("write numbers as texts, and moments in milliseconds whatever the century")
    func types() async throws {
        try await ERPClient.with { erp in
            let order = try await erp.read("API_SALES_ORDER_SRV/A_SalesOrder('4712')")
            #expect(order.text("TotalNetAmount") == "9007199254740993.270")
            #expect(order.text("CreationTime")?.hasPrefix("PT") == true)
            #expect(order.text("LastChangeDateTime")?.hasSuffix("+0000)/") == true)
            #expect(order["to_Item"]?["__deferred"] != nil)
            let person = try await erp.read("API_BUSINESS_PARTNER/A_BusinessPartner('1000005')")
            #expect(person.text("BirthDate")?.hasPrefix("/Date(-") == true)
            let address = try await erp.read(
                "API_BUSINESS_PARTNER/A_BusinessPartner('1000005')/to_BusinessPartnerAddress")
            #expect(
                address["results"]?.arrayValue?.first?.text("ValidityEndDate")
                    == "/Date(253402300799000+0000)/")
            try await erp.set(["escaped_dates": true, "date_offset": 60])
            let escaped = try await erp.get(
                ERPClient.v2 + "API_SALES_ORDER_SRV/A_SalesOrder('4712')")
            #expect(escaped.text.contains(#""\/Date("#))
            #expect(escaped.text.contains(#"+0060)\/""#))
        }
    }

    @Test("give every key as a link that leads back to it", arguments: [false, true])
    func keys(isRelative: Bool) async throws {
        try await ERPClient.with { erp in
            if isRelative { try await erp.set(["links": "relative"]) }
            let all = try await erp.readAll("API_PRODUCT_SRV/A_Product")
            #expect(all.items.count == 80)
            #expect(all.pageCount == 2)
            for key in ["O'NEIL-7", "DIN/912-M8", "R#40%", "000000000000000023", "MZ-FG C900"] {
                let item = try #require(all.items.first { $0.text("Product") == key })
                let uri = try #require(item["__metadata"]?.text("uri"))
                #expect(try await erp.read(uri).text("Product") == key)
            }
        }
    }

    @Test("page where the server does, as far as $top, and not at all where it does not")
    func pages() async throws {
        try await ERPClient.with { erp in
            try await erp.set(["page_size": 30])
            let all = try await erp.readAll("API_SALES_ORDER_SRV/A_SalesOrder?$select=SalesOrder")
            #expect(all.pageCount == 4)
            #expect(Set(all.items.compactMap { $0.text("SalesOrder") }).count == 120)
            let top = try await erp.readAll("API_SALES_ORDER_SRV/A_SalesOrder?$top=45")
            #expect(top.items.count == 45)
            #expect(top.pageCount == 2)
            try await erp.set(["server_paging": false])
            let one = try await erp.read(
                "API_SALES_ORDER_SRV/A_SalesOrder?$inlinecount=allpages&$skip=100")
            #expect(one["results"]?.arrayValue?.count == 20)
            #expect(one["__count"] == "120")
            #expect(one["__next"] == nil)
        }
    }

    @Test(
        "filter by what the protocol has words for",
        arguments: [
            ("SalesOrder eq '4712'", 1), ("SalesOrder lt '4705'", 5),
            ("startswith(SalesOrder,'470') and not (SalesOrder eq '4700')", 9),
            ("substringof('pump',PurchaseOrderByCustomer) eq true", 6),
            ("TotalNetAmount gt 9007199254740992M", 1), ("TotalNetAmount ge 9007199254740994", 0),
            ("LastChangeDateTime ge datetimeoffset'2000-01-01T00:00:00Z'", 120),
            ("SalesOrderDate ge datetime'2030-01-01T00:00:00' or SalesOrder eq '4700'", 1),
            ("SalesOrder ge '4700' and SalesOrder le '4709'", 10),
        ])
    func filters(filter: String, count: Int) async throws {
        try await ERPClient.with { erp in
            let answer = try await erp.get(
                ERPClient.v2 + "API_SALES_ORDER_SRV/A_SalesOrder/$count?$filter=\(filter)")
            #expect(answer.text == "\(count)")
        }
    }

    @Test(
        "refuse what they do not understand",
        arguments: [
            "$filter=SalesOrder eq 4712", "$filter=Nothing eq 'x'", "$filter=SalesOrder eq '4712",
            "$filter=SalesOrderDate ge datetimeoffset'2026-01-15'", "$top=-1", "$expand=to_Nothing",
            "$select=Nothing", "$frobnicate=1", "$orderby=Nothing",
        ])
    func misuse(query: String) async throws {
        try await ERPClient.with { erp in
            let answer = try await erp.get(
                ERPClient.v2 + "API_SALES_ORDER_SRV/A_SalesOrder?\(query)")
            #expect(answer.status == 400)
            #expect(answer.json["error"]?["message"]?.text("value") != nil)
        }
    }

    @Test("order, select and expand, and page what is expanded")
    func shapes() async throws {
        try await ERPClient.with { erp in
            let page = try await erp.read(
                "API_SALES_ORDER_SRV/A_SalesOrder?$orderby=SalesOrder desc&$top=1"
                    + "&$expand=to_Item/to_SalesOrder,to_Text"
                    + "&$select=SalesOrder,to_Item/Material,to_Text")
            let order = try #require(page["results"]?.arrayValue?.first)
            #expect(order.text("SalesOrder") == "4819")
            #expect(order["TotalNetAmount"] == nil)
            let item = try #require(order["to_Item"]?["results"]?.arrayValue?.first)
            #expect(item.text("Material") != nil)
            #expect(item["NetAmount"] == nil)
            #expect(item["to_SalesOrder"]?.text("SalesOrder") == "4819")
            #expect(order["to_Text"]?["results"]?.arrayValue?.isEmpty == false)
            try await erp.set(["expand_page_size": 1])
            let expanded = try await erp.read(
                "API_SALES_ORDER_SRV/A_SalesOrder('4703')?$expand=to_Item")
            #expect(expanded["to_Item"]?["results"]?.arrayValue?.count == 1)
            let next = try #require(expanded["to_Item"]?.text("__next"))
            #expect(try await erp.read(next)["results"]?.arrayValue?.count == 3)
        }
    }

    @Test("refuse a missing key in the form that is asked for, and in those that are not")
    func errors() async throws {
        try await ERPClient.with { erp in
            let path = ERPClient.v2 + "API_SALES_ORDER_SRV/A_SalesOrder('1')"
            let json = try await erp.get(path)
            #expect(json.status == 404)
            #expect(json.json["error"]?.text("code") == "/IWBEP/CM_MGW_RT/020")
            #expect(try await erp.get(path, accept: nil).text.contains("<error xmlns="))
            let german = try await erp.get(path + "?sap-language=DE")
            #expect(german.text.contains("nicht gefunden"))
            try await erp.set(["error_form": "html", "missing_key_status": 400])
            let html = try await erp.get(path)
            #expect(html.status == 400)
            #expect(html.headers["Content-Type"]?.hasPrefix("text/html") == true)
            try await erp.set(["missing_key_status": 200])
            #expect(try await erp.get(path).json == ["d": ["results": []]])
            #expect(try await erp.get(ERPClient.v2 + "NO_SUCH_SRV/").status == 403)
        }
    }

    @Test("answer 304 to the tag that is there, 423 to what is locked, and warn beside 200")
    func states() async throws {
        try await ERPClient.with { erp in
            let path = ERPClient.v2 + "API_SALES_ORDER_SRV/A_SalesOrder('4712')"
            let tag = try #require(try await erp.get(path).headers["ETag"])
            #expect(try await erp.get(path, headers: [("If-None-Match", tag)]).status == 304)
            try await erp.set(["message": "warning", "locked": ["A_SalesOrder('4713')"]])
            let warned = try await erp.get(path)
            #expect(warned.status == 200)
            #expect(warned.headers["sap-message"]?.contains("\"severity\":\"warning\"") == true)
            #expect(try await erp.get(path.replacing("4712", with: "4713")).status == 423)
        }
    }

    @Test("list an object's attachments by its padded key, and give their bytes")
    func attachments() async throws {
        try await ERPClient.with { erp in
            let list = "API_CV_ATTACHMENT_SRV/GetAllOriginals?BusinessObjectTypeName='BUS2032'"
            let none = try await erp.read(list + "&LinkedSAPObjectKey='4700'")
            #expect(none["results"]?.arrayValue?.isEmpty == true)
            let found = try await erp.read(list + "&LinkedSAPObjectKey='0000004700'")
            let attachment = try #require(found["results"]?.arrayValue?.first)
            #expect(attachment.text("DocumentInfoRecordDocNumber") == "")
            let source = try #require(attachment["__metadata"]?.text("media_src"))
            let media = try await erp.get(source)
            #expect(media.headers["Content-Type"] == "application/pdf")
            #expect(media.headers["Content-Disposition"]?.contains("Inspection%204700") == true)
            #expect(media.body.starts(with: Array("%PDF-1.4".utf8)))
            #expect(attachment.text("FileSize") == "\(media.body.count)")
            try await erp.set(["media_without_length": true])
            let chunked = try await erp.get(source)
            #expect(chunked.headers["Content-Length"] == nil)
            #expect(chunked.body == media.body)
        }
    }

    @Test("describe themselves, and one another in the catalogue")
    func descriptions() async throws {
        try await ERPClient.with { erp in
            let catalog = try await erp.get(
                "/sap/opu/odata/IWFND/CATALOGSERVICE;v=2/ServiceCollection")
            let services = try #require(catalog.json["d"]?["results"]?.arrayValue)
            #expect(services.count == 6)
            for service in services {
                let address = try #require(service.text("ServiceUrl"))
                let schema = try await erp.get(address + "/$metadata", accept: nil)
                #expect(schema.text.contains("<EntityType Name="))
                #expect(schema.text.contains("xmlns:sap=\"http://www.sap.com/Protocols/SAPData\""))
            }
        }
    }
}
