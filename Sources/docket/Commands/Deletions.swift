import JSON
import Store

extension Command {
    static let deletionsList = Command(
        words: ["deletions", "list"], summary: "deletions that wait for approval, by scope",
        options: [.config, .output]
    ) { arguments, terminal in
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase { _, store in
            var table = Table(columns: ["connector", "scope", "documents", "of", "held_at"])
            for held in try await store.heldDeletions() {
                table.rows.append([
                    .string(held.connector), .string(held.scope), JSON(held.documents),
                    JSON(held.total), JSON(date: held.heldAt),
                ])
            }
            terminal.print(table.rendered(as: arguments.format, width: terminal.width))
            return .done
        }
    }

    static let deletionsApprove = decision(
        "approve", summary: "carry out a scope's held deletions at the next pass"
    ) { store, connector, scope in
        let isHeld = try await store.approveDeletions(connector: connector, scope: scope)
        return isHeld ? "approved; the next pass carries them out" : nil
    }

    static let deletionsReject = decision(
        "reject", summary: "keep the documents of a scope's held deletions"
    ) { store, connector, scope in
        let kept = try await store.rejectDeletions(connector: connector, scope: scope)
        return kept > 0 ? "\(kept) documents are kept" : nil
    }

    /// A command that decides on the deletions a scope holds.
    ///
    /// `decide` gives what to say, or nil when the scope holds none.
    private static func decision(
        _ verb: String, summary: String,
        decide: @escaping @Sendable (Store, String, String) async throws -> String?
    ) -> Command {
        Command(
            words: ["deletions", verb], summary: summary,
            operands: [Operand(name: "CONNECTOR"), Operand(name: "SCOPE")], options: [.config]
        ) { arguments, terminal in
            let (connector, scope) = (arguments.operands[0], arguments.operands[1])
            let setup = try Setup.load(arguments, terminal)
            return try await setup.withDatabase { _, store in
                guard let done = try await decide(store, connector, scope) else {
                    throw CommandFailure(
                        code: .failed,
                        message: "\(connector) \(scope) holds no deletions; "
                            + "`docket deletions list` says which do")
                }
                terminal.say(done)
                return .done
            }
        }
    }
}
