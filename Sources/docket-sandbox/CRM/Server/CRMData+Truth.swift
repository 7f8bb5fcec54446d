import JSON

extension CRMData {
    /// `source_id`, `scope`, `title` and plain `text` of every live document; a document is a
    /// record that has a text of its own, files and articles in their latest version alone.
    func truth() -> [JSON] {
        var documents: [JSON] = []
        for (name, titleField, textField) in Self.fields {
            guard let number = CRMSchema.number(of: name) else { continue }
            let object = CRMSchema.objects[number]
            for record in tables[number].records where record.isLive && isLatest(record, number) {
                let title = object.field(titleField).flatMap { record.value(at: $0.source).text }
                documents.append([
                    "source_id": .string(CRMID.full(record.id)), "scope": .string(name),
                    "title": .string(title ?? ""),
                    "text": text(textField, of: record, number).map(JSON.string) ?? .null,
                ])
            }
        }
        return documents
    }

    /// Nil where there is none, or one that is marked up.
    private func text(_ field: String, of record: CRMRecord, _ number: Int) -> String? {
        if CRMSchema.objects[number].name == "ContentVersion" {
            let path = value("PathOnClient", of: record, number).text ?? ""
            return blobs[record.id].flatMap { FileFormat.plainText(of: $0, named: path) }
        }
        return value(field, of: record, number).text.flatMap { $0.contains("<") ? nil : $0 }
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

    /// Objects with the fields of their titles and texts.
    private static let fields = [
        ("Account", "Name", "Description"), ("Contact", "Name", "Description"),
        ("Case", "Subject", "Description"), ("CaseComment", "", "CommentBody"),
        ("EmailMessage", "Subject", "TextBody"), ("FeedItem", "Title", "Body"),
        ("Knowledge__kav", "Title", "Summary"), ("ContentVersion", "Title", ""),
        ("Task", "Subject", "Description"), ("Project__c", "Name", "Goals__c"),
    ]
}
