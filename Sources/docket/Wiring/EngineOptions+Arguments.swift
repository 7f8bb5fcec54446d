import Inference

extension Command.Option {
    static let threads = Self(
        name: "threads", value: "N", help: "threads that compute (default: one per core)")
    static let kernels = Self(
        name: "kernels", value: "NAME",
        help: "the instruction set (default: the fastest of this machine)",
        choices: KernelVariant.allCases.map { "\($0)" })
}

extension EngineOptions {
    /// Options as `--threads` and `--kernels` want them.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitCode/usage``.
    init(_ arguments: Arguments, sequences: Int) throws(CommandFailure) {
        self.init(
            sequences: sequences,
            threads: try arguments.integer("threads", in: Inference.Limits.threads))
        guard let name = arguments.value("kernels") else { return }
        variant = KernelVariant.allCases.first { "\($0)" == name }
        guard variant?.isAvailable ?? false else {
            throw CommandFailure(
                code: .usage, message: "--kernels is `\(name)`, which this processor cannot run")
        }
    }
}
