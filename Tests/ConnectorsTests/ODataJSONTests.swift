import Connectors
import JSON
import Testing

@Suite("OData in JSON, version 2")
struct ODataJSONTests {
    static let root = "https://inside.corp.example/base/odata/API_SALES_ORDER_SRV"
    static let page = """
        {"d":{"__count":"2310","results":[{"__metadata":{
        "id":"\(root)/A_SalesOrder('4712')","uri":"\(root)/A_SalesOrder('4712')",
        "type":"X.A_SalesOrderType","etag":"W/\\"1\\"","media_src":"sapdoc:1",
        "content_type":"application/pdf"},
        "SalesOrder":"4712","TotalNetAmount":"123991.820","Quantity":9007199254740993,
        "SalesOrderDate":"\\/Date(1768435200000)\\/","IsBlocked":false,"Empty":"","None":null,
        "to_Item":{"__deferred":{"uri":"x"}},
        "to_Text":{"results":[{"__metadata":{"uri":"y"},"LongText":"a",
          "to_Line":{"results":[],"__next":"Line?$skiptoken=7"}}],"__next":"\(root)/T?$skiptoken=2"},
        "to_Partner":{"__metadata":{"uri":"z"},"Name":"Meyer"},"to_Nothing":null,
        "Price":{"Currency":"EUR"}}],
        "__next":"\(root)/A_SalesOrder?$skiptoken=%2B1000","__delta":"A_SalesOrder?!deltatoken='D1%20x'"}}
        """

    @Test("sap 1: a record has plain properties and exact numbers; what was expanded is in place")
    func record() throws {
        let answer = try OData.answer(Self.page)
        let record = try #require(answer.records.first)
        #expect(record.key == "A_SalesOrder('4712')")
        #expect(!record.isRemoved)
        #expect(
            record.payload
                == (try OData.json(
                    """
                    {"SalesOrder":"4712","TotalNetAmount":"123991.820","Quantity":9007199254740993,
                    "SalesOrderDate":"/Date(1768435200000)/","IsBlocked":false,"Empty":"",
                    "None":null,"to_Text":[{"LongText":"a","to_Line":[]}],
                    "to_Partner":{"Name":"Meyer"},"to_Nothing":null,"Price":{"Currency":"EUR"}}
                    """)))
        // Every digit, where both sides of the above could have lost the same ones.
        #expect(record.payload["Quantity"] == .number("9007199254740993"))
        #expect(record.payload["TotalNetAmount"] == .string("123991.820"))
    }

    @Test("sap 3: links are the service's own, inside an expanded collection as well")
    func links() throws {
        let answer = try OData.answer(Self.page)
        #expect(answer.next == Self.root + "/A_SalesOrder?$skiptoken=%2B1000")
        #expect(answer.delta == OData.service + "/A_SalesOrder?!deltatoken='D1%20x'")
        let links = answer.records[0].openLinks.map { "\($0.path) \($0.url)" }
        #expect(
            links == [
                "to_Text \(Self.root)/T?$skiptoken=2",
                "to_Text/0/to_Line \(OData.service)/Line?$skiptoken=7",
            ])
    }

    static let shapes: [(String, [String])] = [
        (#"{"d":{"results":[]}}"#, []), (#"{"d":[]}"#, []), (#"{"d":{"results":null}}"#, []),
        (#"{"d":null}"#, []),
        (
            #"{"d":[{"__metadata":{"uri":"A('1')"}},{"__metadata":{"uri":"A('2')"}}]}"#,
            ["A('1')", "A('2')"]
        ),
        (#"{"d":{"__metadata":{"uri":"A('1')"},"x":1}}"#, ["A('1')"]),
        (#"{"d":{"DoIt":{"__metadata":{"uri":"A('1')"}}}}"#, ["A('1')"]),
        (#"{"d":{"DoIt":{"results":[{"__metadata":{"uri":"A('1')"}}]}}}"#, ["A('1')"]),
        (#"{"d":{"results":[{"SalesOrder":"0000004712"}]}}"#, ["A_SalesOrder('0000004712')"]),
        ("\u{FEFF} {\"d\":{\"results\":[]}}", []),
    ]

    @Test("collections, single entities and results of functions are read alike", arguments: shapes)
    func shape(_ body: String, _ keys: [String]) throws {
        #expect(try OData.answer(body, set: OData.set).records.map(\.key) == keys)
    }

    @Test("sap 3: an empty page that goes on is not the end")
    func emptyPage() throws {
        let answer = try OData.answer(#"{"d":{"results":[],"__next":"A?$skiptoken=1"}}"#)
        #expect(answer.records.isEmpty)
        #expect(answer.next?.hasSuffix("/A?$skiptoken=1") == true)
    }

    @Test("sap 6: a deleted row is a removal and never an update with empty fields")
    func removals() throws {
        let answer = try OData.answer(
            """
            {"d":{"results":[
            {"__metadata":{"uri":"A('1')","deleted":true}},
            {"__metadata":{"uri":"F('2')"},"Net":"","ODQ_CHANGEMODE":"D","ODQ_ENTITYCNTR":"-1"},
            {"__metadata":{"uri":"F('3')"},"Net":"1.0","ODQ_CHANGEMODE":"U","ODQ_ENTITYCNTR":-1},
            {"__metadata":{"uri":"F('3')"},"Net":"2.0","ODQ_CHANGEMODE":"U","ODQ_ENTITYCNTR":"1"},
            {"__metadata":{"uri":"F('4')"},"Net":"2.0","ODQ_CHANGEMODE":"","ODQ_ENTITYCNTR":"1-"}]}}
            """)
        #expect(
            answer.records.map { "\($0.key) \($0.isRemoved)" } == [
                "A('1') true", "F('2') true", "F('3') false",
            ])
        #expect(answer.records[2].payload["Net"] == "2.0")
    }

    @Test("sap 15: null, the empty text and ABAP's initial values stay what they are")
    func initial() throws {
        let body =
            #"{"d":{"__metadata":{"uri":"A(1)"},"a":null,"b":"","c":"0.000","d":"00000000","e":"X"}}"#
        #expect(
            try OData.answer(body).records[0].payload
                == ["a": nil, "b": "", "c": "0.000", "d": "00000000", "e": "X"])
    }

    @Test("a record without address and key is refused, as are records that are no objects")
    func noKey() {
        #expect(OData.failure(#"{"d":{"results":[{"x":1}]}}"#) == .noKey(index: 0))
        for body in [#"{"d":{"results":[1]}}"#, #"{"d":"x"}"#, #"{"d":[null]}"#] {
            guard case .malformed = OData.failure(body) else {
                Issue.record("\(body)")
                continue
            }
        }
        let link = OData.failure(#"{"d":{"results":[],"__next":"javascript:alert(1)"}}"#)
        guard case .badLink = link else {
            Issue.record("\(String(describing: link))")
            return
        }
    }

    @Test("sap 10: a truncated answer with status 200 is an error")
    func truncated() {
        let bytes = Array(Self.page.utf8)
        for count in stride(from: 10, to: bytes.count - 1, by: 37) {
            let error = OData.failure(String(decoding: bytes[..<count], as: UTF8.self))
            #expect(error != nil, "\(count)")
        }
    }
}

@Suite("OData in JSON, version 4")
struct ODataNewJSONTests {
    static let context = "https://erp.example/odata4/0001/$metadata#SalesOrder"

    @Test(
        "sap 1: numbers are exact, whether annotations have a prefix as in 4.0 or none as in 4.01",
        arguments: ["@odata.", "@"])
    func page(_ at: String) throws {
        let answer = try OData.answer(
            """
            {"\(at)context":"\(Self.context)","\(at)count":24,"value":[
            {"\(at)etag":"W/\\"1\\"","\(at)id":"A_SalesOrder('4712')","SalesOrder":"4712",
            "Total":123991.820000000000000001,"Total@odata.type":"#Decimal","#X.Act":{},
            "_Item":[{"Item":10,"\(at)etag":"x"}],"_Item\(at)nextLink":"A_SalesOrder('4712')/_Item?$skiptoken=1",
            "_Partner":null,"Place":{"City":"Ulm"},"\(at)mediaReadLink":"A_SalesOrder('4712')/$value",
            "\(at)mediaContentType":"image/png"}],
            "\(at)nextLink":"A_SalesOrder?$skiptoken=a%2Bb"}
            """)
        let record = try #require(answer.records.first)
        #expect(record.key == "A_SalesOrder('4712')")
        #expect(
            record.payload
                == (try OData.json(
                    """
                    {"SalesOrder":"4712","Total":123991.820000000000000001,"_Item":[{"Item":10}],
                    "_Partner":null,"Place":{"City":"Ulm"}}
                    """)))
        #expect(record.payload["Total"] == .number("123991.820000000000000001"))
        #expect(record.openLinks.map(\.path) == ["_Item"])
        #expect(
            record.openLinks.map(\.url)
                == ["https://erp.example/odata4/0001/A_SalesOrder('4712')/_Item?$skiptoken=1"])
        #expect(answer.next == "https://erp.example/odata4/0001/A_SalesOrder?$skiptoken=a%2Bb")
    }

    @Test("sap 14: without addresses the key is made of the key properties, by their types")
    func keys() throws {
        let body = #"{"value":[{"Order":"47'12","Position":10,"x":1}],"@odata.count":"1"}"#
        let answer = try OData.answer(body, set: OData.itemSet)
        #expect(answer.records.map(\.key) == ["Item(Order='47''12',Position=10)"])
        #expect(OData.failure(body) == .noKey(index: 0))
    }

    @Test(
        "sap 6: removed entities are removals in either form, and links between entities are none"
    )
    func removals() throws {
        let answer = try OData.answer(
            """
            {"@odata.context":"\(Self.context)/$delta","value":[
            {"@removed":{"reason":"deleted"},"@id":"A_SalesOrder('1')"},
            {"@odata.context":"\(Self.context)/$deletedEntity","id":"A_SalesOrder('2')","reason":"deleted"},
            {"@removed":{"reason":"changed"},"SalesOrder":"3"},
            {"@odata.context":"#SalesOrder/$link","source":"a","relationship":"b","target":"c"},
            {"@odata.context":"#SalesOrder/$deletedLink","source":"a"},
            {"SalesOrder":"4"}],"@odata.deltaLink":"A_SalesOrder?$deltatoken=x"}
            """, set: OData.set)
        #expect(answer.records.map(\.key) == (1...4).map { "A_SalesOrder('\($0)')" })
        #expect(answer.records.map(\.isRemoved) == [true, true, true, false])
        #expect(answer.delta == "https://erp.example/odata4/0001/A_SalesOrder?$deltatoken=x")
    }

    @Test("a single entity is one record, also where it has a property called value")
    func single() throws {
        let answer = try OData.answer(
            #"{"@odata.context":"$metadata#A_SalesOrder/$entity","SalesOrder":"1","value":[1]}"#,
            set: OData.set)
        #expect(answer.records.map(\.key) == ["A_SalesOrder('1')"])
        #expect(answer.records[0].payload["value"] == [1])
    }

    @Test("sap 5: a link of a query alone belongs to what was asked")
    func queryLink() throws {
        let answer = try OData.answer(
            #"{"@odata.context":"$metadata#X","value":[],"@odata.nextLink":"?$skiptoken=1"}"#)
        #expect(answer.next == OData.service + "/A_SalesOrder?$skiptoken=1")
    }
}
