import Foundation
import Testing

@Suite("docket version", .timeLimit(.minutes(2)))
struct VersionTests {
    @Test("names OpenBLAS's core for this processor, whatever the environment asks for")
    func blasCore() async throws {
        var printed: [String] = []
        for core in [nil, "Prescott", "Haswell", "nonsense"] {
            let environment = core.map { ["OPENBLAS_CORETYPE": $0] } ?? [:]
            let child = try Child(
                Programs.docket, ["version"], environment: environment,
                in: NSTemporaryDirectory())
            let outcome = try await child.end()
            #expect(outcome.status == 0)
            printed.append(outcome.output)
        }
        #expect(printed[0].contains("\nblas "))
        #expect(Set(printed).count == 1, "\(printed)")
    }
}
