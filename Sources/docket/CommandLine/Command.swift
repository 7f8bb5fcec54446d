/// One thing docket can be told to do: the source of parsing, help and completion.
package struct Command: Sendable {
    /// The words that call it, such as `documents list`.
    package let words: [String]
    package let summary: String
    /// Names of its positional arguments as help shows them, such as `ID` or `[PATH...]`.
    var operands: [Operand] = []
    var options: [Option] = []
    /// Passes everything after the words on, unparsed.
    var isVerbatim = false
    let run: @Sendable (Arguments, Terminal) async throws -> ExitCode

    struct Operand: Sendable {
        let name: String
        var isRequired = true
        var isRepeated = false
    }

    struct Option: Sendable {
        /// Without dashes.
        let name: String
        /// The single-letter form, without its dash.
        var letter: Character?
        /// What its value is called; nil for a switch.
        var value: String?
        let help: String
        /// The only values it takes; empty: any.
        var choices: [String] = []
    }

    package var usage: String {
        let operands = operands.map { operand in
            let name = operand.isRepeated ? "\(operand.name)..." : operand.name
            return operand.isRequired ? name : "[\(name)]"
        }
        let options = options.isEmpty ? [] : ["[OPTION...]"]
        return (["docket"] + words + options + operands).joined(separator: " ")
    }
}

extension Command.Option {
    static let config = Self(
        name: "config", value: "PATH",
        help: "the configuration (default: $DOCKET_CONFIG, then /etc/docket/docket.yaml)")
    static let output = Self(
        name: "output", letter: "o", value: "FORMAT", help: "table, json, jsonl or csv",
        choices: Table.Format.allCases.map(\.rawValue))
    /// Understood by every command.
    static let common = [
        Self(name: "help", letter: "h", help: "show this help"),
        Self(name: "quiet", letter: "q", help: "say nothing but errors"),
        Self(name: "verbose", letter: "v", help: "say more"),
    ]
}
