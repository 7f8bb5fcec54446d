import Foundation

/// What a run of the fuzzer does.
struct FuzzOptions {
    /// Repeats a run.
    let seed: UInt64
    /// Cases of the run.
    var caseCount = 30_000
    /// The run ends after this many seconds, whatever is left.
    var secondsMax = 25.0
    /// The only case to run; nil: all.
    var only: Int?
    /// Where the input of a failing case is kept.
    let folder: String
    /// Whether this process runs the cases; otherwise it watches one that does.
    var isWorker = false

    static let usage = """
        usage: Fuzz [--seed N] [--cases N] [--seconds N] [--case N] [--folder PATH]
        Feeds damaged model files and strange texts to the inference engine. A failing input is
        kept in PATH and named with the command that repeats it.
        """

    /// The options of a command line, or nil when it is not understood.
    init?(_ arguments: [String]) {
        var seed = UInt64.random(in: 0...0xFFFF_FFFF)
        var folder: String?
        var rest = arguments[...]
        while let name = rest.popFirst() {
            if name == "--worker" {
                isWorker = true
                continue
            }
            guard let value = rest.popFirst() else { return nil }
            switch name {
            case "--seed":
                guard let number = UInt64(value) else { return nil }
                seed = number
            case "--cases":
                guard let number = Int(value), number > 0 else { return nil }
                caseCount = number
            case "--seconds":
                guard let number = Double(value), number > 0 else { return nil }
                secondsMax = number
            case "--case":
                guard let number = Int(value), number >= 0 else { return nil }
                only = number
            case "--folder": folder = value
            default: return nil
            }
        }
        self.seed = seed
        self.folder =
            folder
            ?? FileManager.default.temporaryDirectory.appending(path: "docket-fuzz-\(seed)").path
    }

    /// The command line that gives these options to the process that runs the cases.
    var workerArguments: [String] {
        ["--worker", "--seed", "\(seed)", "--cases", "\(caseCount)", "--seconds", "\(secondsMax)"]
            + ["--folder", folder] + (only.map { ["--case", "\($0)"] } ?? [])
    }
}
