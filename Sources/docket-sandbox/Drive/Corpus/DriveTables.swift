extension DriveCorpus {
    /// Lists and tables, as they are exported from other systems.
    static let tables = #"""
        @ 2025-06-02T06:00:00Z sales /Offers/2025/Open offers.csv
        offer;customer;country;amount_eur;probability;next_step
        2025-0441;Thames Valley Water;GB;247800;won;project plan
        2025-0533;Aguas del Turia;ES;400500;70;second set of seals
        2025-0871;Laiterie du Vercors;FR;12550;won;delivery 15 July
        2025-0902;Stadtwerke Lindenhof;DE;88300;40;visit in calendar week 26
        2025-0917;Galvanik Lindenhof;DE;15240;20;after the complaint is settled
        2025-0933;Nordlys Mejeri;DK;61900;55;send references

        @ 2025-05-31T23:00:00Z accounting /Abschluss/Offene Posten Mai.csv
        Rechnung;Kunde;Fällig am;Betrag;Mahnstufe
        2025-1188;Gusswerk Nord;2025-04-30;18.420,00;1
        2025-1204;Laiterie du Vercors;2025-05-12;3.980,50;0
        2025-1231;Azucarera del Duero;2025-05-02;22.115,00;2
        2025-1259;Thames Valley Water;2025-05-28;84.960,00;0
        2025-1262;Galvanik Lindenhof;2025-04-15;7.310,00;gesperrt

        @ 2025-06-10T12:00:00Z accounting /Abschluss/Budget 2025.xlsx
        Budget 2025 nach Kostenstellen
        |Kostenstelle|Verantwortlich|Plan Euro|Ist Mai Euro|Abweichung
        |Entwicklung|Okafor|1240000|498200|-18466
        |Montage|Albrecht|2870000|1231900|36067
        |Vertrieb Inland|Brandt|640000|251300|-15366
        |Vertrieb Ausland|Whitfield|910000|402750|23583
        |Qualität|Fontaine|385000|158100|-2316
        |Verwaltung|Keller|520000|214400|-2266

        @ 2025-04-25T09:30:00Z drawings /Baureihe IP/Stückliste IP-80.xlsx
        Stückliste IP-80/200
        |Pos|Benennung|Werkstoff|Menge|Zeichnung
        |1|Gehäuse|EN-GJS-400|1|80-1001
        |2|Laufrad geschlossen|1.4408|1|80-1002
        |3|Welle|1.4462|1|80-1003
        |4|Gleitringdichtung 21B|SiC/SiC|1|21-0400
        |5|Rillenkugellager 6308|Stahl|2|Norm
        |6|O-Ring 180x4|FKM|2|Norm

        @ 2025-02-14T07:30:00Z drawings /Baureihe IP/Maßblatt IP-80.pdf
        Maßblatt der Kreiselpumpe IP-80/200
        Saugstutzen DN 100, Druckstutzen DN 80, beide PN 16 nach EN 1092-1. Achshöhe 180 \#
        Millimeter, Gesamtlänge mit Motor der Baugröße 132: 1.045 Millimeter.
        Gewicht der Pumpe ohne Motor 74 Kilogramm, mit Motor und Grundplatte 198 Kilogramm. Für \#
        den Ausbau des Läufers sind 140 Millimeter freizuhalten.
        Zulässige Kräfte am Druckstutzen: 1,2 Kilonewton senkrecht, 0,9 Kilonewton waagrecht. Die \#
        Rohrleitung darf die Pumpe nicht verspannen.

        @ 2025-03-24T16:00:00Z engineering /Test reports/IP-80 measurements.csv
        flow_m3h,head_m,power_kw,efficiency
        0,58.1,6.2,0
        40,57.4,9.8,0.638
        80,54.0,14.6,0.806
        120,47.2,19.0,0.812
        150,39.5,21.4,0.754
        """#
}
