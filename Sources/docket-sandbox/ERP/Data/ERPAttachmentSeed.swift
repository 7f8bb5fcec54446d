/// The documents that hang on orders, products and partners.
struct ERPAttachmentSeed {
    let members: [String: ERPValue]
    let content: [UInt8]

    /// Fifteen of them, in the formats offices use.
    static func all(
        orders: (Int) -> String, product: (Int) -> String
    ) -> [ERPAttachmentSeed] {
        (0..<15).map { number in
            let order = orders(number * 5)
            let (name, type, content) = file(number, order: order)
            let isProduct = number % 5 == 4
            return ERPAttachmentSeed(
                members: members(
                    number, objectType: isProduct ? "BUS1001006" : "BUS2032",
                    objectKey: isProduct ? product(number) : padded(order), name: name,
                    type: type, size: content.count), content: content)
        }
    }

    /// The members of an attachment; of the eight keys, four stay empty.
    static func members(
        _ number: Int, objectType: String, objectKey: String, name: String, type: String, size: Int
    ) -> [String: ERPValue] {
        let at = ERPSeed.start.advanced(by: Int64(-number) * 40_000)
        return [
            "DocumentInfoRecordDocType": .text("GOS"),
            "LogicalDocument": .text("FOL2900000000000040000000000\(1000 + number)"),
            "ArchiveDocumentID": .text("EXT4900000000000\(100_000 + number)"),
            "LinkedSAPObjectKey": .text(objectKey), "BusinessObjectTypeName": .text(objectType),
            "FileName": .text(name), "MimeType": .text(type), "FileSize": .text("\(size)"),
            "StorageCategory": .text("SOFFDB"), "CreatedByUser": .text("KMEYER"),
            "CreatedAt": .moment(at.advanced(by: -4000)), "LastChangeDateTime": .moment(at),
        ]
    }

    /// An order number in its internal length.
    static func padded(_ order: String) -> String {
        String(repeating: "0", count: max(0, 10 - order.utf8.count)) + order
    }

    private static func file(
        _ number: Int, order: String
    ) -> (name: String, type: String, content: [UInt8]) {
        switch number % 3 {
        case 0:
            let lines = [
                "Inspection report for order \(order)", "Tightness test passed at 16 bar.",
                "Noise level 71 dB(A), limit 75 dB(A).",
                "Remark: the nameplate shows the old article number and is replaced on site.",
            ]
            return ("Inspection \(order).pdf", "application/pdf", SmallPDF.bytes(lines))
        case 1:
            let text =
                "Gesprächsnotiz zum Auftrag \(order)\n\nFrau Östermann bittet um Lieferung vor dem "
                + "Stillstand in KW 24. Die Montage übernimmt der Kunde selbst, wir stellen einen "
                + "Richtmeister für zwei Tage.\n"
            return ("Gesprächsnotiz \(order).txt", "text/plain", Array(text.utf8))
        default:
            let rows = (1...6).map {
                "\($0 * 10);\(ERPWords.product(number + $0, .english));\($0 * 2);PC"
            }
            let text = "Item;Description;Quantity;Unit\r\n" + rows.joined(separator: "\r\n")
            return ("packing-list_\(order).csv", "text/csv", Array((text + "\r\n").utf8))
        }
    }
}
