import Connectors
import JSON
import Testing
import XML

@Suite("OData in Atom")
struct ODataAtomTests {
    static let entry = """
        <link rel="next" href="A_Product?$skiptoken=100"/><m:count> 2 </m:count>
        <entry m:etag="W/&quot;'2026'&quot;">
         <content type="application/xml"><m:properties><d:Product>TG11</d:Product>
          <d:CreationDate m:type="Edm.DateTime">2026-01-02T00:00:00</d:CreationDate>
          <d:GrossWeight m:type="Edm.Decimal">0.500</d:GrossWeight><d:Brand m:null="true"/>
          <d:Empty/><d:Space xml:space="preserve"> a </d:Space>
          <d:Flag m:type="Edm.Boolean">true</d:Flag><d:Small m:type="Edm.Int32">-7</d:Small>
          <d:Big m:type="Edm.Int64">9007199254740993</d:Big>
          <d:Size m:type="X.Size"><d:Width m:type="Edm.Byte">3</d:Width></d:Size>
         </m:properties></content>
         <link href="A_Product('TG11')" rel="edit"/>
         <link rel="http://x/dataservices/related/to_Text" type="application/atom+xml;type=feed" href="t">
          <m:inline><feed><entry><content><m:properties><d:T>a</d:T></m:properties></content></entry>
          <link rel="next" href="Text?$skiptoken=2"/></feed></m:inline></link>
         <link rel="http://x/dataservices/related/to_One" type="application/atom+xml;type=entry" href="t">
          <m:inline><entry><content><m:properties><d:O>b</d:O></m:properties></content></entry></m:inline></link>
         <link rel="http://x/dataservices/related/to_None" type="application/atom+xml;type=entry"><m:inline/></link>
         <link rel="http://x/dataservices/related/to_Many" type="application/atom+xml;type=feed"><m:inline/></link>
         <link rel="http://x/dataservices/related/to_Later" type="application/atom+xml;type=feed" href="l"/>
         <id>https://other.example/base/odata/API_SALES_ORDER_SRV/A_Product('TG11')</id>
        </entry><link rel="delta" href="A_Product?!deltatoken='005%27'"/>
        """

    @Test("a record is the same as in JSON, but for numbers that are text")
    func record() throws {
        let text = OData.feed(Self.entry, base: "https://erp.example/deep/root/")
        let answer = try OData.answer(text, type: "application/atom+xml;type=feed")
        let record = try #require(answer.records.first)
        #expect(record.key == "A_Product('TG11')")
        #expect(
            record.payload
                == (try OData.json(
                    """
                    {"Product":"TG11","CreationDate":"2026-01-02T00:00:00","GrossWeight":"0.500",
                    "Brand":null,"Empty":"","Space":" a ","Flag":true,"Small":-7,
                    "Big":"9007199254740993","Size":{"Width":3},"to_Text":[{"T":"a"}],
                    "to_One":{"O":"b"},"to_None":null,"to_Many":[]}
                    """)))
        #expect(
            record.openLinks.map { "\($0.path) \($0.url)" } == [
                "to_Text https://erp.example/deep/root/Text?$skiptoken=2"
            ])
        #expect(answer.next == "https://erp.example/deep/root/A_Product?$skiptoken=100")
        #expect(answer.delta == "https://erp.example/deep/root/A_Product?!deltatoken='005%27'")
    }

    @Test("sap 21: prefixes and order mean nothing, the URIs of namespaces do")
    func prefixes() throws {
        let vendor = "http://schemas.microsoft.com/ado/2007/08/dataservices"
        let answer = try OData.answer(
            """
            <?xml version="1.0" encoding="iso-8859-1"?>
            <a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:d="urn:decoy" xmlns:m="urn:decoy">
            <d:entry/><a:entry><m:properties/><p:properties xmlns:p="\(vendor)/metadata">
            <q:A xmlns:q="\(vendor)" p:type="Edm.Boolean" d:type="Edm.Int32">false</q:A><d:B>x</d:B>
            </p:properties><a:id>A_Product('1')</a:id></a:entry></a:feed>
            """, type: nil)
        #expect(answer.records.map(\.payload) == [["A": false]])
    }

    @Test("sap 19: a media entry has its properties outside of its content")
    func media() throws {
        let answer = try OData.answer(
            OData.feed(
                """
                <entry><id>Doc('1')</id><m:properties><d:Name>a.pdf</d:Name></m:properties>
                <content type="application/pdf" src="Doc('1')/$value"/></entry>
                """), type: "application/atom+xml")
        #expect(answer.records[0].payload == ["Name": "a.pdf"])
    }

    @Test("sap 6: tombstones are removals, in their order")
    func tombstones() throws {
        let answer = try OData.answer(
            OData.feed(
                """
                <at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0"
                  ref="https://x.example/base/odata/API_SALES_ORDER_SRV/A_X('O''Neil%2F1')" when="2026"/>
                <entry><id>A_X('2')</id><content><m:properties><d:ODQ_CHANGEMODE>D</d:ODQ_CHANGEMODE>
                </m:properties></content></entry>
                <entry><id>A_X('3')</id><content><m:properties>
                <d:ODQ_CHANGEMODE>U</d:ODQ_CHANGEMODE>
                <d:ODQ_ENTITYCNTR m:type="Edm.Int32">-1</d:ODQ_ENTITYCNTR></m:properties></content></entry>
                """), type: "application/atom+xml")
        #expect(
            answer.records.map { "\($0.key) \($0.isRemoved)" } == [
                "A_X('O''Neil/1') true", "A_X('2') true",
            ])
        #expect(answer.records[0].payload == [:])
    }

    @Test("an entry alone is one record; its id may be any URI, then the link for editing counts")
    func entryAlone() throws {
        let text = """
            <entry xmlns="http://www.w3.org/2005/Atom" xml:base="\(OData.service)/">
            <id>urn:uuid:1</id><link rel="edit" href="A_Product('TG%2311')"/></entry>
            """
        #expect(try OData.answer(text, type: nil).records.map(\.key) == ["A_Product('TG#11')"])
    }

    static let others: [(String, String?)] = [
        (
            "<!DOCTYPE html><html><head><title>Logon</title></head><body><form>User</form></body></html>",
            "text/html"
        ),
        ("<html><body>System maintenance</body></html>", "application/json"),
        ("\n <HTML><body>x</body></HTML>", nil), ("", "application/json"),
        ("Service unavailable", "text/plain"),
        ("[]", "application/json"), ("{}", "application/json"), ("{\"status\":\"UP\"}", nil),
        ("<service xmlns='http://www.w3.org/2007/app'/>", "application/xml"),
        ("1234", "text/plain"),
        ("\u{0}\u{0}", nil), ("\u{202E}olleh", nil),
    ]

    @Test(
        "sap 10: a logon form, a maintenance page or nothing is no data and no empty answer",
        arguments: others)
    func notData(_ body: String, _ type: String?) {
        let error = OData.failure(body, type: type)
        guard case .notOData(let what) = error else {
            Issue.record("\(body): \(String(describing: error))")
            return
        }
        #expect(!what.isEmpty)
        #expect(!what.unicodeScalars.contains("\u{202E}"))
    }

    @Test("sap 10: what the page is about is said")
    func words() {
        let error = OData.failure(Self.others[0].0, type: "text/html; charset=utf-8")
        #expect(error == .notOData("an HTML page (text/html; charset=utf-8): Logon - User"))
    }

    @Test("sap 11: an error in place of data is the service's error, whatever the status")
    func refusal() {
        for body in [
            #"{"error":{"code":"X/1","message":{"value":"locked"}}}"#,
            #"{"error":{"code":"X/1","message":"locked"}}"#,
            "<error xmlns='urn:m'><code>X/1</code><message xml:lang='en'>locked</message></error>",
        ] {
            guard case .refused(let failure) = OData.failure(body, type: nil) else {
                Issue.record("\(body)")
                continue
            }
            #expect("\(failure)" == "X/1: locked")
        }
    }

    @Test("sap 20: entities, endless depth and wrong bytes are refused with their line")
    func hostile() {
        for body in [
            "<!DOCTYPE feed [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><feed>&a;</feed>",
            OData.feed("<entry><id>A('1')</id>&undeclared;</entry>"),
            OData.feed(String(repeating: "<entry>", count: 100_000)),
            String(OData.feed(Self.entry).dropLast(30)),
        ] {
            guard case .xml(let error) = OData.failure(body, type: "application/atom+xml") else {
                Issue.record("\(body.prefix(80))")
                continue
            }
            #expect(error.line != nil)
        }
    }
}
