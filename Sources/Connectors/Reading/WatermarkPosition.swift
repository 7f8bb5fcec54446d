import Domain
import FoundationEssentials
import JSON

/// Where a stream stands that is read by the times of its records.
///
/// The watermark never passes a record that is not filed: it is the latest time of a committed
/// page, but no later than when its round began, for what changes within a round may do so behind
/// it; and each round begins an overlap before it.
struct WatermarkPosition: Sendable, Equatable {
    /// The latest time of any record so far, as the endpoint wrote it.
    var high: String?
    /// Where this round began; nil: at the very beginning.
    var from: String?
    /// When this round began, by the endpoint's clock; nil until its first answer.
    var begunAt: Date?
    /// A record of this round before which all are read: its time, and its id where others have
    /// the same time.
    var at: String?
    var after: String?
    /// The link to the round's next page.
    var link: String?
    /// The place of the round's next page, where none links to it.
    var place: Place?
    /// A job that gives all records at once, and the part of its results that comes next; behind
    /// the last one the job of which all is filed.
    var job: String?
    var locator: String?
    /// The job failed: page by page then.
    var isExportBarred = false
    /// Since when deletions are not known yet.
    var deletedFrom: Date?
    /// All records are read, and what was deleted until then is asked for next.
    ///
    /// By the endpoint's clock, as is the beginning.
    var deletedTo: Date?
    /// When everything was last begun to be read.
    var epochAt: Date?

    init() {}

    /// - Parameter text: What ``text`` wrote; a strange one is the beginning.
    init(_ text: String) {
        guard let json = try? JSON.parse(text) else { return }
        high = json["high"]?.stringValue
        from = json["from"]?.stringValue
        at = json["at"]?.stringValue
        after = json["after"]?.stringValue
        link = json["link"]?.stringValue
        place = json["place"].map(Place.init)
        job = json["job"]?.stringValue
        locator = json["locator"]?.stringValue
        isExportBarred = json["export_barred"]?.boolValue ?? false
        func date(_ name: String) -> Date? {
            json[name]?.stringValue.flatMap { Timestamp($0)?.date }
        }
        begunAt = date("begun_at")
        deletedFrom = date("deleted_from")
        deletedTo = date("deleted_to")
        epochAt = date("epoch_at")
    }

    var text: String {
        var members = JSON.Members()
        for (name, value) in [
            ("high", high), ("from", from), ("at", at), ("after", after), ("link", link),
            ("job", job), ("locator", locator), ("begun_at", begunAt.map(instantText)),
            ("deleted_from", deletedFrom.map(instantText)),
            ("deleted_to", deletedTo.map(instantText)), ("epoch_at", epochAt.map(instantText)),
        ] {
            if let value { members[name] = .string(value) }
        }
        if let place { members["place"] = place.json }
        if isExportBarred { members["export_barred"] = true }
        return JSON.object(members).serialized()
    }

    /// The beginning, but page by page however many records there are.
    static var rehearsal: WatermarkPosition {
        var position = WatermarkPosition()
        position.isExportBarred = true
        return position
    }

    /// The begin of the next round.
    func nextRound(overlap: Duration) -> WatermarkPosition {
        var next = self
        (next.at, next.after, next.link, next.begunAt) = (nil, nil, nil, nil)
        (next.place, next.job, next.locator, next.isExportBarred) = (nil, nil, nil, false)
        next.from = high.flatMap { Timestamp($0)?.date }.map {
            instantText($0.addingTimeInterval(-(overlap / .seconds(1))))
        }
        return next
    }

    /// All records up to this time and id are read.
    mutating func pass(_ time: String, _ id: String) { (at, after) = (instantLiteral(time), id) }

    /// A record of this time is read.
    mutating func see(_ time: String, noLaterThan limit: Date) {
        let seen = isLater(time, than: instantText(limit)) ? instantText(limit) : time
        if isLater(seen, than: high) { high = instantLiteral(seen) }
    }

    private func isLater(_ time: String, than other: String?) -> Bool {
        guard let other, let old = Timestamp(other)?.date else { return true }
        return Timestamp(time)?.date ?? .distantPast > old
    }
}

/// An instant in the form that query languages take: RFC 3339 in UTC with milliseconds.
func instantText(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
}

/// The same instant in that form, but to the last digit, or it would be before what it stands for;
/// one that is in UTC already stays as it is.
func instantLiteral(_ text: String) -> String {
    if text.hasSuffix("Z") { return text }
    guard let date = Timestamp(text)?.date else { return text }
    let point = text.lastIndex(of: ".") ?? text.endIndex
    let digits = text[point...].dropFirst().prefix { $0.isASCII && $0.isNumber }
    let whole = text[..<point] + text[digits.endIndex...]
    // Zones differ by whole seconds, so the digits are the same in UTC.
    guard digits.count > 3, let seconds = Timestamp(String(whole))?.date else {
        return instantText(date)
    }
    return instantText(seconds).replacing(".000Z", with: ".\(digits)Z")
}
