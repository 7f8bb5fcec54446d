import Connectors
import Testing

@Suite("Template")
struct TemplateTests {
    static let values = [
        "plain": "value", "mailbox": "a b@example.com", "slash": "../x/?#", "none": "",
        "euro": "€", "brace": "{plain}", "percent": "100%25", "path": "a b/c?#",
    ]

    /// By RFC 6570: everything but unreserved characters is percent-encoded, and after a plus
    /// slashes stay too.
    static let cases: [(String, String, String)] = [
        ("/users/{plain}", "/users/value", "/users/value"),
        ("/users/{mailbox}/x", "/users/a%20b@example.com/x", "/users/a b@example.com/x"),
        ("{slash}", "..%2Fx%2F%3F%23", "../x/?#"), ("{euro}", "%E2%82%AC", "€"),
        ("a{none}b", "ab", "ab"), ("a{unknown}b", "ab", "ab"), ("", "", ""),
        ("{plain}{plain}", "valuevalue", "valuevalue"), ("{brace}", "%7Bplain%7D", "{plain}"),
        ("{percent}", "100%2525", "100%25"), ("/{+path}:", "/a%20b/c%3F%23:", "/a b/c?#:"),
        ("/a?$top=100&x=%41", "/a?$top=100&x=%41", "/a?$top=100&x=%41"),
        ("IdType=\"x\", {plain}", "IdType=\"x\", value", "IdType=\"x\", value"),
    ]

    @Test("names become values, once, encoded as in an address or as they are", arguments: cases)
    func expansion(_ text: String, _ encoded: String, _ plain: String) throws {
        let template = try #require(Template(text))
        #expect(template.expand(Self.values) == encoded)
        #expect(template.expand(Self.values, isEncoded: false) == plain)
        #expect(template.text == text)
    }

    @Test(
        "a brace that does not enclose a name is refused",
        arguments: ["{", "}", "a{b", "a}b", "{}", "{a}}", "{a}{", "}{", "{{a}}", "{+}"])
    func malformed(_ text: String) { #expect(Template(text) == nil) }

    @Test("names are listed in their order")
    func names() { #expect(Template("/{b}/{a}?{b}")?.names == ["b", "a", "b"]) }
}
