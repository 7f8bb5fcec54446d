import JSON

extension CRMData {
    /// `source_id`, `scope` and `title` of every live document; a document is a record that has
    /// a text of its own, files and articles in their latest version alone.
    func truth() -> [JSON] {
        var documents: [JSON] = []
        for (name, titleField) in Self.titleFields {
            guard let number = CRMSchema.number(of: name) else { continue }
            let object = CRMSchema.objects[number]
            for record in tables[number].records where record.isLive && isLatest(record, number) {
                let title = object.field(titleField).flatMap { record.value(at: $0.source).text }
                documents.append([
                    "source_id": .string(CRMID.full(record.id)), "scope": .string(name),
                    "title": .string(title ?? ""),
                ])
            }
        }
        return documents
    }

    private func isLatest(_ record: CRMRecord, _ number: Int) -> Bool {
        switch CRMSchema.objects[number].name {
        case "ContentVersion": value("IsLatest", of: record, number).flag
        case "Knowledge__kav":
            value("PublishStatus", of: record, number) == .text("Online")
                && value("IsLatestVersion", of: record, number).flag
        default: true
        }
    }

    private static let titleFields = [
        ("Account", "Name"), ("Contact", "Name"), ("Case", "Subject"), ("CaseComment", ""),
        ("EmailMessage", "Subject"), ("FeedItem", "Title"), ("Knowledge__kav", "Title"),
        ("ContentVersion", "Title"), ("Task", "Subject"), ("Project__c", "Name"),
    ]
}
