import HTTPClient
import Testing

@Suite("SFTPListing")
struct SFTPListingTests {
    private static func read(
        _ names: String, _ lines: String
    ) throws(FolderError) -> FolderListing {
        try SFTPListing.read(names: Array(names.utf8), lines: Array(lines.utf8), place: "x")
    }

    /// A line for people about `a b.xml`; its size, whether it is a folder, and its stamp.
    static let lines: [(String, Int?, Bool, String)] = [
        (
            "-rw-r--r--    1 1000     1000          12 Jan 15 08:00 a b.xml", 12, false,
            "12 Jan 15 08:00"
        ),
        (
            "-rw-r--r--    1 user     group 9876543210 Jan 15  2025 a b.xml", 9_876_543_210, false,
            "9876543210 Jan 15 2025"
        ),
        (
            "-rwx------ 1 DOMAIN+Erika Muster Domain Users 12 Jan 15 08:00 a b.xml", 12, false,
            "12 Jan 15 08:00"
        ),
        ("-rw-r--r-- 1 u g 12 2026-01-15 08:00 a b.xml", 12, false, "12 2026-01-15 08:00"),
        ("drwxr-xr-x 2 u g 4096 Jan 15 08:00 a b.xml", nil, true, "4096 Jan 15 08:00"),
        ("lrwxrwxrwx 1 u g 11 Jan 15 08:00 a b.xml -> /etc/passwd", nil, false, ""),
        ("-rw-r--r-- 1 u g 99999999999999999999 Jan 15 08:00 a b.xml", nil, false, ""),
        ("-rw-r--r-- 1 u g -1 Jan 15 08:00 a b.xml", nil, false, ""),
        ("- a b.xml", nil, false, ""), (" a b.xml", nil, false, ""), ("a b.xml", nil, false, ""),
        ("-rw-r--r-- 1 u g 12 Jan 15 08:00 xa b.xml", nil, false, ""), ("", nil, false, ""),
    ]

    @Test("a line tells of a file what it can, and nothing it does not say", arguments: lines)
    func details(_ line: String, _ size: Int?, _ isDirectory: Bool, _ stamp: String) throws {
        let listing = try Self.read("a b.xml\n", line + "\n")
        let entry = try #require(listing.entries.first)
        #expect(listing.entries.count == 1)
        #expect(entry.name == "a b.xml")
        #expect(entry.size == size)
        #expect(entry.isDirectory == isDirectory)
        #expect(entry.stamp == stamp)
    }

    @Test("entries that come or go between the listings cost no other its line")
    func changes() throws {
        let line = { (name: String, size: Int) in
            "-rw-r--r-- 1 u g \(size) Jan 15 08:00 \(name)\n"
        }
        let listing = try Self.read(
            "a\ngone\nb\nc\n", line("a", 1) + line("new", 9) + line("b", 2) + line("c", 3))
        #expect(listing.entries.map(\.name) == ["a", "b", "c", "gone"])
        #expect(listing.entries.map(\.size) == [1, 2, 3, nil])
    }

    @Test(
        "what is neither file nor folder is left out and counted", arguments: ["p", "s", "c", "b"])
    func kinds(_ kind: String) throws {
        let listing = try Self.read(".\n..\nx\n", "\(kind)rw-r--r-- 1 u g 0 Jan 15 08:00 x\n")
        #expect(listing.entries.isEmpty)
        #expect(listing.skippedCount == 1)
    }

    @Test(
        "a name that no entry can have makes the listing a bad one",
        arguments: ["../x", "/etc/passwd", "a/", "a\0b", String(repeating: "x", count: 256)])
    func names(_ name: String) {
        #expect(throws: FolderError.badListing(place: "x")) {
            _ = try Self.read("a\n\(name)\n", "")
        }
    }

    @Test("more entries than a folder may have are refused")
    func many() throws {
        let lines = String(repeating: "-rw-r--r-- 1 u g 1 Jan 15 08:00 x\n", count: 100_000)
        let names = String(repeating: "x\n", count: 100_000)
        #expect(try Self.read(names, lines).entries.count == 100_000)
        #expect(throws: FolderError.tooManyEntries(max: 100_000, place: "x")) {
            _ = try Self.read(names + "x\n", lines)
        }
    }
}
