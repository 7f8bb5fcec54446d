/// The data a tenant begins with; the same seed makes the same data.
struct ERPSeed {
    private let seed: UInt64
    private(set) var tables = ERPTables()
    /// 2026-01-15T08:00:00Z, when everything was entered; the changes lie before it.
    static let start = Timestamp(1_768_464_000)

    private static let partnerCount = 60
    private static let productCount = 80
    private static let orderCount = 120
    /// Keys that a client must escape, and one whose zeros count.
    private static let oddProducts = [
        "O'NEIL-7", "DIN/912-M8", "R#40%", "000000000000000023", "MZ-FG C900",
    ]

    init(seed: UInt64) {
        self.seed = seed
        for number in 0..<Self.partnerCount { addPartner(number) }
        for number in 0..<Self.productCount { addProduct(number) }
        for number in 0..<Self.orderCount { addOrder(number) }
        for attachment in ERPAttachmentSeed.all(orders: Self.orderKey, product: Self.productKey) {
            tables[.attachments].seed(
                attachment.members, at: Self.start, media: attachment.content)
        }
    }

    static func partnerKey(_ number: Int) -> String { "\(1_000_001 + number)" }

    static func productKey(_ number: Int) -> String {
        let plain = number - oddProducts.count
        return plain < 0 ? oddProducts[number] : "TG\(11 + plain)"
    }

    static func orderKey(_ number: Int) -> String { "\(4700 + number)" }

    /// Days and seconds before the start, by the seed.
    private func moment(_ table: UInt64, _ number: Int, daysMax: UInt64) -> Timestamp {
        var random = Mixer(seed, 0x5A9, table, UInt64(number))
        let seconds = Int64(random.next() % (daysMax * 86_400))
        return Self.start.advanced(by: -seconds)
    }

    private func day(_ at: Timestamp) -> ERPValue {
        .moment(Timestamp(at.seconds - at.seconds % 86_400))
    }

    private mutating func addPartner(_ number: Int) {
        let key = Self.partnerKey(number)
        let (createdAt, changedAt) = (
            moment(1, number, daysMax: 900).advanced(by: -8_000_000), moment(2, number, daysMax: 90)
        )
        var random = Mixer(seed, 0x5AA, UInt64(number))
        let (street, postal, city, land) = ERPWords.place(number)
        let language = land == "FR" ? "FR" : land == "DE" || land == "CH" ? "DE" : "EN"
        let isPerson = number % 5 == 4
        let isGroup = number == 42
        let person = ERPWords.person(number)
        let name = isPerson ? "\(person.first) \(person.last)" : ERPWords.company(number)
        // Every seventh was never changed: initial dates.
        let isChanged = number % 7 != 6
        tables[.partners].seed(
            [
                "BusinessPartner": .text(key), "Customer": .text(number % 3 == 2 ? "" : key),
                "Supplier": .text(number % 3 == 2 ? key : ""),
                "BusinessPartnerCategory": .text(isGroup ? "3" : isPerson ? "1" : "2"),
                "BusinessPartnerFullName": .text(name),
                "OrganizationBPName1": .text(isPerson ? "" : String(name.prefix(40))),
                "FirstName": .text(isPerson ? person.first : ""),
                "LastName": .text(isPerson ? person.last : ""),
                "CorrespondenceLanguage": .text(language),
                "BusinessPartnerUUID": .text(random.guid()),
                // Long before 1970, so that its number of milliseconds is negative.
                "BirthDate": isPerson ? .day("19\(41 + number % 40)-03-1\(number % 10)") : .null,
                "CreationDate": day(createdAt), "CreationTime": .time(27_012 + number),
                "LastChangeDate": isChanged ? day(changedAt) : .null,
                "LastChangeTime": .time(isChanged ? Int(changedAt.seconds % 86_400) : 0),
                "ETag": .text("\(changedAt.seconds)"),
                "BusinessPartnerIsBlocked": .flag(number % 19 == 18),
            ], at: changedAt)
        tables[.addresses].seed(
            [
                "BusinessPartner": .text(key), "AddressID": .text("\(23_000 + number)"),
                "StreetName": .text(street), "HouseNumber": .text("\(1 + number * 3 % 90)"),
                "PostalCode": .text(postal), "CityName": .text(city), "Country": .text(land),
                "Language": .text(language), "ValidityStartDate": .moment(createdAt),
                // 9999-12-31T23:59:59Z.
                "ValidityEndDate": .moment(Timestamp(253_402_300_799)),
            ], at: changedAt)
    }

    private mutating func addProduct(_ number: Int) {
        let key = Self.productKey(number)
        let changedAt = moment(3, number, daysMax: 120)
        let weight = 125 + number * 37_411 % 90_000
        tables[.products].seed(
            [
                "Product": .text(key), "ProductType": .text(number % 6 == 5 ? "HAWA" : "FERT"),
                "ProductGroup": .text("L00\(1 + number % 4)"),
                "BaseUnit": .text(number % 20 == 18 ? "L" : "PC"),
                "GrossWeight": .number(thousandths(weight + 40)),
                "NetWeight": .number(thousandths(weight)), "WeightUnit": .text("KG"),
                "Brand": number % 9 == 0 ? .null : .text("CT\(number % 3)"),
                "CountryOfOrigin": .text(["DE", "FR", "CH", "PL"][number % 4]),
                "TotalShelfLife": .number(number % 20 == 18 ? "720" : "0"),
                "CreationDate": day(changedAt.advanced(by: -20_000_000)),
                "LastChangeDate": day(changedAt),
                "LastChangeDateTime": .moment(changedAt, ticks: Int64(1_234_567 + number)),
            ], at: changedAt)
        for language in ERPWords.Language.allCases where language != .french || number % 3 != 1 {
            tables[.descriptions].seed(
                [
                    "Product": .text(key), "Language": .text(language.rawValue),
                    "ProductDescription": .text(ERPWords.product(number, language)),
                ], at: changedAt)
            guard number % 2 == 0 else { continue }
            tables[.salesTexts].seed(
                [
                    "Product": .text(key), "ProductSalesOrg": .text("1010"),
                    "ProductDistributionChnl": .text("10"), "Language": .text(language.rawValue),
                    "LongText": .text(ERPWords.salesText(number, language)),
                ], at: changedAt)
        }
    }

    private mutating func addOrder(_ number: Int) {
        let key = Self.orderKey(number)
        let changedAt = moment(4, number, daysMax: 60)
        let createdAt = changedAt.advanced(by: -Int64(3600 * (1 + number % 200)))
        let currency = ["EUR", "EUR", "GBP", "CHF"][number % 4]
        var total = 0
        for item in 0..<(1 + number % 4) {
            let product = (number * 7 + item * 13) % Self.productCount
            let quantity = 1 + (number + item) % 12
            let amount = quantity * (4999 + product * 1750)
            total += amount
            tables[.orderItems].seed(
                [
                    "SalesOrder": .text(key), "SalesOrderItem": .text("\((item + 1) * 10)"),
                    "Material": .text(Self.productKey(product)),
                    "SalesOrderItemText": .text(ERPWords.product(product, .english)),
                    "RequestedQuantity": .number("\(quantity).000"),
                    "RequestedQuantityUnit": .text("PC"),
                    "NetAmount": .number(thousandths(amount * 10)),
                    "TransactionCurrency": .text(currency),
                ], at: changedAt)
        }
        // One amount that a binary float cannot hold.
        let amount = number == 12 ? "9007199254740993.270" : thousandths(total * 10)
        tables[.orders].seed(
            [
                "SalesOrder": .text(key), "SalesOrderType": .text(number % 11 == 10 ? "RE" : "OR"),
                "SalesOrganization": .text("1010"),
                "SoldToParty": .text(Self.partnerKey(number * 3 % Self.partnerCount)),
                "PurchaseOrderByCustomer": .text(
                    "\(ERPWords.noun(number, .english)) \(45_000_000 + number * 97)"),
                "SalesOrderDate": day(createdAt),
                "RequestedDeliveryDate": day(createdAt.advanced(by: 1_900_000)),
                "TotalNetAmount": .number(amount), "TransactionCurrency": .text(currency),
                "OverallSDProcessStatus": .text(["A", "B", "C"][number % 3]),
                "CreationDate": day(createdAt),
                "CreationTime": .time(Int(createdAt.seconds % 86_400)),
                "LastChangeDateTime": .moment(changedAt, ticks: Int64(4_001_239 + number)),
            ], at: changedAt)
        for language in [ERPWords.Language.english, .german]
        where language == .english || number % 3 == 0 {
            let (id, text) = ERPWords.orderText(number, language)
            tables[.orderTexts].seed(
                [
                    "SalesOrder": .text(key), "Language": .text(language.rawValue),
                    "LongTextID": .text(id), "LongText": .text(text),
                ], at: changedAt)
        }
    }

    /// `1234567` as `1234.567`.
    private func thousandths(_ number: Int) -> String {
        let rest = String(number % 1000)
        return "\(number / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
