extension DriveCorpus {
    /// Protokolle, Anweisungen und Berichte.
    static let german = #"""
        @ 2025-02-05T07:50:00Z accounting /Rechnungen/2025/Mahnwesen Ablauf.docx
        Ablauf des Mahnwesens ab Februar 2025
        Diese Anweisung ersetzt die Fassung vom Juli 2022. Sie gilt für alle Forderungen aus \#
        Lieferungen und Leistungen im Inland.
        # Stufen
        |Stufe|Tage nach Fälligkeit|Form|Gebühr
        |Erinnerung|7|E-Mail|keine
        |Erste Mahnung|21|Brief|5,00 Euro
        |Zweite Mahnung|35|Einschreiben|15,00 Euro
        |Übergabe|50|Inkasso|nach Tabelle
        # Ausnahmen
        Kunden mit Rahmenvertrag werden vor der ersten Mahnung vom Vertrieb angerufen. Bei \#
        strittigen Rechnungen ruht das Verfahren, bis die Reklamation entschieden ist; die \#
        Buchhaltung setzt dazu die Sperre R.
        Verzugszinsen werden mit neun Prozentpunkten über dem Basiszinssatz berechnet, jedoch \#
        erst ab der zweiten Mahnung ausgewiesen.

        @ 2025-03-31T15:40:00Z accounting /Abschluss/Quartalsbericht Q1.pdf
        Quartalsbericht Januar bis März 2025
        Der Umsatz stieg gegenüber dem Vorjahr um 6,8 Prozent auf 11,42 Millionen Euro. Getragen \#
        wurde der Zuwachs vom Ersatzteilgeschäft (plus 14 Prozent), während das Neugeschäft mit \#
        Dosierpumpen um drei Prozent zurückging.
        Die Materialquote erhöhte sich von 41,2 auf 42,7 Prozent, vor allem wegen höherer Preise \#
        für Duplexstahl. Die Personalkosten blieben mit 3,1 Millionen Euro unverändert.
        Das Ergebnis vor Zinsen und Steuern betrug 1,06 Millionen Euro oder 9,3 Prozent vom \#
        Umsatz. Der Auftragsbestand reicht bis in den August.
        Für das zweite Quartal erwarten wir den Abruf der ersten vier Sätze für Caversham und \#
        rechnen mit einem Umsatz von rund 12 Millionen Euro.
        Risiko: Zwei Kunden mit zusammen 310.000 Euro Außenständen haben um Stundung gebeten.

        @ 2025-04-14T09:05:00Z accounting /Rechnungen/2025/Kontierungsrichtlinie.txt
        Kontierungsrichtlinie für Eingangsrechnungen

        Fracht gehört zum Material, wenn sie auf derselben Rechnung steht, sonst auf Konto 4730.
        Reparaturen an Maschinen bis 5.000 Euro sind Aufwand; darüber entscheidet die Leitung, ob \#
        sie aktiviert werden.
        Software im Abonnement wird auf Konto 4806 gebucht und über die Laufzeit abgegrenzt, \#
        sobald der Betrag 1.000 Euro im Jahr übersteigt.
        Bewirtungen brauchen Anlass und Teilnehmer auf der Rückseite des Belegs. Fehlt eines von \#
        beiden, wird die Rechnung zurückgegeben und nicht gebucht.
        Rechnungen ohne Bestellnummer gehen an den Einkauf, auch wenn der Lieferant seit Jahren \#
        bekannt ist.

        @ 2025-05-07T06:55:00Z operations /Schichtberichte/2025-05-06 Spätschicht.md
        # Schichtbericht 6. Mai 2025, Spätschicht

        Schichtleiter: J. Albrecht, 14 Personen, ein Krankheitsfall.

        - Linie 1: 22 Pumpen IP-80 montiert, Ziel erreicht.
        - Linie 2: Stillstand von 16:10 bis 18:45, Druckluft auf 4,1 bar gefallen. Ursache war \#
        ein geplatzter Schlauch hinter dem Kompressor 2; Ersatz vom Lager, Rest der Schicht ohne \#
        Störung.
        - Linie 3: Die neuen Drehmomentschlüssel sind da und kalibriert. Die beiden alten wurden \#
        dem Qualitätswesen übergeben.

        Für die Frühschicht: Lieferung der Gehäuse aus der Gießerei ist für 7:30 angekündigt, \#
        Rampe 2 freihalten. Der Kran K4 macht beim Senken Geräusche und darf nur bis 500 \#
        Kilogramm belastet werden.

        @ 2025-01-28T10:30:00Z operations /Wartung/Wartungsplan Kompressoren.xlsx
        Wartungsplan Kompressoren 2025
        |Anlage|Arbeit|Intervall Stunden|Letzte Wartung|Nächste Wartung|Dauer Stunden
        |Kompressor 1|Ölwechsel|2000|2024-11-12|2025-03-10|3
        |Kompressor 1|Luftfilter|1000|2025-01-08|2025-04-02|1
        |Kompressor 2|Ölwechsel|2000|2024-12-03|2025-04-15|3
        |Kompressor 2|Schläuche|8000|2021-06-21|2025-05-12|6
        |Trockner|Kältemittel|4000|2024-10-01|2025-06-30|2
        |Kondensatableiter|Funktionsprüfung|500|2025-01-20|2025-02-24|0.5

        @ 2025-06-03T11:25:00Z quality /Reklamationen/8D-Report 2025-019.docx
        8D-Report 2025-019: Leckage an Membranpumpen DP-25
        Kunde: Galvanik Lindenhof. Gemeldet am 22. Mai 2025, drei von zwölf Pumpen betroffen.
        # Problembeschreibung
        Nach 200 bis 260 Betriebsstunden tritt an der Trennstelle zwischen Kopf und Gehäuse \#
        Nickelsulfat aus. Die Schrauben waren mit 18 statt 24 Newtonmeter angezogen.
        # Sofortmaßnahme
        Alle 48 Pumpen im Lager wurden nachgezogen und mit einem grünen Punkt gekennzeichnet. Der \#
        Kunde zog die neun übrigen Pumpen am 26. Mai selbst nach.
        # Ursache
        Der Drehmomentschlüssel an Linie 3 war seit Januar nicht mehr kalibriert und zeigte sechs \#
        Newtonmeter zu viel an. Die Prüfliste fragte nur nach dem eingestellten Wert.
        # Abstellmaßnahme
        Die Ausgabe von Werkzeug ist an ein gültiges Prüfdatum gebunden; der Schrank öffnet sonst \#
        nicht. Wirksamkeit wird im September an 60 Pumpen geprüft.

        @ 2025-04-22T13:50:00Z drawings /Baureihe DP/Änderungsmitteilung DP-25.pdf
        Änderungsmitteilung ÄM-2025-031: Kopfschrauben der Membranpumpe DP-25
        Ab Seriennummer DP-25-88400 werden die vier Kopfschrauben M8 in Festigkeitsklasse A4-80 \#
        statt A4-70 verbaut. Das Anzugsmoment steigt von 20 auf 24 Newtonmeter.
        Grund der Änderung: Setzverhalten der neuen Dichtung aus FFKM bei Temperaturen über 50 \#
        Grad. In der Dauerprüfung verlor die Verbindung ein Fünftel ihrer Vorspannung.
        Betroffene Zeichnungen: 25-1004 Blatt 1 und 2, Stückliste 25-1000. Lagerbestand der alten \#
        Schrauben wird für die Baureihe DP-15 aufgebraucht.
        Ersatzteile: Bei jedem Tausch der Membran sind die Schrauben zu ersetzen; der Satz \#
        25-1099 enthält sie ab Mai.

        @ 2025-03-06T08:35:00Z engineering /Lastenhefte/Pumpenüberwachung.html
        Lastenheft: Fernüberwachung von Druckerhöhungsanlagen
        Die Anlage meldet Druck, Durchfluss, Drehzahl und Lagertemperatur jede Minute an einen \#
        Rechner des Betreibers. Ohne Verbindung werden die Werte mindestens 72 Stunden \#
        gespeichert und danach nachgereicht.
        Eine Meldung wird ausgelöst, wenn die Lagertemperatur 85 Grad übersteigt, der Druck um \#
        mehr als 0,5 bar vom Sollwert abweicht oder eine Pumpe öfter als zwölfmal in der Stunde \#
        anläuft.
        |Größe|Bereich|Genauigkeit
        |Druck|0 bis 16 bar|0,5 Prozent
        |Durchfluss|0 bis 200 m³/h|1 Prozent
        |Lagertemperatur|0 bis 120 Grad|1 Grad
        Kennwörter stehen nicht im Gerät, sondern werden bei der Inbetriebnahme vergeben. Die \#
        Software muss ohne Austausch von Teilen erneuert werden können.

        @ 2025-05-19T14:45:00Z quality /Schulungen/Schulung Drehmoment.pptx
        Richtig anziehen: Schulung Drehmoment
        Für alle Kolleginnen und Kollegen der Montage, 45 Minuten
        # Warum es darauf ankommt
        Drei Pumpen beim Kunden undicht, 48 Pumpen nachgezogen, Kosten 14.600 Euro
        # So geht es
        Prüfdatum am Schlüssel ansehen, Wert einstellen, über Kreuz in zwei Durchgängen anziehen
        Nach zehn Minuten ein zweites Mal prüfen, weil die Dichtung sich setzt
        # Was nicht geht
        Schlagschrauber, verlängerte Hebel, geöltes Gewinde ohne Angabe in der Zeichnung
        """#
}
