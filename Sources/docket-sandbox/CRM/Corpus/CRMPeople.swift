extension CRMCorpus {
    /// Contoso's own people and queues.
    static let people = #"""
        @ User reader 2024-01-08T08:00 reader
        Username: docket.reader@contoso.example | FirstName: Docket | LastName: Reader | Email: it@contoso.example | Alias: dreader | IsActive: true | LanguageLocaleKey: en_US | UserType: Standard
        @ User tom 2024-01-08T08:05 reader
        Username: tom.okafor@contoso.example | FirstName: Tom | LastName: Okafor | Email: tom.okafor@contoso.example | Alias: tokaf | Title: Support Engineer | Department: Service | IsActive: true | LanguageLocaleKey: en_US | UserType: Standard
        @ User sarah 2024-01-08T08:06 reader
        Username: sarah.whitfield@contoso.example | FirstName: Sarah | LastName: Whitfield | Email: sarah.whitfield@contoso.example | Alias: swhit | Title: Key Account Manager | Department: Sales | IsActive: true | LanguageLocaleKey: en_US | UserType: Standard
        @ User jonas 2024-01-08T08:07 reader
        Username: jonas.weber@contoso.example | FirstName: Jonas | LastName: Weber | Email: jonas.weber@contoso.example | Alias: jwebe | Title: Servicetechniker | Department: Service | IsActive: true | LanguageLocaleKey: de | UserType: Standard
        @ User katrin 2024-01-08T08:08 reader
        Username: katrin.brandt@contoso.example | FirstName: Katrin | LastName: Brandt | Email: katrin.brandt@contoso.example | Alias: kbran | Title: Vertrieb Süd | Department: Sales | IsActive: true | LanguageLocaleKey: de | UserType: Standard
        @ User elise 2024-01-08T08:09 reader
        Username: elise.martin@contoso.example | FirstName: Élise | LastName: Martin | Email: elise.martin@contoso.example | Alias: emart | Title: Technicienne SAV | Department: Service | IsActive: true | LanguageLocaleKey: fr | UserType: Standard
        @ User dan 2024-01-08T08:10 reader
        Username: dan.reeve@contoso.example | FirstName: Dan | LastName: Reeve | Email: dan.reeve@contoso.example | Alias: dreev | Title: Field Engineer | Department: Service | IsActive: true | LanguageLocaleKey: en_US | UserType: Standard
        @ User former 2024-01-08T08:11 reader
        Username: b.lindqvist@contoso.example | FirstName: Bo | LastName: Lindqvist | Email: b.lindqvist@contoso.example | Alias: blind | Title: Sales | Department: Sales | IsActive: false | LanguageLocaleKey: en_US | UserType: Standard
        @ Group queue 2024-01-08T08:20 reader
        Name: Support Inbox | DeveloperName: Support_Inbox | Type: Queue | Email: support@contoso.example
        @ Group queueDE 2024-01-08T08:21 reader
        Name: Service Deutschland | DeveloperName: Service_DE | Type: Queue
        @ Group queueFR 2024-01-08T08:22 reader
        Name: SAV France | DeveloperName: SAV_FR | Type: Queue
        """#
}
