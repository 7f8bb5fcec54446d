/// The tables behind the services; several services may show one.
enum ERPTableName: String, Sendable, CaseIterable {
    case partners, addresses, orders, orderItems, orderTexts, products, descriptions, salesTexts
    case attachments

    /// In the order they are written; the keys first.
    var properties: [ERPProperty] {
        switch self {
        case .partners: Self.partnerProperties
        case .addresses: Self.addressProperties
        case .orders: Self.orderProperties
        case .orderItems: Self.orderItemProperties
        case .orderTexts: Self.orderTextProperties
        case .products: Self.productProperties
        case .descriptions: Self.descriptionProperties
        case .salesTexts: Self.salesTextProperties
        case .attachments: Self.attachmentProperties
        }
    }

    /// The property a person would call an entity by.
    var titleProperty: String {
        switch self {
        case .partners: "BusinessPartnerFullName"
        case .addresses: "StreetName"
        case .orders: "PurchaseOrderByCustomer"
        case .orderItems: "SalesOrderItemText"
        case .orderTexts, .salesTexts: "LongText"
        case .products: "Product"
        case .descriptions: "ProductDescription"
        case .attachments: "FileName"
        }
    }

    /// Tables whose entities go with one of this table: they have its key as their first.
    var dependents: [ERPTableName] {
        switch self {
        case .partners: [.addresses]
        case .orders: [.orderItems, .orderTexts]
        case .products: [.descriptions, .salesTexts]
        default: []
        }
    }

    private static let partnerProperties: [ERPProperty] = [
        .key("BusinessPartner", 10, "Business Partner"),
        .text("Customer", 10, "Customer"), .text("Supplier", 10, "Supplier"),
        .text("BusinessPartnerCategory", 1, "Partner Category"),
        .text("BusinessPartnerFullName", 81, "Full Name"),
        .text("OrganizationBPName1", 40, "Name 1"),
        .text("FirstName", 40, "First Name"), .text("LastName", 40, "Last Name"),
        .text("CorrespondenceLanguage", 2, "Language"),
        ERPProperty(name: "BusinessPartnerUUID", type: .guid, label: "UUID"),
        .date("BirthDate", "Date of Birth"), .date("CreationDate", "Created On"),
        .time("CreationTime", "Created At"),
        .date("LastChangeDate", "Changed On"), .time("LastChangeTime", "Changed At"),
        .text("ETag", 26, "Generated Key"),
        .flag("BusinessPartnerIsBlocked", "Central Block"),
        .flag("IsMarkedForArchiving", "Central Archiving Flag"),
    ]

    private static let addressProperties: [ERPProperty] = [
        .key("BusinessPartner", 10, "Business Partner"), .key("AddressID", 10, "Address Number"),
        .text("StreetName", 60, "Street"), .text("HouseNumber", 10, "House Number"),
        .text("PostalCode", 10, "Postal Code"), .text("CityName", 40, "City"),
        .text("Country", 3, "Country/Region"), .text("Language", 2, "Language"),
        .stamp("ValidityStartDate", "Valid From"), .stamp("ValidityEndDate", "Valid To"),
    ]

    private static let orderProperties: [ERPProperty] = [
        .key("SalesOrder", 10, "Sales Order"), .text("SalesOrderType", 4, "Sales Order Type"),
        .text("SalesOrganization", 4, "Sales Organization"),
        .text("SoldToParty", 10, "Sold-to Party"),
        .text("PurchaseOrderByCustomer", 35, "Customer Reference"),
        .date("SalesOrderDate", "Document Date"),
        .date("RequestedDeliveryDate", "Requested Delivery Date"),
        .decimal("TotalNetAmount", 19, 3, "Net Value", unit: "TransactionCurrency"),
        .text("TransactionCurrency", 5, "Document Currency"),
        .text("OverallSDProcessStatus", 1, "Overall Status"),
        .text("DeliveryBlockReason", 2, "Delivery Block"),
        .date("CreationDate", "Created On"), .time("CreationTime", "Created At"),
        .stamp("LastChangeDateTime", "Time Stamp"),
    ]

    private static let orderItemProperties: [ERPProperty] = [
        .key("SalesOrder", 10, "Sales Order"), .key("SalesOrderItem", 6, "Item"),
        .text("Material", 40, "Material"), .text("SalesOrderItemText", 40, "Description"),
        .decimal("RequestedQuantity", 15, 3, "Quantity", unit: "RequestedQuantityUnit"),
        .text("RequestedQuantityUnit", 3, "Sales Unit"),
        .decimal("NetAmount", 19, 3, "Net Value", unit: "TransactionCurrency"),
        .text("TransactionCurrency", 5, "Document Currency"),
        .text("SalesDocumentRjcnReason", 2, "Reason for Rejection"),
    ]

    private static let orderTextProperties: [ERPProperty] = [
        .key("SalesOrder", 10, "Sales Order"), .key("Language", 2, "Language"),
        .key("LongTextID", 4, "Text ID"), .text("LongText", nil, "Text"),
    ]

    private static let productProperties: [ERPProperty] = [
        .key("Product", 40, "Product Number"), .text("ProductType", 4, "Product Type"),
        .text("ProductGroup", 9, "Product Group"), .text("BaseUnit", 3, "Base Unit of Measure"),
        .decimal("GrossWeight", 13, 3, "Gross Weight", unit: "WeightUnit"),
        .decimal("NetWeight", 13, 3, "Net Weight", unit: "WeightUnit"),
        .text("WeightUnit", 3, "Weight Unit"), .text("Brand", 4, "Brand"),
        .text("CountryOfOrigin", 3, "Country of Origin"),
        .number("TotalShelfLife", "Total Shelf Life"),
        .flag("IsMarkedForDeletion", "Deletion Flag"), .date("CreationDate", "Created On"),
        .date("LastChangeDate", "Last Change"), .stamp("LastChangeDateTime", "Changed On"),
    ]

    private static let descriptionProperties: [ERPProperty] = [
        .key("Product", 40, "Product Number"), .key("Language", 2, "Language"),
        .text("ProductDescription", 40, "Product Description"),
    ]

    private static let salesTextProperties: [ERPProperty] = [
        .key("Product", 40, "Product Number"),
        .key("ProductSalesOrg", 4, "Sales Organization"),
        .key("ProductDistributionChnl", 2, "Distribution Channel"),
        .key("Language", 2, "Language"), .text("LongText", nil, "Long Text"),
    ]

    private static let attachmentProperties: [ERPProperty] = [
        .key("DocumentInfoRecordDocType", 3, "Document Type"),
        .key("DocumentInfoRecordDocNumber", 25, "Document"),
        .key("DocumentInfoRecordDocPart", 3, "Document Part"),
        .key("DocumentInfoRecordDocVersion", 2, "Version"),
        .key("LogicalDocument", 32, "Logical Document"),
        .key("ArchiveDocumentID", 40, "Archive Document"),
        .key("LinkedSAPObjectKey", 90, "Object Key"),
        .key("BusinessObjectTypeName", 10, "Object Type"),
        .text("FileName", nil, "File Name"), .text("MimeType", 128, "MIME Type"),
        .text("FileSize", nil, "File Size"), .text("StorageCategory", 10, "Storage Category"),
        .text("CreatedByUser", 12, "Created By"), .stamp("CreatedAt", "Created At"),
        .stamp("LastChangeDateTime", "Changed At"),
        .text("AttachmentDeletionIsForbidden", 1, "Deletion Forbidden"),
    ]
}
