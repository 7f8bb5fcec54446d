import Domain

/// How the records of a stream are read: pages, then changes.
struct RecordFeed: Sendable, Equatable {
    /// Leaves out what is older than a date in the scope.
    struct Since: Sendable, Equatable {
        let parameter: String
        let path: Path
    }

    /// Leaves out what a list in the scope does not name, where it is given.
    struct Select: Sendable, Equatable {
        let parameter: String
        let path: Path
    }

    /// Records that others are in: folders.
    struct Containers: Sendable, Equatable {
        /// All records of which one of these holds.
        let conditions: [Condition]
        let name: Path
        /// Of a container and of a record: the container it is in.
        let parent: Path
        /// The root is in nothing, and its name is not part of paths.
        let root: Path
        /// Lists in the scope: of globs that a path must match, and of such that it may not.
        let include: String?
        let exclude: String?
    }

    let request: RequestTemplate
    let format: Format
    /// Where an answer lists them; an XPath where answers are XML.
    ///
    /// Nil: the answer is the list.
    let records: String?
    let id: Path
    /// What documents are filed under, where the id alone is not unique.
    let sourceID: Template?
    let paging: Paging
    let changes: Changes
    /// Any of these says that a record is gone.
    let removed: [Condition]
    /// Neither documents nor containers.
    let skip: [Condition]
    let containers: Containers?
    /// The request for one whole record `{id}`, to complete a partial update.
    let item: RequestTemplate?
    let since: Since?
    let select: Select?
    /// Of two states of one record the one with the lesser value never replaces the other.
    let order: Pick?
    let describe: Describe?
    let export: Export?
}

/// What an answer is written in.
enum Format: String, Sendable, CaseIterable {
    case json, xml, csv, odata
}

/// How one answer leads to the next.
enum Paging: Sendable, Equatable {
    case none
    /// A link in the body, absolute or relative to what was asked.
    case link(Path)
    /// A `Link` header with `rel=next` (RFC 8288).
    case linkHeader
    /// A page's number as a query parameter; an empty page is the last.
    case page(parameter: String, first: Int)
    /// The number of records before it; an empty page is the last.
    case offset(parameter: String)
    /// A text in the body that goes into a query parameter.
    case cursor(Path, parameter: String)
    /// A text in a header that goes into a query parameter.
    case cursorHeader(String, parameter: String)
}

/// How a stream tells what has changed since.
enum Changes: Sendable, Equatable {
    /// A round ends with a link that asks for later changes.
    case delta(Path)
    case watermark(Watermark)
    /// Not at all: everything is read each time, and compared by hash.
    case snapshot
    /// A folder of files, each of which holds records.
    case files
    case odata(OData)
}

/// Changes as OData services tell them: by links where they give them, else by `{modified}`, else
/// not at all, so that everything is read each time.
struct OData: Sendable, Equatable {
    /// The service's root, below base_url.
    let service: Template
    let overlap: Duration
    /// Everything is read anew so often where changes are told by times, which tell no deletions.
    let reconcile: Duration?
    /// The headers in which messages come with answers that are well.
    let noticeHeaders: [String]
}

/// Changes by a time in each record.
struct Watermark: Sendable, Equatable {
    /// Where the time is; may name attributes of the scope in braces.
    let path: Template
    /// Read again each time, for what was committed late.
    let overlap: Duration
    /// Everything is read anew so often, for what no query shows.
    let reconcile: Duration?
    let quoting: Quoting
    let deleted: DeletedList?

    enum Quoting: String, Sendable, CaseIterable {
        /// `\'` and `\\`.
        case backslash
        /// `''`.
        case doubled
    }
}

/// A list of what was deleted between two times.
struct DeletedList: Sendable, Equatable {
    /// May name `{start}` and `{end}`.
    let request: RequestTemplate
    let records: Path
    let id: Path
    /// Until when the answer knows all; the next `{start}`.
    let covered: Path
    /// Since when the endpoint remembers; a later time than `{start}` means reading all anew.
    let earliest: Path?
    /// The least time between two such requests.
    let interval: Duration
    /// The attribute without which a scope has no such list; nil: all have.
    let when: String?
}

/// A request that says which members records of a scope have.
struct Describe: Sendable, Equatable {
    let request: RequestTemplate
    let members: Path
    let name: Path
    /// Where a member names the object it refers to.
    let relation: Path?
    let skip: [Condition]
    /// For each variable the first of some names that is there.
    let first: [String: [String]]
    /// For each variable what has to be true of the answer, or it has no value.
    let flags: [String: Path]
}

/// A job by which an endpoint gives many records at once.
struct Export: Sendable, Equatable {
    /// Fewer records are read page by page.
    let over: Int
    let count: RequestTemplate
    let countPath: Path
    let create: RequestTemplate
    let id: Path
    let status: RequestTemplate
    let state: Path
    let done: [String]
    let failed: [String]
    let message: Path?
    let results: RequestTemplate
    let locatorHeader: String
    let locatorParameter: String
    let remove: RequestTemplate?
}
