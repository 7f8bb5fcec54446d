import Foundation

/// Where the build put the programs: beside the test bundle.
enum Programs {
    static let docket = path("docket")
    static let sandbox = path("docket-sandbox")
    /// To be preloaded into a program whose wall clock is to be wrong.
    static let wrongClock = path("libWrongClock.so")

    private static func path(_ name: String) -> String {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        // The bundle of some toolchains is run by a helper elsewhere.
        let candidates = [bundle, CommandLine.arguments[0]].compactMap(\.self).map {
            URL(filePath: $0).deletingLastPathComponent().appending(path: name).path
        }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? name
    }

    /// A program of the servers and clients of others; `make peers` installs them.
    static func peer(_ name: String) -> String { "\(peers)/bin/\(name)" }

    private static let peers =
        ProcessInfo.processInfo.environment["DOCKET_TEST_PEERS"]
        ?? NSHomeDirectory() + "/.cache/docket/peers"

    /// The model of demo and tests; `make model` fetches it.
    static let model =
        ProcessInfo.processInfo.environment["DOCKET_TEST_MODEL"]
        ?? NSHomeDirectory() + "/.cache/docket/SmolLM2-135M-Instruct.Q4_1.gguf"

    /// The second model of tests; `make models` fetches it.
    static let secondModel =
        ProcessInfo.processInfo.environment["DOCKET_TEST_GEMMA"]
        ?? NSHomeDirectory() + "/.cache/docket/gemma-3-270m-q4_k_m.gguf"

    /// What the programs get to see of this process's environment, and no more.
    static let environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8"]
}
