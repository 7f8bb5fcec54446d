/// Entities made from their numbers alone, for loads of any size.
enum ERPSynthetic {
    /// Where the entities' stamps begin: 2026-01-01T00:00:00Z.
    private static let start = Timestamp(1_767_225_600)

    static func value(
        _ number: Int, _ column: Int, _ property: ERPProperty, of table: ERPTableName,
        bodyBytes: Int
    ) -> ERPValue {
        if column == 0 { return .text(key(number, of: table)) }
        let at = start.advanced(by: Int64(number % 1_000_000))
        switch (property.name, property.type) {
        case ("Language", _), ("CorrespondenceLanguage", _): return .text("EN")
        case ("LongTextID", _): return .text("TX01")
        case ("SalesOrderItem", _): return .text("10")
        case ("ProductSalesOrg", _): return .text("1010")
        case ("ProductDistributionChnl", _): return .text("10")
        case ("AddressID", _): return .text("\(900_000_000 + number)")
        case ("LongText", _): return .text(text(number, bytes: bodyBytes))
        case ("WeightUnit", _): return .text("KG")
        case ("TransactionCurrency", _): return .text("EUR")
        case (table.titleProperty, _): return .text("\(ERPWords.noun(number, .english)) \(number)")
        case (_, .decimal):
            return .number("\(number % 9973).\(100 + number % 900)")
        case (_, .int32): return .number("\(number % 365)")
        case (_, .boolean): return .flag(false)
        case (_, .dateTimeOffset): return .moment(at)
        case (_, .dateTime): return .moment(Timestamp(at.seconds - at.seconds % 86_400))
        case (_, .time): return .time(Int(at.seconds % 86_400))
        case (_, .guid): return .null
        case (_, .string): return .text("")
        }
    }

    private static func key(_ number: Int, of table: ERPTableName) -> String {
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, 8 - digits.count))
        switch table {
        case .partners, .addresses: return "9" + zeros + digits
        case .orders, .orderItems, .orderTexts: return "8" + zeros + digits
        case .products, .descriptions, .salesTexts: return "SY" + zeros + digits
        case .attachments: return "GOS"
        }
    }

    /// Sentences of an order until they fill the size asked for.
    private static func text(_ number: Int, bytes: Int) -> String {
        var text = ""
        var sentence = number
        repeat {
            if !text.isEmpty { text += "\n" }
            text += ERPWords.orderText(sentence, .english).text
            sentence += 7
        } while text.utf8.count < bytes
        return text
    }
}
