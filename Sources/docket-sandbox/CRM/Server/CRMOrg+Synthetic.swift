/// Records by the million.
extension CRMOrg {
    /// Adds records whose texts are written when they are read.
    ///
    /// - Parameters:
    ///   - object: Its number in the schema.
    ///   - count: How many.
    ///   - bodyBytes: The least size of the long text.
    ///   - seconds: Over how many seconds before `now` their stamps are spread; 0: all are one.
    ///   - now: The time of the last.
    mutating func generate(
        _ object: Int, count: Int, bodyBytes: Int, seconds: Int, now: Timestamp
    ) {
        data.reserve(count, of: object)
        for index in 0..<count {
            let number = generatedCount + index
            // Neither factor is above 10^8, so the product fits.
            let age = seconds * (count - 1 - index) / count
            data.create(
                object, Self.syntheticValues(object, number, bodyBytes: bodyBytes),
                now: now.advanced(by: -Int64(age)))
        }
        generatedCount += count
    }

    static func isGenerated(_ object: Int) -> Bool {
        longTexts[CRMSchema.objects[object].name] != nil
    }

    private static let longTexts = [
        "Account": "Description", "Contact": "Description", "Case": "Description",
        "CaseComment": "CommentBody", "EmailMessage": "TextBody", "FeedItem": "Body",
        "Knowledge__kav": "Answer__c", "Note": "Body", "Project__c": "Goals__c",
        "Task": "Description",
    ]

    /// The fields of one synthetic record; nothing for objects that have none.
    static func syntheticValues(
        _ object: Int, _ number: Int, bodyBytes: Int
    ) -> [String: CRMValue] {
        let name = CRMSchema.objects[object].name
        guard let long = longTexts[name] else { return [:] }
        let title = CRMValue.text(CRMSynthetic.title(number))
        var values: [String: CRMValue] = [long: .synthetic(number: number, bytes: bodyBytes)]
        switch name {
        case "Account": values["Name"] = .text("Customer \(7_000_000 + number)")
        case "Contact":
            values["LastName"] = .text("Person \(7_000_000 + number)")
            values["Email"] = .text("person\(number)@customer.example")
        case "Case":
            values["Subject"] = title
            values["Status"] = .text(number % 5 == 0 ? "Closed" : "New")
            values["Priority"] = .text(number % 7 == 0 ? "High" : "Medium")
            values["Origin"] = .text("Web")
        case "EmailMessage":
            values["Subject"] = title
            values["FromAddress"] = .text("person\(number)@customer.example")
            values["ToAddress"] = .text("support@contoso.example")
            values["Incoming"] = .flag(true)
            values["Status"] = .text("0")
        case "FeedItem":
            values["Title"] = title
            values["Type"] = .text("TextPost")
        case "Knowledge__kav":
            values["Title"] = title
            values["UrlName"] = .text("article-\(number)")
            values["KnowledgeArticleId"] = .text(
                CRMID.full(CRMID.make(prefix: "kA0", serial: number)))
            values["PublishStatus"] = .text("Online")
            values["IsLatestVersion"] = .flag(true)
            values["VersionNumber"] = .number(1)
            values["Language"] = .text("en_US")
        case "Note": values["Title"] = title
        case "Project__c":
            values["Name"] = title
            values["Status__c"] = .text("Running")
        case "Task":
            values["Subject"] = title
            values["Status"] = .text("Not Started")
        default: break
        }
        return values
    }
}
