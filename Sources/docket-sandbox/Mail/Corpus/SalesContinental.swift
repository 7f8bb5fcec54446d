extension Corpus {
    /// German, French, Spanish and Italian mails of the sales mailbox.
    static let salesContinental = #"""
        @ 2025-03-10T07:15:00Z lindenhof html lindenhof-expansion
        From: Matthias Kern <m.kern@brauerei-lindenhof.example>
        Subject: Anfrage: Pumpen für die Erweiterung des Sudhauses

        <p>Sehr geehrte Frau Vogt,</p>
        <p>wir erweitern unser Sudhaus bis Ostern 2026 von 80 auf 130&nbsp;hl je Sud. Dafür brauchen
        wir:</p>
        <ul><li>zwei Maischepumpen, schonend, 45 m&sup3;/h, bis 78&nbsp;&deg;C,</li>
        <li>eine Würzepumpe, 60 m&sup3;/h, bis 100&nbsp;&deg;C,</li>
        <li>vier CIP-Pumpen, 25 m&sup3;/h, Lauge 3&nbsp;%.</li></ul>
        <p>Alle produktberührten Teile bitte in 1.4404, Oberfläche Ra &le; 0,8 &micro;m,
        Gleitringdichtungen mit FDA-Zulassung. Wir bitten um Ihr Angebot bis zum 28. März, frei
        Haus, mit Inbetriebnahme als eigener Position.</p>
        <p>Mit freundlichen Grüßen<br>Matthias Kern<br>Technische Leitung, Brauerei Lindenhof</p>

        @ 2025-03-27T15:44:00Z sent html lindenhof-expansion
        From: Jana Vogt <sales@contoso.example>
        To: Matthias Kern <m.kern@brauerei-lindenhof.example>
        Subject: AW: Anfrage: Pumpen für die Erweiterung des Sudhauses

        <p>Sehr geehrter Herr Kern,</p><p>gern bieten wir Ihnen an (Angebot 25-0388, gültig bis 30.
        Juni 2025):</p>
        <table
        border="1"><tr><th>Pos.</th><th>Bezeichnung</th><th>Menge</th><th>Einzelpreis</th></tr>
        <tr><td>1</td><td>Maischepumpe CP-H 45</td><td>2</td><td>8.460,00 &euro;</td></tr>
        <tr><td>2</td><td>Würzepumpe CP-H 60</td><td>1</td><td>9.120,00 &euro;</td></tr>
        <tr><td>3</td><td>CIP-Pumpe CP-S 25</td><td>4</td><td>3.275,00 &euro;</td></tr>
        <tr><td>4</td><td>Inbetriebnahme, zwei Tage</td><td>1</td><td>2.400,00
        &euro;</td></tr></table>
        <p>Summe netto 41.540,00&nbsp;&euro;. Lieferzeit neun Wochen nach Auftragsklarheit. Bei
        Bestellung aller Positionen gewähren wir 4&nbsp;% Nachlass.</p><p>Freundliche Grüße<br>Jana
        Vogt</p>

        @ 2025-04-08T09:20:00Z lindenhof text lindenhof-expansion
        From: Matthias Kern <m.kern@brauerei-lindenhof.example>
        Subject: AW: AW: Anfrage: Pumpen für die Erweiterung des Sudhauses

        Hallo Frau Vogt,

        technisch passt alles. Zwei Punkte noch: Der Wettbewerb liegt 7 % darunter, und neun Wochen
        sind für die CIP-Pumpen zu lang, die Monteure sind schon ab dem 2. Juni im Haus. Wenn Sie
        uns 6 % Nachlass geben und die vier CIP-Pumpen bis 30. Mai liefern, bestelle ich noch diese
        Woche.

        Gruß
        Matthias Kern

        @ 2025-04-11T06:58:00Z lindenhof html lindenhof-expansion
        From: Matthias Kern <m.kern@brauerei-lindenhof.example>
        Subject: Bestellung 25-1147

        <p>Guten Morgen Frau Vogt,</p><p>wie gestern am Telefon vereinbart bestellen wir gemäß Ihrem
        Angebot 25-0388 alle Positionen mit <b>6 % Nachlass</b>, also 39.047,60&nbsp;&euro; netto.
        Liefertermin CIP-Pumpen: 30. Mai, der Rest bis 20. Juni. Bitte um
        Auftragsbestätigung.</p><p>M. Kern</p>
        <blockquote><b>Von:</b> Jana Vogt<br><b>Gesendet:</b> Donnerstag, 27. März 2025 16:44<br>
        <b>Betreff:</b> AW: Anfrage: Pumpen für die Erweiterung des Sudhauses<br>
        Sehr geehrter Herr Kern, gern bieten wir Ihnen an&hellip;</blockquote>
        %% Bestellung-25-1147.docx \#
        application/vnd.openxmlformats-officedocument.wordprocessingml.document
        Bestellung 25-1147
        Brauerei Lindenhof bestellt auf Grundlage des Angebots vom 27. März 2025 die Pumpen für \#
        die Erweiterung des Sudhauses.
        |Pos|Bezeichnung|Menge|Einzelpreis Euro
        |1|Hygienepumpe CP-H 45|4|6.480
        |2|Frequenzumrichter FC-11|4|1.210
        |3|Inbetriebnahme|2 Tage|1.050
        Liefertermin ist der 30. Juni 2025. Die Werkstoffzeugnisse 3.1 sind der Lieferung \#
        beizulegen, sonst wird die Annahme verweigert.

        @ 2025-06-24T14:05:00Z lindenhof text lindenhof-protokoll
        From: Matthias Kern <m.kern@brauerei-lindenhof.example>
        Cc: Ute Lang <u.lang@planwerk-lang.example>
        Subject: Protokoll Baubesprechung Nr. 6, Sudhaus, 24.06.2025

        Teilnehmer: Kern, Huber (Brauerei), Lang (Planung), Vogt (Contoso Pumps), Seidl (Elektro)

        1. Stand der Lieferungen
        Die vier CIP-Pumpen sind seit dem 28. Mai da und angeschlossen. Eine Pumpe (Seriennummer
        25-40117) hat einen Transportschaden am Lüfterrad; Frau Vogt schickt den Ersatz bis Freitag.
        Die Maischepumpen kamen am 18. Juni vollständig. Die Würzepumpe fehlt. Contoso nennt als
        Grund den Gießer, der das Gehäuse wegen Lunkern ein zweites Mal gießen musste. Neuer Termin:
        11. Juli.

        2. Folgen für den Bauablauf
        Herr Huber stellt klar, dass die Würzepumpe am 14. Juli eingebaut sein muss, sonst
        verschiebt sich die Druckprobe und mit ihr die Isolierung um zwei Wochen. Die Isolierfirma
        ist danach bis September ausgebucht. Frau Lang schlägt vor, mit einem Passstück zu verrohren
        und die Druckprobe ohne Pumpe zu machen. Dem stimmen alle zu. Die Kosten für das Passstück
        (rund 600 Euro) trägt Contoso.

        3. Elektro und Steuerung
        Die Frequenzumrichter sollen nicht an der Wand, sondern im Schaltschrank sitzen, weil der
        Raum bei der Reinigung nass wird. Herr Seidl braucht dafür bis 1. Juli die Verlustleistungen
        und die Abmessungen. Offen ist, ob die vorhandene Kühlung des Schranks reicht; er rechnet
        das nach. Die Drehzahl der Maischepumpen wird aus dem Leitsystem vorgegeben, ein örtlicher
        Handbetrieb mit Schlüsselschalter bleibt. Die Trockenlaufsicherung wirkt unmittelbar auf den
        Umrichter und nicht über die Steuerung.

        4. Reinigung
        Die Brauerei will das CIP-Konzept ändern: statt 3 % Lauge bei 80 Grad künftig 2 % mit
        Additiv bei 65 Grad, um Energie zu sparen. Frau Vogt prüft, ob die EPDM-Dichtungen das
        Additiv vertragen. Das Sicherheitsdatenblatt schickt Herr Kern heute noch. Bis zur Freigabe
        wird wie geplant gereinigt.

        5. Arbeitssicherheit
        Am 19. Juni stand eine Bodenöffnung im Laugenkeller ohne Absperrung offen. Herr Kern weist
        darauf hin, dass beim nächsten Mal die Baustelle gesperrt wird. Jede Firma nennt bis Montag
        eine verantwortliche Person.

        6. Kosten
        Nachtrag 2 (längere Saugleitung, 1.850 Euro) ist genehmigt. Nachtrag 3 (zweite Grundplatte)
        lehnt die Brauerei ab, sie war im Leistungsverzeichnis enthalten. Frau Vogt nimmt das so
        mit.

        Nächste Besprechung: 8. Juli, 9 Uhr, Baubüro. Einwände gegen dieses Protokoll bitte bis 30.
        Juni.

        @ 2025-06-25T08:01:00Z lindenhof text lindenhof-protokoll
        From: Ute Lang <u.lang@planwerk-lang.example>
        Subject: AW: Protokoll Baubesprechung Nr. 6, Sudhaus, 24.06.2025

        Eine Korrektur zu Punkt 3: Die Trockenlaufsicherung wirkt auf den Umrichter UND meldet an
        das Leitsystem, sonst sieht die Schicht nicht, warum die Pumpe steht. Sonst einverstanden.

        @ 2026-02-03T10:40:00Z inbox html weberei-haas
        From: Gerlinde Haas <einkauf@weberei-haas.example>
        Subject: Reklamation: Dosierpumpen falsche Spannung, Auftrag 71882

        <p>Sehr geehrte Damen und Herren,</p><p>heute kamen die sechs Dosierpumpen DH-6 zu unserem
        Auftrag 71882. Auf dem Typenschild steht <b>230&nbsp;V</b>, bestellt und von Ihnen bestätigt
        waren <b>24&nbsp;V DC</b>. So können wir sie nicht einbauen. Die Färbeanlage soll am 10.
        Februar wieder laufen.</p>
        <p>Wir erwarten bis morgen Mittag eine Aussage, wann die richtigen Pumpen kommen, und die
        Abholung der falschen auf Ihre Kosten. Den Mehraufwand behalten wir uns vor zu
        berechnen.</p>
        <p>Gerlinde Haas<br>Einkauf, Weberei Haas</p>

        @ 2025-05-06T08:30:00Z offers html vercors-devis
        From: Camille Bertin <c.bertin@laiterie-vercors.example>
        Subject: Demande de devis : remplacement des pompes à lactosérum

        <p>Bonjour Monsieur Delorme,</p>
        <p>Nos deux pompes à lactosérum, installées en 2008, fuient régulièrement et nous coûtent
        environ 1&nbsp;500&nbsp;&euro; de garnitures par an. Nous souhaitons les remplacer pendant
        l'arrêt du 4 au 15 août.</p>
        <ul><li>débit&nbsp;: 30 m&sup3;/h chacune, hauteur 28 m&nbsp;;</li><li>produit&nbsp;:
        lactosérum acide, pH 4,5, 12&nbsp;&deg;C&nbsp;;</li><li>nettoyage en place à la soude à
        75&nbsp;&deg;C.</li></ul>
        <p>Pourriez-vous nous envoyer un devis avant le 20 mai, en précisant le délai, la reprise
        des anciennes pompes et le coût d'un contrat d'entretien annuel&nbsp;?</p>
        <p>Cordialement,<br>Camille Bertin<br>Responsable maintenance, Laiterie du Vercors</p>
        %% Cahier-des-charges.docx \#
        application/vnd.openxmlformats-officedocument.wordprocessingml.document
        Cahier des charges : pompes à lactosérum
        Débit de 8 à 14 m³/h, pression de 4 bar, température jusqu'à 85 degrés pendant le nettoyage.
        Les pièces mouillées sont en acier 1.4404, rugosité inférieure à 0,8 micromètre. Les \#
        joints résistent à la soude à deux pour cent et à l'acide peracétique.
        Le fournisseur démonte les anciennes pompes et remet les plans de tuyauterie mis à jour.

        @ 2025-05-16T12:12:00Z sent text vercors-devis
        From: Marc Delorme <sales@contoso.example>
        To: Camille Bertin <c.bertin@laiterie-vercors.example>
        Subject: RE: Demande de devis : remplacement des pompes à lactosérum

        Bonjour Madame Bertin,

        voici notre proposition 25-0552 : deux pompes CP-H 30 à 6 890 € HT pièce, reprise des
        anciennes à 250 € l'unité, montage par nos soins du 5 au 7 août pour 3 100 €. Le contrat
        d'entretien revient à 1 180 € par an, garnitures comprises. Pour tenir le délai, il nous
        faut votre commande avant le 6 juin.

        Bien cordialement,
        Marc Delorme

        @ 2025-06-05T16:20:00Z orders text vercors-devis
        From: Camille Bertin <c.bertin@laiterie-vercors.example>
        Subject: RE: RE: Demande de devis : bon de commande 2025-0871

        Bonjour, vous trouverez ci-joint notre bon de commande. Nous prenons les deux pompes, la
        reprise et le montage. Le contrat d'entretien attendra le budget 2026. Merci de confirmer la
        date du 5 août par retour et de nous envoyer le plan de prévention deux semaines avant
        l'intervention.

        Camille Bertin
        %% bon-de-commande-2025-0871.txt text/plain
        Laiterie du Vercors - bon de commande 2025-0871
        2 x pompe CP-H 30          13 780,00 EUR HT
        2 x reprise                  -500,00 EUR HT
        1 x montage                 3 100,00 EUR HT
        Total                      16 380,00 EUR HT, paiement 45 jours fin de mois

        @ 2025-10-14T07:45:00Z inbox text grandjean-retard
        From: Luc Grandjean <l.grandjean@papeterie-grandjean.example>
        Subject: Retard de livraison, commande 70954 : c'est la troisième fois

        Monsieur,

        la pompe doseuse promise pour le 30 septembre, puis pour le 7 octobre, n'est toujours pas
        arrivée. Votre transporteur me dit qu'il n'a rien reçu de vous. Ma machine à papier tourne à
        60 % de sa vitesse et je perds environ 4 000 euros par jour.

        Je vous demande une date ferme aujourd'hui avant 17 heures. Faute de réponse, j'annule la
        commande et je vous adresserai la facture des pertes.

        Luc Grandjean, directeur

        @ 2025-10-14T14:31:00Z sent text grandjean-retard
        From: Marc Delorme <sales@contoso.example>
        To: Luc Grandjean <l.grandjean@papeterie-grandjean.example>
        Subject: RE: Retard de livraison, commande 70954 : c'est la troisième fois

        Monsieur Grandjean, je vous présente nos excuses. La pompe était bloquée au contrôle faute
        d'une pièce que j'ai fait prélever sur une autre commande. Elle part ce soir en express, à
        nos frais, et sera chez vous demain avant 10 heures. Nous vous accordons en outre un avoir
        de 15 %.

        @ 2025-09-22T06:00:00Z fairs html salon-lyon
        From: Salon Fluides & Procédés <exposants@fluides-procedes.example>
        Subject: Votre stand C42 : ce qu'il faut savoir avant le 14 octobre

        <html><head><style>body{font-family:Arial}.b{color:#b00}</style></head><body>
        <h1>Fluides &amp; Procédés 2025</h1><p>Chers exposants,</p><p>plus que trois semaines&nbsp;!
        Pour votre stand <b>C42</b> (24&nbsp;m&sup2;, deux côtés ouverts), merci de noter&nbsp;:</p>
        <ol><li>montage le 12 octobre de 7 h à 20 h, le 13 de 7 h à 18 h&nbsp;;</li>
        <li>commande de l'électricité <span class="b">avant le 30 septembre</span>, ensuite
        +30&nbsp;%&nbsp;;</li>
        <li>quatre badges inclus, les suivants à 18&nbsp;&euro;.</li></ol>
        <p>Tout est sur <a
        href="https://fluides-procedes.example/exposants/espace?stand=C42&amp;token=0f5e6a9c2b">vo\#
        tre
        espace exposant</a>.</p></body></html>

        @ 2025-07-02T09:10:00Z inbox html almazaras-pregunta
        From: Rocío Medina <rmedina@almazarasdelsur.example>
        Subject: Consulta: bomba para orujo con huesos

        <p>Buenos días:</p><p>En la próxima campaña, que empieza en octubre, queremos mover el orujo
        húmedo sin tornillo sinfín. Lleva huesos de aceituna de hasta 12&nbsp;mm y un 60&nbsp;% de
        humedad; serían unas 8 toneladas por hora a 40 metros.</p><p>¿Tienen una bomba que lo
        aguante sin atascarse? ¿Hay alguna almazara que la use ya y que podamos visitar? Nos
        interesa también el alquiler durante una campaña, con opción de compra.</p><p>Un
        saludo,<br>Rocío Medina<br>Jefa de producción</p>

        @ 2025-07-04T11:25:00Z sent text almazaras-pregunta
        From: Lucía Ferrer <sales@contoso.example>
        To: Rocío Medina <rmedina@almazarasdelsur.example>
        Subject: RE: Consulta: bomba para orujo con huesos

        Hola, Rocío: sí, la PX-80 de manguera admite sólidos de hasta 20 mm. La cooperativa de Baena
        la usa desde hace dos campañas y estaría encantada de recibirles. El alquiler son 1.450
        euros al mes, y el 70 % se descuenta si la compran después. Hay que reservar antes del 15 de
        agosto.

        @ 2025-11-18T17:02:00Z orders text almazaras-pedido
        From: Rocío Medina <rmedina@almazarasdelsur.example>
        Subject: Pedido de mangueras, urgente

        Hola, Lucía:

        se nos ha roto una manguera de la PX-80 esta tarde y solo tenemos una de repuesto. Por
        favor, envíanos cuatro (ref. M-80-NBR) por mensajería para que lleguen el jueves. Cárgalo a
        la cuenta de siempre, pedido nuestro 25/2290. La bomba va de maravilla, por cierto. 🫒

        Rocío

        @ 2026-03-24T10:00:00Z archive html reunion-iberia
        From: Lucía Ferrer <lucia.ferrer@contoso.example>
        To: Sales <sales@contoso.example>
        Subject: Acta de la reunión comercial Iberia, primer trimestre de 2026

        <h2>Acta de la reunión comercial Iberia</h2><p>Valencia, 23 de marzo de 2026. Asistentes:
        Lucía Ferrer, Sarah Whitfield (por vídeo), Íñigo Arana, Teresa Campos.</p>
        <h3>Resultados</h3><p>Los pedidos del trimestre suman 612.000 euros, un 9&nbsp;% más que
        hace un año pero un 4&nbsp;% por debajo del plan. El aceite y el vino van bien; el sector
        químico ha caído porque dos clientes de Tarragona han aplazado sus inversiones hasta 2027.
        El margen baja medio punto por el transporte.</p>
        <h3>Almazaras</h3><p>El modelo de alquiler funciona: de las siete bombas alquiladas en la
        campaña, cinco se han vendido al terminar. Se decide ampliar el parque a quince unidades.
        Íñigo avisa de que el taller de Valencia solo puede revisar tres bombas por semana, de modo
        que las quince deben volver escalonadas entre enero y marzo. Teresa preparará un calendario
        de devoluciones.</p>
        <h3>Precios</h3><p>Sarah informa de la subida general del 3,2&nbsp;% a partir del 1 de mayo.
        Los contratos marco quedan fuera hasta su renovación. Se acuerda comunicarlo a los clientes
        antes del 10 de abril, por carta y no solo por correo electrónico, y respetar el precio
        antiguo para las ofertas vigentes.</p>
        <h3>Portugal</h3><p>Se estudia un distribuidor en Oporto. Hay dos candidatos: uno con taller
        propio y pocos clientes, y otro con una buena cartera pero que vende también bombas de la
        competencia. Lucía visitará a los dos en abril y traerá una recomendación. Mientras tanto,
        los pedidos de Portugal se sirven desde Valencia.</p>
        <h3>Tareas</h3><ul><li>Calendario de devoluciones: Teresa, 15 de abril.</li><li>Carta de
        precios: Lucía, 2 de abril.</li><li>Visita a Oporto: Lucía, 24 de abril.</li><li>Presupuesto
        para ocho bombas de alquiler: Íñigo, 30 de abril.</li></ul>

        @ 2025-08-28T13:15:00Z inbox html bellavista-offerta
        From: Giulia Marchetti <acquisti@cantinebellavista.example>
        Subject: Richiesta di offerta: pompe per la vendemmia

        <p>Buongiorno dottor Conti,</p><p>la vendemmia è anticipata di dieci giorni e una delle
        nostre pompe per pigiato non si ripara più. Cerchiamo una pompa peristaltica da 20&nbsp;t/h
        con carrello, disponibile <b>entro l'8 settembre</b>, anche usata o da
        esposizione.</p><p>Può farci avere un prezzo oggi o domani? Se la consegna è sicura,
        decidiamo subito.</p><p>Cordiali saluti<br>Giulia Marchetti</p>

        @ 2025-08-28T15:50:00Z sent text bellavista-offerta
        From: Davide Conti <sales@contoso.example>
        To: Giulia Marchetti <acquisti@cantinebellavista.example>
        Subject: R: Richiesta di offerta: pompe per la vendemmia

        Gentile Giulia, abbiamo una PX-100 da esposizione, con carrello e telecomando, a 14.300 euro
        più IVA anziché 17.900. Garanzia piena di due anni. Possiamo consegnarla il 3 settembre con
        una dimostrazione in cantina. La tengo ferma per lei fino a domani alle 18.

        @ 2025-08-29T08:05:00Z orders text bellavista-offerta
        From: Giulia Marchetti <acquisti@cantinebellavista.example>
        Subject: R: R: Richiesta di offerta: pompe per la vendemmia

        Confermiamo l'acquisto della PX-100 a 14.300 euro più IVA. Consegna il 3 settembre alle 9 in
        via dei Colli 18. Pagamento con bonifico a 30 giorni, ordine n. 2025/314. Grazie per la
        rapidità!

        Giulia Marchetti

        @ 2026-05-19T07:30:00Z offers html caseificio-offerta
        From: Paolo Rinaldi <p.rinaldi@caseificiorinaldi.example>
        Subject: Confronto offerte per la nuova linea ricotta

        <p>Buongiorno Davide,</p><p>ho confrontato le tre offerte. La vostra è la migliore per i
        consumi, ma il prezzo supera del 12&nbsp;% quello del secondo e l'assistenza parte da
        Bologna, a due ore da noi.</p>
        <ol><li>Potete scendere a 52.000 euro per le tre pompe?</li><li>Ci sarebbe un tecnico
        reperibile il sabato?</li><li>I ricambi critici possono restare in conto deposito da
        noi?</li></ol>
        <p>Il consiglio decide il 29 maggio. Preferirei lavorare con voi.</p><p>Paolo Rinaldi</p>

        @ 2026-07-08T08:00:00Z deleted text abwesenheit-kern
        From: Matthias Kern <m.kern@brauerei-lindenhof.example>
        Subject: Automatische Antwort: Ihr Besuch im Juli

        Ich bin bis 25. Juli im Urlaub. In dringenden Fällen: u.lang@planwerk-lang.example.

        """#
}
