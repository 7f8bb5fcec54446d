/// What a path below `/v1.0` asks of the drives.
enum DriveRoute: Sendable, Equatable {
    /// How a path names a drive.
    enum Place: Sendable, Equatable {
        case drive(String), user(String), group(String), site(String)
    }

    enum Part: Sendable, Equatable {
        case item, children, content, permissions
        case permission(String)
        case feed
    }

    case drive(Place)
    case drives(Place)
    case sites
    case site(String)
    case item(Place, String, Part)

    /// - Parameter segments: Those behind `v1.0`, decoded; the fixed ones in any case.
    init?(_ segments: [String]) {
        guard let kind = segments.first?.lowercased() else { return nil }
        let rest = Array(segments.dropFirst(2))
        let name = segments.count > 1 ? segments[1] : ""
        switch kind {
        case "drives" where !name.isEmpty: self.init(.drive(name), rest[...])
        case "users" where !name.isEmpty: self.init(below: .user(name), rest[...])
        case "groups" where !name.isEmpty: self.init(below: .group(name), rest[...])
        case "sites":
            if segments.count == 1 || name.lowercased() == "getallsites" {
                self = .sites
                return
            }
            // `HOST:/PATH:/...`: the name goes on to the next colon.
            var (site, tail) = (name, rest[...])
            if site.hasSuffix(":") {
                let path = tail.prefix { !$0.hasSuffix(":") }
                tail = tail.dropFirst(path.count)
                site += "/" + path.joined(separator: "/")
                if let last = tail.popFirst() {
                    site += (path.isEmpty ? "" : "/") + last.dropLast()
                }
            }
            if tail.isEmpty {
                self = .site(site)
            } else {
                self.init(below: .site(site), tail)
            }
        default: return nil
        }
    }

    private init?(below place: Place, _ rest: ArraySlice<String>) {
        switch (rest.first?.lowercased(), rest.count) {
        case ("drives", 1): self = .drives(place)
        // Whose it is says nothing more.
        case ("drives", 2...): self.init(.drive(rest[rest.startIndex + 1]), rest.dropFirst(2))
        case ("drive", _): self.init(place, rest.dropFirst())
        default: return nil
        }
    }

    private init?(_ place: Place, _ rest: ArraySlice<String>) {
        var rest = rest
        guard let first = rest.popFirst()?.lowercased() else {
            self = .drive(place)
            return
        }
        var id = "root"
        if first == "items" {
            guard let given = rest.popFirst() else { return nil }
            id = given
        } else if first != "root" {
            return nil
        }
        guard let part = Self.part(rest) else { return nil }
        self = .item(place, id, part)
    }

    private static func part(_ rest: ArraySlice<String>) -> Part? {
        guard let name = rest.first?.lowercased() else { return .item }
        switch (name, rest.count) {
        case ("children", 1): return .children
        case ("content", 1): return .content
        case ("permissions", 1): return .permissions
        case ("permissions", 2): return .permission(rest.last ?? "")
        case (_, 1) where name == "delta" || name.hasPrefix("delta("): return .feed
        default: return nil
        }
    }
}
