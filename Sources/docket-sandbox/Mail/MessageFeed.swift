import HTTPServer
import JSON

/// The change feed of one folder's messages.
struct MessageFeed {
    let mailbox: Mailbox
    /// As the request named the mailbox.
    let user: String
    let folder: Int
    let pageSizeDefault: Int

    /// Filtered feeds end after so many items without a word, as the vendor documents.
    private static let filteredItemsMax = 5000

    private var tokenKey: UInt64 { mailbox.seed &+ UInt64(truncatingIfNeeded: folder) }

    func page(_ request: MailRequest) throws(GraphError) -> [UInt8] {
        var position = try position(of: request)
        let start = position
        guard position.generation == mailbox.folders[folder].generation else {
            throw .syncStateNotFound()
        }
        let size = min(
            request.pageSizeMax ?? position.pageSize ?? pageSizeDefault, Limits.pageSizeMax)
        var items = ItemList()
        if request.twist == .ghostRemovals { appendGhosts(to: &items, request) }
        if request.twist != .emptyPage {
            append(upTo: max(1, size), from: &position, to: &items, request)
        }
        if request.twist == .duplicateItems { items.repeatAll() }
        if request.twist == .repeatPage { position = start }
        var isLast = position.next >= position.end
        if [.emptyPage, .repeatPage, .repeatLink].contains(request.twist) { isLast = false }
        return body(items, link: link(position, isLast: isLast, request), isLast: isLast, request)
    }

    private func position(of request: MailRequest) throws(GraphError) -> FeedPosition {
        let query = request.rawQuery ?? ""
        for name in ["$skiptoken=", "$deltatoken="] where query.hasPrefix(name) {
            let token = query.dropFirst(name.count)
            if token.isEmpty { break }
            guard let position = FeedPosition(token: token, key: tokenKey) else {
                throw .badRequest(
                    "Badly formed token. Links must be used exactly as they were given.")
            }
            return clamped(position)
        }
        return try firstPosition(of: request)
    }

    /// The end of a round is fixed by its first page, to the history as it is then.
    private func clamped(_ position: FeedPosition) -> FeedPosition {
        var position = position
        position.end = min(position.end, mailbox.folders[folder].entries.count)
        position.next = min(position.next, position.end)
        return position
    }

    private func firstPosition(of request: MailRequest) throws(GraphError) -> FeedPosition {
        let known = ["select", "top", "filter", "orderby", "deltatoken", "changetype", "expand"]
        for (name, _) in request.options {
            guard known.contains(name.lowercased().filter { $0 != "$" }) else {
                throw .badRequest(
                    "The query option '\(name)' is not supported for change tracking.")
            }
        }
        var since: Timestamp?
        if let filter = request.option("filter") {
            let words = filter.split(separator: " ")
            guard words.count == 3, words[0].lowercased() == "receiveddatetime",
                ["ge", "gt"].contains(words[1]), let moment = Timestamp(String(words[2]))
            else { throw .badRequest("Change tracking filters only receivedDateTime ge or gt.") }
            since = words[1] == "gt" ? moment.advanced(by: 1) : moment
        }
        if let order = request.option("orderby"), order.lowercased() != "receiveddatetime desc" {
            throw .badRequest("Change tracking orders only by receivedDateTime desc.")
        }
        return FeedPosition(
            isInitial: true, generation: mailbox.folders[folder].generation, next: 0,
            end: mailbox.folders[folder].entries.count,
            selection: try Selection(request.option("select")),
            pageSize: try request.number("top", in: 1...Limits.pageSizeMax), since: since,
            budget: since == nil ? nil : Self.filteredItemsMax,
            changeType: request.option("changeType"))
    }

    /// Appends items until the page is full or the round ends.
    private func append(
        upTo size: Int, from position: inout FeedPosition, to items: inout ItemList,
        _ request: MailRequest
    ) {
        let writer = SyntheticWriter(
            mailbox, folder: folder, selection: position.selection,
            isImmutable: request.isImmutable, isFeed: true)
        var count = 0
        while position.next < position.end, count < size {
            let index = position.next
            position.next += 1
            guard append(entry: index, of: position, to: &items, writer, request) else { continue }
            count += 1
            if count == 8 { items.reserve(min(size - count, position.end - position.next)) }
            guard let budget = position.budget else { continue }
            position.budget = budget - 1
            if budget <= 1 { position.next = position.end }
        }
    }

    /// - Returns: False where the entry is nothing this round reports.
    private func append(
        entry index: Int, of position: FeedPosition, to items: inout ItemList,
        _ writer: SyntheticWriter, _ request: MailRequest
    ) -> Bool {
        let entry = mailbox.folders[folder].entries[index]
        let message = mailbox.messages[entry.message]
        let isHere = message.folder == folder && !message.isDeleted
        switch entry.change {
        case .created:
            guard isHere, message.entry == index, isWanted("created", position) else {
                return false
            }
            if let since = position.since, mailbox.letter(of: entry.message).sentAt < since {
                return false
            }
            if case .synthetic(let bodyBytes) = message.content, !message.isRead,
                !request.prefersText
            {
                items.append { writer.write(message: entry.message, bodyBytes: bodyBytes, to: &$0) }
            } else {
                let facts = facts(entry.message, request)
                items.append(facts.entity(position.selection, isFeed: true))
            }
        case .updated(let properties):
            guard !position.isInitial, isHere, isWanted("updated", position) else { return false }
            items.append(
                facts(entry.message, request).partialEntity(properties, position.selection))
        case .removed(let reason):
            guard !position.isInitial, isWanted("deleted", position) else { return false }
            items.append(
                removal(
                    mailbox.id(
                        ofMessage: entry.message, in: folder, isImmutable: request.isImmutable),
                    reason))
        }
        return true
    }

    private func isWanted(_ changeType: String, _ position: FeedPosition) -> Bool {
        position.changeType == nil || position.changeType == changeType
    }

    private func facts(_ message: Int, _ request: MailRequest) -> MessageFacts {
        mailbox.facts(
            ofMessage: message, isImmutable: request.isImmutable, asText: request.prefersText)
    }

    private func removal(_ id: String, _ reason: String) -> JSON {
        [
            "@odata.type": "#microsoft.graph.message", "id": .string(id),
            "@removed": ["reason": .string(reason)],
        ]
    }

    private func appendGhosts(to items: inout ItemList, _ request: MailRequest) {
        for offset in 1...2 {
            let id = mailbox.id(
                ofMessage: mailbox.messages.count + 1000 + offset, in: folder,
                isImmutable: request.isImmutable)
            items.append(removal(id, "deleted"))
        }
    }

    private func link(
        _ position: FeedPosition, isLast: Bool, _ request: MailRequest
    ) -> String {
        if request.twist == .repeatLink {
            return request.origin + request.rawPath + (request.rawQuery.map { "?" + $0 } ?? "")
        }
        var position = position
        if isLast { (position.isInitial, position.budget) = (false, nil) }
        // Beyond every history: the next round's first page says where it ends.
        if isLast { position.end = .max }
        let salt = request.twist == .repeatPage ? request.now.seconds : 0
        let token = position.token(key: tokenKey, salt: Int(salt))
        var origin = request.origin
        if case .foreignLink(let foreign) = request.twist { origin = foreign }
        let folderID = mailbox.ids.encode(.folder, folder)
        return "\(origin)/v1.0/users('\(user)')/mailfolders('\(folderID)')/messages/delta"
            + (isLast ? "?$deltatoken=" : "?$skiptoken=") + token
    }

    private func body(
        _ items: ItemList, link: String, isLast: Bool, _ request: MailRequest
    ) -> [UInt8] {
        let name = isLast ? "@odata.deltaLink" : "@odata.nextLink"
        let context = "\(request.origin)/v1.0/$metadata#Collection(message)"
        return items.page(context: context, link: (name, link))
    }
}
