import JSON

extension MutatedConnector {
    /// Without delta links some sets are read by the time of the last change, which tells of no
    /// deletions, and the others as a whole each time.
    static func odata(_ version: Int, hasDelta: Bool) -> MutatedConnector {
        let services = version == 4 ? services4 : services2
        return MutatedConnector(
            name: "odata\(version)\(hasDelta ? "" : "-plain")", system: "erp",
            secret: "erp_client_secret", hidesDeletions: !hasDelta,
            orders: ["switches": ["delta": .bool(hasDelta), "page_size": 20]],
            scopes: version == 4 ? scopes4 : scopes2.union(hasDelta ? [extraction] : [])
        ) { tenant in
            """
            connector: sap-odata
            connection:
              base_url: \(tenant.fact("erp_base_url"))/sap/opu/odata\(version == 4 ? "4" : "")/sap
              token_url: \(tenant.fact("erp_token_url"))
              client: "\(tenant.fact("erp_client"))"
              client_id: \(tenant.fact("erp_client_id"))
              client_secret: ${file:../connector-secret}
              odata: \(version)
            scope:
              services:
            \(services)
            \(version == 2 && hasDelta ? queue : "")
            """
        }
    }

    private static let scopes2: Set = [
        "API_BUSINESS_PARTNER/A_BusinessPartner", "API_SALES_ORDER_SRV/A_SalesOrder",
        "API_SALES_ORDER_SRV/A_SalesOrderItem", "API_PRODUCT_SRV/A_Product",
        "API_PRODUCT_SRV/A_ProductDescription",
    ]
    private static let services2 = """
            - path: API_BUSINESS_PARTNER
              entity_sets: [A_BusinessPartner]
            - path: API_SALES_ORDER_SRV
              entity_sets:
                - {name: A_SalesOrder, title: PurchaseOrderByCustomer, expand: [to_Item, to_Text]}
                - {name: A_SalesOrderItem, title: SalesOrderItemText}
            - path: API_PRODUCT_SRV
              entity_sets: [A_Product, A_ProductDescription]
        """

    private static let extraction = "ZODP_PRODUCT_SRV/AttrOfMaterial"
    private static let queue = """
            - path: ZODP_PRODUCT_SRV
              entity_sets: [{name: AttrOfMaterial, title: MATNR}]
        """

    private static let scopes4: Set = [
        "salesorder/SalesOrder", "salesorder/SalesOrderItem", "salesorder/SalesOrderAttachment",
        "product/Product", "product/ProductDescription",
    ]
    private static let services4 = """
            - path: api_salesorder/srvd_a2x/sap/salesorder/0001
              entity_sets:
                - {name: SalesOrder, title: PurchaseOrderByCustomer, modified: LastChangeDateTime,
                   expand: [_Item, _Text]}
                - {name: SalesOrderItem, title: SalesOrderItemText}
                - {name: SalesOrderAttachment, title: FileName, media: true}
            - path: api_product/srvd_a2x/sap/product/0001
              entity_sets:
                - {name: Product, title: Product, modified: LastChangeDateTime}
                - {name: ProductDescription, title: ProductDescription}
        """

    /// A directory has no faults, but what is read from it can be cut off at any time.
    static let idoc = MutatedConnector(name: "idoc", system: "idocs") { tenant in
        """
        connector: sap-idoc
        connection: {base_url: "\(tenant.fact("idoc_base_url"))/"}
        """
    }
}
