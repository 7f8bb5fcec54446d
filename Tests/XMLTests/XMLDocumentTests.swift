import Testing
import XML

@Suite("XMLDocument")
struct XMLDocumentTests {
    static func root(_ text: String) throws -> XMLElement {
        try #require(try XMLDocument(parsing: Array(text.utf8)).root)
    }

    @Test("an element keeps its names, attributes and content in order, prefixes resolved to URIs")
    func tree() throws {
        let root = try Self.root(
            """
            <?xml version="1.0"?><!-- c --><x:a xmlns:x="urn:1" xmlns="urn:2" b='1&amp;&lt;"' x:c="">
            t&#xE9; &amp; <d/><?pi?>u<!-- - --><![CDATA[<&]]></x:a>
            """)
        #expect(
            root
                == XMLElement(
                    "a", namespace: "urn:1",
                    attributes: [
                        XMLAttribute("b", "1&<\""), XMLAttribute("c", namespace: "urn:1", ""),
                    ],
                    children: [
                        .text("\nté & "), .element(XMLElement("d", namespace: "urn:2")),
                        .text("u<&"),
                    ]))
        #expect(root.text == "\nté & u<&")
        #expect(root.attribute("c", namespace: "urn:2") == nil)
        #expect(root.first("d") != nil)
    }

    /// UTF-16, the low byte first.
    static func wide(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    }

    static let encodings: [(String, [UInt8])] = [
        ("UTF-8", Array("<?xml version='1.0' encoding='utf-8'?><a>é€</a>".utf8)),
        ("mark", [0xEF, 0xBB, 0xBF] + Array("<a>é€</a>".utf8)),
        (
            "mark before declaration",
            [0xEF, 0xBB, 0xBF] + Array("<?xml version='1.0'?><a>é€</a>".utf8)
        ),
        (
            "UTF-16LE",
            [0xFF, 0xFE]
                + "<?xml version='1.0' encoding='UTF-16'?><a>é€</a>".utf16.flatMap {
                    [UInt8($0 & 255), UInt8($0 >> 8)]
                }
        ),
        (
            "UTF-16BE",
            [0xFE, 0xFF] + "<a>é€</a>".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        ),
        (
            "unmarked",
            "<?xml version='1.0' encoding='UTF-16LE'?><a>é€</a>".utf16.flatMap {
                [UInt8($0 & 255), UInt8($0 >> 8)]
            }
        ),
        (
            "windows",
            Array("<?xml version=\"1.0\" encoding=\"Windows-1252\" ?><a>".utf8) + [0xE9, 0x80]
                + Array("</a>".utf8)
        ),
    ]

    @Test("every encoding in use is read, by its mark or its declaration", arguments: encodings)
    func encoding(_ name: String, _ bytes: [UInt8]) throws {
        #expect(try XMLDocument(parsing: bytes).root?.text == "é€")
    }

    @Test("Latin-1 is read as declared")
    func latin() throws {
        let bytes =
            Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xFC]
            + Array("</a>".utf8)
        #expect(try XMLDocument(parsing: bytes).root?.text == "ü")
    }

    static func failure(_ bytes: [UInt8], _ limits: XMLLimits = XMLLimits()) -> XMLError? {
        do throws(XMLError) {
            _ = try XMLDocument(parsing: bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    static func failure(_ text: String) -> XMLError? { failure(Array(text.utf8)) }

    @Test("bytes that are not what they are declared to be are refused with their line")
    func wrongDeclaration() {
        let undeclared = Self.failure(Array("<a>\n\n".utf8) + [0xFC] + Array("x</a>".utf8))
        #expect(undeclared?.line == 3)
        guard case .encoding = undeclared?.problem else {
            Issue.record("\(String(describing: undeclared))")
            return
        }
        let eastern = Self.failure(
            Array("<?xml version='1.0' encoding='euc-jp'?>\n<a>".utf8) + [0xFC, 0x20]
                + Array("</a>".utf8))
        #expect(eastern?.line == 2)
        #expect("\(String(describing: eastern))".contains("EUC-JP"))
        for name in [
            "UTF-16", "rot13", "../../tmp/x", "UTF-7", "", "ISO-2022-CN-EXT", "UTF-8//IGNORE",
        ] {
            let error = Self.failure("<?xml version='1.0' encoding='\(name)'?><a/>")
            guard case .encoding = error?.problem else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
    }

    static let hostile = [
        "<!DOCTYPE a [<!ENTITY b 'b'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'http://127.0.0.1:1/'>]><a>&b;</a>",
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>", "<!DOCTYPE html><html/>",
        "<?xml version='1.0'?><!-- x --><!DOCTYPE a><a/>", "<a><!ENTITY b 'c'></a>",
        "<!doctype a><a/>",
    ]

    @Test(
        "a document type is refused wherever it stands, and with it every entity",
        arguments: hostile)
    func documentType(_ text: String) {
        #expect(Self.failure(text)?.problem == .documentType)
        let wide = [0xFF, 0xFE] + XMLDocumentTests.wide(text)
        #expect(Self.failure(wide)?.problem == .documentType)
    }

    @Test("XInclude is text like any other")
    func include() throws {
        let root = try Self.root(
            "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='/etc/passwd' parse='text'/></a>"
        )
        #expect(root.text == "")
        #expect(root.elements.count == 1)
    }

    static let malformed = [
        "<a>&b;</a>", "<a></b>", "<a b=1/>", "<a b='1' b='2'/>", "<a><b></a></b>", "<a/><b/>",
        "<a/>x",
        "<a>\u{0}</a>", "<a b='\u{0}'/>", "<a>&#0;</a>", "<a>&#x1F;</a>", "<x:a/>",
        "<a><?xml?></a>",
        "<a b='<'/>", "text", "<a>]]></a>", "<a>\u{1}</a>", "<a>\u{FFFE}</a>", "<>", "< a/>",
    ]

    @Test("what the grammar does not have is refused with a line", arguments: malformed)
    func grammar(_ text: String) {
        let error = Self.failure(text)
        #expect(error != nil)
        #expect(error?.line == 1, "\(String(describing: error))")
    }

    @Test("marks that turn the direction of text are text")
    func direction() throws {
        #expect(
            try Self.root("<a b='\u{202E}'>\u{200F}x\u{202E}y</a>").text == "\u{200F}x\u{202E}y")
    }

    @Test("a document cut at any byte is refused, and never half read")
    func truncation() throws {
        let text = Array(
            "<?xml version='1.0'?><a b='c'>d<!-- e --><f>é</f><![CDATA[g]]>&amp;</a>".utf8)
        #expect(Self.failure(text) == nil)
        for count in 0..<text.count {
            #expect(Self.failure(Array(text[..<count])) != nil, "\(count)")
        }
        #expect(Self.failure("<a><b>")?.isTransient == true)
        #expect(Self.failure("")?.isTransient == true)
        #expect(Self.failure("<a></b>")?.isTransient == false)
    }
}
