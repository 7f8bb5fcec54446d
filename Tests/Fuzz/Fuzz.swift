import Foundation

/// What the address sanitizer does unless `ASAN_OPTIONS` says otherwise.
///
/// A collection in proportion to a number that a file merely claims is a bug, and ends the
/// process; the engine's own buffers are refused with an error.
@_cdecl("__asan_default_options")
func addressSanitizerOptions() -> UnsafePointer<CChar> {
    let options: StaticString =
        "abort_on_error=1:detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=256"
    return UnsafeRawPointer(options.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// Says something at once, before whatever may end the process.
func report(_ text: String) {
    FileHandle.standardOutput.write(Data("fuzz: \(text)\n".utf8))
}

/// Runs cases in a process of their own, which may die of what it finds.
@main
enum Fuzz {
    static func main() async {
        guard let options = FuzzOptions(Array(CommandLine.arguments.dropFirst())) else {
            print(FuzzOptions.usage)
            exit(64)
        }
        do {
            if options.isWorker {
                try await Worker(options).run()
            } else {
                exit(try watch(options) ? 0 : 1)
            }
        } catch {
            report("\(error)")
            exit(1)
        }
    }

    /// Starts the process that runs the cases and says how it ended.
    ///
    /// - Returns: Whether all cases passed.
    private static func watch(_ options: FuzzOptions) throws -> Bool {
        report("seed \(options.seed), up to \(options.caseCount) cases")
        try FileManager.default.createDirectory(
            atPath: options.folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = options.workerArguments
        // A crash is named by the sanitizer; the backtracer would wait for it for ever.
        process.environment = ProcessInfo.processInfo.environment
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        try process.run()
        process.waitUntilExit()
        if process.terminationReason == .exit, process.terminationStatus == 0 {
            try FileManager.default.removeItem(atPath: options.folder)
            return true
        }
        report("the process ended with \(process.terminationStatus)")
        for path in try inputs(options) {
            let name = URL(filePath: path).deletingPathExtension().lastPathComponent
            report("failing input: \(path)")
            report(
                "repeat with: \(CommandLine.arguments[0]) --seed \(options.seed) --case \(name)"
            )
        }
        return false
    }

    /// The inputs of cases that did not pass.
    private static func inputs(_ options: FuzzOptions) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: options.folder)
            .filter { $0.hasSuffix(".gguf") || $0.hasSuffix(".txt") }
            .map { options.folder + "/" + $0 }
    }
}
