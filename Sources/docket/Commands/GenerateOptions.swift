import Inference

extension Generate {
    /// How the reply is written.
    static let options = [
        Command.Option(
            name: "max-tokens", value: "N", help: "at most so many tokens (default 256)"),
        Command.Option(
            name: "temperature", value: "T",
            help: "0 takes the most probable token, 1 draws as the model says (default 0)"),
        Command.Option(
            name: "top-p", value: "P",
            help: "draws among the most probable tokens, together of this probability"),
        Command.Option(
            name: "repetition-penalty", value: "R",
            help: "makes tokens of the reply less probable again; 1 does not (default 1)"),
        Command.Option(name: "seed", value: "N", help: "the same seed draws the same tokens"),
        Command.Option(name: "stop", value: "TEXT", help: "ends the reply before this text"),
        Command.Option(
            name: "fields", value: "FIELDS",
            help: "prints a JSON object: \(Form.textHelp)"),
    ]

    /// What the options ask for.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitCode/usage``.
    static func options(_ arguments: Arguments) throws(CommandFailure) -> GenerationOptions {
        let seed = try arguments.integer("seed", in: 0...Int.max) ?? 0
        let sampling = Sampling(
            temperature: try number("temperature", Inference.Limits.temperature, arguments) ?? 0,
            topP: try number("top-p", Inference.Limits.topP, arguments) ?? 1,
            repetitionPenalty: try number(
                "repetition-penalty", Inference.Limits.repetitionPenalty, arguments) ?? 1,
            seed: UInt64(seed))
        let form: Form?
        do throws(InferenceError) {
            form = try arguments.value("fields").map { (text) throws(InferenceError) in
                try Form(text: text)
            }
        } catch {
            throw CommandFailure(code: .usage, message: "--fields: \(error)")
        }
        return GenerationOptions(
            maxTokens: try arguments.integer("max-tokens", in: 1...100_000) ?? 256,
            stop: [arguments.value("stop")].compactMap(\.self), sampling: sampling, form: form)
    }

    private static func number(
        _ option: String, _ range: ClosedRange<Double>, _ arguments: Arguments
    ) throws(CommandFailure) -> Double? {
        guard let text = arguments.value(option) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw CommandFailure(
                code: .usage,
                message: "--\(option) is `\(text)`; allowed is \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
        return number
    }
}
