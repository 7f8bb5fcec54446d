import Foundation
import Testing

@Suite("A source that changes while it is read", .timeLimit(.minutes(60)))
struct MutationTests {
    private static let cases = MutationPlan.shared.connectors.flatMap { connector in
        MutationPlan.shared.seeds.map { (connector, $0) }
    }

    @Test(
        "with requests that fail and daemons that are killed, is filed as it is in the end",
        arguments: cases)
    func mutation(connector: MutatedConnector, seed: UInt64) async throws {
        var run = MutationRun(connector, seed: seed, duration: MutationPlan.shared.duration)
        let report = try await run.run()
        let verdict =
            report.differences.isEmpty ? "equal" : "\(report.differences.count) differences"
        let line = """
            mutation \(connector.name) seed \(seed): \(run.mutationCount) mutations, \
            \(report.faults) faults, \(run.killCount) kills, \(report.requests) requests, \
            \(report.documents) documents: \(verdict)

            """
        // At once, though standard output is a pipe.
        FileHandle.standardOutput.write(Data(line.utf8))
        // Else nothing was proved.
        #expect(run.mutationCount > 0)
        #expect(report.faults > 0)
        #expect(run.killCount > 0)
        #expect(
            report.differences.isEmpty,
            """
            \(connector.name), seed \(seed):
            \(report.differences.prefix(20).joined(separator: "\n"))
            """)
    }
}
