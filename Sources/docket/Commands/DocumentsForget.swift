import Domain
import Foundation
import JSON
import Store

extension Command {
    static let documentsForget = Command(
        words: ["documents", "forget"],
        summary: "remove documents for good, with all that was made of them",
        operands: [Operand(name: "ID", isRequired: false, isRepeated: true)],
        options: [
            .config, .output,
            Option(name: "person", value: "ADDRESS", help: "what this person wrote"),
            Option(name: "participant", help: "with --person: what names the person as well"),
            Option(name: "refile", help: "they are filed again when their source shows them next"),
            Option(name: "yes", letter: "y", help: "do not ask"),
        ]
    ) { arguments, terminal in
        let ids = try arguments.operands.map(Documents.id)
        let person = arguments.value("person")
        guard ids.isEmpty != (person == nil), !arguments.has("participant") || person != nil else {
            throw CommandFailure(
                code: .usage, message: "say which documents: their ids, or --person ADDRESS")
        }
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase { _, store in
            let plan = try await Forgetting(
                ids, person, isParticipantMeant: arguments.has("participant"), store)
            let table = plan.table.rendered(as: arguments.format, width: terminal.width)
            terminal.print(table)
            guard !plan.meant.isEmpty else {
                throw CommandFailure(code: .failed, message: "there is nothing to remove")
            }
            let isRefiled = arguments.has("refile")
            guard arguments.has("yes") || terminal.confirms(plan.question(isRefiled)) else {
                throw CommandFailure(
                    code: terminal.canAnswer ? .cancelled : .usage,
                    message: terminal.canAnswer
                        ? "nothing was removed" : "nothing was removed: say --yes")
            }
            let who = "\(NSUserName())@\(ProcessInfo.processInfo.hostName)"
            let gone = try await store.forget(plan.meant, RemovalReason(.forget, who: who))
            terminal.say("\(gone.count) documents are removed, what is attached to them included")
            if isRefiled {
                let count = try await store.refile(plan.meant, who: who).count
                terminal.say("\(count) are filed again when their source shows them next")
            }
            return .done
        }
    }
}

/// What is to be removed, and what else names a person.
private struct Forgetting {
    let meant: [Document.ID]
    let table: Table

    init(
        _ ids: [Document.ID], _ person: String?, isParticipantMeant: Bool, _ store: Store
    ) async throws {
        var table = Table(columns: ["document_id", "connector", "kind", "title", "role", "action"])
        var meant: [Document.ID] = []
        for id in ids {
            guard let detail = try await store.document(id) else {
                throw CommandFailure(code: .failed, message: "there is no document \(id)")
            }
            meant.append(id)
            table.rows.append([
                JSON(id.value), .string(detail.connector), .string(detail.document.kind),
                .string(detail.document.title), .null, "remove",
            ])
        }
        var named: [PersonDocument] = []
        if let person { named = try await store.documents(of: person) }
        for document in named {
            let isMeant = document.isAuthor || isParticipantMeant
            if isMeant { meant.append(document.id) }
            table.rows.append([
                JSON(document.id.value), .string(document.connector), .string(document.kind),
                .string(document.title), document.isAuthor ? "author" : "participant",
                isMeant ? "remove" : "keep",
            ])
        }
        (self.meant, self.table) = (meant, table)
    }

    func question(_ isRefiled: Bool) -> String {
        "Remove \(meant.count) documents and what is attached to them"
            + (isRefiled ? "" : ", and never file them again") + "?"
    }
}
