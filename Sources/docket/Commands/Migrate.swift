import Store

extension Command {
    static let migrate = Command(
        words: ["migrate"], summary: "bring the database's schema up to date",
        options: [
            .config,
            Option(name: "print", help: "print the SQL of all steps and change nothing"),
        ]
    ) { arguments, terminal in
        if arguments.has("print") {
            terminal.print(try Store.schemaText())
            return .done
        }
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase(isReady: false) { _, store in
            let applied = try await store.migrate()
            for name in applied { terminal.say("applied \(name)") }
            if applied.isEmpty { terminal.say("the schema is up to date") }
            return .done
        }
    }
}
