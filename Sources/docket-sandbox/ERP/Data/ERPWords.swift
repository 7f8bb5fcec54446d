/// The words believable data is made of.
enum ERPWords {
    enum Language: String, CaseIterable, Sendable {
        case english = "EN"
        case german = "DE"
        case french = "FR"
    }

    static func noun(_ number: Int, _ language: Language) -> String {
        let names = nouns[number % nouns.count]
        return pick(names, language)
    }

    static func product(_ number: Int, _ language: Language) -> String {
        let variant = pick(variants[number / nouns.count % variants.count], language)
        return String("\(noun(number, language)), \(variant)".prefix(40))
    }

    /// What a catalogue says of a product.
    static func salesText(_ number: Int, _ language: Language) -> String {
        let name = product(number, language)
        let days = 5 + number * 7 % 40
        let bars = 6 + number * 5 % 34
        return switch language {
        case .english:
            "\(name). Rated for continuous duty up to \(bars) bar and 80 °C. Seals and wearing "
                + "parts are stocked in Hamburg; the usual delivery time is \(days) working days. "
                + "Not approved for drinking water without the certificate ordered separately."
        case .german:
            "\(name). Ausgelegt für Dauerbetrieb bis \(bars) bar und 80 °C. Dichtungen und "
                + "Verschleißteile liegen in Hamburg auf Lager; die übliche Lieferzeit beträgt "
                + "\(days) Arbeitstage. Für Trinkwasser nur mit gesondert bestelltem Zeugnis."
        case .french:
            "\(name). Conçu pour un service continu jusqu'à \(bars) bar et 80 °C. Les joints et "
                + "pièces d'usure sont en stock à Hambourg ; le délai habituel est de \(days) "
                + "jours ouvrés. Agrément eau potable sur commande séparée uniquement."
        }
    }

    /// A note on an order, and the kind of text it is.
    static func orderText(_ number: Int, _ language: Language) -> (id: String, text: String) {
        let texts = language == .german ? germanTexts : englishTexts
        let text = texts[number % texts.count]
        return (number % 2 == 0 ? "TX01" : "TX02", text)
    }

    static func company(_ number: Int) -> String {
        let name = families[number % families.count]
        let trade = trades[number / 3 % trades.count]
        return "\(name) \(trade) \(forms[number % forms.count])"
    }

    static func person(_ number: Int) -> (first: String, last: String) {
        (firstNames[number % firstNames.count], families[(number * 5 + 3) % families.count])
    }

    static func place(_ number: Int) -> (street: String, postal: String, city: String, land: String)
    {
        places[number % places.count]
    }

    private static func pick(
        _ names: (String, String, String), _ language: Language
    ) -> String {
        switch language {
        case .english: names.0
        case .german: names.1
        case .french: names.2
        }
    }

    private static let nouns = [
        ("Centrifugal pump", "Kreiselpumpe", "Pompe centrifuge"),
        ("Ball valve", "Kugelhahn", "Vanne à bille"),
        ("Pressure sensor", "Drucksensor", "Capteur de pression"),
        ("Gear motor", "Getriebemotor", "Motoréducteur"),
        ("Conveyor belt", "Förderband", "Bande transporteuse"),
        ("Hydraulic cylinder", "Hydraulikzylinder", "Vérin hydraulique"),
        ("Safety relay", "Sicherheitsrelais", "Relais de sécurité"),
        ("Air filter", "Luftfilter", "Filtre à air"),
        ("Roller bearing", "Wälzlager", "Roulement à rouleaux"),
        ("Hex bolt", "Sechskantschraube", "Vis à tête hexagonale"),
        ("Cable chain", "Energiekette", "Chaîne porte-câbles"),
        ("Control cabinet", "Schaltschrank", "Armoire électrique"),
        ("Heat exchanger", "Wärmetauscher", "Échangeur de chaleur"),
        ("Shaft seal", "Wellendichtring", "Joint d'arbre"),
        ("Flow meter", "Durchflussmesser", "Débitmètre"),
        ("Servo drive", "Servoantrieb", "Servovariateur"),
        ("Limit switch", "Endschalter", "Fin de course"),
        ("Shaft coupling", "Wellenkupplung", "Accouplement"),
        ("Gear oil", "Getriebeöl", "Huile d'engrenage"),
        ("Vibration damper", "Schwingungsdämpfer", "Amortisseur"),
    ]

    private static let variants = [
        ("stainless", "Edelstahl", "inox"), ("compact", "Kompaktbauform", "compact"),
        ("outdoor use", "für außen", "pour l'extérieur"),
        ("food grade", "lebensmittelecht", "contact alimentaire"),
    ]

    private static let families = [
        "Meyer", "Östermann", "Dupré", "Whitfield", "Lindqvist", "O'Brien", "Castellani",
        "Nowak", "Hallberg", "Ferreira", "Schönfeld", "Boucher", "Kowalczyk", "Jansen",
        "Ramseier", "Achterberg", "Petrov",
    ]
    private static let trades = [
        "Maschinenbau", "Foods", "Logistique", "Water Works", "Papier", "Automation", "Chemie",
        "Marine Supply", "Brauereitechnik",
    ]
    private static let forms = ["GmbH", "& Co. KG", "Ltd", "S.A.", "AB", "GmbH & Söhne", "B.V."]
    private static let firstNames = [
        "Ana", "Jürgen", "Chloé", "Piotr", "Grace", "Søren", "Marta", "Tobias", "Yusuf",
        "Ingrid", "Luís",
    ]

    private static let places = [
        ("Hafenstraße", "20457", "Hamburg", "DE"), ("Rue de la Gare", "67000", "Strasbourg", "FR"),
        ("Mill Lane", "LS1 4DY", "Leeds", "GB"), ("Storgatan", "411 38", "Göteborg", "SE"),
        ("Industrieweg", "4104", "Oberwil", "CH"), ("Via Roma", "20121", "Milano", "IT"),
        ("Werkstraße", "70469", "Stuttgart", "DE"), ("Rua do Porto", "4050-253", "Porto", "PT"),
        ("ul. Fabryczna", "50-001", "Wrocław", "PL"), ("Kade", "3011", "Rotterdam", "NL"),
        ("O'Connell Street", "D01", "Dublin", "IE"),
    ]

    private static let englishTexts = [
        "Deliver to gate 3 between 07:00 and 11:00. The forklift driver must be called half an "
            + "hour before arrival; the ramp is too steep for trailers.",
        "Customer asks for partial delivery: the pumps are needed for the shutdown in week 24, "
            + "everything else may follow by the end of the month.",
        "Price agreed by telephone with Ms Whitfield: 4.5 % discount on the whole order instead "
            + "of free freight. Please confirm in writing.",
        "Two of the last five cabinets arrived with scratched doors. Pack with edge protection "
            + "and take photographs before loading.",
        "Hold this order until the credit department has released the customer; the limit was "
            + "exceeded by 12,000 EUR on the last invoice.",
        "Certificates 3.1 according to EN 10204 must be sent with the goods, not by mail. "
            + "Goods without certificates are refused at the gate.",
        "The site is closed from 24 December to 6 January. Do not ship between 20 December and "
            + "that date, whatever the planned delivery date says.",
        "Replacement under warranty for order 4688; the defective sensor is returned with the "
            + "same carrier. No invoice for item 10.",
        "Customer reports that the seals of the previous batch leak at low temperature. "
            + "Engineering suggests FKM in place of NBR; wait for the approval of the sample.",
        "Export to Switzerland: commercial invoice in three copies, customs tariff number per "
            + "item, and EUR.1 certificate.",
        "Urgent: the line in hall 2 stands still. Send by express courier tonight, cost to be "
            + "charged to the customer.",
    ]

    private static let germanTexts = [
        "Anlieferung nur werktags von 7 bis 11 Uhr an Tor 3. Bitte eine halbe Stunde vorher "
            + "anrufen, die Rampe ist für Sattelzüge zu steil.",
        "Der Kunde wünscht eine Teillieferung: Die Pumpen werden zum Stillstand in KW 24 "
            + "gebraucht, alles andere kann bis Monatsende folgen.",
        "Preis telefonisch mit Frau Östermann vereinbart: 4,5 % Rabatt auf den Auftrag statt "
            + "freier Lieferung. Bitte schriftlich bestätigen.",
        "Zwei der letzten fünf Schaltschränke kamen mit zerkratzten Türen an. Kantenschutz "
            + "verwenden und vor dem Verladen fotografieren.",
        "Auftrag gesperrt, bis die Kreditprüfung den Kunden freigibt; das Limit war zuletzt um "
            + "12.000 EUR überschritten.",
        "Abnahmeprüfzeugnisse 3.1 nach EN 10204 müssen der Ware beiliegen. Ware ohne Zeugnis "
            + "wird am Tor abgewiesen.",
        "Ersatz auf Gewährleistung zum Auftrag 4688; der defekte Sensor geht mit demselben "
            + "Spediteur zurück. Position 10 ohne Rechnung.",
    ]
}
