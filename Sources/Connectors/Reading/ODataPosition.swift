import Domain
import FoundationEssentials
import JSON

/// Where a stream of an OData service stands.
struct ODataPosition: Sendable, Equatable {
    /// The round's next page, or at its end the link to later changes.
    var link: String?
    /// This round asks for changes by a link.
    var isDelta = false
    /// The service does not track changes, and was asked.
    var isUntracked = false
    /// Asked for in portions, in the order of the key.
    var isByKey = false
    /// Entities of a portion, where fewer than usual are taken.
    var portion: Int?
    /// The service does not let itself be asked by key.
    var isKeyBarred = false
    /// This round followed links from page to page.
    var hasLinks = false
    /// The key of the last record, property by property, as its payload has it.
    var after: JSON?
    /// The time of the latest change that is filed, and from where on this round asks.
    var high: Date?
    var from: Date?
    /// When this round began, by the endpoint's clock.
    var begunAt: Date?
    /// When everything was last begun to be read.
    var epochAt: Date?

    init() {}

    /// For requests beside the rounds.
    static var untracked: ODataPosition {
        var position = ODataPosition()
        position.isUntracked = true
        return position
    }

    /// - Parameter text: What ``text`` wrote; a strange one is the beginning.
    init(_ text: String) {
        guard let json = try? JSON.parse(text) else { return }
        link = json["link"]?.stringValue
        isDelta = json["is_delta"]?.boolValue ?? false
        isUntracked = json["is_untracked"]?.boolValue ?? false
        isByKey = json["is_by_key"]?.boolValue ?? false
        portion = json["portion"]?.intValue.flatMap { $0 > 0 ? $0 : nil }
        isKeyBarred = json["is_key_barred"]?.boolValue ?? false
        hasLinks = json["has_links"]?.boolValue ?? false
        after = json["after"]
        high = json["high"]?.stringValue.flatMap { Timestamp($0)?.date }
        from = json["from"]?.stringValue.flatMap { Timestamp($0)?.date }
        begunAt = json["begun_at"]?.stringValue.flatMap { Timestamp($0)?.date }
        epochAt = json["epoch_at"]?.stringValue.flatMap { Timestamp($0)?.date }
    }

    var text: String {
        var members = JSON.Members()
        if let link { members["link"] = .string(link) }
        for (name, flag) in [
            ("is_delta", isDelta), ("is_untracked", isUntracked), ("is_by_key", isByKey),
            ("is_key_barred", isKeyBarred), ("has_links", hasLinks),
        ] where flag { members[name] = true }
        if let portion { members["portion"] = JSON(portion) }
        if let after { members["after"] = after }
        for (name, date) in [
            ("high", high), ("from", from), ("begun_at", begunAt), ("epoch_at", epochAt),
        ] {
            if let date { members[name] = .string(instantText(date)) }
        }
        return JSON.object(members).serialized()
    }

    /// The begin of the next round, after one that was not told by a delta link.
    ///
    /// What was changed while the last round read may have been shown as it was before, so it
    /// goes on from its begin, and not from the latest change it saw; this holds for times to
    /// come too, which some records have. A time at midnight is that of a day, all of which is
    /// read again.
    func nextRound(overlap: Duration) -> ODataPosition {
        var next = self
        (next.link, next.after, next.begunAt, next.hasLinks) = (nil, nil, nil, false)
        next.portion = nil
        next.from = high.map { high in
            let latest = min(high, begunAt ?? high).timeIntervalSince1970 - overlap / .seconds(1)
            let isDay = high.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400) == 0
            return Date(
                timeIntervalSince1970: isDay ? (latest / 86_400).rounded(.down) * 86_400 : latest)
        }
        return next
    }

    /// The begin of this round in portions by key: what is filed already is shown once more.
    func beginningByKey() -> ODataPosition {
        var position = self
        (position.isByKey, position.isUntracked, position.hasLinks) = (true, true, false)
        (position.link, position.after, position.portion) = (nil, nil, nil)
        return position
    }

    /// The begin of this round by links, for a service that does not let itself be asked by key.
    func beginningByLink() -> ODataPosition {
        var position = self
        (position.isByKey, position.isKeyBarred, position.hasLinks) = (false, true, false)
        (position.link, position.after, position.portion) = (nil, nil, nil)
        return position
    }

    /// A place at which less is asked for; nil where it cannot be less.
    func askingForLess() -> ODataPosition? {
        guard isByKey else { return isKeyBarred ? nil : beginningByKey() }
        let size = portion ?? Limits.odataPageSize
        guard size > 1, link == nil else { return nil }
        var position = self
        position.portion = size / 2
        return position
    }
}
