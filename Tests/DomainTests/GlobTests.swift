import Domain
import Testing

@Suite("Glob")
struct GlobTests {
    static let matching: [(String, String)] = [
        ("*.docx", "/a/b/Plan.docx"), ("*.docx", "/plan.DOCX"), ("plan.docx", "/a/Plan.docx"),
        ("?.txt", "/a/1.txt"), ("*", "/anything"), ("", "/"),
        ("/Projects/**", "/Projects/a/b.txt"), ("/projects/**", "/PROJECTS/a"),
        ("Projects/**", "/Projects/a.txt"), ("/Projects/", "/Projects/a/b.txt"),
        ("/Projects", "/Projects/a/b.txt"), ("/Projects", "/Projects"),
        ("/Projects/*", "/Projects/a.txt"), ("/**/*.md", "/a/b/c.md"), ("/**", "/a"),
        ("/a/*/c", "/a/b/c"), ("/a/*/c", "/a/b/c/d"), ("/a/**/d.txt", "/a/b/c/d.txt"),
        ("/*a*/x", "/bab/x"), ("/Büro/**", "/büro/x"), ("**/b/*", "/a/b/c"),
    ]

    @Test(
        "a pattern is about a name, or with a slash about a path and all below", arguments: matching
    )
    func matches(_ glob: String, _ path: String) { #expect(Glob(glob).matches(path)) }

    static let others: [(String, String)] = [
        ("*.docx", "/a/plan.doc"), ("*.docx", "/a.docx/b"), ("plan", "/plan/a"),
        ("?.txt", "/12.txt"), ("?.txt", "/.txt"), ("", "/a"), ("/Projects/**", "/Projects2/a"),
        ("/Projects", "/Projects2"), ("/Projects/", "/a/Projects/b"), ("/a/?/c", "/a//c"),
        ("/a/*/c", "/a/b/b/c"), ("/*.md", "/a/b.md"), ("Projects/**", "/x/Projects/a"),
        ("/a/b?c", "/a/b/c"),
    ]

    @Test("and about no other", arguments: others)
    func differs(_ glob: String, _ path: String) { #expect(!Glob(glob).matches(path)) }

    @Test("many stars in a long path take no time", .timeLimit(.minutes(1)))
    func stars() {
        let path = "/" + String(repeating: "a", count: 20_000)
        #expect(!Glob("/" + String(repeating: "*a", count: 40) + "b").matches(path))
        #expect(!Glob("/" + String(repeating: "**a", count: 40) + "b").matches(path))
    }
}
