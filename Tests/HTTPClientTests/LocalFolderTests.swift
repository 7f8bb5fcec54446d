import Foundation
import HTTPClient
import Testing

@Suite("FileFolder on this machine", .timeLimit(.minutes(5)))
struct LocalFolderTests {
    /// A directory, and beside it a file that is nobody's business.
    private final class Place {
        let base: String
        var path: String { base + "/in" }
        var url: String { "file://" + path + "/" }

        init() throws {
            base =
                FileManager.default.temporaryDirectory
                .appending(path: "folder-\(UInt64.random(in: 0...UInt64.max))").path
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
            try write("../secret", "secret")
        }

        deinit { try? FileManager.default.removeItem(atPath: base) }

        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
        }
    }

    @Test("lists files and folders by name, with sizes and times, and the rest is counted")
    func listing() async throws {
        let place = try Place()
        for name in ["b.xml", "a b.xml", " leading", "new\nline", "#x%41?", "grün", ".hidden"] {
            try place.write(name, name)
        }
        try run("cd \(place.path) && mkdir sub && ln -s ../secret link && mkfifo pipe")
        try run("cd \(place.path) && printf x > \"$(printf 'latin\\351')\"")
        try run("touch -d '2026-01-15 08:00:00.25 UTC' \(place.path)/b.xml")
        let listing = try await FileFolder(url: place.url).list()
        let names = [" leading", "#x%41?", ".hidden", "a b.xml", "b.xml", "grün", "new\nline"]
        #expect(listing.entries.map(\.name) == names + ["sub"])
        #expect(listing.entries.map(\.size) == names.map { $0.utf8.count } + [nil])
        #expect(listing.entries.map(\.isDirectory) == names.map { _ in false } + [true])
        #expect(listing.entries.first { $0.name == "b.xml" }?.modifiedAt == 1_768_464_000)
        #expect(listing.skippedCount == 3)
    }

    @Test("a stamp is another one after a change that size and second do not show")
    func stamps() async throws {
        let place = try Place()
        let folder = try FileFolder(url: place.url)
        try place.write("a", "1")
        try run("touch -d '2026-01-15 08:00:00.25 UTC' \(place.path)/a")
        let before = try await folder.list()
        #expect(try await folder.list() == before)
        try run("touch -d '2026-01-15 08:00:00.75 UTC' \(place.path)/a")
        #expect(try await folder.list() != before)
    }

    @Test("reads a file up to the limit and not beyond")
    func reading() async throws {
        let place = try Place()
        let text = String(repeating: "docket", count: 100_000)
        try place.write("ü #%41?.xml", text)
        let folder = try FileFolder(url: place.url)
        #expect(try await folder.read("ü #%41?.xml", bytesMax: 600_000) == Array(text.utf8))
        await #expect(
            throws: FolderError.tooLarge(bytesMax: 599_999, place: place.path + "/ü #%41?.xml")
        ) { _ = try await folder.read("ü #%41?.xml", bytesMax: 599_999) }
    }

    @Test(
        "a name that leads out of the folder is refused before anything is opened",
        arguments: ["", ".", "..", "../secret", "/etc/passwd", "a/b", "a\0", "in/../../secret"])
    func names(_ name: String) async throws {
        let folder = try FileFolder(url: Place().url)
        await #expect(throws: FolderError.badName) {
            _ = try await folder.read(name, bytesMax: 99)
        }
        await #expect(throws: FolderError.badName) {
            _ = try await folder.read(String(repeating: "x", count: 256), bytesMax: 99)
        }
    }

    @Test("no symbolic link is followed, and no pipe waited for")
    func links() async throws {
        let place = try Place()
        try run("cd \(place.path) && ln -s ../secret link && mkfifo pipe && mkdir sub")
        let folder = try FileFolder(url: place.url)
        for name in ["link", "pipe", "sub"] {
            await #expect(throws: FolderError.notAFile(place: place.path + "/" + name)) {
                _ = try await folder.read(name, bytesMax: 99)
            }
        }
    }

    @Test("what is not there is said to be missing")
    func missing() async throws {
        let place = try Place()
        let folder = try FileFolder(url: place.url)
        await #expect(throws: FolderError.missing(place: place.path + "/a")) {
            _ = try await folder.read("a", bytesMax: 99)
        }
        await #expect(throws: FolderError.missing(place: place.base + "/no/")) {
            _ = try await FileFolder(url: "file://\(place.base)/no/").list()
        }
        await #expect(throws: FolderError.notAFile(place: place.base + "/secret")) {
            _ = try await FileFolder(url: "file://\(place.base)/secret").list()
        }
    }

    @Test(
        "an address of any other kind is refused, and not quoted",
        arguments: [
            "", "/tmp/s3cret", "http://h/s3cret/", "ftp://h/s3cret/", "file://server/s3cret/",
            "file:///tmp/?s3cret", "file:///tmp/#s3cret", "sftp://u:s3cret@h/", "sftp://h:0/s3cret",
            "sftp://h:99999/s3cret", "sftp:///s3cret", "file:///s3cret%00/",
        ])
    func addresses(_ url: String) throws {
        let error = #expect(throws: FolderError.self) { _ = try FileFolder(url: url) }
        guard case .badAddress = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!"\(error.map { "\($0)" } ?? "")".contains("s3cret"))
    }

    @Test("a login goes with sftp, and with nothing else; its files can be read")
    func logins() throws {
        let login = SFTPLogin(user: "u", proof: .password("p"), knownHosts: "/dev/null")
        let faults: [(String, SFTPLogin?)] = [
            ("file:///tmp/", login), ("sftp://localhost/", nil),
            (
                "sftp://localhost/",
                SFTPLogin(user: "u", proof: .password("p"), knownHosts: "/nowhere")
            ),
            (
                "sftp://localhost/",
                SFTPLogin(user: "u", proof: .keyFile("/nowhere"), knownHosts: "/dev/null")
            ),
            ("sftp://localhost/", SFTPLogin(user: "", proof: .password("p"), knownHosts: "/")),
        ]
        for (url, login) in faults {
            let error = #expect(throws: FolderError.self) {
                _ = try FileFolder(url: url, login: login)
            }
            guard case .badOption = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        #expect(throws: Never.self) { _ = try FileFolder(url: "sftp://localhost/", login: login) }
    }
}
