extension Corpus {
    /// German and English mails of the accounting mailbox.
    static let accountingGermanEnglish = #"""
        @ 2025-01-31T09:00:00Z invoices html inv-gusswerk
        From: Rechnungswesen Gusswerk Hohenau <rechnung@gusswerk-hohenau.example>
        Subject: Rechnung RE-2025-00417 zu Ihrer Bestellung 4500012873

        <p>Sehr geehrte Damen und Herren,</p><p>für die Lieferung vom 28. Januar berechnen wir:</p>
        <table
        border="1"><tr><th>Pos.</th><th>Artikel</th><th>Menge</th><th>Preis</th><th>Betrag</th></tr>
        <tr><td>1</td><td>Gehäuse CP-H 45,
        1.4404</td><td>12</td><td>418,00&nbsp;&euro;</td><td>5.016,00&nbsp;&euro;</td></tr>
        <tr><td>2</td><td>Deckel CP-H
        45</td><td>12</td><td>96,50&nbsp;&euro;</td><td>1.158,00&nbsp;&euro;</td></tr>
        <tr><td>3</td><td>Legierungszuschlag
        Januar</td><td></td><td></td><td>389,40&nbsp;&euro;</td></tr></table>
        <p>Netto 6.563,40&nbsp;&euro;, Umsatzsteuer 19&nbsp;% 1.247,05&nbsp;&euro;, <b>zahlbar
        7.810,45&nbsp;&euro;</b> bis 2. März 2025, bei Zahlung binnen 10 Tagen 2&nbsp;%
        Skonto.</p><p>Gusswerk Hohenau GmbH</p>
        %% RE-2025-00417.pdf application/pdf
        Rechnung RE-2025-00417
        Gusswerk Nord, Rechnung vom 31. Januar 2025 zu Ihrer Bestellung 4500012873.
        Gehäuse IP-80 roh, 120 Stück zu 86,00 Euro: 10.320,00 Euro. Fracht frei Haus: 240,00 Euro.
        Zwischensumme 10.560,00 Euro, Umsatzsteuer 19 Prozent 2.006,40 Euro, Gesamtbetrag \#
        12.566,40 Euro.
        Zahlbar bis 2. März 2025 ohne Abzug. Bei Zahlung innerhalb von zehn Tagen gewähren wir \#
        zwei Prozent Skonto.

        @ 2025-02-04T10:30:00Z sent text inv-gusswerk
        From: Petra Klein <accounting@contoso.example>
        To: Rechnungswesen Gusswerk Hohenau <rechnung@gusswerk-hohenau.example>
        Subject: AW: Rechnung RE-2025-00417 zu Ihrer Bestellung 4500012873

        Guten Tag,

        in Position 3 berechnen Sie den Legierungszuschlag für 12 Deckel und 12 Gehäuse. Laut
        Rahmenvertrag fällt er nur für die Gehäuse an, das wären 311,50 Euro. Bitte senden Sie uns
        eine korrigierte Rechnung, bis dahin ist die Zahlung gesperrt.

        Petra Klein

        @ 2025-02-10T08:10:00Z invoices text inv-gusswerk
        From: Rechnungswesen Gusswerk Hohenau <rechnung@gusswerk-hohenau.example>
        Subject: Gutschrift GS-2025-0032 zu RE-2025-00417

        Guten Tag Frau Klein, Sie haben recht. Anbei die Gutschrift über 77,90 Euro netto (92,70
        Euro brutto). Die Skontofrist verlängern wir bis zum 20. Februar.
        %% gutschrift-GS-2025-0032.txt text/plain
        Gutschrift GS-2025-0032
        zu Rechnung RE-2025-00417
        Legierungszuschlag Deckel, 12 Stück     77,90 EUR
        Umsatzsteuer 19 %                       14,80 EUR
        Gutschriftbetrag                        92,70 EUR

        @ 2025-04-03T07:00:00Z dunning html mahnung-druck
        From: Druckhaus Ahlers <buchhaltung@druckhaus-ahlers.example>
        Subject: 2. Mahnung: Rechnung 25-1093 über 2.380,00 EUR

        <p>Sehr geehrte Damen und Herren,</p><p>unsere Rechnung 25-1093 vom 12. Februar 2025 über
        <b>2.380,00&nbsp;&euro;</b> (Kataloge) ist trotz unserer Erinnerung vom 20. März noch offen.
        Bitte überweisen Sie den Betrag zuzüglich 5,00&nbsp;&euro; Mahngebühr bis zum <b>14.
        April</b>. Danach geben wir den Vorgang an ein Inkassobüro.</p>
        <p>Falls sich Ihre Zahlung mit diesem Schreiben kreuzt, betrachten Sie es als
        gegenstandslos.</p>

        @ 2025-04-03T09:26:00Z sent text mahnung-druck
        From: Petra Klein <accounting@contoso.example>
        To: Druckhaus Ahlers <buchhaltung@druckhaus-ahlers.example>
        Subject: AW: 2. Mahnung: Rechnung 25-1093 über 2.380,00 EUR

        Guten Tag, weder die Rechnung noch die erste Erinnerung liegt uns vor. Bitte schicken Sie
        die Rechnung an diese Adresse und nennen Sie die Bestellnummer; nach Prüfung zahlen wir
        sofort. Die Mahngebühr weisen wir zurück.

        @ 2025-09-11T13:00:00Z archive html pruefung-2025
        From: Petra Klein <petra.klein@contoso.example>
        To: Accounting <accounting@contoso.example>
        Cc: Sarah Whitfield <sales@contoso.example>
        Subject: Protokoll: Vorbesprechung Jahresabschluss 2025 mit den Prüfern

        <h2>Vorbesprechung Jahresabschluss 2025</h2>
        <p>10. September 2025, Stuttgart. Teilnehmer: Petra Klein, Hélène Roux, Robert Maas (Contoso
        Pumps); Dr. Anke Fuchs, Tim Bader (Wirtschaftsprüfung Fuchs &amp; Bader).</p>
        <h3>1. Zeitplan</h3><p>Die Vorprüfung läuft vom 17. bis 28. November, die Hauptprüfung vom
        26. Januar bis 13. Februar 2026. Die Inventur findet am 30. Dezember in Stuttgart und am 2.
        Januar in Bristol statt; die Prüfer nehmen nur in Stuttgart teil. Der Bericht soll am 20.
        März vorliegen, damit der Beirat am 27. März beschließen kann.</p>
        <h3>2. Schwerpunkte</h3><p>Dr. Fuchs nennt drei Schwerpunkte: Umsatzrealisierung bei
        mehrstufigen Projekten, Bewertung der Vorräte und Rückstellungen für Gewährleistung. Beim
        Projekt Caversham ist zu klären, ob jede Stufe für sich abgenommen wird. Ist das der Fall,
        darf der Umsatz je Stufe gebucht werden; sonst erst mit der Endabnahme im Dezember. Frau
        Klein besorgt den Vertrag mit allen Nachträgen aus dem Vertrieb.</p>
        <h3>3. Vorräte</h3><p>Der Bestand ist seit Jahresbeginn um 11&nbsp;% gestiegen, der Umsatz
        nur um 4&nbsp;%. Herr Maas erklärt das mit vorgezogenen Einkäufen wegen der Edelstahlpreise.
        Herr Bader weist darauf hin, dass rund 380.000 Euro in Teilen liegen, die sich seit zwei
        Jahren nicht bewegt haben. Nach der bisherigen Regel wäre eine Abwertung von 50&nbsp;%
        fällig. Herr Maas hält das für zu viel, weil diese Teile für alte Pumpen vorgehalten werden
        und sich langsam, aber mit guter Marge verkaufen. Man einigt sich darauf, die Reichweite je
        Teil zu ermitteln und erst dann zu entscheiden. Die Liste kommt bis 31. Oktober.</p>
        <h3>4. Gewährleistung</h3><p>Der Schaden bei Meridian Pharma ist beim Versicherer gemeldet;
        der Selbstbehalt von 50.000 Euro wird zurückgestellt. Für Galvanik Rhein sind 7.400 Euro
        zugesagt und im August gebucht. Die pauschale Rückstellung von 0,8&nbsp;% des Umsatzes
        reichte in den letzten beiden Jahren nicht aus. Dr. Fuchs empfiehlt, auf 1,1&nbsp;% zu
        gehen. Frau Roux rechnet die Wirkung auf das Ergebnis aus, grob geschätzt sind es 95.000
        Euro.</p>
        <h3>5. Kurzarbeit, Urlaub und Zeitkonten</h3><p>Die Rückstellung für Urlaub und Überstunden
        wird zum ersten Mal aus dem neuen Zeitsystem übernommen. Die Prüfer wollen den Übertrag der
        Salden zum 1. Juli nachvollziehen; Frau Rahman stellt die Auszüge bereit. Personenbezogene
        Daten werden nur vor Ort eingesehen.</p>
        <h3>6. IT</h3><p>Im Frühjahr hatten zwei Mitarbeiter sowohl das Recht, Lieferanten
        anzulegen, als auch das Recht, Zahlungen freizugeben. Das wurde im Mai getrennt. Die Prüfer
        verlangen eine Auswertung aller Zahlungen an Lieferanten, die in dieser Zeit neu angelegt
        wurden.</p>
        <h3>Aufgaben</h3><table border="1"><tr><td>Vertrag Caversham mit
        Nachträgen</td><td>Klein</td><td>19. September</td></tr>
        <tr><td>Liste der Teile ohne Bewegung mit Reichweite</td><td>Maas</td><td>31.
        Oktober</td></tr>
        <tr><td>Wirkung der höheren Rückstellung</td><td>Roux</td><td>10. Oktober</td></tr>
        <tr><td>Auswertung neuer Lieferanten März bis Mai</td><td>Klein</td><td>17.
        Oktober</td></tr></table>

        @ 2026-01-12T07:30:00Z invoices2026 text inv-strom
        From: Stadtwerke Service <service@stadtwerke-neckartal.example>
        Subject: Ihre Jahresabrechnung Strom 2025

        Sehr geehrte Kundin, sehr geehrter Kunde,

        Ihr Verbrauch im Jahr 2025 betrug 412.880 kWh (Vorjahr 437.120). Aus den Abschlägen ergibt
        sich ein Guthaben von
        3.914,27 Euro, das wir bis zum 26. Januar auf Ihr Konto überweisen. Der neue Abschlag ab
        Februar beträgt
        9.450,00 Euro im Monat. Die Abrechnung finden Sie im Kundenportal.

        @ 2026-02-09T11:05:00Z inbox text bank-change
        From: Gusswerk Hohenau <rechnung@gusswerk-hohenau-gmbh.example>
        Subject: Wichtig: neue Bankverbindung ab sofort

        Sehr geehrte Frau Klein, wegen einer Umstellung bei unserer Bank überweisen Sie bitte alle
        offenen Rechnungen ab heute auf unser neues Konto bei der Banca Litoral, IBAN XX00 0000 0000
        0000. Bitte bestätigen Sie kurz und behandeln Sie die Sache vertraulich, die Kollegen sind
        noch nicht informiert.

        @ 2026-02-09T11:40:00Z sent text bank-change
        From: Petra Klein <accounting@contoso.example>
        To: Robert Maas <robert.maas@contoso.example>
        Subject: WG: Wichtig: neue Bankverbindung ab sofort

        Robert, Vorsicht: Die Absenderadresse hat ein "-gmbh" zu viel. Ich habe bei Gusswerk
        angerufen, dort weiß niemand davon. Bitte keine Zahlung ändern. Ich gebe es an die IT.

        @ 2026-06-02T06:45:00Z deleted text wg-parkplatz
        From: Empfang <empfang@contoso.example>
        Subject: Parkplatz gesperrt

        Mittwoch wird der Hof asphaltiert. Bitte in der Weberstraße parken.

        @ 2025-02-28T12:00:00Z invoices html inv-freight
        From: Accounts, Severn Freight <accounts@severnfreight.example>
        Subject: Invoice SF-88213 for February 2025

        <p>Dear Contoso team,</p><p>please find below the summary of invoice <b>SF-88213</b>, due 30
        March 2025:</p>
        <table border="1"><tr><th>Service</th><th>Qty</th><th>Amount GBP</th></tr>
        <tr><td>Pallets Bristol&ndash;Reading</td><td>18</td><td>1,134.00</td></tr>
        <tr><td>Express parcels</td><td>41</td><td>738.00</td></tr><tr><td>Fuel surcharge 6.5
        %</td><td></td><td>121.68</td></tr>
        <tr><td>Waiting time, 11 Feb, 2.5 h</td><td></td><td>112.50</td></tr></table>
        <p>Total GBP 2,106.18 plus VAT. Thank you for your business.</p>

        @ 2025-03-03T09:45:00Z sent text inv-freight
        From: Helen Price <accounting@contoso.example>
        To: Accounts, Severn Freight <accounts@severnfreight.example>
        Subject: RE: Invoice SF-88213 for February 2025

        Hello, the waiting time on 11 February was caused by your own driver, who came without the
        tail lift. Please take off the GBP 112.50 and send a new invoice. The rest is approved.

        Helen Price

        @ 2025-07-07T08:00:00Z dunning text reminder-northwind
        From: Helen Price <accounting@contoso.example>
        To: Northwind Payables <payables@northwind.example>
        Subject: Payment reminder: invoice 2025-20318, GBP 9,295.00

        Dear Sir or Madam,

        according to our records, invoice 2025-20318 of 28 March (order 4500081177) was due on 27
        May and is 41 days late. If there is a reason to withhold payment, please let us know.
        Otherwise we ask you to settle the amount by 18 July. From this date we charge interest at 8
        % above base rate, and new orders will be held.

        @ 2025-07-08T14:12:00Z inbox text reminder-northwind
        From: Elaine Foster <purchasing@northwind.example>
        Subject: RE: Payment reminder: invoice 2025-20318, GBP 9,295.00

        Helen, we withheld it on purpose: two of the four diaphragm pumps arrived late and we paid
        GBP 340 for a hire unit. Sarah promised a credit note that never came. Send it and you have
        the money the same week.

        @ 2025-10-06T10:00:00Z archive html freight-contract
        From: Graham Sutton <g.sutton@severnfreight.example>
        To: Accounting <accounting@contoso.example>
        Cc: Sarah Whitfield <sales@contoso.example>
        Subject: Freight contract 2026: where we stand after our meeting

        <p>Dear Helen,</p><p>thank you for the open discussion on Thursday. As promised, here is
        where I think we stand, so that you can take it to Robert before the contract lapses on 31
        December.</p>
        <p><b>Rates.</b> We asked for 5.8&nbsp;% on all lanes; you offered 2&nbsp;%. I can come down
        to 3.5&nbsp;% for pallets and 4&nbsp;% for express parcels if the term is two years. For one
        year it stays at 4.5&nbsp;% throughout. Driver wages alone went up by 6.1&nbsp;% in April,
        so there is no room below that.</p>
        <p><b>Fuel.</b> You find the surcharge hard to check. I agree. We propose a table tied to
        the published weekly diesel price: 0&nbsp;% up to GBP 1.30 per litre, then 0.5 points for
        each five pence. The table becomes an annex and is adjusted on the first Monday of each
        month. In 2025 this would have cost you about GBP 900 less than the present rule.</p>
        <p><b>Damage.</b> There were fourteen damaged consignments in twelve months, of which nine
        were pumps on pallets without corner protection. We will train our people in Avonmouth again
        and photograph each pallet at collection. In return you use the stronger crates for anything
        above 200 kg. If the number is not below six in the first half of 2026, you may leave with
        two months' notice. Claims up to GBP 2,000 are settled within ten working days without a
        surveyor.</p>
        <p><b>Invoices.</b> One invoice a month with a line per consignment and your delivery note
        number, as a spreadsheet as well. Waiting time is charged only with your signature on the
        driver's device. Errors are corrected before you pay and not after. That was your main
        complaint, and rightly so: by my own count, five of our last twelve invoices were wrong.</p>
        <p><b>Night collection.</b> Sarah wants a second collection at 21:00 for orders from
        Ireland. We can do this from Monday to Thursday for GBP 85 per run, with a minimum of three
        runs a week. Below that it does not pay. Perhaps you could start with a trial from February
        to April?</p>
        <p><b>Open on your side:</b> volumes per lane for 2026, the choice between one and two
        years, and whether Theale is still needed after the Caversham project ends. <b>Open on
        ours:</b> proof of insurance for goods above GBP 50,000 and the name of a fixed contact.</p>
        <p>Could you let me have your decision by 24 October? We must order two vehicles by the end
        of that month.</p>
        <p>Kind regards<br>Graham Sutton<br>Commercial Director, Severn Freight</p>
        %% Freight-rates-2026.xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
        Freight rates 2026
        |Lane|Weight class kg|Rate 2025 GBP|Rate 2026 GBP
        |Bristol to Lyon|500|310|322
        |Bristol to Hanover|500|298|309
        |Bristol to Valencia|500|455|470
        |Bristol to Bologna|1000|690|712

        @ 2026-03-31T15:30:00Z inbox html hr-expenses
        From: Nadia Rahman <hr@contoso.example>
        Subject: New travel expense rules from 1 May 2026

        <p>Dear colleagues,</p><p>from 1 May, travel expenses are filed in the app only. What
        changes:</p>
        <ol><li>Receipts are photographed on the same day; paper is no longer
        needed.</li><li>Mileage goes up to 48 pence per mile, or 0.38&nbsp;&euro; per
        kilometre.</li><li>Hotels above GBP 140 or 150&nbsp;&euro; a night need approval in
        advance.</li>
        <li>Claims older than 60 days lapse.</li></ol><p>Open claims on paper will be accepted until
        15 May. Questions: <a href="mailto:hr@contoso.example">hr@contoso.example</a>.</p>

        @ 2026-05-05T08:20:00Z invoices2026 text inv-licence
        From: Billing <billing@cadwright.example>
        Subject: Your CadWright renewal: price change

        Your plan CadWright Team (9 seats) renews on 1 June 2026. The annual price rises from EUR
        6,210 to EUR 7,452. To keep the present price, switch to a three-year term by 25 May. If you
        do nothing, we charge the card ending in 4471.

        @ 2026-08-03T09:50:00Z inbox text credit-limit
        From: Leo Brandt <leo.brandt@adventurefoods.example>
        Subject: Question about our credit limit

        Hi Helen, our July order was stopped because we are at our limit of EUR 60,000. Under the
        new frame agreement we will order more per month. Could you raise it to EUR 120,000, or what
        would you need from us? Our last accounts are public.

        """#
}
