extension Corpus {
    /// French, Spanish and Italian mails of the accounting mailbox.
    static let accountingRomance = #"""
        @ 2025-03-19T08:00:00Z invoices html fac-transports
        From: Transports Morvan <facturation@transports-morvan.example>
        Subject: Facture n° F25-03318

        <p>Madame, Monsieur,</p><p>Veuillez trouver le détail de la facture
        <b>F25-03318</b>&nbsp;:</p>
        <table border="1"><tr><td>Lyon &ndash; Grenoble, 6
        palettes</td><td>684,00&nbsp;&euro;</td></tr>
        <tr><td>Lyon &ndash; Dijon, 3 palettes</td><td>417,00&nbsp;&euro;</td></tr><tr><td>Surcharge
        gazole</td><td>71,57&nbsp;&euro;</td></tr>
        <tr><td>Total HT</td><td>1&nbsp;172,57&nbsp;&euro;</td></tr></table><p>Échéance&nbsp;: 3 mai
        2025, par virement. Tout retard entraîne une indemnité de 40&nbsp;&euro;.</p>
        %% F25-03318.pdf application/pdf
        Facture n° F25-03318
        Transports Rhône-Alpes, le 19 mars 2025. Transport de quatre palettes de Lyon à Bristol, \#
        référence 70954.
        Montant hors taxes : 1 240,00 euros. Supplément gazole : 86,80 euros. TVA non applicable.
        Échéance : 18 avril 2025. Tout retard entraîne une indemnité forfaitaire de 40 euros.

        @ 2025-06-11T09:15:00Z dunning text relance-vercors
        From: Hélène Roux <accounting@contoso.example>
        To: Camille Bertin <c.bertin@laiterie-vercors.example>
        Subject: Relance : facture 2025-30117 échue le 31 mai

        Madame,

        sauf erreur de notre part, la facture 2025-30117 d'un montant de 1 416,00 € TTC n'est pas
        réglée à ce jour. Merci de procéder au virement sous huit jours ou de nous indiquer ce qui
        le retarde. Si le paiement est déjà parti, ne tenez pas compte de ce message.

        Hélène Roux, comptabilité

        @ 2025-06-12T07:50:00Z inbox text relance-vercors
        From: Camille Bertin <c.bertin@laiterie-vercors.example>
        Subject: RE: Relance : facture 2025-30117 échue le 31 mai

        Bonjour, notre service comptable n'a jamais reçu cette facture : elle portait l'ancienne
        adresse. Merci de la renvoyer à factures@laiterie-vercors.example, nous la paierons le jour
        même.

        @ 2025-12-15T10:30:00Z archive html note-rh
        From: Hélène Roux <helene.roux@contoso.example>
        To: Accounting <accounting@contoso.example>
        Subject: Note de service : télétravail et fermeture de fin d'année à Lyon

        <p>Bonjour à tous,</p><p>L'accord sur le télétravail a été signé hier. À partir du
        1<sup>er</sup> février 2026&nbsp;:</p>
        <ul><li>deux jours par semaine au plus, fixés avec le responsable&nbsp;;</li><li>présence
        obligatoire le mardi&nbsp;;</li>
        <li>indemnité de 2,70&nbsp;&euro; par jour, versée avec le salaire.</li></ul><p>Le site de
        Lyon ferme du 24 décembre au soir au 2 janvier inclus. Les notes de frais de 2025 doivent
        être remises avant le <b>9 janvier</b>.</p>

        @ 2025-05-13T11:00:00Z invoices text fac-fundicion
        From: Fundiciones Arce <administracion@fundicionesarce.example>
        Subject: Factura 2025/0788

        Adjuntamos la factura 2025/0788 por 4.719,00 euros (IVA incluido), correspondiente al
        albarán 5521, con vencimiento a 60 días. Rogamos nos indiquen el número de pedido, que no
        figura en su correo.
        %% factura-2025-0788.csv text/csv
        concepto;unidades;importe_eur
        rodete bronce 200 mm;15;3525.00
        portes;1;375.00
        IVA 21 %;;819.00

        @ 2025-05-14T08:35:00Z sent text fac-fundicion
        From: Petra Klein <accounting@contoso.example>
        To: Fundiciones Arce <administracion@fundicionesarce.example>
        Subject: RE: Factura 2025/0788

        Buenos días: el pedido es el 4500013310. En él constan portes pagados, así que los 375 euros
        no proceden. Por favor, rectifiquen la factura. Gracias.

        @ 2026-04-27T12:10:00Z inbox html embargo-pago
        From: Iván Robles <irobles@banco-levante.example>
        Subject: Aval bancario para el concurso de Sagunto: documentos pendientes

        <p>Estimada señora Klein:</p><p>Para emitir el aval de 48.000&nbsp;euros nos
        faltan:</p><ol><li>las cuentas de 2025 firmadas,</li>
        <li>el poder del señor Maas, pues el que tenemos venció en marzo,</li><li>el pliego del
        concurso, página 14.</li></ol>
        <p>El plazo del concurso termina el 15 de mayo y necesitamos seis días hábiles. La comisión
        es del 0,9&nbsp;% anual.</p>

        @ 2025-11-26T09:40:00Z archive html verbale-bologna
        From: Davide Conti <davide.conti@contoso.example>
        To: Accounting <accounting@contoso.example>
        Subject: Verbale della riunione sui crediti scaduti, Bologna, 25 novembre 2025

        <h2>Verbale della riunione sui crediti scaduti</h2><p>Presenti: Davide Conti, Petra Klein
        (in video), Martina Serra, avvocato Bruno Neri.</p>
        <h3>Situazione</h3><p>I crediti scaduti da oltre 60 giorni in Italia sono 218.000 euro,
        contro i 140.000 di giugno. Tre clienti ne fanno più della metà: Oleificio Trasimeno
        (64.000), Cartiera Valtiberina (41.500) e Terme di Monteriva (19.800). Gli altri sono 23
        clienti con importi piccoli, spesso per errori nelle nostre fatture, ad esempio il codice
        destinatario sbagliato.</p>
        <h3>Oleificio Trasimeno</h3><p>Il titolare ammette il debito, ma incasserà la campagna
        olearia solo a gennaio. Propone sei rate da febbraio. L'avvocato Neri consiglia di accettare
        soltanto con un riconoscimento scritto del debito e una garanzia sulla pompa più recente,
        che vale ancora circa 15.000 euro. Petra chiede gli interessi legali. Si decide di proporre
        quattro rate, da gennaio ad aprile, e di sospendere le nuove forniture tranne i ricambi
        pagati in anticipo.</p>
        <h3>Cartiera Valtiberina</h3><p>Il cliente contesta 12.000 euro per il montaggio, che
        secondo lui era incluso. Nel contratto la voce è separata, però il nostro venditore aveva
        scritto &ldquo;tutto compreso&rdquo; in una mail del 4 marzo. L'avvocato ritiene la causa
        incerta e lunga, almeno due anni. Davide cercherà un accordo a metà: il cliente paga 35.500
        euro entro il 15 dicembre e noi rinunciamo a 6.000.</p>
        <h3>Terme di Monteriva</h3><p>La società è in concordato preventivo dal 3 novembre. Il
        credito va insinuato entro il 12 gennaio; è realistico recuperare il 20&nbsp;%. Martina
        prepara la svalutazione per la chiusura dell'anno e recupera la prova di consegna firmata,
        che manca nel fascicolo.</p>
        <h3>Regole nuove</h3><ul><li>Primo sollecito dopo 10 giorni, telefonata dopo 20, blocco
        delle forniture dopo 45.</li>
        <li>Sopra i 20.000 euro, verifica della solvibilità prima dell'ordine.</li><li>I venditori
        non promettono per mail nulla che non sia nel contratto.</li></ul>
        <p>Prossimo incontro: 20 gennaio 2026.</p>

        @ 2026-03-02T08:25:00Z invoices2026 text sollecito-serra
        From: Officine Bassi <amministrazione@officinebassi.example>
        Subject: Sollecito di pagamento fattura 112/2026

        Buongiorno, la nostra fattura 112/2026 di 1.952,00 euro, scaduta il 15 febbraio, risulta
        ancora da pagare. Vi preghiamo di provvedere entro il 13 marzo o di comunicarci eventuali
        contestazioni. Cordiali saluti, Anna Bassi

        @ 2026-09-28T10:00:00Z inbox html offerta-assicurazione
        From: Marta Colombo <m.colombo@broker-colombo.example>
        Subject: Offerta per l'assicurazione crediti: confronto delle tre proposte

        <p>Gentile signora Serra,</p><p>come richiesto ho confrontato tre compagnie per un fatturato
        assicurato di 6 milioni:</p>
        <table
        border="1"><tr><th>Compagnia</th><th>Premio</th><th>Copertura</th><th>Franchigia</th></tr>
        <tr><td>Alfa</td><td>18.600 &euro;</td><td>90 %</td><td>2.500
        &euro;</td></tr><tr><td>Beta</td><td>15.900 &euro;</td><td>85 %</td><td>5.000
        &euro;</td></tr>
        <tr><td>Gamma</td><td>21.300 &euro;</td><td>95 %</td><td>1.000
        &euro;</td></tr></table><p>Consiglio Alfa: è l'unica che copre anche i clienti in Spagna
        senza sovrapprezzo. L'offerta vale fino al 31 ottobre.</p>

        """#
}
