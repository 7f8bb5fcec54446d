import Domain
import FoundationEssentials
import HTTPClient
import JSON
import XML

/// A folder of files, each read once and again when it looks different.
///
/// What a file held stays filed when the file is gone: folders of messages are emptied by whoever
/// archives them.
actor FileFeed: PageFeed {
    private let builder: RecordBuilder
    private let filed: any Filed
    /// Files that are yet to be read, the last one first; nil before the folder was listed.
    private var pending: [FolderListing.Entry]?
    /// The rest of a file that does not fit a page.
    private var rest: (entry: FolderListing.Entry, records: ArraySlice<Record>)?
    private var pageCount = 0

    init(builder: RecordBuilder, filed: any Filed) {
        (self.builder, self.filed) = (builder, filed)
    }

    func page(at cursor: Cursor) async throws(ConnectorError) -> Page {
        if pending == nil {
            pending = try await unread()
            pageCount = Self.pageNumber(cursor)
        }
        var page = Part()
        while page.records.count < Limits.fileRecordsPerPage,
            page.marks.count < Limits.filesPerPage
        {
            if let rest {
                let room = Limits.fileRecordsPerPage - page.records.count
                page.records += rest.records.prefix(room)
                let left = rest.records.dropFirst(room)
                self.rest = left.isEmpty ? nil : (rest.entry, left)
                if left.isEmpty {
                    page.marks.append(.init(name: rest.entry.name, text: rest.entry.stamp))
                }
                continue
            }
            guard let entry = pending?.popLast() else { break }
            try await read(entry, into: &page)
        }
        pageCount += 1
        let isDone = rest == nil && pending?.isEmpty ?? true
        return Page(
            records: page.records, problems: page.problems, marks: page.marks,
            cursor: isDone ? .delta("") : .next("page \(pageCount)"), provesAbsence: false)
    }

    private struct Part {
        var records: [Record] = []
        var marks: [Page.Mark] = []
        var problems: [Page.Problem] = []
    }

    private var place: String { builder.reader.settings.baseURL ?? "" }

    /// The page that a round which was interrupted had come to.
    private static func pageNumber(_ cursor: Cursor) -> Int {
        guard case .next(let text) = cursor else { return 0 }
        return text.split(separator: " ").last.flatMap { UInt32($0) }.map(Int.init) ?? 0
    }

    /// Files whose marks are not those that are filed, the oldest last.
    private func unread() async throws(ConnectorError) -> [FolderListing.Entry] {
        let folder = try folder()
        let listing: FolderListing
        do { listing = try await folder.list() } catch { throw ConnectorError(error) }
        let known: [String: String]
        do { known = try await filed.marks() } catch {
            throw .unreachable(reason: "\(error)", isTransient: true)
        }
        return listing.entries.filter { !$0.isDirectory && known[$0.name] != $0.stamp }
            .sorted { ($0.modifiedAt ?? 0, $0.name) > ($1.modifiedAt ?? 0, $1.name) }
    }

    /// Reads one file whole; one that is being written is left for the next pass.
    private func read(
        _ entry: FolderListing.Entry, into page: inout Part
    ) async throws(ConnectorError) {
        let bytesMax = builder.reader.settings.contentBytesMax
        let folder = try folder()
        let bytes: [UInt8]
        do { bytes = try await folder.read(entry.name, bytesMax: bytesMax) } catch {
            switch error {
            case .missing:
                // Moved away or renamed since the folder was listed.
                return
            case .forbidden, .notAFile, .tooLarge, .badName, .other:
                // Without a mark: what is to be changed is not the file.
                page.problems.append(
                    .init(sourceID: entry.name, reason: "unreadable", message: "\(error)"))
                return
            default: throw ConnectorError(error)
            }
        }
        let items: [JSON]
        do { items = try self.items(of: bytes) } catch {
            guard !isYoung(entry) else { return }
            set(aside: entry, error.reason, &page)
            return
        }
        do { rest = (entry, try builder.batch(items, url: entry.name).records[...]) } catch {
            // One that lacks its id keeps the files behind it waiting for nothing.
            set(aside: entry, error.description, &page)
        }
    }

    private func set(aside entry: FolderListing.Entry, _ message: String, _ page: inout Part) {
        page.problems.append(
            .init(sourceID: entry.name, reason: "not_readable", message: message))
        // Read again when it looks different.
        page.marks.append(.init(name: entry.name, text: entry.stamp))
    }

    /// Somebody may be writing it still.
    private func isYoung(_ entry: FolderListing.Entry) -> Bool {
        guard let modifiedAt = entry.modifiedAt else { return false }
        let age = builder.reader.surroundings.now().timeIntervalSince1970 - Double(modifiedAt)
        return age < Limits.fileAgeMin / .seconds(1)
    }

    private func items(of bytes: [UInt8]) throws(Unreadable) -> [JSON] {
        let place = builder.feed.records
        switch builder.feed.format {
        case .xml:
            guard let place else { return try XMLRecords(bytes).items(at: "/*") }
            guard !place.contains("/") else { return try XMLRecords(bytes).items(at: place) }
            let items = try XMLRecords.items(named: place, in: bytes)
            guard !items.isEmpty else {
                throw Unreadable(reason: "no element `\(place)` below its root")
            }
            return items
        case .csv: return try CSVRecords.items(bytes)
        case .json, .odata:
            do {
                let body = try JSON.parse(bytes)
                let items = place.map { Path($0)?.first(in: body) } ?? body
                return items?.arrayValue ?? [body]
            } catch {
                throw Unreadable(reason: "not JSON: \(error)")
            }
        }
    }

    private func folder() throws(ConnectorError) -> FileFolder {
        guard let folder = builder.reader.folder else {
            throw .unexpected(
                url: place, reason: "no folder; give file:///DIRECTORY/ or sftp://HOST/DIRECTORY/")
        }
        return folder
    }
}

extension ConnectorError {
    init(_ error: FolderError) {
        switch error {
        case .signIn: self = .signIn(url: "the folder", reason: error.description)
        case .cancelled: self = .cancelled
        default: self = .unreachable(reason: error.description, isTransient: error.isTransient)
        }
    }
}
