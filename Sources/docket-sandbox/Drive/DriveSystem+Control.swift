import HTTPServer
import JSON

/// Changes to the drives, as their users would make them, and the switches of the system.
extension DriveSystem {
    /// Obeys `/sandbox/drives/...`.
    func control(
        _ request: HTTPRequest, _ path: [String], _ body: JSON, now: Timestamp
    ) throws(ControlError) -> JSON {
        switch (request.method, path.first ?? "", path.count) {
        case ("GET", "state", 1): return state()
        case ("POST", "items", 1): return try createFile(body, now)
        case ("POST", "folders", 1): return try createFolder(body, now)
        case (_, "items", 3...):
            guard let drive = tenant.drive(path[1]),
                let item = tenant[drive].item(named: path[2])
            else { throw ControlError("no item \"\(path[1])/\(path[2])\"", status: 404) }
            return try control(request, Array(path.dropFirst(3)), drive, item, body, now)
        case ("POST", "expire-downloads", 1):
            links.generation += 1
            return [:]
        case ("POST", "download-lifetime", 1):
            let fields = try ControlFields(body, known: ["seconds"])
            guard let seconds = try fields.number("seconds", in: 0...Limits.tokenLifetimeMax) else {
                throw ControlError("seconds is missing")
            }
            contentLifetime = seconds
            return ["seconds": JSON(seconds)]
        case ("POST", "page-size", 1):
            let fields = try ControlFields(body, known: ["items"])
            let range = 1...Limits.driveItemsPerPageMax
            pageSize = try fields.number("items", in: range) ?? Limits.driveItemsPerPage
            return ["items": JSON(pageSize)]
        case ("POST", "grants", 1): return try grant(body)
        default:
            throw ControlError(
                "no \(request.method) /sandbox/drives/\(path.joined(separator: "/"))", status: 404)
        }
    }

    private func control(
        _ request: HTTPRequest, _ path: [String], _ drive: Int, _ item: Int, _ body: JSON,
        _ now: Timestamp
    ) throws(ControlError) -> JSON {
        switch (request.method, path.first, path.count) {
        case ("GET", nil, 0): return summary(of: item, drive)
        case ("PATCH", nil, 0): return try change(item, drive, body, now)
        case ("DELETE", nil, 0):
            guard item != 0 else { throw ControlError("the root cannot be deleted") }
            let tombstones = request.queryItem("tombstones") ?? "folder"
            guard
                let form: Drive.Tombstones = [
                    "folder": .folderOnly, "all": .contentsFirst, "all-last": .contentsLast,
                ][tombstones]
            else { throw ControlError("tombstones is not folder, all or all-last") }
            tenant[drive].delete(item, form, now: now)
            return [:]
        case ("POST", "move", 1):
            let fields = try ControlFields(body, known: ["parent"])
            let target = try folder(try fields.required("parent"), drive)
            guard tenant[drive].canMove(item, to: target) else {
                throw ControlError("it cannot be moved into itself")
            }
            try checkName(tenant[drive].items[item].name, in: target, drive)
            tenant[drive].move(item, to: target, by: Self.editor, now: now)
            return summary(of: item, drive)
        case ("POST", "permissions", 1): return try share(item, drive, body, now)
        case ("DELETE", "permissions", 2):
            guard tenant[drive].revoke(path[1], on: item, now: now) else {
                throw ControlError("no permission \"\(path[1])\"", status: 404)
            }
            return [:]
        default: throw ControlError("no such control of an item", status: 404)
        }
    }

    private static var editor: Letter.Person { DriveTenant.people[1] }

    private func drive(_ name: String) throws(ControlError) -> Int {
        guard let number = tenant.drive(name) else {
            throw ControlError("no drive \"\(name)\"", status: 404)
        }
        return number
    }

    private func folder(_ name: String, _ drive: Int) throws(ControlError) -> Int {
        guard let number = tenant[drive].item(named: name), tenant[drive].items[number].isFolder
        else { throw ControlError("no folder \"\(name)\"", status: 404) }
        return number
    }

    private func checkName(
        _ name: String, in folder: Int, _ drive: Int
    ) throws(ControlError) {
        guard !name.isEmpty, !name.contains("/") else {
            throw ControlError("name is empty or holds a slash")
        }
        guard tenant[drive].child(of: folder, named: name) == nil else {
            throw ControlError("there is a \"\(name)\" already", status: 409)
        }
        guard tenant[drive].items.count < Limits.driveItemsMax else {
            throw ControlError("more than \(Limits.driveItemsMax) items")
        }
    }

    private func summary(of number: Int, _ drive: Int) -> JSON {
        let item = tenant[drive].items[number]
        var members: [(name: String, value: JSON)] = [
            ("drive", .string(tenant[drive].id)), ("id", .string(item.id)),
            ("source_id", .string("\(tenant[drive].id)/\(item.id)")),
            ("name", .string(item.name)), ("path", .string(tenant[drive].path(of: number))),
        ]
        if let file = item.file {
            members += [("quick_xor", .string(file.hash)), ("size", JSON(file.bytes.count))]
        }
        return .object(JSON.Members(members))
    }

    private func createFile(_ body: JSON, _ now: Timestamp) throws(ControlError) -> JSON {
        let fields = try ControlFields(
            body, known: ["drive", "parent", "name"] + Self.contentFields)
        let drive = try drive(try fields.required("drive"))
        let parent = try folder(try fields.text("parent") ?? "/", drive)
        let name = try fields.required("name")
        try checkName(name, in: parent, drive)
        let file = try file(fields, name: name) ?? DriveFile(text: "", name: name)
        let number = tenant[drive].add(name, .file(file), to: parent, by: Self.editor, now: now)
        return summary(of: number, drive)
    }

    private func createFolder(_ body: JSON, _ now: Timestamp) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["drive", "parent", "name"])
        let drive = try drive(try fields.required("drive"))
        let parent = try folder(try fields.text("parent") ?? "/", drive)
        let name = try fields.required("name")
        try checkName(name, in: parent, drive)
        let number = tenant[drive].add(name, .folder, to: parent, by: Self.editor, now: now)
        return summary(of: number, drive)
    }

    private func change(
        _ number: Int, _ drive: Int, _ body: JSON, _ now: Timestamp
    ) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["name", "malware"] + Self.contentFields)
        let item = tenant[drive].items[number]
        if let name = try fields.text("name"), name != item.name {
            guard let parent = item.parent else { throw ControlError("the root has no other name") }
            try checkName(name, in: parent, drive)
            tenant[drive].rename(number, to: name, by: Self.editor, now: now)
        }
        if let file = try file(fields, name: tenant[drive].items[number].name) {
            guard item.file != nil else { throw ControlError("it is not a file") }
            tenant[drive].write(file, to: number, by: Self.editor, now: now)
        }
        if let isMalware = try fields.flag("malware") {
            tenant[drive].mark(number, asMalware: isMalware, now: now)
        }
        return summary(of: number, drive)
    }

    private static let contentFields = ["content", "format", "text"]

    /// - Returns: The file that `content`, or `text` with or without `format`, describes.
    private func file(_ fields: ControlFields, name: String) throws(ControlError) -> DriveFile? {
        let format = FileFormat(ofName: name)
        if let content = try fields.text("content") {
            guard content.utf8.count <= Limits.fileBytesMax else {
                throw ControlError("content is longer than \(Limits.fileBytesMax) bytes")
            }
            return DriveFile(
                Array(content.utf8), mimeType: format?.mimeType ?? "application/octet-stream")
        }
        guard let text = try fields.text("text") else { return nil }
        guard text.utf8.count <= Limits.fileBytesMax else {
            throw ControlError("text is longer than \(Limits.fileBytesMax) bytes")
        }
        guard let wanted = try fields.text("format") else {
            return DriveFile(text: text, name: name)
        }
        guard let format = FileFormat(rawValue: wanted) else {
            let known = FileFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw ControlError("unknown format \"\(wanted)\"; known: \(known)")
        }
        return DriveFile(format.bytes(of: text), mimeType: format.mimeType)
    }

    private func share(
        _ item: Int, _ drive: Int, _ body: JSON, _ now: Timestamp
    ) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["roles", "user", "group", "link"])
        let roles = body["roles"]?.arrayValue?.compactMap(\.stringValue) ?? ["read"]
        let grantee: DrivePermission.Grantee
        if let user = try fields.text("user") {
            guard let person = CorpusReader.people(user[...]).first else {
                throw ControlError("user is not like Ana Ruiz <ana@fabrikam.example>")
            }
            grantee = .user(person)
        } else if let group = try fields.text("group") {
            grantee = .siteGroup(group)
        } else if let scope = try fields.text("link") {
            guard ["anonymous", "organization", "users", "existingAccess"].contains(scope) else {
                throw ControlError(
                    "link is not anonymous, organization, users or existingAccess")
            }
            grantee = .link(scope: scope, users: [])
        } else {
            grantee = .invitation
        }
        return ["id": .string(tenant[drive].grant(roles, to: grantee, on: item, now: now))]
    }

    private func grant(_ body: JSON) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["permissions"])
        let names = fields.json["permissions"]?.arrayValue?.compactMap(\.stringValue)
        guard let names, names.allSatisfy(DriveGrants.all.contains) else {
            throw ControlError(
                "permissions is not a list of \(DriveGrants.all.joined(separator: ", "))")
        }
        grants.names = Set(names)
        return ["permissions": .array(names.map(JSON.string))]
    }

    private func state() -> JSON {
        let drives = tenant.drives.indices.map { number -> JSON in
            let drive = tenant[number]
            let items = drive.items.indices.filter { !drive.items[$0].isDeleted }
            return [
                "key": .string(drive.key), "id": .string(drive.id), "name": .string(drive.name),
                "type": .string(drive.type),
                "items": .array(
                    items.map { item in
                        [
                            "id": .string(drive.items[item].id),
                            "path": .string(drive.path(of: item)),
                            "folder": .bool(drive.items[item].isFolder),
                            "permissions": JSON(drive.items[item].permissions.count),
                        ]
                    }),
            ]
        }
        let sites = tenant.sites.map { site -> JSON in
            [
                "id": .string(site.id), "name": .string(site.name),
                "address": .string("\(DriveTenant.host):\(site.path)"),
            ]
        }
        return [
            "drives": .array(drives), "sites": .array(sites),
            "groups": .array(
                tenant.groups.map { ["id": .string($0.id), "name": .string($0.name)] }),
            "users": .array(
                tenant.users.map { ["id": .string($0.id), "address": .string($0.address)] }),
            "content_url": .string(contentOrigin),
        ]
    }
}
