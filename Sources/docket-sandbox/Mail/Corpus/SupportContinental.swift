extension Corpus {
    /// German, French, Spanish and Italian mails of the support mailbox.
    static let supportContinental = #"""
        @ 2025-01-22T06:40:00Z tickets text t-10255
        From: Bernd Achterberg <b.achterberg@klaerwerk-suedring.example>
        Subject: Schlauchpumpe PX-80 verliert Förderleistung

        Guten Morgen,

        unsere PX-80 (Baujahr 2021) fördert seit einer Woche nur noch 6 statt 9 m³/h, bei gleicher
        Drehzahl. Der Schlauch ist erst 900 Stunden alt. Das Geräusch ist normal, Leckage gibt es
        keine. Kann es an der Rollenpressung liegen? Wie stelle ich die nach, und welches Maß gilt
        bei Überschussschlamm mit 4 % TS?

        Gruß
        B. Achterberg, Klärwerk Südring

        @ 2025-01-22T10:10:00Z sent text t-10255
        From: Markus Stein <support@contoso.example>
        To: Bernd Achterberg <b.achterberg@klaerwerk-suedring.example>
        Subject: AW: Schlauchpumpe PX-80 verliert Förderleistung [#10255]

        Hallo Herr Achterberg, prüfen Sie bitte zuerst die Saugseite: Ein Drittel weniger bei
        normalem Geräusch deutet eher auf eine Verengung als auf die Pressung. Bei 4 % TS sind 0,5
        mm Beilage je Rolle richtig, also zwei der dünnen Bleche. Mehr nützt nichts und kostet
        Schlauchlebensdauer.

        @ 2025-01-23T07:02:00Z tickets text t-10255
        From: Bernd Achterberg <b.achterberg@klaerwerk-suedring.example>
        Subject: AW: AW: Schlauchpumpe PX-80 verliert Förderleistung [#10255]

        Volltreffer, im Saugschieber hing ein Putzlappen. Danke!

        @ 2025-06-30T15:30:00Z escalated html stoerung-galvanik
        From: Dr. Silke Brandner <s.brandner@galvanik-rhein.example>
        Subject: Störungsbericht: Austritt von Nickelelektrolyt am 27. Juni
        Importance: high

        <p>Sehr geehrter Herr Stein,</p>
        <p>wie telefonisch angekündigt sende ich Ihnen unseren Bericht über den Austritt von
        Nickelelektrolyt an der von Ihnen gelieferten Magnetkupplungspumpe MK-32 (Seriennummer
        25-11890). Wir haben den Vorfall der Bezirksregierung gemeldet und sind verpflichtet, die
        Ursache bis zum 25. Juli zu klären.</p>
        <h3>Ablauf</h3><p>Am Freitag, 27. Juni, um 3:12 Uhr meldete die Leckagewanne der Linie 2
        einen Füllstand. Der Schichtführer stellte die Pumpe um 3:15 Uhr von Hand ab. Bis dahin
        waren nach unserer Rechnung etwa 190 Liter Elektrolyt (62&nbsp;&deg;C, pH 4,1) ausgetreten.
        Die Wanne hat alles aufgefangen, ins Abwasser ist nichts gelangt. Ein Mitarbeiter erlitt
        beim Aufräumen eine leichte Hautreizung, weil er die Stulpen der Handschuhe nach innen
        getragen hatte. Er arbeitet inzwischen wieder.</p>
        <h3>Befund an der Pumpe</h3><p>Der Spalttopf hat einen Riss von rund 70&nbsp;mm Länge,
        ausgehend vom Flansch. Auf der Innenseite sind Schleifspuren zu sehen, die auf einen Kontakt
        mit dem Innenmagneten schließen lassen. Das vordere Gleitlager ist zur Hälfte ausgebrochen.
        Die Pumpe lief nach dem Protokoll der Steuerung zwischen 1:40 und 2:55 Uhr mehrmals mit sehr
        geringer Stromaufnahme, also vermutlich trocken, weil der Vorlagebehälter beim Umpumpen leer
        gezogen wurde.</p>
        <h3>Unsere Sicht</h3><p>Dass die Pumpe trocken lief, ist unser Fehler: Der
        Füllstandsschalter war nach der Reinigung nicht wieder angeschlossen. Allerdings haben wir
        die Ausführung mit <b>Trockenlaufüberwachung</b> bestellt und bezahlt. Diese hat weder
        gewarnt noch abgeschaltet. Im Schaltschrank stellten wir fest, dass das Überwachungsrelais
        zwar eingebaut, sein Ausgang aber nicht verdrahtet ist. Die Inbetriebnahme hat am 4. April
        Ihr Monteur durchgeführt und die Funktion im Protokoll bestätigt.</p>
        <h3>Was wir erwarten</h3><ol><li>Eine schriftliche Stellungnahme zur nicht verdrahteten
        Überwachung bis zum <b>7. Juli</b>.</li><li>Die kostenlose Instandsetzung der Pumpe; eine
        Ersatzpumpe für die Zwischenzeit.</li>
        <li>Die Prüfung der drei baugleichen Pumpen an den Linien 1, 3 und 4 noch in dieser
        Woche.</li>
        <li>Die Übernahme der Kosten für Entsorgung und Produktionsausfall von bisher
        14.800&nbsp;&euro;, mindestens zur Hälfte.</li></ol>
        <p>Wir arbeiten seit elf Jahren gut zusammen, und mir liegt an einer sachlichen Lösung. Wenn
        die Überwachung an den anderen Linien ebenso fehlt, müssen wir diese Linien allerdings
        stilllegen.</p>
        <p>Mit freundlichen Grüßen<br>Dr. Silke Brandner<br>Betriebsleitung, Galvanik Rhein</p>
        %% Messprotokoll.xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
        Messprotokoll 27. Juni
        |Uhrzeit|Druck bar|Temperatur Grad|Bemerkung
        |05:40|3.1|54|Normalbetrieb
        |06:05|2.2|55|Tropfen am Pumpenkopf
        |06:20|1.4|55|Abschaltung durch Schichtleiter
        |07:10|0|48|Wanne abgepumpt, 140 Liter

        @ 2025-07-04T12:00:00Z sent text stoerung-galvanik
        From: Markus Stein <support@contoso.example>
        To: Dr. Silke Brandner <s.brandner@galvanik-rhein.example>
        Subject: AW: Störungsbericht: Austritt von Nickelelektrolyt am 27. Juni

        Sehr geehrte Frau Dr. Brandner,

        Ihr Bericht trifft zu. Unser Monteur hat die Funktion nur am Relais und nicht bis zum Schütz
        geprüft. Die Linien 1 und 3 sind in Ordnung, an Linie 4 fehlte die Verdrahtung ebenfalls,
        wir haben sie gestern nachgeholt. Pumpe und Ersatzpumpe sind kostenlos. Die Hälfte der
        14.800 Euro übernehmen wir; über den Rest spricht Frau Klein nächste Woche mit Ihnen. Das
        Prüfprotokoll haben wir um einen Abschalttest ergänzt.

        @ 2025-07-08T06:30:00Z escalated text stoerung-galvanik
        From: Dr. Silke Brandner <s.brandner@galvanik-rhein.example>
        Subject: Angenommen: Gespräch zur Kostenteilung, 10. Juli, 14 Uhr
        Type: eventMessageResponse

        Frau Dr. Brandner nimmt teil.

        @ 2025-09-17T08:15:00Z tickets html t-11020
        From: Jürgen Müßig <werkstatt@molkerei-allgaeu.example>
        Subject: Ersatzteilliste für Hygienepumpe CP-H 45?

        <p>Grüß Gott,</p><p>wir suchen die Ersatzteilliste und das Maßblatt zur CP-H&nbsp;45,
        Baujahr 2012. Auf Ihrer Seite finde ich nur die neue Reihe. Passt der Dichtungssatz der
        neuen auch auf die alte? Und: Gibt es die Anleitung auf Ungarisch für unser Werk in
        Győr?</p><p>Vergelt's Gott<br>J. Müßig</p>

        @ 2026-01-28T17:20:00Z inbox text wartung-absage
        From: Bernd Achterberg <b.achterberg@klaerwerk-suedring.example>
        Subject: Wartungstermin 3. Februar geht nicht

        Hochwasser. Bitte verschieben, wir melden uns.

        @ 2026-05-11T09:35:00Z inbox html kuendigung
        From: Heike Sommer <verwaltung@bad-steinquell.example>
        Subject: Kündigung des Wartungsvertrags W-2019-0455

        <p>Sehr geehrte Damen und Herren,</p><p>hiermit kündigen wir den Wartungsvertrag W-2019-0455
        für unser Thermalbad fristgerecht zum 31. Dezember 2026. Der Preis ist in zwei Jahren um
        19&nbsp;% gestiegen, und im letzten Jahr kam der Techniker dreimal zu spät. Wenn Sie uns ein
        besseres Angebot machen, sind wir gesprächsbereit. Bitte bestätigen Sie den
        Eingang.</p><p>Heike Sommer</p>

        @ 2025-02-05T09:00:00Z tickets text t-10310
        From: Antoine Lefèvre <a.lefevre@verreries-saone.example>
        Subject: Vibrations sur pompe de refroidissement, n° de série 23-55120

        Bonjour,

        depuis le remplacement de l'accouplement, la pompe vibre à 8,2 mm/s côté moteur (4,1 avant).
        L'alignement a été fait à la règle, pas au laser. La température des paliers monte de 5
        degrés. Peut-on continuer à tourner jusqu'à l'arrêt du 22 février, ou faut-il intervenir
        tout de suite ?

        Antoine Lefèvre, Verreries de Saône

        @ 2025-02-05T11:40:00Z sent text t-10310
        From: Inès Carpentier <support@contoso.example>
        To: Antoine Lefèvre <a.lefevre@verreries-saone.example>
        Subject: RE: Vibrations sur pompe de refroidissement, n° de série 23-55120 [#10310]

        Bonjour, à 8,2 mm/s il vaut mieux ne pas attendre : vous risquez les roulements. Je peux
        envoyer un technicien avec le laser vendredi matin, compter deux heures. D'ici là, réduisez
        la vitesse de 20 % et arrêtez si vous dépassez 9 mm/s.

        @ 2025-11-12T13:45:00Z escalated html reunion-verreries
        From: Inès Carpentier <ines.carpentier@contoso.example>
        To: Support <support@contoso.example>
        Cc: Antoine Lefèvre <a.lefevre@verreries-saone.example>
        Subject: Compte rendu de la réunion du 10 novembre : fiabilité du circuit de refroidissement

        <h2>Compte rendu de réunion</h2><p><b>Lieu&nbsp;:</b> Chalon-sur-Saône, 10 novembre 2025, de
        14&nbsp;h à 16&nbsp;h&nbsp;30. <b>Présents&nbsp;:</b> Antoine Lefèvre, Sophie Marchand,
        Karim Benali (Verreries de Saône)&nbsp;; Inès Carpentier, Marc Delorme (Contoso Pumps).</p>
        <h3>1. Bilan de l'année</h3><p>Les six pompes de refroidissement ont connu neuf pannes
        depuis janvier, dont quatre ont obligé à réduire la production d'un four. Cinq pannes
        viennent des garnitures, deux d'un mauvais alignement, une d'un câble et une reste
        inexpliquée. Le temps moyen de remise en service est passé de onze à six heures grâce au
        stock de pièces sur place. Madame Marchand rappelle qu'un four ne peut rester plus de
        quarante minutes sans refroidissement et que l'objectif est de trois pannes par an au
        plus.</p>
        <h3>2. Qualité de l'eau</h3><p>L'analyse d'octobre montre 85 mg/l de particules, surtout du
        sable fin, pour une limite de 20. Le filtre d'entrée est contourné depuis les travaux de
        mai, sans que personne n'ait décidé de le remettre en service. Pour Contoso, c'est la cause
        principale de l'usure des garnitures. Karim Benali le conteste en partie, car les pompes 5
        et 6, alimentées par la même eau, n'ont rien. Inès précise que ces deux pompes ont des faces
        en carbure de silicium. Il est décidé de remettre le filtre en service avant le 21 novembre
        et de refaire une analyse en janvier.</p>
        <h3>3. Choix des garnitures</h3><p>Trois solutions ont été comparées&nbsp;: garder les
        garnitures actuelles avec le filtre, passer au carbure de silicium pour toutes les pompes
        (1&nbsp;150&nbsp;&euro; par pompe), ou installer des garnitures doubles avec barrage
        (3&nbsp;900&nbsp;&euro; par pompe). Le choix se porte sur la deuxième, à monter pendant
        l'arrêt de février. Marc Delorme accorde une remise de 10&nbsp;% et garantit ces garnitures
        trois ans, à condition que le filtre reste en service.</p>
        <h3>4. Surveillance</h3><p>Des capteurs de vibration seront posés sur les six pompes. Les
        Verreries souhaitent recevoir les alarmes dans leur propre système et non sur notre portail.
        Les données ne doivent pas sortir du site&nbsp;; Contoso fournit donc une passerelle locale.
        Le seuil d'alerte est fixé à 4,5 mm/s, le seuil d'arrêt à 7,1 mm/s.</p>
        <h3>5. Astreinte</h3><p>Le délai d'intervention de huit heures est jugé trop long la nuit.
        Contoso propose quatre heures pour 6&nbsp;400&nbsp;&euro; par an. Madame Marchand donnera sa
        réponse après le budget, le 5 décembre.</p>
        <h3>Actions</h3><ul><li>Filtre en service&nbsp;: K. Benali, 21 novembre.</li><li>Offre pour
        les garnitures et les capteurs&nbsp;: M. Delorme, 28 novembre.</li><li>Décision sur
        l'astreinte&nbsp;: S. Marchand, 5 décembre.</li>
        <li>Formation à l'alignement au laser pour quatre mécaniciens&nbsp;: I. Carpentier,
        janvier.</li></ul>

        @ 2026-03-18T08:30:00Z tickets html t-11540
        From: Hélène Roussel <h.roussel@thermes-aubrac.example>
        Subject: Réclamation : facturation d'un déplacement inutile

        <p>Bonjour,</p><p>votre technicien est venu le 11 mars pour une pompe <i>sous garantie</i>.
        Il n'avait pas la pièce, est reparti, et vous nous facturez 420&nbsp;&euro; de déplacement.
        La pompe est toujours en panne et le bassin fermé depuis une semaine. Je demande
        l'annulation de cette facture et un rendez-vous avant vendredi.</p>
        <p>Hélène Roussel</p>

        @ 2026-09-02T07:00:00Z inbox text nl-maintenance
        From: Club Maintenance <lettre@club-maintenance.example>
        Subject: La lettre du Club Maintenance n° 88

        Au sommaire : graisser moins mais mieux ; retour d'expérience d'une sucrerie sur la mesure
        sans fil ; agenda des formations d'automne. Inscription au colloque de Nantes avant le 18
        septembre, 15 % de réduction pour les membres. Se désabonner :
        https://club-maintenance.example/fin?u=55310

        @ 2025-04-16T10:05:00Z tickets text t-10561
        From: Sergio Palacios <mantenimiento@conservaslamar.example>
        Subject: La bomba dosificadora no ceba

        Buenos días: la DH-6 de la línea de salmuera no ceba desde la limpieza del lunes. Hemos
        purgado tres veces. El indicador parpadea en naranja dos veces y se para. ¿Qué significa ese
        código y qué debemos mirar?

        Sergio Palacios

        @ 2025-04-16T10:50:00Z sent text t-10561
        From: Lucía Ferrer <support@contoso.example>
        To: Sergio Palacios <mantenimiento@conservaslamar.example>
        Subject: RE: La bomba dosificadora no ceba [#10561]

        Hola, Sergio: dos parpadeos naranjas son aire en la cabeza. Tras una limpieza suele ser la
        válvula de aspiración montada al revés: la flecha debe apuntar hacia arriba. Si está bien,
        cambie la junta de la lanza.

        @ 2025-04-16T12:15:00Z tickets text t-10561
        From: Sergio Palacios <mantenimiento@conservaslamar.example>
        Subject: RE: RE: La bomba dosificadora no ceba [#10561]

        Era la válvula, estaba al revés. Mil gracias y perdón por la molestia 🙈

        @ 2026-02-26T18:45:00Z escalated html queja-hotel
        From: Amparo Gil <direccion@hotelcostaalba.example>
        Subject: Queja formal: tres averías en dos meses

        <p>Estimados señores:</p><p>el grupo de presión que instalaron en diciembre se ha averiado
        por tercera vez (7 de enero, 2 de febrero y hoy). Hoy, con el hotel al 92&nbsp;% de
        ocupación, hemos estado <b>cinco horas sin agua caliente</b> en las plantas superiores.
        Hemos tenido que compensar a 41 huéspedes.</p>
        <p>Exijo la sustitución completa del equipo, no otra reparación, y una reunión con su
        responsable esta semana. He informado a nuestro abogado.</p><p>Amparo Gil<br>Directora,
        Hotel Costa Alba</p>
        %% Queja-anterior.eml message/rfc822
        Segunda avería de la bomba de la piscina
        Buenos días: la bomba volvió a pararse el 2 de febrero con el mismo fallo de temperatura. \#
        El técnico cambió el sensor, pero no miró el ventilador, que está lleno de polvo.
        Pedimos que alguien revise la instalación completa antes de Semana Santa.
        Hotel Miramar, Mantenimiento

        @ 2025-05-20T14:20:00Z tickets text t-10660
        From: Luca Ferraris <l.ferraris@risoferraris.example>
        Subject: Rumore strano dal riduttore

        Buongiorno, da ieri il riduttore della pompa a lobi fa un ticchettio regolare, circa due
        colpi al secondo, anche a vuoto. L'olio è pulito e al livello giusto. La pompa ha 14.000
        ore. Possiamo finire la settimana o dobbiamo fermarci? Vi allego le misure.

        Luca Ferraris
        %% misure.csv text/csv
        punto;velocita_mm_s;temperatura_c
        lato motore;3.1;52
        riduttore ingresso;6.8;71
        riduttore uscita;4.0;64

        @ 2025-05-20T16:00:00Z sent text t-10660
        From: Davide Conti <support@contoso.example>
        To: Luca Ferraris <l.ferraris@risoferraris.example>
        Subject: R: Rumore strano dal riduttore [#10660]

        Buongiorno Luca, due colpi al secondo corrispondono al cuscinetto d'ingresso. Con 6,8 mm/s
        può arrivare a venerdì a velocità ridotta, non oltre. Le spedisco oggi il kit BK-12; la
        sostituzione richiede mezza giornata.

        @ 2026-06-23T07:55:00Z inbox html domanda-ricambi
        From: Elena Galli <officina@acquedottomontano.example>
        Subject: Domanda: ricambi ancora disponibili per CP-90 del 1999?

        <p>Buongiorno,</p><p>abbiamo ancora quattro CP-90 del 1999 in funzione. Prima di decidere se
        rifarle o cambiarle vorremmo sapere:</p><ul><li>fino a quando fornirete giranti e
        anelli;</li><li>se esiste un kit per montare una tenuta moderna;</li><li>quanto si
        risparmierebbe in energia con le nuove.</li></ul><p>Grazie, Elena Galli</p>

        """#
}
