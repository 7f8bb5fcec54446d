import JSON

/// Writes items as the vendor shows them.
struct DriveFacts {
    let drive: Drive
    let request: DriveRequest
    /// Makes the links to content.
    let content: ContentLinks

    /// An item that is asked for by itself: with its path and its `cTag`.
    func entity(of number: Int, _ selection: [String]?) -> JSON {
        let item = drive.items[number]
        var members = common(number)
        members.append(("cTag", .string(Self.contentTag(of: item))))
        if let parent = item.parent {
            members.append(("parentReference", self.parent(parent, withPath: true)))
        }
        return selected(members, selection)
    }

    /// An item of a feed: neither path nor `cTag` are told.
    func feedEntity(of number: Int, _ selection: [String]?, isSharingChange: Bool) -> JSON {
        var members: [(name: String, value: JSON)] = [
            ("@odata.type", "#microsoft.graph.driveItem")
        ]
        if isSharingChange { members.append(("@microsoft.graph.sharedChanged", "True")) }
        members += common(number)
        if let parent = drive.items[number].parent {
            members.append(("parentReference", self.parent(parent, withPath: false)))
        } else {
            members.append(
                (
                    "parentReference",
                    ["driveId": .string(drive.id), "driveType": .string(drive.type)]
                ))
        }
        return selected(members, selection)
    }

    /// What a feed says of an item that is gone: no name, no size, sometimes not even a state.
    func tombstone(of number: Int) -> JSON {
        let item = drive.items[number]
        var members: [(name: String, value: JSON)] = [
            ("@odata.type", "#microsoft.graph.driveItem"), ("id", .string(item.id)),
        ]
        members.append(("parentReference", parent(item.parent ?? 0, withPath: false)))
        members.append(("deleted", number % 2 == 0 ? [:] : ["state": "deleted"]))
        if item.isFolder {
            members.append(("folder", ["childCount": 0]))
        } else if item.file != nil, number % 3 != 0 {
            members.append(("file", [:]))
        }
        return .object(JSON.Members(members))
    }

    static func tag(of item: DriveItem) -> String { "\"{\(guid(of: item))},\(item.revision)\"" }

    static func contentTag(of item: DriveItem) -> String {
        "\"c:{\(guid(of: item))},\(item.contentRevision)\""
    }

    private static func guid(of item: DriveItem) -> String {
        var random = Mixer(item.id.utf8.reduce(5381) { $0 &* 33 &+ UInt64($1) })
        return random.guid().uppercased()
    }

    private func selected(
        _ members: [(name: String, value: JSON)], _ selection: [String]?
    ) -> JSON {
        guard let selection else { return .object(JSON.Members(members)) }
        return .object(
            JSON.Members(
                members.filter { member in
                    let name = member.name.lowercased()
                    return name == "id" || name == "@odata.type" || selection.contains(name)
                        || name == "@microsoft.graph.sharedchanged"
                        || (name == "@microsoft.graph.downloadurl"
                            && selection.contains("content.downloadurl"))
                }))
    }

    private func common(_ number: Int) -> [(name: String, value: JSON)] {
        let item = drive.items[number]
        var members: [(name: String, value: JSON)] = [
            ("createdDateTime", .string(item.createdAt.iso())),
            ("eTag", .string(Self.tag(of: item))), ("id", .string(item.id)),
            (
                "lastModifiedDateTime",
                .string(item.modifiedAt.iso(fraction: Mailbox.fraction(ofMessage: number)))
            ),
            ("name", .string(item.name)), ("webUrl", .string(webAddress(of: number))),
            ("size", JSON(item.size)), ("createdBy", Self.identity(item.author)),
            ("lastModifiedBy", Self.identity(item.editor)),
            (
                "fileSystemInfo",
                [
                    "createdDateTime": .string(item.createdAt.iso()),
                    "lastModifiedDateTime": .string(item.modifiedAt.iso()),
                ]
            ),
        ]
        members += facets(of: item)
        if let shared = sharedFacet(number) { members.append(("shared", shared)) }
        if item.file != nil, !item.isMalware {
            let link = content.link(to: number, of: drive, request)
            members.append(("@microsoft.graph.downloadUrl", .string(link)))
        }
        return members
    }

    private func facets(of item: DriveItem) -> [(name: String, value: JSON)] {
        var facets: [(name: String, value: JSON)] = []
        switch item.kind {
        case .root: facets = [("root", [:]), ("folder", ["childCount": JSON(item.childCount)])]
        case .folder: facets = [("folder", ["childCount": JSON(item.childCount)])]
        case .file(let file):
            let hashes: JSON = ["quickXorHash": .string(file.hash)]
            facets = [("file", ["mimeType": .string(file.mimeType), "hashes": hashes])]
        case .notebook: facets = [("package", ["type": "oneNote"])]
        case .remote(let drive, let id):
            let reference: JSON = ["driveId": .string(drive), "driveType": "documentLibrary"]
            facets = [
                (
                    "remoteItem",
                    [
                        "id": .string(id), "name": .string(item.name), "folder": ["childCount": 2],
                        "parentReference": reference,
                    ]
                )
            ]
        case .bare: break
        }
        if item.isMalware { facets.append(("malware", ["description": "EICAR-Test-File"])) }
        if let name = item.specialFolder {
            facets.append(("specialFolder", ["name": .string(name)]))
        }
        return facets
    }

    private func sharedFacet(_ number: Int) -> JSON? {
        let item = drive.items[number]
        if request.wantsHierarchicalSharing {
            guard item.hasOwnPermissions else { return nil }
            return item.permissions.isEmpty ? [:] : ["scope": "users"]
        }
        return drive.isShared(number) ? ["scope": "users"] : nil
    }

    private func parent(_ number: Int, withPath isWithPath: Bool) -> JSON {
        let item = drive.items[number]
        var members: [(name: String, value: JSON)] = [
            ("driveId", .string(drive.id)), ("driveType", .string(drive.type)),
            ("id", .string(item.id)),
        ]
        if isWithPath {
            let path = number == 0 ? "" : drive.path(of: number)
            members.append(("name", .string(item.name)))
            members.append(("path", .string("/drives/\(drive.id)/root:\(path.escapedPath)")))
        }
        return .object(JSON.Members(members))
    }

    private func webAddress(of number: Int) -> String {
        let path = number == 0 ? "" : drive.path(of: number)
        return "https://contoso.sharepoint.example/\(drive.key)/\(path.dropFirst().escapedPath)"
    }

    static func identity(_ person: Letter.Person) -> JSON {
        ["user": user(person)]
    }

    static func user(_ person: Letter.Person) -> JSON {
        var random = Mixer(person.address.utf8.reduce(5381) { $0 &* 33 &+ UInt64($1) })
        return [
            "email": .string(person.address), "id": .string(random.guid()),
            "displayName": .string(person.name),
        ]
    }
}

extension StringProtocol {
    /// With everything escaped that a path of a URL may not hold.
    var escapedPath: String {
        var escaped = ""
        for byte in utf8 {
            let scalar = UnicodeScalar(byte)
            let isPlain =
                byte < 0x80
                && (scalar.properties.isAlphabetic
                    || "0123456789-._~/!$'()*,;:@".unicodeScalars.contains(scalar))
            if isPlain {
                escaped.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return escaped
    }
}
