/// The words of a command line, sorted into options and operands.
package struct Arguments: Sendable {
    private var values: [String: String] = [:]
    private var switches: Set<String> = []
    package private(set) var operands: [String] = []

    package func value(_ option: String) -> String? { values[option] }
    package func has(_ option: String) -> Bool { switches.contains(option) }

    /// A number given to an option.
    ///
    /// - Parameters:
    ///   - option: Its name.
    ///   - range: What is allowed.
    /// - Returns: nil when the option was not given.
    /// - Throws: ``CommandFailure`` with ``ExitCode/usage``.
    package func integer(_ option: String, in range: ClosedRange<Int>) throws(CommandFailure)
        -> Int?
    {
        guard let text = value(option) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw CommandFailure(
                code: .usage,
                message: "--\(option) is `\(text)`; allowed is \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
        return number
    }

    /// - Parameters:
    ///   - words: What follows the command's own words.
    ///   - command: Whose options and operands they are.
    /// - Throws: ``CommandFailure`` with ``ExitCode/usage``, naming the word.
    package init(_ words: [String], for command: Command) throws(CommandFailure) {
        if command.isVerbatim {
            try takeVerbatim(words)
            return
        }
        var rest = words[...]
        var areOptionsOver = false
        while let word = rest.popFirst() {
            if areOptionsOver || !word.hasPrefix("-") || word == "-" {
                operands.append(word)
            } else if word == "--" {
                areOptionsOver = true
            } else {
                try take(word, &rest, command)
            }
        }
        guard !has("help") else { return }
        try check(command)
    }

    /// Everything belongs to the program that is called, but for a leading `--config`.
    private mutating func takeVerbatim(_ words: [String]) throws(CommandFailure) {
        operands = words
        while let first = operands.first {
            if first == "--help" && operands.count == 1 {
                switches.insert("help")
                operands = []
            } else if first == "--config", operands.count > 1 {
                values["config"] = operands[1]
                operands.removeFirst(2)
            } else if first.hasPrefix("--config=") {
                values["config"] = String(first.dropFirst("--config=".count))
                operands.removeFirst()
            } else {
                return
            }
        }
    }

    private mutating func take(
        _ word: String, _ rest: inout ArraySlice<String>, _ command: Command
    ) throws(CommandFailure) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let all = command.options + Command.Option.common
        let option = all.first { option in
            parts[0] == "--\(option.name)" || option.letter.map { parts[0] == "-\($0)" } ?? false
        }
        guard let option else {
            throw Self.misuse("unknown option `\(parts[0])`", command)
        }
        guard let name = option.value else {
            guard parts.count == 1 else {
                throw Self.misuse("--\(option.name) takes no value", command)
            }
            switches.insert(option.name)
            return
        }
        guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
            throw Self.misuse("--\(option.name) needs a value, \(name)", command)
        }
        guard option.choices.isEmpty || option.choices.contains(value) else {
            let choices = option.choices.joined(separator: ", ")
            throw Self.misuse("--\(option.name) is `\(value)`; allowed is \(choices)", command)
        }
        values[option.name] = value
    }

    private func check(_ command: Command) throws(CommandFailure) {
        let required = command.operands.count { $0.isRequired }
        if operands.count < required {
            let name = command.operands[operands.count].name
            throw Self.misuse("\(name) is missing", command)
        }
        let isOpenEnded = command.operands.last?.isRepeated ?? false
        if operands.count > command.operands.count && !isOpenEnded {
            throw Self.misuse("unexpected `\(operands[command.operands.count])`", command)
        }
    }

    private static func misuse(_ problem: String, _ command: Command) -> CommandFailure {
        CommandFailure(code: .usage, message: "\(problem)\nusage: \(command.usage)")
    }
}
