import HTTPServer
import JSON

/// Answers to everything but the feed; nothing changes by them.
struct DriveAnswers {
    let tenant: DriveTenant
    let request: DriveRequest
    let links: ContentLinks
    let pageSize: Int

    func json(_ value: JSON) -> HTTPResponse { page(value.serializedBytes()) }

    func page(_ bytes: [UInt8]) -> HTTPResponse {
        HTTPResponse(status: 200, headers: [("Content-Type", MailTenant.contentType)], body: bytes)
    }

    func sites() throws(GraphError) -> HTTPResponse {
        guard
            request.rawPath.lowercased().hasSuffix("/getallsites")
                || request.option("search") != nil
        else { throw .driveRequest("The collection of sites can only be searched.") }
        return try list(tenant.sites.map(entity), context: "sites")
    }

    func site(_ name: String) throws(GraphError) -> HTTPResponse {
        json(withContext("sites/$entity", entity(tenant.sites[try tenant.site(name)])))
    }

    func drives(_ place: DriveRoute.Place) throws(GraphError) -> HTTPResponse {
        let numbers = tenant.drives(of: try tenant.owner(place))
        return try list(numbers.map { entity(tenant[$0]) }, context: "drives")
    }

    func drive(_ number: Int) -> HTTPResponse {
        json(withContext("drives/$entity", entity(tenant[number])))
    }

    func part(
        _ part: DriveRoute.Part, of number: Int, _ drive: Drive
    ) throws(GraphError) -> HTTPResponse {
        let facts = DriveFacts(drive: drive, request: request, content: links)
        let item = drive.items[number]
        switch part {
        case .item, .feed:
            let entity = facts.entity(of: number, request.selection)
            return json(withContext("drives('\(drive.id)')/items/$entity", entity))
        case .children:
            guard item.isFolder else { throw .driveRequest("The item is not a folder.") }
            let entities = drive.children(of: number).map {
                facts.entity(of: $0, request.selection)
            }
            return try list(entities, context: "Collection(driveItem)")
        case .content: return try content(of: number, drive)
        case .permissions:
            // Those of the folders above it too, and nothing says which are whose.
            let permissions = ([number] + drive.ancestors(of: number)).flatMap {
                drive.items[$0].permissions
            }
            return try list(permissions.map(Self.entity), context: "Collection(permission)")
        case .permission(let id):
            guard let permission = item.permissions.first(where: { $0.id == id }) else {
                throw .noDriveItem
            }
            return json(withContext("permissions/$entity", Self.entity(permission)))
        }
    }

    /// Leads to the host of the content, with a link that needs no token.
    private func content(of number: Int, _ drive: Drive) throws(GraphError) -> HTTPResponse {
        let item = drive.items[number]
        guard !item.isMalware else {
            throw GraphError(
                status: 403, code: "malwareDetected", message: "Malware was found in the file.",
                innerCode: "malwareDetected")
        }
        guard item.file != nil else {
            throw .driveRequest("You cannot get content for a folder or a package.")
        }
        let tags = [DriveFacts.tag(of: item), DriveFacts.contentTag(of: item)]
        let known = request.knownTag?.split(separator: ";").map(String.init) ?? []
        if known.contains(where: tags.contains) {
            return HTTPResponse(status: 304, headers: [("ETag", tags[0])])
        }
        return HTTPResponse(
            status: 302, headers: [("Location", links.link(to: number, of: drive, request))])
    }

    // Collections

    private func list(_ entities: [JSON], context: String) throws(GraphError) -> HTTPResponse {
        let size = try request.top(in: 1...Limits.driveItemsPerPageMax) ?? pageSize
        let skipped = request.option("skiptoken").flatMap { Int($0) } ?? 0
        guard skipped >= 0 else { throw .driveRequest("Badly formed $skiptoken.") }
        var items = ItemList()
        for entity in entities.dropFirst(skipped).prefix(size) { items.append(entity) }
        var link: (name: String, url: String)?
        if skipped + size < entities.count {
            let kept = request.options.filter { $0.name.lowercased() != "$skiptoken" }.map {
                "\($0.name)=\($0.value.escapedPath)"
            }
            let query = (kept + ["$skiptoken=\(skipped + size)"]).joined(separator: "&")
            link = ("@odata.nextLink", "\(request.origin)\(request.rawPath)?\(query)")
        }
        return page(
            items.page(context: "\(request.origin)/v1.0/$metadata#\(context)", link: link))
    }

    private func withContext(_ context: String, _ entity: JSON) -> JSON {
        let address = "\(request.origin)/v1.0/$metadata#\(context)"
        return .object(
            JSON.Members(
                [("@odata.context", .string(address))] + (entity.objectMembers?.pairs ?? [])))
    }

    private func entity(_ site: DriveTenant.Site) -> JSON {
        [
            "id": .string(site.id), "name": .string(site.name.lowercased()),
            "displayName": .string(site.name),
            "createdDateTime": .string(DriveTenant.beginning.iso()),
            "webUrl": .string("https://\(DriveTenant.host)\(site.path)"),
            "siteCollection": ["hostname": .string(DriveTenant.host)], "root": [:],
        ]
    }

    private func entity(_ drive: Drive) -> JSON {
        let owner: JSON =
            switch drive.owner {
            case .user(let number):
                [
                    "user": [
                        "email": .string(tenant.users[number].address),
                        "id": .string(tenant.users[number].id),
                        "displayName": .string(tenant.users[number].name),
                    ]
                ]
            case .group(let number):
                [
                    "group": [
                        "id": .string(tenant.groups[number].id),
                        "displayName": .string(tenant.groups[number].name),
                    ]
                ]
            case .site(let number):
                ["group": ["displayName": .string(tenant.sites[number].name)]]
            }
        return [
            "id": .string(drive.id), "driveType": .string(drive.type),
            "name": .string(drive.name), "owner": owner,
            "createdDateTime": .string(DriveTenant.beginning.iso()),
            "webUrl": .string("https://\(DriveTenant.host)/\(drive.key)"),
            "quota": [
                "used": JSON(drive.items[0].size), "total": 1_099_511_627_776, "state": "normal",
            ],
        ]
    }

    // Permissions

    /// With the deprecated twins of the newer members, which are still sent.
    private static func entity(_ permission: DrivePermission) -> JSON {
        var members: [(name: String, value: JSON)] = [
            ("id", .string(permission.id)),
            ("roles", .array(permission.roles.map(JSON.string))),
        ]
        switch permission.grantee {
        case .user(let person):
            let login = "i:0#.f|membership|\(person.address)"
            let siteUser: JSON = [
                "id": "7", "displayName": .string(person.name), "loginName": .string(login),
            ]
            members.append(
                ("grantedToV2", ["user": DriveFacts.user(person), "siteUser": siteUser]))
            members.append(("grantedTo", DriveFacts.identity(person)))
        case .siteGroup(let name):
            let group: JSON = ["id": "5", "displayName": .string(name)]
            members.append(("grantedToV2", ["siteGroup": group]))
            members.append(("grantedTo", ["user": ["displayName": .string(name)]]))
        case .link(let scope, let users):
            let identities = JSON.array(users.map(DriveFacts.identity))
            let type = permission.roles.contains("write") ? "edit" : "view"
            let address = "https://\(DriveTenant.host)/:f:/s/\(permission.id)"
            members.append(
                (
                    "link",
                    [
                        "type": .string(type), "scope": .string(scope), "webUrl": .string(address),
                        "preventsDownload": false,
                    ]
                ))
            members.append(("grantedToIdentitiesV2", identities))
            members.append(("grantedToIdentities", identities))
            members.append(("expirationDateTime", "0001-01-01T00:00:00Z"))
            members.append(("hasPassword", false))
        case .invitation:
            members.append(("invitation", ["email": "guest@fabrikam.example"]))
        }
        return .object(JSON.Members(members))
    }
}
