/// Who owns the drives, and the drives.
struct DriveTenant: Sendable {
    struct User: Sendable {
        let id: String
        let address: String
        let name: String
    }

    struct Group: Sendable {
        let id: String
        let name: String
    }

    struct Site: Sendable {
        let id: String
        let name: String
        /// Behind the host: `/sites/engineering`.
        let path: String
    }

    static let host = "contoso.sharepoint.example"

    let seed: UInt64
    let users: [User]
    let groups: [Group]
    let sites: [Site]
    private(set) var drives: [Drive] = []

    /// - Throws: ``DriveCorpus/Malformed`` where a file of the corpus does not follow its form.
    init(seed: UInt64, users: [User]) throws(DriveCorpus.Malformed) {
        self.seed = seed
        self.users = users
        var random = Mixer(seed, 5000)
        groups = [Group(id: random.guid(), name: "Operations")]
        sites = ["Engineering", "Quality"].map { name in
            Site(
                id: "\(Self.host),\(random.guid()),\(random.guid())", name: name,
                path: "/sites/\(name.lowercased())")
        }
        let plan: [(key: String, name: String, owner: Drive.Owner)] =
            users.indices.map {
                (String(users[$0].address.prefix { $0 != "@" }), "OneDrive", .user($0))
            } + [
                ("engineering", "Documents", .site(0)), ("drawings", "Drawings", .site(0)),
                ("quality", "Documents", .site(1)), ("operations", "Documents", .group(0)),
            ]
        for (key, name, owner) in plan {
            let bytes = (0..<48).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            drives.append(
                Drive(
                    key: key, id: "b!" + Base64.encode(bytes, .url), name: name, owner: owner,
                    seed: seed, by: Self.people[0], at: Self.beginning))
        }
        try fill()
    }

    static let beginning = Timestamp(1_735_722_000)

    static let people = [
        Letter.Person(name: "Sarah Whitfield", address: "sarah.whitfield@contoso.example"),
        Letter.Person(name: "Tom Okafor", address: "tom.okafor@contoso.example"),
        Letter.Person(name: "Lena Brandt", address: "lena.brandt@contoso.example"),
        Letter.Person(name: "Claire Fontaine", address: "claire.fontaine@contoso.example"),
    ]

    /// The drive of an id, or of what the control interface calls it.
    func drive(_ name: String) -> Int? {
        drives.firstIndex { $0.id == name } ?? drives.firstIndex { $0.key == name }
    }

    func drives(of owner: Drive.Owner) -> [Int] {
        drives.indices.filter { drives[$0].owner == owner }
    }

    subscript(index: Int) -> Drive {
        get { drives[index] }
        _modify { yield &drives[index] }
    }

    /// - Throws: ``GraphError`` where nobody is called so, or may not be read.
    func owner(_ place: DriveRoute.Place) throws(GraphError) -> Drive.Owner {
        switch place {
        case .user(let name):
            let address = name.lowercased()
            if address == MailTenant.deniedAddress { throw .driveDenied }
            let number = users.firstIndex { $0.id == address || $0.address == address }
            guard let number else {
                throw GraphError(
                    status: 404, code: "ResourceNotFound", message: "User's mysite not found.")
            }
            return .user(number)
        case .group(let id):
            guard let number = groups.firstIndex(where: { $0.id == id }) else {
                throw GraphError(
                    status: 404, code: "Request_ResourceNotFound",
                    message: "Resource '\(id)' does not exist.")
            }
            return .group(number)
        case .site(let name): return .site(try site(name))
        case .drive: throw .noDriveItem
        }
    }

    /// The site of an id, or of `HOST:/PATH`; letters in any case.
    ///
    /// - Throws: ``GraphError`` 404 where there is none.
    func site(_ name: String) throws(GraphError) -> Int {
        let wanted = name.lowercased()
        let number = sites.firstIndex {
            $0.id == wanted || "\(Self.host):\($0.path)" == wanted
                || $0.id.split(separator: ",").dropFirst().joined(separator: ",") == wanted
        }
        guard let number else {
            throw GraphError(
                status: 404, code: "itemNotFound", message: "Requested site could not be found")
        }
        return number
    }

    func drive(_ place: DriveRoute.Place) throws(GraphError) -> Int {
        if case .drive(let id) = place {
            guard let number = drives.firstIndex(where: { $0.id == id }) else { throw .noDriveItem }
            return number
        }
        guard let number = drives(of: try owner(place)).first else { throw .noDriveItem }
        return number
    }

    // The corpus

    private mutating func fill() throws(DriveCorpus.Malformed) {
        for file in try DriveCorpus.files() {
            guard let drive = drives.firstIndex(where: { $0.key == file.drive }) else { continue }
            let author = Self.people[drives[drive].items.count % Self.people.count]
            let folder = drives[drive].folder(at: file.folders, by: author, now: file.at)
            drives[drive].add(
                file.name, .file(DriveFile(text: file.text, name: file.name)), to: folder,
                by: author, now: file.at)
        }
        addOddities()
    }

    /// What a client meets now and then: packages, references to other drives, malware.
    private mutating func addOddities() {
        let (sarah, moment) = (Self.people[0], Self.beginning)
        guard let sales = drive("sales"), let site = drive("engineering"),
            let group = drive("operations"), let target = drives[site].children(of: 0).first
        else { return }
        drives[sales].add("Sales notebook", .notebook, to: 0, by: sarah, now: moment)
        let remote = DriveItem.Kind.remote(
            drive: drives[site].id, item: drives[site].items[target].id)
        drives[sales].add("Engineering (shared)", remote, to: 0, by: sarah, now: moment)
        drives[group].add("Untyped item", .bare, to: 0, by: sarah, now: moment)
        let macro = drives[group].add(
            "invoice_macro.txt", .file(DriveFile(text: "Not a real virus.", name: "a.txt")), to: 0,
            by: sarah, now: moment)
        drives[group].mark(macro, asMalware: true, now: moment)
        if let folder = drives[sales].children(of: 0).first {
            drives[sales].name(folder, specialFolder: "documents")
            _ = drives[sales].grant(
                ["read"], to: .user(Self.people[1]), on: folder, now: moment)
        }
        if let folder = drives[site].children(of: 0).first {
            _ = drives[site].grant(
                ["write"], to: .siteGroup("Project Members"), on: folder, now: moment)
            let link = DrivePermission.Grantee.link(
                scope: "organization", users: [Self.people[2]])
            _ = drives[site].grant(["write"], to: link, on: folder, now: moment)
        }
    }
}

extension Drive {
    /// The folder of that path, made where it is missing.
    mutating func folder(
        at names: [String], by author: Letter.Person, now: Timestamp
    ) -> Int {
        var folder = 0
        for name in names {
            folder =
                child(of: folder, named: name)
                ?? add(name, .folder, to: folder, by: author, now: now)
        }
        return folder
    }
}
