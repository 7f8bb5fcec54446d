import Language
import Testing

@Suite("LanguageDetector")
struct LanguageDetectorTests {
    static let sentences = [
        ("en", "Where is my parcel?"),
        ("en", "The order was shipped on Monday and will arrive soon."),
        ("fr", "Réunion lundi à dix heures"),
        ("fr", "La commande a été expédiée lundi et arrivera bientôt."),
        ("de", "Sehr geehrte Damen und Herren"),
        ("de", "Die Bestellung wurde am Montag verschickt und kommt bald an."),
        ("es", "¿Dónde está mi paquete?"),
        ("es", "El pedido se envió el lunes y llegará pronto."),
        ("it", "Riunione lunedì alle dieci"),
        ("it", "L'ordine è stato spedito lunedì e arriverà presto."),
        ("nl", "Waar is mijn pakje?"),
        ("nl", "De bestelling is maandag verzonden en komt binnenkort aan."),
        ("pt", "Onde está o meu pacote?"),
        ("pt", "O pedido foi enviado na segunda-feira e chegará em breve."),
        ("pl", "Gdzie jest moja paczka?"),
        ("pl", "Zamówienie zostało wysłane w poniedziałek i wkrótce dotrze."),
        ("he", "ההזמנה נשלחה ביום שני ותגיע בקרוב"),
        (
            "no",
            "Bestillingen ble sendt på mandag og kommer frem om kort tid, takk for tålmodigheten."
        ),
        ("ja", "ご注文は月曜日に発送されました。まもなく到着します。"),
    ]

    @Test("knows the language of sentences", arguments: sentences)
    func sentence(_ language: String, _ text: String) {
        #expect(LanguageDetector.detect(text) == language)
        let page = text + "\n\n" + text + "\n"
        #expect(LanguageDetector.detect(page) == language)
    }

    @Test(
        "says nothing where too little text does",
        arguments: [
            "", " \n", "12345 67890", "2024-01-15", "asdf qwer zxcv", "https://www.example.com/en/",
            "ann@example.com", "> ", "!!! ???", "🙂🙂🙂", "\u{0}\u{1}", "AAMkAGI2TG93AAA=",
            String(repeating: "QUJD", count: 5000),
        ])
    func nothing(_ text: String) {
        #expect(LanguageDetector.detect(text) == nil)
    }

    @Test("lets neither quotes nor addresses decide")
    func quotes() {
        let original = String(
            repeating: "> The order was shipped on Monday and will arrive soon.\n", count: 20)
        let reply = "Vielen Dank, das Paket ist heute angekommen.\n\n"
        #expect(LanguageDetector.detect(reply + original) == "de")
        #expect(LanguageDetector.detect(original) == "en")
        let links = String(
            repeating: "[x](https://www.example.com/the-order-was-shipped-on-monday) ", count: 50)
        #expect(LanguageDetector.detect(links + "\n" + reply) == "de")
    }

    @Test("looks at the beginning alone", .timeLimit(.minutes(5)))
    func beginning() {
        let start = String(
            repeating: "Die Bestellung wurde am Montag verschickt und kommt bald an.\n", count: 100)
        let rest = String(repeating: "The order was shipped on Monday. ", count: 100_000)
        #expect(LanguageDetector.detect(start + rest) == "de")
        #expect(LanguageDetector.detect(String(repeating: "語", count: 1_000_000)) != "en")
    }

    @Test("answers many at once the same as one", .timeLimit(.minutes(5)))
    func concurrency() async {
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<20).allSatisfy { _ in
                        LanguageDetector.detect("Wo ist mein Paket?") == "de"
                            && LanguageDetector.detect("Grazie mille") == nil
                    }
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
