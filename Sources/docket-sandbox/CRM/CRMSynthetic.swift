/// Texts of records by the million: each its own, none stored.
enum CRMSynthetic {
    /// At least so many bytes, and up to a sentence more.
    static func body(_ number: Int, bytes: Int) -> String {
        var random = Mixer(0x0C12, UInt64(truncatingIfNeeded: number))
        var text = "Reference \(7_000_000 + number)."
        while text.utf8.count < bytes {
            text += " "
            text += sentences[Int(random.next() % UInt64(sentences.count))]
        }
        return text
    }

    static func title(_ number: Int) -> String {
        var random = Mixer(0x0C13, UInt64(truncatingIfNeeded: number))
        let topic = topics[Int(random.next() % UInt64(topics.count))]
        return "\(topic) \(7_000_000 + number)"
    }

    private static let topics = [
        "Leaking shaft seal", "Flow too low", "Late delivery", "Motor trips", "Noise at start",
        "Wrong spare part", "Calibration due", "Commissioning", "Pressure swings", "Warranty claim",
    ]
    private static let sentences = [
        "The unit stands in the basement beside the old boiler and runs two shifts a day.",
        "Since the last service the pressure falls by half a bar within the first hour.",
        "We changed the gasket in March, and the drop under the flange came back in April.",
        "The fitter heard a scraping sound from the coupling while it was running down.",
        "Please tell us whether the spare that you sent last year fits this serial number.",
        "Our auditor asks for the certificate of the wetted parts before the end of the month.",
        "The display shows code 17, which the manual of the older version does not explain.",
        "Until the part is here we run the standby set, which needs a third more power.",
        "The medium is a starch solution of eight percent at fifty degrees.",
        "A technician of yours was here on Tuesday and measured the vibration at both bearings.",
        "If the delivery cannot be before the fifteenth we would rather have it in the new year.",
        "The night shift resets the drive about once a week and writes it into the book.",
    ]
}
