/// Changes at random, as a working day makes them.
extension ERPTenant {
    private static let changing: [ERPTableName] = [
        .partners, .orders, .orders, .orderItems, .orderTexts, .products, .descriptions,
        .salesTexts, .attachments,
    ]

    mutating func mutate(count: Int, seed: UInt64, now: Timestamp) {
        for number in 0..<count {
            var random = Mixer(self.seed, 0x317A, seed, UInt64(number))
            let name = Self.changing[Int(random.next() % UInt64(Self.changing.count))]
            switch random.next() % 8 {
            case 0: create(name, &random, now)
            case 1: if let row = liveRow(name, &random) { tables.delete(row, of: name, at: now) }
            default: if let row = liveRow(name, &random) { update(row, name, &random, now) }
            }
        }
    }

    private func liveRow(_ name: ERPTableName, _ random: inout Mixer) -> Int? {
        let table = tables[name]
        guard !table.rows.isEmpty else { return nil }
        let start = Int(random.next() % UInt64(table.rows.count))
        return (0..<table.rows.count).lazy.map { (start + $0) % table.rows.count }
            .first { !table.rows[$0].isDeleted }
    }

    private mutating func create(_ name: ERPTableName, _ random: inout Mixer, _ now: Timestamp) {
        let number = Int(random.next() % 1_000_000)
        switch name {
        case .partners:
            let key = ERPValue.text("\(2_000_000 + number)")
            let company = ERPWords.company(number)
            let members: [String: ERPValue] = [
                "BusinessPartner": key, "Customer": key, "BusinessPartnerCategory": .text("2"),
                "BusinessPartnerFullName": .text(company),
                "OrganizationBPName1": .text(String(company.prefix(40))),
                "CorrespondenceLanguage": .text("EN"),
            ]
            guard tables[.partners].create(members, at: now) != nil else { return }
            let place = ERPWords.place(number)
            _ = tables[.addresses].create(
                [
                    "BusinessPartner": key, "AddressID": .text("\(100_000 + number)"),
                    "StreetName": .text(place.street), "PostalCode": .text(place.postal),
                    "CityName": .text(place.city), "Country": .text(place.land),
                ], at: now)
        case .products, .descriptions, .salesTexts:
            let key = ERPValue.text("NP-\(number)")
            let members: [String: ERPValue] = [
                "Product": key, "ProductType": .text("FERT"), "BaseUnit": .text("PC"),
                "GrossWeight": .number("\(number % 500).250"), "WeightUnit": .text("KG"),
            ]
            guard tables[.products].create(members, at: now) != nil else { return }
            for language in ERPWords.Language.allCases {
                _ = tables[.descriptions].create(
                    [
                        "Product": key, "Language": .text(language.rawValue),
                        "ProductDescription": .text(ERPWords.product(number, language)),
                    ], at: now)
            }
        default: createOrder(number, now)
        }
    }

    private mutating func createOrder(_ number: Int, _ now: Timestamp) {
        let key = ERPValue.text("\(7_000_000 + number)")
        let noun = ERPWords.noun(number, .english)
        let members: [String: ERPValue] = [
            "SalesOrder": key, "SalesOrderType": .text("OR"),
            "PurchaseOrderByCustomer": .text("\(noun) \(number)"),
            "TotalNetAmount": .number("\(number).500"), "TransactionCurrency": .text("EUR"),
            "OverallSDProcessStatus": .text("A"),
        ]
        guard tables[.orders].create(members, at: now) != nil else { return }
        _ = tables[.orderItems].create(
            [
                "SalesOrder": key, "SalesOrderItem": .text("10"),
                "SalesOrderItemText": .text(ERPWords.product(number, .english)),
                "RequestedQuantity": .number("\(1 + number % 9).000"),
                "RequestedQuantityUnit": .text("PC"),
            ], at: now)
        let (id, text) = ERPWords.orderText(number, .english)
        _ = tables[.orderTexts].create(
            [
                "SalesOrder": key, "Language": .text("EN"), "LongTextID": .text(id),
                "LongText": .text(text),
            ], at: now)
    }

    private mutating func update(
        _ row: Int, _ name: ERPTableName, _ random: inout Mixer, _ now: Timestamp
    ) {
        let number = Int(random.next() % 1_000_000)
        var media: [UInt8]?
        let members: [String: ERPValue]
        switch name {
        case .partners:
            members = ["BusinessPartnerFullName": .text(ERPWords.company(number) + " \(number)")]
        case .addresses:
            members = ["StreetName": .text("\(ERPWords.place(number).street) \(number)")]
        case .orders:
            let noun = ERPWords.noun(number, .english)
            members = [
                "PurchaseOrderByCustomer": .text("\(noun) \(number)"),
                "OverallSDProcessStatus": .text("B"),
            ]
        case .orderItems:
            let text = "\(ERPWords.noun(number, .english)) \(number)"
            members = [
                "SalesOrderItemText": .text(text), "RequestedQuantity": .number("\(number).000"),
            ]
        case .orderTexts, .salesTexts:
            let text = ERPWords.orderText(number, .english).text
            members = ["LongText": .text("\(text) (\(number))")]
        case .products:
            members = [
                "GrossWeight": .number("\(number).125"),
                "IsMarkedForDeletion": .flag(number % 5 == 0),
            ]
        case .descriptions:
            members = [
                "ProductDescription": .text("\(ERPWords.noun(number, .english)) \(number)")
            ]
        case .attachments:
            let bytes = Array("Corrected note \(number): the delivery date has moved.\n".utf8)
            media = bytes
            members = ["MimeType": .text("text/plain"), "FileSize": .text("\(bytes.count)")]
        }
        tables[name].update(row, members, at: now, media: media)
    }
}
