import Domain
import JSON
import Testing

@Suite("Pick")
struct PickTests {
    static let person: JSON = [
        "first": "Ann", "last": "Lee", "age": 42, "middle": nil, "empty": "",
        "to": "a@example.com; b@example.com;;c@example.com",
        "lines": [["text": "x"], ["text": "y"]],
        "address": ["city": "Ulm"],
    ]

    private func paths(_ texts: String...) -> [Path] { texts.compactMap(Path.init) }

    private func path(_ text: String) throws -> Path { try #require(Path(text)) }

    @Test("a path gives every value it leads to")
    func path() throws {
        #expect(Pick.path(try path("lines[]/text")).values(in: Self.person) == ["x", "y"])
        #expect(Pick.path(try path("middle")).values(in: Self.person) == [])
        #expect(Pick.path(try path("lines[]/text")).isMany)
        #expect(!Pick.path(try path("first")).isMany)
    }

    @Test("joined texts are one, of those that are there and not empty")
    func joined() {
        let all = Pick.joined(
            paths("first", "middle", "empty", "absent", "age", "address", "last"), by: " ")
        #expect(all.values(in: Self.person) == ["Ann 42 Lee"])
        #expect(Pick.joined(paths("lines[]/text"), by: "").values(in: Self.person) == ["xy"])
        #expect(Pick.joined(paths("middle", "empty"), by: " ").values(in: Self.person) == [])
        #expect(!all.isMany)
        #expect(all.description == "first, middle, empty, absent, age, address, last")
    }

    @Test("a split text is several, without the blanks before them")
    func split() throws {
        let split = Pick.split(try path("to"), by: ";")
        #expect(
            split.values(in: Self.person) == ["a@example.com", "b@example.com", "c@example.com"])
        #expect(split.isMany)
        #expect(Pick.split(try path("absent"), by: ";").values(in: Self.person) == [])
        #expect(Pick.split(try path("address"), by: ";").values(in: Self.person) == [])
        #expect(Pick.split(try path("age"), by: ";").values(in: Self.person) == ["42"])
    }
}
