/// Mails by the million: each unique, none stored, the same ones for the same seed.
///
/// The texts hold no character that JSON escapes, so a page can be put together from bytes.
enum SyntheticMail {
    static func sentAt(_ number: Int) -> Timestamp {
        // 2025-01-01, one mail every 37 seconds, around again after two years.
        Timestamp(1_735_689_600 + Int64(number) * 37 % (730 * 86_400))
    }

    /// The mail of that number, and its preview, so that nobody need look for it in the body.
    ///
    /// The body is at least `bodyBytes` long, and up to a paragraph longer.
    static func mail(
        _ number: Int, seed: UInt64, bodyBytes: Int, to recipient: Letter.Person
    ) -> (letter: Letter, preview: String) {
        var random = Mixer(seed, UInt64(truncatingIfNeeded: number))
        let product = pick(products, &random)
        let first = pick(firstNames, &random)
        let last = pick(lastNames, &random)
        let order = 4_600_000_000 + number
        let quantity = 1 + random.next() % 240
        let topic = pick(topics, &random)
        var body = "<html><body><p>Hello,</p><p>our reference \(order) concerns \(quantity) x "
        body += "\(product). \(topic.opening)</p>"
        var plain = "Hello, our reference \(order) concerns \(quantity) x \(product). "
        plain += topic.opening
        while body.utf8.count < bodyBytes {
            let paragraph = pick(paragraphs, &random)
            body += "<p>"
            body += paragraph
            body += "</p>"
            if plain.utf8.count < Limits.previewCharacters { plain += " " + paragraph }
        }
        body += "<p>Regards<br>\(first) \(last)</p></body></html>"
        plain += " Regards \(first) \(last)"
        let letter = Letter(
            sentAt: sentAt(number), subject: "\(topic.subject) \(order): \(product)",
            from: Letter.Person(
                name: "\(first) \(last)",
                address:
                    "\(first.lowercased()).\(last.lowercased())@customer\(number % 997).example"),
            to: [recipient], isHTML: true, body: body, thread: "synthetic-\(number)")
        return (letter, String(plain.utf8.prefix(Limits.previewCharacters)) ?? plain)
    }

    private static func pick<Element>(_ choices: [Element], _ random: inout Mixer) -> Element {
        choices[Int(random.next() % UInt64(choices.count))]
    }

    private static let products = [
        "impeller IP-80/200", "diaphragm pump DP-25", "gasket set GS-80", "booster set BS-4",
        "peristaltic pump PX-20", "shaft seal 21B", "dosing head DH-6", "bearing kit BK-12",
        "frequency converter FC-11", "check valve CV-50", "hose 18 x 4 mm", "drum pump FP-430",
    ]
    private static let firstNames = [
        "Anna", "Bruno", "Carla", "David", "Elise", "Felix", "Greta", "Hugo", "Ines", "Jonas",
        "Klara", "Louis", "Marta", "Nils", "Olga", "Paul", "Rosa", "Simon", "Tessa", "Vera",
    ]
    private static let lastNames = [
        "Albrecht", "Bianchi", "Carter", "Dubois", "Ekberg", "Fischer", "Garcia", "Hansen",
        "Ivanov", "Jansen", "Keller", "Lopez", "Moreau", "Novak", "Olsen", "Petit", "Rossi",
    ]
    private static let topics: [(subject: String, opening: String)] = [
        ("Order", "Please confirm price and delivery date by return."),
        ("Delivery delay", "The goods should have arrived last week and our line is waiting."),
        ("Complaint", "Two of the parts we unpacked today are damaged and cannot be fitted."),
        ("Invoice", "The amount on the invoice differs from the one you confirmed."),
        ("Question", "We would like to know which materials are suitable for hot caustic."),
        ("Offer", "We ask for your best offer including carriage and commissioning."),
        ("Return", "We ordered too many and would like to send the rest back for credit."),
        ("Service", "Please send a technician; the unit vibrates since the last overhaul."),
    ]
    private static let paragraphs = [
        "The old unit has been running since 2009 in three shifts and was overhauled twice. "
            + "After the last overhaul the bearing temperature rose from 58 to 74 degrees.",
        "Our maintenance window is the second week of the month. If the parts are not here by "
            + "then, the next chance is seven weeks later, and the spare unit will not last.",
        "For the customs papers we need the tariff number, the country of origin and the net "
            + "weight of each item. Last time these were missing and the parcel stood for days.",
        "The technician measured 4.2 bar at the outlet instead of the promised 5.5 bar, with "
            + "the valve fully open and the suction line clean. Photographs are on our server.",
        "We compared three makes. Yours is not the cheapest, but the only one whose seal can be "
            + "changed without taking the motor off, which saves us half a day each time.",
        "Please send the invoice to the central address in future, with our order number in the "
            + "subject, otherwise the system sorts it out and nobody pays it.",
        "The medium is a sugar syrup of 65 Brix at 45 degrees, slightly acidic, with fibres up to "
            + "two millimetres. The pump runs dry for a few seconds at each change of batch.",
        "A colleague told us that there is a newer version with a ceramic shaft. Does it fit the "
            + "same base plate, and would the warranty of the existing set remain valid?",
        "Delivery to gate 4, Monday to Thursday from 6:30 to 14:00. The driver has to register by "
            + "telephone one hour before, as the road is closed for works until autumn.",
        "As agreed in the meeting, the discount of six percent applies to all items of the frame "
            + "contract, also to those that were added later by the amendment in spring.",
        "We have reset the drive, checked the wiring and exchanged the sensor with the one of the "
            + "neighbouring line. The fault went with the pump, so the sensor is in order.",
        "The quality department wants a certificate 3.1 for all wetted parts and a declaration "
            + "that no animal fats were used in production, before the goods are released.",
    ]
}
