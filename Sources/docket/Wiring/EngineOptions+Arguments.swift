import Inference

extension Command.Option {
    static let threads = Self(
        name: "threads", value: "N", help: "threads that compute (default: one per core)")
    static let kernels = Self(
        name: "kernels", value: "NAME",
        help: "the instruction set (default: the fastest of this machine)",
        choices: KernelVariant.allCases.map { "\($0)" })
    static let cache = Self(
        name: "cache", value: "FORMAT", help: "form of keys and values, int8 or float32",
        choices: CacheFormat.allCases.map { "\($0)" })
}

extension EngineOptions {
    /// Options as `--threads`, `--cache` and `--kernels` want them.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitCode/usage``.
    init(_ arguments: Arguments, sequences: Int) throws(CommandFailure) {
        self.init(
            sequences: sequences,
            threads: try arguments.integer("threads", in: Inference.Limits.threads))
        if let name = arguments.value("cache"),
            let format = CacheFormat.allCases.first(where: { "\($0)" == name })
        {
            cacheFormat = format
        }
        guard let name = arguments.value("kernels") else { return }
        variant = KernelVariant.allCases.first { "\($0)" == name }
        guard variant?.isAvailable ?? false else {
            throw CommandFailure(
                code: .usage, message: "--kernels is `\(name)`, which this processor cannot run")
        }
    }
}
