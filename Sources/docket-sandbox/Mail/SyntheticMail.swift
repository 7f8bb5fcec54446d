/// Mails by the million: each unique, none stored, the same ones for the same seed.
///
/// The texts hold no character that JSON escapes, and none beyond ASCII, so a page can be put
/// together from bytes.
struct SyntheticMail {
    let number: Int
    /// The body is at least this long, and up to a paragraph longer.
    private let bodyBytes: Int
    private let product: [UInt8]
    private let firstName: Name
    private let lastName: Name
    private let quantity: UInt64
    private let topic: (subject: [UInt8], opening: [UInt8])
    /// Gives the paragraphs, from the first one on.
    private let random: Mixer

    private struct Name {
        let text: [UInt8]
        let lowercase: [UInt8]

        init(_ text: String) {
            (self.text, lowercase) = (Array(text.utf8), Array(text.lowercased().utf8))
        }
    }

    static func sentAt(_ number: Int) -> Timestamp {
        // 2025-01-01, one mail every 37 seconds, around again after two years.
        Timestamp(1_735_689_600 + Int64(number) * 37 % (730 * 86_400))
    }

    init(_ number: Int, seed: UInt64, bodyBytes: Int) {
        var random = Mixer(seed, UInt64(truncatingIfNeeded: number))
        (self.number, self.bodyBytes) = (number, bodyBytes)
        product = Self.pick(Self.products, &random)
        firstName = Self.pick(Self.firstNames, &random)
        lastName = Self.pick(Self.lastNames, &random)
        quantity = 1 + random.next() % 240
        topic = Self.pick(Self.topics, &random)
        self.random = random
    }

    /// The whole mail, as its author wrote it.
    func letter(to recipient: Letter.Person) -> Letter {
        Letter(
            sentAt: Self.sentAt(number), subject: text(appendSubject),
            from: Letter.Person(name: text(appendSender), address: text(appendAddress)),
            to: [recipient], isHTML: true, body: text(appendBody),
            thread: "synthetic-\(number)")
    }

    var subject: String { text(appendSubject) }

    private func text(_ append: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        append(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private var order: Int { 4_600_000_000 + number }

    func appendSubject(to bytes: inout [UInt8]) {
        bytes += topic.subject
        bytes.append(UInt8(ascii: " "))
        bytes.append(decimal: order)
        bytes += ": ".utf8
        bytes += product
    }

    func appendSender(to bytes: inout [UInt8]) {
        bytes += firstName.text
        bytes.append(UInt8(ascii: " "))
        bytes += lastName.text
    }

    func appendAddress(to bytes: inout [UInt8]) {
        bytes += firstName.lowercase
        bytes.append(UInt8(ascii: "."))
        bytes += lastName.lowercase
        bytes.append(UInt8(ascii: "@"))
        appendHost(to: &bytes)
    }

    func appendHost(to bytes: inout [UInt8]) {
        bytes += "customer".utf8
        bytes.append(decimal: number % 997)
        bytes += ".example".utf8
    }

    func appendBody(to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes += "<html><body><p>Hello,</p><p>".utf8
        appendOpening(to: &bytes)
        bytes += "</p>".utf8
        var random = random
        while bytes.count - start < bodyBytes { bytes += Self.pick(Self.elements, &random) }
        bytes += "<p>Regards<br>".utf8
        appendSender(to: &bytes)
        bytes += "</p></body></html>".utf8
    }

    /// The beginning of the body as plain text.
    func appendPreview(to bytes: inout [UInt8]) {
        let start = bytes.count
        let end = start + Limits.previewCharacters
        bytes += "Hello, ".utf8
        let opening = bytes.count
        appendOpening(to: &bytes)
        var random = random
        var bodyCount = bytes.count - opening + "<html><body><p>Hello,</p><p></p>".utf8.count
        while bodyCount < bodyBytes, bytes.count < end {
            let element = Self.pick(Self.elements, &random)
            bodyCount += element.count
            bytes.append(UInt8(ascii: " "))
            bytes += element[3..<element.count - 4]
        }
        bytes += " Regards ".utf8
        appendSender(to: &bytes)
        if bytes.count > end { bytes.removeLast(bytes.count - end) }
    }

    private func appendOpening(to bytes: inout [UInt8]) {
        bytes += "our reference ".utf8
        bytes.append(decimal: order)
        bytes += " concerns ".utf8
        bytes.append(decimal: Int(quantity))
        bytes += " x ".utf8
        bytes += product
        bytes += ". ".utf8
        bytes += topic.opening
    }

    private static func pick<Element>(_ choices: [Element], _ random: inout Mixer) -> Element {
        choices[Int(random.next() % UInt64(choices.count))]
    }

    /// The paragraphs as they stand in a body.
    private static let elements = paragraphs.map { Array("<p>\($0)</p>".utf8) }

    private static func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

    private static func names(_ texts: [String]) -> [Name] { texts.map(Name.init) }

    private static let products = bytes([
        "impeller IP-80/200", "diaphragm pump DP-25", "gasket set GS-80", "booster set BS-4",
        "peristaltic pump PX-20", "shaft seal 21B", "dosing head DH-6", "bearing kit BK-12",
        "frequency converter FC-11", "check valve CV-50", "hose 18 x 4 mm", "drum pump FP-430",
    ])
    private static let firstNames = names([
        "Anna", "Bruno", "Carla", "David", "Elise", "Felix", "Greta", "Hugo", "Ines", "Jonas",
        "Klara", "Louis", "Marta", "Nils", "Olga", "Paul", "Rosa", "Simon", "Tessa", "Vera",
    ])
    private static let lastNames = names([
        "Albrecht", "Bianchi", "Carter", "Dubois", "Ekberg", "Fischer", "Garcia", "Hansen",
        "Ivanov", "Jansen", "Keller", "Lopez", "Moreau", "Novak", "Olsen", "Petit", "Rossi",
    ])
    private static let topics: [(subject: [UInt8], opening: [UInt8])] = [
        ("Order", "Please confirm price and delivery date by return."),
        ("Delivery delay", "The goods should have arrived last week and our line is waiting."),
        ("Complaint", "Two of the parts we unpacked today are damaged and cannot be fitted."),
        ("Invoice", "The amount on the invoice differs from the one you confirmed."),
        ("Question", "We would like to know which materials are suitable for hot caustic."),
        ("Offer", "We ask for your best offer including carriage and commissioning."),
        ("Return", "We ordered too many and would like to send the rest back for credit."),
        ("Service", "Please send a technician; the unit vibrates since the last overhaul."),
    ].map { (Array($0.utf8), Array($1.utf8)) }
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
