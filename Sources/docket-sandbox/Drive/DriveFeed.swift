import JSON

/// The change feed of a whole drive.
struct DriveFeed {
    let drive: Drive
    let facts: DriveFacts
    let pageSizeDefault: Int

    private var key: UInt64 { drive.seed &+ drive.id.utf8.reduce(7000) { $0 &* 31 &+ UInt64($1) } }

    func page(_ request: DriveRequest) throws(GraphError) -> [UInt8] {
        var position = try position(of: request)
        position.isBetweenRounds = false
        let start = position
        let size = min(
            max(1, request.pageSizeMax ?? position.pageSize ?? pageSizeDefault),
            Limits.driveItemsPerPageMax)
        var items = ItemList()
        if request.twist == .ghostRemovals { appendGhosts(to: &items) }
        if request.twist != .emptyPage { append(upTo: size, from: &position, to: &items, request) }
        if request.twist == .duplicateItems { items.repeatAll() }
        if request.twist == .repeatPage { position = start }
        var isLast = position.next >= drive.history.count
        if [.emptyPage, .repeatPage, .repeatLink].contains(request.twist) { isLast = false }
        return items.page(
            context: "\(request.origin)/v1.0/$metadata#Collection(driveItem)",
            link: (
                isLast ? "@odata.deltaLink" : "@odata.nextLink",
                link(position, isLast: isLast, request)
            ))
    }

    /// Whether the request goes on with a round, asks for changes, or begins anew.
    func kind(_ request: DriveRequest) -> String {
        guard let token = request.feedToken, let position = DrivePosition(token: token, key: key)
        else { return "drive-delta-initial" }
        return position.isBetweenRounds ? "drive-delta-changes" : "drive-delta-next"
    }

    /// The refusal of a position that is no longer known, in the spelling that is its turn.
    func expired(
        _ request: DriveRequest, code: String? = nil, hasLocation: Bool? = nil
    ) -> GraphError {
        let spelling = Self.spellings[drive.generation % Self.spellings.count]
        let location = "\(request.origin)/v1.0/drives/\(drive.id)/root/delta?token="
        var error = GraphError(
            status: 410, code: code ?? spelling.code, message: "Resync required.",
            headers: hasLocation ?? spelling.hasLocation ? [("Location", location)] : [])
        if code == nil { error.innerCode = spelling.innerCode }
        return error
    }

    /// Pages of the vendor name the codes in two ways, as the code or within it, and case varies.
    private static let spellings: [(code: String, innerCode: String?, hasLocation: Bool)] = [
        ("resyncRequired", nil, true), ("resyncChangesApplyDifferences", nil, true),
        ("resyncRequired", "resyncChangesUploadDifferences", true),
        ("resyncApplyDifferences", nil, false), ("ResyncRequired", "resyncUploadDifferences", true),
        ("resyncUploadDifferences", nil, true), ("resyncChangesUploadDifferences", nil, false),
        ("itemNotFound", "resyncApplyDifferences", false),
    ]

    private func position(of request: DriveRequest) throws(GraphError) -> DrivePosition {
        var first = DrivePosition(
            enumeratedEnd: drive.history.count, generation: drive.generation, next: 0,
            pageSize: try request.top(in: 1...Limits.driveItemsPerPageMax),
            selection: request.selection)
        guard let token = request.feedToken, !token.isEmpty else { return first }
        // A word or a time may stand beside options; a position stands alone, as it was given.
        let word = token.prefix { $0 != "&" }
        if word == "latest" {
            (first.next, first.enumeratedEnd) = (drive.history.count, 0)
            return first
        }
        if let moment = Timestamp(RequestPath(String(word)).segments.first ?? "") {
            first.enumeratedEnd = 0
            first.next =
                drive.history.firstIndex { $0.at >= moment } ?? drive.history.count
            return first
        }
        guard var position = DrivePosition(token: token, key: key) else {
            throw .driveRequest("Badly formed token. Links must be used exactly as given.")
        }
        guard position.generation == drive.generation else { throw expired(request) }
        position.next = min(position.next, drive.history.count)
        return position
    }

    /// Appends items until the page is full or the history ends.
    ///
    /// The round ends with the history as it is at its last page: an item that changes during the
    /// round comes a second time, and the last time counts.
    private func append(
        upTo size: Int, from position: inout DrivePosition, to items: inout ItemList,
        _ request: DriveRequest
    ) {
        var told: Set<Int> = []
        while position.next < drive.history.count, items.count < size {
            let index = position.next
            position.next += 1
            let entry = drive.history[index]
            let item = drive.items[entry.item]
            let isEnumerated = index < position.enumeratedEnd
            switch entry.change {
            case .removed:
                guard item.entry == index, !isEnumerated else { continue }
                items.append(facts.tombstone(of: entry.item))
            case .changed:
                guard item.entry == index else { continue }
                guard !item.isDeleted else {
                    // It went with a folder the client has not seen it in.
                    if !isEnumerated { items.append(facts.tombstone(of: entry.item)) }
                    continue
                }
                if !isEnumerated, !request.excludesParents {
                    appendParents(of: entry.item, &told, to: &items, position)
                }
                append(entry.item, false, to: &items, position)
                told.insert(entry.item)
            case .shared:
                guard item.sharedEntry == index, !isEnumerated, !item.isDeleted,
                    request.wantsSharingChanges
                else { continue }
                append(entry.item, true, to: &items, position)
            }
        }
    }

    /// The folder of what changed comes along, though it did not change itself.
    private func appendParents(
        of number: Int, _ told: inout Set<Int>, to items: inout ItemList, _ position: DrivePosition
    ) {
        guard let parent = drive.items[number].parent, told.insert(parent).inserted else { return }
        append(parent, false, to: &items, position)
    }

    private func append(
        _ number: Int, _ isSharingChange: Bool, to items: inout ItemList, _ position: DrivePosition
    ) {
        items.append(
            facts.feedEntity(of: number, position.selection, isSharingChange: isSharingChange))
    }

    private func appendGhosts(to items: inout ItemList) {
        for offset in 1...2 {
            items.append([
                "id": .string("01GHOST\(offset)"), "deleted": [:],
                "parentReference": ["driveId": .string(drive.id)],
            ])
        }
    }

    private func link(
        _ position: DrivePosition, isLast: Bool, _ request: DriveRequest
    ) -> String {
        if request.twist == .repeatLink {
            return request.origin + request.rawPath + (request.rawQuery.map { "?" + $0 } ?? "")
        }
        var position = position
        if isLast { (position.isBetweenRounds, position.enumeratedEnd) = (true, 0) }
        let salt = request.twist == .repeatPage ? request.now.seconds : 0
        let token = position.token(key: key, salt: Int(salt))
        var origin = request.origin
        if case .foreignLink(let foreign) = request.twist { origin = foreign }
        let address = "\(origin)/v1.0/drives/\(drive.id)/root/delta"
        // Both forms are seen.
        return position.next % 2 == 0 ? "\(address)?token=\(token)" : "\(address)(token='\(token)')"
    }
}
