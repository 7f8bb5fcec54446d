import Foundation
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's mail and files, to clients of others", .timeLimit(.minutes(5)))
struct GraphPeerTests {
    @Test("are what O365 finds, folder by folder, and a file can be downloaded")
    func o365() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "docket-peer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let facts = folder.appending(path: "facts").path
        try await RunningSandbox.with(["--lenient-links", "--ready-file", facts]) { _ in
            let counts = try Peer.run("graph.py", [facts]).objectMembers?.pairs ?? []
            #expect(counts.count == 6)
            #expect(counts.allSatisfy { ($0.value.intValue ?? 0) > 0 }, "\(counts)")
        }
    }
}
