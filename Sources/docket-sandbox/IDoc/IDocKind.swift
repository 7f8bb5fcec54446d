/// The message types that are played, each with its basic type.
enum IDocKind: String, Sendable, CaseIterable {
    case material = "MATMAS05"
    case customer = "DEBMAS07"
    case order = "ORDERS05"
    case invoice = "INVOIC02"
    case delivery = "DELVRY07"

    var messageType: String {
        switch self {
        case .material: "MATMAS"
        case .customer: "DEBMAS"
        case .order: "ORDERS"
        case .invoice: "INVOIC"
        case .delivery: "DESADV"
        }
    }

    /// The data segments of one document.
    ///
    /// - Parameters:
    ///   - number: The business object it is about; equal numbers are equal objects.
    ///   - turn: Tells messages about one object apart.
    ///   - isReduced: Whether it carries only what changed.
    /// - Returns: The segments below the control record.
    func segments(_ number: Int, turn: Int, isReduced: Bool) -> [IDocSegment] {
        switch self {
        case .material: [Self.materialSegment(number, turn, isReduced)]
        case .customer: [Self.customerSegment(number, turn)]
        case .order: Self.orderSegments(number, turn)
        case .invoice: Self.invoiceSegments(number, turn)
        case .delivery: [Self.deliverySegment(number, turn)]
        }
    }

    private static let languages: [(letter: String, language: ERPWords.Language)] = [
        ("E", .english), ("D", .german), ("F", .french),
    ]

    private static func materialSegment(
        _ number: Int, _ turn: Int, _ isReduced: Bool
    ) -> IDocSegment {
        let key = ERPSeed.productKey(number % 80)
        let function = isReduced ? "004" : "009"
        var children = languages.map { letter, language in
            IDocSegment(
                "E1MAKTM",
                [
                    ("MSGFN", function), ("SPRAS", letter),
                    ("MAKTX", ERPWords.product(number, language)),
                    ("SPRAS_ISO", language.rawValue),
                ])
        }
        if isReduced {
            children = Array(children.prefix(1))
        } else {
            children.append(
                IDocSegment("E1MARCM", [("MSGFN", "009"), ("WERKS", "1010"), ("EKGRP", "001")]))
            for (letter, language) in languages.prefix(2) {
                children.append(
                    IDocSegment(
                        "E1MTXHM",
                        [
                            ("MSGFN", "009"), ("TDOBJECT", "MVKE"), ("TDNAME", "\(key)101010"),
                            ("TDID", "0001"), ("TDSPRAS", letter),
                            ("TDSPRASISO", language.rawValue),
                        ],
                        IDocSegment.lines(ERPWords.salesText(number, language), "E1MTXLM")))
            }
        }
        return IDocSegment(
            "E1MARAM",
            [
                ("MSGFN", function), ("MATNR", key), ("ERSDA", "20250310"), ("LAEDA", "00000000"),
                ("LVORM", turn % 5 == 4 ? "X" : ""), ("MTART", "FERT"), ("MATKL", "L00\(turn % 4)"),
                ("MEINS", "PCE"), ("BRGEW", "\(number % 90).500"), ("GEWEI", "KGM"),
            ], children)
    }

    private static func customerSegment(_ number: Int, _ turn: Int) -> IDocSegment {
        let place = ERPWords.place(number)
        let person = ERPWords.person(number)
        let text = ERPWords.orderText(number + turn, .german).text
        return IDocSegment(
            "E1KNA1M",
            [
                ("MSGFN", turn == 0 ? "009" : "005"), ("KUNNR", "000" + ERPSeed.partnerKey(number)),
                ("LAND1", place.land), ("NAME1", ERPWords.company(number)), ("NAME2", ""),
                ("ORT01", place.city), ("PSTLZ", place.postal),
                ("STRAS", "\(place.street) \(1 + number % 90)"), ("SPRAS", "D"), ("LOEVM", ""),
                ("SPERR", number % 9 == 8 ? "X" : ""), ("SPRAS_ISO", "DE"),
            ],
            [
                IDocSegment(
                    "E1KNA1H",
                    [("MSGFN", "009"), ("TDID", "0001"), ("TDSPRAS", "D"), ("TDSPRASISO", "DE")],
                    IDocSegment.lines(text, "E1KNA1L")),
                IDocSegment(
                    "E1KNVKM",
                    [
                        ("MSGFN", "009"), ("PARNR", "00000\(10_000 + number)"),
                        ("NAME1", person.last), ("NAMEV", person.first),
                    ]),
            ])
    }

    private static func orderSegments(_ number: Int, _ turn: Int) -> [IDocSegment] {
        let items = (0..<(1 + number % 3)).map { item -> IDocSegment in
            let product = number * 7 + item * 13
            return IDocSegment(
                "E1EDP01",
                [
                    ("POSEX", "0000\(10 + item * 10)"), ("MENGE", "\(1 + number % 9).000"),
                    ("MENEE", "PCE"), ("VPREI", "\(50 + product % 900).00"),
                ],
                [
                    IDocSegment(
                        "E1EDP19",
                        [
                            ("QUALF", "002"), ("IDTNR", ERPSeed.productKey(product % 80)),
                            ("KTEXT", ERPWords.product(product, .english)),
                        ])
                ])
        }
        let text = ERPWords.orderText(number + turn, .english).text
        return [
            IDocSegment(
                "E1EDK01", [("ACTION", ""), ("CURCY", "EUR"), ("BELNR", "45000\(10_000 + number)")]
            ),
            IDocSegment("E1EDK03", [("IDDAT", "012"), ("DATUM", "20260114"), ("UZEIT", "")]),
            partner("AG", number), partner("WE", number + 1),
            IDocSegment(
                "E1EDKT1", [("TDID", "0001"), ("TSSPRAS", "E"), ("TSSPRAS_ISO", "EN")],
                IDocSegment.lines(text, "E1EDKT2")),
        ] + items + [IDocSegment("E1EDS01", [("SUMID", "002"), ("SUMME", "\(number * 119).00")])]
    }

    private static func invoiceSegments(_ number: Int, _ turn: Int) -> [IDocSegment] {
        // Every third is a credit note: its amounts have their minus behind them.
        let minus = number % 3 == 2 ? "-" : ""
        return [
            IDocSegment(
                "E1EDK01",
                [
                    ("CURCY", "EUR"), ("BSART", minus.isEmpty ? "INVO" : "CRME"),
                    ("BELNR", "00900\(10_000 + number)"),
                ]),
            IDocSegment("E1EDK03", [("IDDAT", "026"), ("DATUM", "20260113")]),
            IDocSegment("E1EDK03", [("IDDAT", "001"), ("DATUM", "00000000")]),
            partner("RE", number),
            IDocSegment(
                "E1EDP01",
                [("POSEX", "000010"), ("MENGE", "2.000\(minus)"), ("MENEE", "PCE")],
                [
                    IDocSegment(
                        "E1EDP19",
                        [
                            ("QUALF", "002"), ("IDTNR", ERPSeed.productKey(number % 80)),
                            ("KTEXT", ERPWords.product(number + turn, .english)),
                        ])
                ]),
            IDocSegment("E1EDS01", [("SUMID", "010"), ("SUMME", "\(1190 + number).00\(minus)")]),
        ]
    }

    private static func deliverySegment(_ number: Int, _ turn: Int) -> IDocSegment {
        let place = ERPWords.place(number + turn)
        return IDocSegment(
            "E1EDL20",
            [
                ("VBELN", "008000\(1000 + number)"), ("VSTEL", "1010"), ("LIFEX", ""),
                ("BTGEW", "\(12 + number).400"), ("GEWEI", "KGM"),
            ],
            [
                IDocSegment(
                    "E1ADRM1",
                    [
                        ("PARTNER_Q", "WE"), ("NAME1", ERPWords.company(number)),
                        ("STREET1", place.street), ("CITY1", place.city),
                        ("COUNTRY1", place.land),
                    ]),
                IDocSegment(
                    "E1EDL24",
                    [
                        ("POSNR", "000010"), ("MATNR", ERPSeed.productKey(number % 80)),
                        ("ARKTX", ERPWords.product(number, .german)), ("LFIMG", "4.000"),
                        ("VRKME", "PCE"),
                    ]),
            ])
    }

    private static func partner(_ role: String, _ number: Int) -> IDocSegment {
        let place = ERPWords.place(number)
        return IDocSegment(
            "E1EDKA1",
            [
                ("PARVW", role), ("PARTN", "000" + ERPSeed.partnerKey(number % 60)),
                ("NAME1", ERPWords.company(number)), ("ORT01", place.city), ("LAND1", place.land),
            ])
    }
}
