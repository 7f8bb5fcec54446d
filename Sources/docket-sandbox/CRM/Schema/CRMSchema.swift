/// The objects of the org, as far as a reader of documents meets them.
enum CRMSchema {
    static let objects: [CRMObject] = [
        user, group, account, contact, theCase, caseComment, emailMessage, feedItem, knowledge,
        contentDocument, contentVersion, contentDocumentLink, attachment, note, task, project,
    ]

    private static let numbers = Dictionary(
        uniqueKeysWithValues: objects.enumerated().map { ($1.name.lowercased(), $0) })
    private static let prefixes = Dictionary(
        uniqueKeysWithValues: objects.enumerated().map { ($1.keyPrefix, $0) })

    /// An object's number, by its name in any case.
    static func number(of name: String) -> Int? { numbers[name.lowercased()] }

    /// The number of the object whose record has this id.
    static func number(ofID id: String) -> Int? { prefixes[String(id.prefix(3))] }

    /// One object's records seen from another that they refer to.
    struct Child: Sendable {
        let object: Int
        let field: String
        let relationship: String?
    }

    /// References to an object, and what a subquery calls the records that hold them.
    static func children(of name: String) -> [Child] {
        var children: [Child] = []
        for (number, object) in objects.enumerated() {
            for field in object.fields where field.targets.contains(name) {
                // Who made or changed a record is a reference that nobody follows backwards.
                let isNamed = !["CreatedById", "LastModifiedById", "OwnerId"].contains(field.name)
                children.append(
                    Child(
                        object: number, field: field.name,
                        relationship: isNamed ? relationship(object, field) : nil))
            }
        }
        return children
    }

    private static func relationship(_ object: CRMObject, _ field: CRMField) -> String? {
        switch (object.name, field.name) {
        case (_, "MasterRecordId"), (_, "ActivityId"), (_, "RelatedRecordId"),
            (_, "ReplyToEmailMessageId"), (_, "LatestPublishedVersionId"),
            (_, "FirstPublishLocationId"), ("Task", "AccountId"):
            nil
        case ("EmailMessage", "RelatedToId"): "Emails"
        case ("FeedItem", _): "Feeds"
        case ("Account", "ParentId"): "ChildAccounts"
        default: object.plural
        }
    }

    // People

    private static let user = CRMObject(
        "User", "005", "Users", nameField: "Name", system: .undeletable,
        [
            .string("Username", 80), .string("Name", 121), .string("FirstName", 40),
            .string("LastName", 80), CRMField("Email", .email, 128), .string("Alias", 8),
            .string("Title", 80), .string("Department", 80), .flag("IsActive"),
            .choice("LanguageLocaleKey"), .choice("UserType"),
        ])

    /// Queues, which may own cases and tasks in the place of a person.
    private static let group = CRMObject(
        "Group", "00G", "Groups", nameField: "Name", system: .undeletable,
        [.string("Name", 40), .string("DeveloperName", 80), .choice("Type"), .string("Email")])

    // Customers

    private static let account = CRMObject(
        "Account", "001", "Accounts", nameField: "Name",
        [
            .reference("MasterRecordId", to: "Account", as: "MasterRecord"), .string("Name"),
            .choice("Type"), .reference("ParentId", to: "Account", as: "Parent"),
        ] + CRMField.address("Billing") + [
            CRMField("Phone", .phone, 40), .string("AccountNumber", 40),
            CRMField("Website", .url, 255), .choice("Industry"),
            CRMField("AnnualRevenue", .currency), CRMField("NumberOfEmployees", .int),
            .long("Description"), .reference("OwnerId", to: "User", as: "Owner"),
            .choice("Language__c"), .long("Service_Notes__c", html: true),
        ])

    private static let contact = CRMObject(
        "Contact", "003", "Contacts", nameField: "Name",
        [
            .reference("MasterRecordId", to: "Contact", as: "MasterRecord"),
            .reference("AccountId", to: "Account", as: "Account"), .string("LastName", 80),
            .string("FirstName", 40), .choice("Salutation"), .string("Name", 121),
        ] + CRMField.address("Mailing") + [
            CRMField("Phone", .phone, 40), CRMField("Email", .email, 80), .string("Title", 128),
            .string("Department", 80), .long("Description"),
            .reference("OwnerId", to: "User", as: "Owner"),
        ])

    private static let project = CRMObject(
        "Project__c", "a0P", "Projects__r", nameField: "Name",
        [
            .string("Name", 80), .reference("OwnerId", to: "Group", "User", as: "Owner"),
            .reference("Account__c", to: "Account", as: "Account__r"),
            .reference("Contact__c", to: "Contact", as: "Contact__r"), .choice("Status__c"),
            CRMField("Budget__c", .currency), CRMField("Start_Date__c", .date),
            CRMField("Go_Live__c", .datetime), CRMField("Tags__c", .multipicklist, 4099),
            .long("Goals__c", 131_072), .long("Risks__c", 131_072, html: true),
        ])

    // Service

    private static let theCase = CRMObject(
        "Case", "500", "Cases", nameField: "CaseNumber",
        [
            .reference("MasterRecordId", to: "Case", as: "MasterRecord"), .string("CaseNumber", 30),
            .reference("ContactId", to: "Contact", as: "Contact"),
            .reference("AccountId", to: "Account", as: "Account"),
            .reference("ParentId", to: "Case", as: "Parent"), .string("SuppliedName", 80),
            CRMField("SuppliedEmail", .email, 80), .choice("Type"), .choice("Status"),
            .choice("Origin"), .string("Subject"), .choice("Priority"), .long("Description"),
            .flag("IsClosed"), CRMField("ClosedDate", .datetime), .flag("IsEscalated"),
            .reference("OwnerId", to: "Group", "User", as: "Owner"), .choice("Product__c"),
            .string("Serial_Number__c", 40), .long("Root_Cause__c"), .long("Resolution__c"),
        ])

    private static let caseComment = CRMObject(
        "CaseComment", "00a", "CaseComments", nameField: nil,
        [
            .reference("ParentId", to: "Case", as: "Parent"), .flag("IsPublished"),
            .long("CommentBody", 4000),
        ])

    private static let emailMessage = CRMObject(
        "EmailMessage", "02s", "EmailMessages", nameField: "Subject",
        [
            .reference("ParentId", to: "Case", as: "Parent"),
            .reference("ActivityId", to: "Task", as: "Activity"),
            .reference("RelatedToId", to: "Account", "Case", "Project__c", as: "RelatedTo"),
            .string("Subject", 3000), .long("TextBody", 131_072),
            .long("HtmlBody", 131_072, html: true), .long("Headers", 32_000),
            .string("FromName", 1000), CRMField("FromAddress", .email, 1000),
            .string("ToAddress", 4000), .string("CcAddress", 4000), .string("BccAddress", 4000),
            .flag("Incoming"), .flag("HasAttachment"), .choice("Status"),
            CRMField("MessageDate", .datetime), .string("MessageIdentifier"),
            .string("ThreadIdentifier"),
            .reference("ReplyToEmailMessageId", to: "EmailMessage", as: "ReplyToEmailMessage"),
        ])

    private static let feedItem = CRMObject(
        "FeedItem", "0D5", "Feeds", nameField: "Title",
        [
            .reference("ParentId", to: "Account", "Case", "Contact", "Project__c", as: "Parent"),
            .choice("Type"), .string("Title"), .long("Body", 10_000, html: true),
            .flag("IsRichText"), CRMField("LinkUrl", .url, 1000),
            .reference("RelatedRecordId", to: "ContentVersion", "FeedItem", as: "RelatedRecord"),
            .choice("Visibility"), .choice("Status"),
        ])

    /// Rows are versions and languages of articles; the article itself is no object here.
    private static let knowledge = CRMObject(
        "Knowledge__kav", "ka0", "Knowledge", nameField: "Title",
        [
            .string("KnowledgeArticleId", 18), .string("MasterVersionId", 18),
            .reference("OwnerId", to: "User", as: "Owner"), .choice("PublishStatus"),
            CRMField("VersionNumber", .int), .flag("IsLatestVersion"),
            .string("ArticleNumber", 255), .string("UrlName"), .string("Title"),
            .string("Summary", 1000), .choice("Language"),
            CRMField("LastPublishedDate", .datetime), .choice("ValidationStatus"),
            .long("Answer__c", 131_072, html: true),
        ])

    private static let task = CRMObject(
        "Task", "00T", "Tasks", nameField: "Subject",
        [
            .reference("WhoId", to: "Contact", "Lead", as: "Who"),
            .reference("WhatId", to: "Account", "Case", "Project__c", as: "What"),
            .reference("AccountId", to: "Account", as: "Account"), .string("Subject"),
            CRMField("ActivityDate", .date), .choice("Status"), .choice("Priority"),
            .long("Description"), .reference("OwnerId", to: "Group", "User", as: "Owner"),
            .flag("IsClosed"), .flag("IsArchived"),
        ])

    // Files

    private static let contentDocument = CRMObject(
        "ContentDocument", "069", "ContentDocuments", nameField: "Title",
        [
            .string("Title"), .reference("OwnerId", to: "User", as: "Owner"),
            .reference(
                "LatestPublishedVersionId", to: "ContentVersion", as: "LatestPublishedVersion"),
            .choice("PublishStatus"), .string("FileType", 20), .string("FileExtension", 40),
            CRMField("ContentSize", .int), CRMField("ContentModifiedDate", .datetime),
        ])

    private static let contentVersion = CRMObject(
        "ContentVersion", "068", "ContentVersions", nameField: "Title",
        [
            .reference("ContentDocumentId", to: "ContentDocument", as: "ContentDocument"),
            .flag("IsLatest"), .string("VersionNumber", 20), .choice("PublishStatus"),
            .string("Title"), .long("Description", 1000), .string("PathOnClient", 500),
            .string("FileType", 20), .string("FileExtension", 40), CRMField("ContentSize", .int),
            .string("Checksum", 50),
            CRMField("ContentModifiedDate", .datetime),
            .reference("OwnerId", to: "User", as: "Owner"),
            .reference(
                "FirstPublishLocationId", to: "Account", "Case", "Project__c",
                as: "FirstPublishLocation"),
            CRMField("VersionData", .base64),
        ])

    private static let contentDocumentLink: CRMObject = {
        var object = CRMObject(
            "ContentDocumentLink", "06A", "ContentDocumentLinks", nameField: nil, system: .bare,
            [
                .reference(
                    "LinkedEntityId", to: "Account", "Case", "Project__c", "User",
                    as: "LinkedEntity"),
                .reference("ContentDocumentId", to: "ContentDocument", as: "ContentDocument"),
                .choice("ShareType"), .choice("Visibility"),
            ])
        object.isReplicateable = false
        return object
    }()

    private static let attachment = CRMObject(
        "Attachment", "00P", "Attachments", nameField: "Name",
        [
            .reference("ParentId", to: "Account", "Case", "EmailMessage", as: "Parent"),
            .string("Name"), .string("ContentType", 120), CRMField("BodyLength", .int),
            CRMField("Body", .base64), .flag("IsPrivate"), .string("Description", 500),
            .reference("OwnerId", to: "User", as: "Owner"),
        ])

    private static let note = CRMObject(
        "Note", "002", "Notes", nameField: "Title",
        [
            .reference("ParentId", to: "Account", "Contact", "Project__c", as: "Parent"),
            .string("Title", 80), .long("Body"), .flag("IsPrivate"),
            .reference("OwnerId", to: "User", as: "Owner"),
        ])
}
