/// The texts of `docket help`, made from the command table.
package enum Help {
    package static var overview: String {
        let rows = Command.all.map { command in
            let call = (command.words + command.operands.map(\.name)).joined(separator: " ")
            return ("docket " + call, command.summary)
        }
        return """
            docket reads what a company's systems hold, files it in PostgreSQL, and has a language
            model on this machine summarise and tag it.

            \(columns(rows))
            `docket help COMMAND` says more. Exit codes: 0 done, 1 something failed, 2 cancelled,
            3 findings, 64 usage, 69 unavailable, 70 internal, 77 permission, 78 configuration.

            """
    }

    package static func text(for command: Command) -> String {
        let options = command.options + Command.Option.common
        let rows = options.map { option in
            let letter = option.letter.map { "-\($0), " } ?? "    "
            let value = option.value.map { " \($0)" } ?? ""
            return ("\(letter)--\(option.name)\(value)", option.help)
        }
        return "\(command.summary)\n\nusage: \(command.usage)\n\n\(columns(rows))"
    }

    private static func columns(_ rows: [(String, String)]) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { left, right in
            "  \(left)\(String(repeating: " ", count: width - left.count))  \(right)\n"
        }.joined()
    }
}
