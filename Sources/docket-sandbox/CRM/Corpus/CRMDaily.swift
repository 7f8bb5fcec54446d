extension CRMCorpus {
    /// The small change of a year: short cases, calls and posts of many customers.
    static let daily = #"""
        @ Account silo 2024-07-15T09:00 katrin
        Name: Silobau Hartmann & Söhne | Type: Prospect | Industry: Construction | BillingCity: Osnabrück | BillingCountry: Deutschland | Language__c: de
        @ Account ferry 2024-08-01T10:00 sarah
        Name: Western Isles Ferries | Type: Customer | Industry: Shipping | BillingCity: Oban | BillingCountry: United Kingdom | Language__c: en
        @ Account huile 2024-08-20T11:00 elise
        Name: Huilerie des Alpilles | Type: Customer | Industry: Food & Beverage | BillingCity: Maussane | BillingCountry: France | Language__c: fr
        @ Contact gerd 2024-07-15T09:05 katrin
        AccountId: silo | FirstName: Gerd | LastName: Hartmann | Email: gerd@silobau-hartmann.example | Title: Inhaber
        @ Contact fiona 2024-08-01T10:05 sarah
        AccountId: ferry | FirstName: Fiona | LastName: MacLeod | Email: fiona.macleod@wiferries.example | Title: Engineer Superintendent
        @ Contact laure 2024-08-20T11:05 elise
        AccountId: huile | FirstName: Laure | LastName: Mistral | Email: laure@huilerie-alpilles.example | Title: Gérante
        @ Case bilge 2025-01-08T09:10 queue
        Subject: Bilge pump FP-430 will not prime | AccountId: ferry | ContactId: fiona | Status: Closed | Priority: Medium | Origin: Phone | Type: Problem | Product__c: FP-430
        Description:
        | New suction hose, 2 m longer than the old one, with a rise before the pump.
        + 2025-01-08T09:30 tom The rise traps air. Lay the hose falling towards the pump.
        + 2025-01-09T12:00 tom Works. Fiona sends a picture of the new run for the manual.
        * 2025-01-09T12:30 tom Picture for the manual // Hose run on MV Skarv, free to use.
        @ Case valve 2025-02-14T13:40 queue
        Subject: Check valve CV-50 hammers | AccountId: ferry | ContactId: fiona | Status: Closed | Priority: Low | Origin: Email | Type: Problem | Product__c: CV-50
        Description:
        | A bang whenever the second pump stops. No damage so far.
        + 2025-02-14T15:00 dan Spring version closes before the flow turns. Part CV-50-S.
        < 2025-02-14T13:38 It bangs // Is there a quieter valve?\nFiona
        > 2025-02-14T15:05 dan RE: It bangs // Yes: CV-50-S, same length between the flanges.\nDan
        @ Case huileA 2025-03-20T08:15 queueFR
        Subject: Huile trouble après la pompe | AccountId: huile | ContactId: laure | Status: Closed | Priority: Medium | Origin: Phone | Type: Problem | Product__c: PX-20
        Description:
        | L'huile filtrée ressort trouble de la pompe, surtout le matin.
        + 2025-03-20T09:00 elise Condensation dans la conduite froide, rien à voir avec la pompe.
        + 2025-03-24T08:30 elise Conduite isolée, l'huile reste claire.
        < 2025-03-20T08:10 Huile trouble // Bonjour, une photo de l'huile de ce matin.\nLaure Mistral
        @ Case huileB 2025-10-06T07:45 queueFR
        Subject: Tuyau de rechange pour la récolte | AccountId: huile | ContactId: laure | Status: New | Priority: High | Origin: Email | Type: Question | Product__c: PX-20 | OwnerId: queueFR
        Description:
        | La récolte commence dans dix jours, il nous faut deux tuyaux alimentaires.
        < 2025-10-06T07:40 Deux tuyaux // Pouvez-vous livrer avant le 15 ?\nLaure Mistral
        @ Case mail1 2025-07-21T10:00 queueDE
        Subject: Typenschild unleserlich, welche Pumpe ist das? | AccountId: silo | ContactId: gerd | Status: Closed | Priority: Low | Origin: Email | Type: Question
        Description:
        | Gebraucht gekauft, vier Bohrungen im Fuß, Welle 28 mm, Guss mit der Zahl 4417.
        + 2025-07-21T11:20 jonas 4417 ist das Modell des Gehäuses: CP-150, Baujahr vor 2008.
        < 2025-07-21T09:55 Welche Pumpe? // Moin, drei Bilder anbei.\nGerd Hartmann
        > 2025-07-21T11:25 jonas AW: Welche Pumpe? // Hallo Herr Hartmann, eine CP-150 von vor 2008. Ersatzteile gibt es noch.\nJonas Weber
        @ Case mail2 2025-07-28T06:50 queueDE
        Subject: Ersatzteilpreise CP-150 alt | AccountId: silo | ContactId: gerd | ParentId: mail1 | Status: Working | Priority: Low | Origin: Email | Type: Question | Product__c: CP-150
        Description:
        | Laufring, Lagersatz und Dichtung, je einmal, mit Lieferzeit.
        + 2025-07-28T08:00 katrin 412 EUR netto, drei Tage.
        ! 2025-08-04T09:00 katrin open Nachfassen Hartmann // Angebot 2025-4417.
        @ Case cip 2025-08-11T14:00 queue
        Subject: Which detergent harms EPDM? | AccountId: kettle | ContactId: gwen | Status: Closed | Priority: Low | Origin: Web | Type: Question
        Description:
        | New supplier of detergents; the data sheet mentions terpenes.
        + 2025-08-11T15:10 tom Terpenes make EPDM swell. Ask for one without, or change to FKM.
        @ Case ice 2025-11-17T07:05 queue
        Subject: Frozen sensing line on booster set | AccountId: tideway | ContactId: amir | Status: New | Priority: High | Origin: Phone | Type: Problem | Product__c: BS-4 | OwnerId: queue
        Description:
        | The sensing line froze at minus six, the set ran at full speed all night. Pressure in the village was 9 bar.
        + 2025-11-17T07:20 tom Trace heating was never connected. Two pressure relief valves have lifted.
        < 2025-11-17T07:00 Pressure 9 bar!! // Please call me at once.\nAmir
        ! 2025-11-17T08:00 dan open Drive to Bristol // Take two sensing lines and heating tape.
        * 2025-11-17T09:00 sarah Who checks the other thirteen? // <p>Trace heating of <b>all</b> sets, please, before the weekend.</p>
        @ Note noteFerry 2025-02-15T10:00 dan
        ParentId: ferry | Title: Fleet list
        Body:
        | Six vessels, fourteen FP-430, two of them with the old priming chamber.
        @ Project__c fleet 2025-03-03T09:00 sarah
        Name: Western Isles - priming chambers | OwnerId: sarah | Account__c: ferry | Contact__c: fiona | Status__c: Running | Budget__c: 5200 | Start_Date__c: 2025-03-10 | Tags__c: Refit
        Goals__c:
        | Both old chambers replaced while the vessels are in dock.
        * 2025-05-12T16:00 dan MV Skarv is done // One to go, in October.
        ! 2025-10-13T08:00 dan open MV Tern in dock // Chamber and gasket set are on the shelf.
        """#
}
