extension CRMCorpus {
    static let customersEnglish = #"""
        @ Account harbour 2024-03-04T09:12 sarah
        Name: Harbour Fish Processing Ltd | Type: Customer | Industry: Food & Beverage | AccountNumber: C-10021 | Phone: +44 1472 555 010 | Website: https://harbourfish.example
        BillingStreet: 12 Quay Road\nUnit 4 | BillingCity: Grimsby | BillingPostalCode: DN31 3LL | BillingCountry: United Kingdom | BillingLatitude: 53.5675 | BillingLongitude: -0.0808 | BillingGeocodeAccuracy: Street
        AnnualRevenue: 18400000 | NumberOfEmployees: 140 | Language__c: en
        Description:
        | Processes herring and mackerel in two halls. Nine CP-150 on the brine lines, bought 2016 to 2022.
        | Buys spares through the Hull dealer, but wants service from us.
        Service_Notes__c:
        | <p>Access by gate B only. <b>Hygiene training</b> must be repeated every year.</p>
        @ Account meridian 2024-03-05T10:00 sarah
        Name: Meridian Pharma plc | Type: Customer | Industry: Pharmaceuticals | AccountNumber: C-10040 | Phone: +44 1625 555 870
        BillingStreet: Park Lane 40 | BillingCity: Macclesfield | BillingPostalCode: SK10 2NA | BillingCountry: United Kingdom | NumberOfEmployees: 2300 | AnnualRevenue: 890000000 | Language__c: en
        Description:
        | Sterile production. Every wetted part needs a 3.1 certificate and a TSE declaration; deviations are handled by QA alone.
        @ Account meridianLeeds 2024-03-05T10:05 sarah
        Name: Meridian Pharma - Leeds | Type: Customer | ParentId: meridian | Industry: Pharmaceuticals | BillingCity: Leeds | BillingCountry: United Kingdom | Language__c: en
        @ Account kettle 2024-03-11T14:30 sarah
        Name: Kettle & Row Brewing Co. | Type: Customer | Industry: Food & Beverage | AccountNumber: C-10077
        BillingStreet: 3 Maltings Yard | BillingCity: Burton upon Trent | BillingCountry: United Kingdom | NumberOfEmployees: 45 | Language__c: en
        Description:
        | Craft brewery, one bottling line. Dosing pumps for peracetic acid.
        @ Account tideway 2024-04-02T08:45 sarah
        Name: Tideway Water Services | Type: Prospect | Industry: Utilities | BillingCity: Bristol | BillingCountry: United Kingdom | NumberOfEmployees: 610 | Language__c: en
        Description:
        | Tender for 14 booster sets, decision expected after the summer. Incumbent supplier is Brandt & Keel.
        @ Account northfield 2024-04-18T11:20 sarah
        Name: Northfield Paper Mills | Type: Customer | Industry: Manufacturing | BillingCity: Sault Ste. Marie | BillingState: ON | BillingCountry: Canada | Language__c: en
        @ Account pelican 2024-05-06T16:00 former
        Name: Pelican Marine Refit | Type: Customer | Industry: Shipping | BillingCity: Galway | BillingCountry: Ireland | Language__c: en
        @ Account dealerHull 2024-05-21T09:30 sarah
        Name: Humber Pump Supplies | Type: Channel Partner | Industry: Wholesale | BillingCity: Hull | BillingCountry: United Kingdom | Language__c: en
        @ Contact neil 2024-03-04T09:20 sarah
        AccountId: harbour | Salutation: Mr. | FirstName: Neil | LastName: Abbott | Email: neil.abbott@harbourfish.example | Phone: +44 1472 555 014 | Title: Maintenance Lead
        MailingStreet: 12 Quay Road | MailingCity: Grimsby | MailingCountry: United Kingdom
        Description:
        | Prefers the telephone before ten. Knows the CP-150 better than most of us.
        @ Contact priya 2024-03-04T09:25 sarah
        AccountId: harbour | FirstName: Priya | LastName: Nair | Email: priya.nair@harbourfish.example | Title: Purchasing
        @ Contact karen 2024-03-05T10:10 sarah
        AccountId: meridian | Salutation: Ms. | FirstName: Karen | LastName: Whitlock | Email: k.whitlock@meridianpharma.example | Title: Head of Manufacturing
        @ Contact oliver 2024-03-05T10:12 sarah
        AccountId: meridian | FirstName: Oliver | LastName: Chan | Email: o.chan@meridianpharma.example | Title: QA Officer | Department: Quality
        @ Contact ruth 2024-03-05T10:15 sarah
        AccountId: meridianLeeds | FirstName: Ruth | LastName: Adeyemi | Email: r.adeyemi@meridianpharma.example | Title: Site Engineer
        @ Contact gwen 2024-03-11T14:35 sarah
        AccountId: kettle | FirstName: Gwen | LastName: Row | Email: gwen@kettlerow.example | Title: Owner
        @ Contact amir 2024-04-02T08:50 sarah
        AccountId: tideway | FirstName: Amir | LastName: Haddad | Email: amir.haddad@tideway.example | Title: Framework Manager
        @ Contact celine 2024-04-18T11:25 sarah
        AccountId: northfield | FirstName: Céline | LastName: Roy | Email: celine.roy@northfieldpaper.example | Title: Reliability Engineer
        @ Contact declan 2024-05-06T16:05 former
        AccountId: pelican | FirstName: Declan | LastName: O'Shea | Email: declan@pelicanmarine.example | Title: Yard Manager
        @ Contact moira 2024-05-21T09:35 sarah
        AccountId: dealerHull | FirstName: Moira | LastName: Stead | Email: moira@humberpumps.example | Title: Counter Sales
        @ Note noteHarbour 2024-06-03T10:00 sarah
        ParentId: harbour | Title: Visit 3 June
        Body:
        | Walked both halls with Neil. Three of the nine pumps have the old wear ring; he wants a quote for all nine, fitted over Christmas.
        @ Note noteTideway 2024-07-09T15:40 sarah
        ParentId: tideway | Title: What the tender turns on
        Body:
        | Whole-life cost over 15 years at 0.21 GBP/kWh, 40 %. Local service within four hours, 30 %. Price is only 20 %.
        @ Note noteKaren 2025-02-21T17:05 sarah
        ParentId: karen | Title: After the particle incident
        Body:
        | Do not send offers before the deviation report is closed. She is furious but fair.
        """#

    static let customersGerman = #"""
        @ Account lindenthal 2024-03-06T08:10 katrin
        Name: Brauerei Lindenthal GmbH | Type: Customer | Industry: Food & Beverage | AccountNumber: C-20011 | Phone: +49 221 555 4410
        BillingStreet: Mühlenweg 7 | BillingCity: Köln | BillingPostalCode: 50935 | BillingCountry: Deutschland | NumberOfEmployees: 85 | Language__c: de
        Description:
        | Familienbetrieb, Sudhaus 2019 erneuert. Vier Impellerpumpen IP-80 in der Würzekühlung.
        @ Account ahrenburg 2024-03-07T09:00 katrin
        Name: Stadtwerke Ahrenburg | Type: Customer | Industry: Utilities | AccountNumber: C-20015
        BillingStreet: Am Wasserturm 1 | BillingCity: Ahrenburg | BillingPostalCode: 24988 | BillingCountry: Deutschland | NumberOfEmployees: 320 | Language__c: de
        Description:
        | Trinkwasser und Fernwärme. Rahmenvertrag bis Ende 2027, Abruf nur mit Bestellnummer.
        Service_Notes__c:
        | <p>Schlüssel für das Pumpwerk <i>Nord</i> beim Pförtner. Arbeiten unter Spannung sind verboten.</p>
        @ Account weissach 2024-03-12T13:15 katrin
        Name: Papierfabrik Weißach AG | Type: Customer | Industry: Manufacturing | BillingCity: Weißach | BillingCountry: Deutschland | NumberOfEmployees: 540 | Language__c: de
        @ Account rheinchemie 2024-04-09T10:30 katrin
        Name: Rhein-Chemie Lösungsmittel KG | Type: Customer | Industry: Chemicals | BillingCity: Ludwigshafen | BillingCountry: Deutschland | Language__c: de
        Description:
        | ATEX Zone 1, nur Pumpen mit Magnetkupplung. Sicherheitsunterweisung vor jedem Einsatz.
        @ Account molkerei 2024-05-14T07:50 katrin
        Name: Molkerei Alpenblick eG | Type: Customer | Industry: Food & Beverage | BillingCity: Kempten | BillingCountry: Deutschland | Language__c: de
        @ Account zuckerland 2024-06-11T12:00 katrin
        Name: Zuckerland Nord GmbH | Type: Prospect | Industry: Food & Beverage | BillingCity: Uelzen | BillingCountry: Deutschland | Language__c: de
        @ Account wienbad 2024-06-18T09:40 katrin
        Name: Wiener Bäderbetriebe | Type: Customer | Industry: Government | BillingCity: Wien | BillingCountry: Österreich | Language__c: de
        @ Contact heike 2024-03-06T08:15 katrin
        AccountId: lindenthal | Salutation: Frau | FirstName: Heike | LastName: Lindenthal | Email: heike@brauerei-lindenthal.example | Title: Geschäftsführerin
        @ Contact uwe 2024-03-06T08:20 katrin
        AccountId: lindenthal | FirstName: Uwe | LastName: Krause | Email: uwe.krause@brauerei-lindenthal.example | Title: Braumeister
        @ Contact sabine 2024-03-07T09:05 katrin
        AccountId: ahrenburg | FirstName: Sabine | LastName: Petersen | Email: s.petersen@sw-ahrenburg.example | Title: Leiterin Wasserwerk
        @ Contact malte 2024-03-07T09:10 katrin
        AccountId: ahrenburg | FirstName: Malte | LastName: Jessen | Email: m.jessen@sw-ahrenburg.example | Title: Instandhaltung
        @ Contact dieter 2024-03-12T13:20 katrin
        AccountId: weissach | FirstName: Dieter | LastName: Vogt | Email: dieter.vogt@papier-weissach.example | Title: Technischer Einkauf
        @ Contact nadine 2024-04-09T10:35 katrin
        AccountId: rheinchemie | Salutation: Dr. | FirstName: Nadine | LastName: Schäfer | Email: n.schaefer@rhein-chemie.example | Title: Betriebsleiterin
        @ Contact toni 2024-05-14T07:55 katrin
        AccountId: molkerei | FirstName: Toni | LastName: Huber | Email: toni.huber@alpenblick.example | Title: Schichtführer
        @ Contact birgit 2024-06-11T12:05 katrin
        AccountId: zuckerland | FirstName: Birgit | LastName: Ohlsen | Email: b.ohlsen@zuckerland.example | Title: Projektleitung
        @ Contact franz 2024-06-18T09:45 katrin
        AccountId: wienbad | FirstName: Franz | LastName: Hrdlicka | Email: franz.hrdlicka@wienbaeder.example | Title: Haustechnik
        @ Note noteAhrenburg 2024-09-02T11:30 katrin
        ParentId: ahrenburg | Title: Jahresgespräch
        Body:
        | Zufrieden mit der Reaktionszeit, unzufrieden mit den Lieferzeiten für Gleitringdichtungen. Wünscht ein Konsignationslager im Pumpwerk Nord.
        @ Note noteZucker 2024-10-15T14:00 katrin
        ParentId: zuckerland | Title: Erstgespräch Dicksaft
        Body:
        | 65 Brix bei 45 Grad, Fasern bis 2 mm. Der Wettbewerb hat eine Drehkolbenpumpe angeboten.
        """#

    static let customersFrench = #"""
        @ Account laiterie 2024-03-08T09:30 elise
        Name: Laiterie du Val d'Orne | Type: Customer | Industry: Food & Beverage | AccountNumber: C-30004 | Phone: +33 2 55 01 20 30
        BillingStreet: 18, route de Falaise | BillingCity: Argentan | BillingPostalCode: 61200 | BillingCountry: France | NumberOfEmployees: 210 | Language__c: fr
        Description:
        | Lait cru et crème. Douze pompes à lobes LP-40, contrat d'entretien annuel, arrêt technique en août.
        @ Account verrerie 2024-03-19T10:45 elise
        Name: Verrerie Saint-Clair SA | Type: Customer | Industry: Manufacturing | BillingCity: Saint-Étienne | BillingCountry: France | NumberOfEmployees: 390 | Language__c: fr
        Description:
        | Refroidissement des fours en continu : un arrêt de plus de vingt minutes abîme les voûtes.
        @ Account cave 2024-04-23T15:10 elise
        Name: Cave coopérative de Rocbrun | Type: Customer | Industry: Food & Beverage | BillingCity: Narbonne | BillingCountry: France | Language__c: fr
        @ Account hopital 2024-05-28T08:20 elise
        Name: Centre hospitalier de Brévannes | Type: Customer | Industry: Healthcare | BillingCity: Brévannes | BillingCountry: France | Language__c: fr
        @ Account lausanne 2024-06-25T13:00 elise
        Name: Services industriels de Lausanne-Est | Type: Prospect | Industry: Utilities | BillingCity: Lausanne | BillingCountry: Suisse | Language__c: fr
        @ Contact mathilde 2024-03-08T09:35 elise
        AccountId: laiterie | Salutation: Mme | FirstName: Mathilde | LastName: Lefèvre | Email: m.lefevre@valdorne.example | Title: Responsable maintenance
        @ Contact bruno 2024-03-08T09:40 elise
        AccountId: laiterie | FirstName: Bruno | LastName: Carpentier | Email: b.carpentier@valdorne.example | Title: Chef d'équipe
        @ Contact yves 2024-03-19T10:50 elise
        AccountId: verrerie | FirstName: Yves | LastName: Garnier | Email: y.garnier@saintclair.example | Title: Directeur technique
        @ Contact amelie 2024-04-23T15:15 elise
        AccountId: cave | FirstName: Amélie | LastName: Roques | Email: a.roques@rocbrun.example | Title: Maître de chai
        @ Contact ines 2024-05-28T08:25 elise
        AccountId: hopital | FirstName: Inès | LastName: Benali | Email: i.benali@ch-brevannes.example | Title: Ingénieure biomédicale
        @ Contact marc 2024-06-25T13:05 elise
        AccountId: lausanne | FirstName: Marc | LastName: Dutoit | Email: marc.dutoit@sil-est.example | Title: Chef de projet
        @ Note noteVerrerie 2024-11-05T16:30 elise
        ParentId: verrerie | Title: Pompe de secours
        Body:
        | M. Garnier veut une pompe de secours montée, raccordée et testée chaque mois. Budget prévu au premier trimestre.
        """#
}
