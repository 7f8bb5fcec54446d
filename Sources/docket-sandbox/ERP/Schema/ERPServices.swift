extension ERPService {
    static let all: [ERPService] = [
        partners, salesOrders, products, attachments, extraction, salesOrdersV4, productsV4,
        catalog,
    ]

    static let partners = ERPService(
        name: "API_BUSINESS_PARTNER", namespace: "API_BUSINESS_PARTNER", version: .v2,
        title: "Business Partner (A2X)",
        sets: [
            ERPEntitySet(
                name: "A_BusinessPartner", typeName: "A_BusinessPartnerType", table: .partners,
                navigations: [
                    ERPNavigation(
                        name: "to_BusinessPartnerAddress", target: "A_BusinessPartnerAddress",
                        isToMany: true)
                ]),
            ERPEntitySet(
                name: "A_BusinessPartnerAddress", typeName: "A_BusinessPartnerAddressType",
                table: .addresses),
        ])

    static let salesOrders = ERPService(
        name: "API_SALES_ORDER_SRV", namespace: "API_SALES_ORDER_SRV", version: .v2,
        title: "Sales Order (A2X)",
        sets: [
            ERPEntitySet(
                name: "A_SalesOrder", typeName: "A_SalesOrderType", table: .orders,
                navigations: [
                    ERPNavigation(name: "to_Item", target: "A_SalesOrderItem", isToMany: true),
                    ERPNavigation(name: "to_Text", target: "A_SalesOrderText", isToMany: true),
                ]),
            ERPEntitySet(
                name: "A_SalesOrderItem", typeName: "A_SalesOrderItemType", table: .orderItems,
                navigations: [
                    ERPNavigation(name: "to_SalesOrder", target: "A_SalesOrder", isToMany: false)
                ]),
            ERPEntitySet(
                name: "A_SalesOrderText", typeName: "A_SalesOrderTextType", table: .orderTexts),
        ])

    static let products = ERPService(
        name: "API_PRODUCT_SRV", namespace: "API_PRODUCT_SRV", version: .v2,
        title: "Product Master (A2X)",
        sets: [
            ERPEntitySet(
                name: "A_Product", typeName: "A_ProductType", table: .products,
                navigations: [
                    ERPNavigation(
                        name: "to_Description", target: "A_ProductDescription", isToMany: true),
                    ERPNavigation(
                        name: "to_SalesText", target: "A_ProductSalesText", isToMany: true),
                ]),
            ERPEntitySet(
                name: "A_ProductDescription", typeName: "A_ProductDescriptionType",
                table: .descriptions),
            ERPEntitySet(
                name: "A_ProductSalesText", typeName: "A_ProductSalesTextType", table: .salesTexts),
        ])

    static let attachments = ERPService(
        name: "API_CV_ATTACHMENT_SRV", namespace: "API_CV_ATTACHMENT_SRV", version: .v2,
        title: "Attachment Services",
        sets: [
            ERPEntitySet(
                name: "AttachmentContentSet", typeName: "AttachmentContent", table: .attachments,
                isMedia: true, requiresFilter: true)
        ])

    static let extraction = ERPService(
        name: "ZODP_PRODUCT_SRV", namespace: "ZODP_PRODUCT_SRV", version: .extraction,
        title: "Extraction of 0MATERIAL_ATTR",
        sets: [
            ERPEntitySet(
                name: ERPExtraction.setName, typeName: ERPExtraction.setName, table: .products,
                view: ERPExtraction.properties),
            ERPEntitySet(
                name: ERPExtraction.linksName, typeName: ERPExtraction.linksName,
                table: .products,
                navigations: [
                    ERPNavigation(
                        name: "ChangesAfter", target: ERPExtraction.setName, isToMany: true)
                ], view: ERPExtraction.linkProperties),
        ])

    static let salesOrdersV4 = ERPService(
        name: "salesorder", namespace: "com.sap.gateway.srvd_a2x.api_salesorder.v0001",
        version: .v4(group: "api_salesorder"), title: "Sales Order (A2X)",
        sets: [
            ERPEntitySet(
                name: "SalesOrder", typeName: "SalesOrder_Type", table: .orders,
                navigations: [
                    ERPNavigation(name: "_Item", target: "SalesOrderItem", isToMany: true),
                    ERPNavigation(name: "_Text", target: "SalesOrderText", isToMany: true),
                ]),
            ERPEntitySet(
                name: "SalesOrderItem", typeName: "SalesOrderItem_Type", table: .orderItems,
                navigations: [
                    ERPNavigation(name: "_SalesOrder", target: "SalesOrder", isToMany: false)
                ]),
            ERPEntitySet(
                name: "SalesOrderText", typeName: "SalesOrderText_Type", table: .orderTexts),
            ERPEntitySet(
                name: "SalesOrderAttachment", typeName: "SalesOrderAttachment_Type",
                table: .attachments, isMedia: true),
        ])

    static let productsV4 = ERPService(
        name: "product", namespace: "com.sap.gateway.srvd_a2x.api_product.v0001",
        version: .v4(group: "api_product"), title: "Product (A2X)",
        sets: [
            ERPEntitySet(
                name: "Product", typeName: "Product_Type", table: .products,
                navigations: [
                    ERPNavigation(
                        name: "_ProductDescription", target: "ProductDescription", isToMany: true)
                ]),
            ERPEntitySet(
                name: "ProductDescription", typeName: "ProductDescription_Type",
                table: .descriptions),
        ])

    static let catalog = ERPService(
        name: "CATALOGSERVICE", namespace: "CATALOGSERVICE", version: .catalog,
        title: "Service Catalog",
        sets: [
            ERPEntitySet(
                name: "ServiceCollection", typeName: "Service", table: .products,
                view: [
                    .key("ID", 60, "Service"), .text("Title", 60, "Title"),
                    .text("TechnicalServiceName", 35, "Technical Name"),
                    .number("TechnicalServiceVersion", "Version"),
                    .text("ServiceUrl", nil, "Address"),
                ])
        ])
}
