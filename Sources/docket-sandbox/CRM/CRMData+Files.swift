/// Files: a document has versions, and links to where it is seen.
extension CRMData {
    /// What a new file or a new version of one is made of.
    struct File {
        var title: String
        /// With the ending that tells the type.
        var path: String
        var bytes: [UInt8]
        /// The document that gets a new version; nil for a new document.
        var document: String?
        /// The record a new document is filed with.
        var location: String?
        var owner: String?
        var description: String?
    }

    /// - Returns: The id of the version.
    @discardableResult
    mutating func store(_ file: File, now: Timestamp) -> String? {
        guard let documents = CRMSchema.number(of: "ContentDocument"),
            let versions = CRMSchema.number(of: "ContentVersion"),
            let links = CRMSchema.number(of: "ContentDocumentLink")
        else { return nil }
        let ending = file.path.split(separator: ".").last.map(String.init)?.lowercased() ?? ""
        let owner = CRMValue.id(file.owner ?? actor)
        let shared: [String: CRMValue] = [
            "Title": .text(file.title), "OwnerId": owner,
            "FileType": .text(Self.fileTypes[ending] ?? "UNKNOWN"),
            "FileExtension": ending == "snote" ? .text("snote") : .text(ending),
            "ContentSize": .number(Double(file.bytes.count)), "ContentModifiedDate": .moment(now),
            "PublishStatus": .text("P"),
        ]
        let document: String
        if let known = file.document {
            document = known
        } else {
            document = create(documents, shared, now: now)
        }
        let number = retireVersions(of: document, versions, now) + 1
        var values = shared
        values["ContentDocumentId"] = .id(document)
        values["IsLatest"] = .flag(true)
        values["VersionNumber"] = .text("\(number)")
        values["PathOnClient"] = .text(file.path)
        values["Checksum"] = .text(MD5.hex(file.bytes))
        if let text = file.description { values["Description"] = .text(text) }
        if let location = file.location { values["FirstPublishLocationId"] = .id(location) }
        let version = create(versions, values, now: now)
        setBytes(file.bytes, of: version)
        update(
            document, shared.merging(["LatestPublishedVersionId": .id(version)]) { $1 }, now: now)
        if file.document == nil {
            link(document, to: file.owner ?? actor, links, share: "I", now)
            if let location = file.location { link(document, to: location, links, share: "V", now) }
        }
        return version
    }

    private mutating func link(
        _ document: String, to entity: String, _ links: Int, share: String, _ now: Timestamp
    ) {
        create(
            links,
            [
                "ContentDocumentId": .id(document), "LinkedEntityId": .id(entity),
                "ShareType": .text(share), "Visibility": .text("AllUsers"),
            ], now: now)
    }

    /// - Returns: How many versions there are.
    private mutating func retireVersions(
        of document: String, _ versions: Int, _ now: Timestamp
    ) -> Int {
        var count = 0
        for record in tables[versions].records
        where value("ContentDocumentId", of: record, versions) == .id(document) {
            count += 1
            if value("IsLatest", of: record, versions).flag {
                update(record.id, ["IsLatest": .flag(false)], now: now, bySystem: true)
            }
        }
        return count
    }

    /// Stores what an attachment holds.
    @discardableResult
    mutating func attach(
        _ bytes: [UInt8], name: String, contentType: String, to parent: String, now: Timestamp
    ) -> String? {
        guard let attachments = CRMSchema.number(of: "Attachment") else { return nil }
        let id = create(
            attachments,
            [
                "ParentId": .id(parent), "Name": .text(name), "ContentType": .text(contentType),
                "BodyLength": .number(Double(bytes.count)),
            ], now: now)
        setBytes(bytes, of: id)
        return id
    }

    /// What the vendor calls files of these endings; `snote` is a note, whose bytes are HTML.
    private static let fileTypes = [
        "txt": "TEXT", "csv": "CSV", "html": "HTML", "md": "UNKNOWN", "snote": "SNOTE",
        "xml": "XML", "pdf": "PDF", "link": "LINK",
    ]
}
