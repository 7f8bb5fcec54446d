import Inference

extension Command {
    static let version = Command(
        words: ["version"], summary: "version, instruction set and BLAS core in use"
    ) { _, terminal in
        terminal.print(
            """
            docket \(Version.number)
            kernels \(KernelVariant.best)
            blas \(EngineInformation.blasCore)

            """)
        return .done
    }
}
