extension CRMCorpus {
    static let casesGerman = #"""
        @ Case wuerze 2025-01-20T06:55 queueDE
        Subject: Impellerpumpe verliert Druck bei heißer Würze | AccountId: lindenthal | ContactId: uwe | Status: Closed | Priority: High | Origin: Email | Type: Problem | Product__c: IP-80/200 | Serial_Number__c: 21-00417 | OwnerId: jonas
        Description:
        | Bei 96 Grad fällt der Druck innerhalb einer Viertelstunde von 2,4 auf 1,1 bar. Kalt läuft die Pumpe einwandfrei.
        Root_Cause__c:
        | Impeller aus NBR, nur bis 80 Grad zugelassen; er wird weich und rutscht.
        Resolution__c:
        | Impeller aus EPDM eingebaut, Druck stabil.
        + 2025-01-20T08:10 jonas Welcher Werkstoff? Auf der Stirnseite steht NBR oder EPDM.
        + 2025-01-21T07:30 jonas Es war NBR. Zwei Impeller aus EPDM gehen heute per Express raus.
        < 2025-01-20T06:50 Pumpe verliert Druck // Guten Morgen,\nbei heißer Würze bricht der Druck ein. Wir brauen am Mittwoch wieder.\nUwe Krause
        > 2025-01-20T08:12 jonas AW: Pumpe verliert Druck // Hallo Herr Krause,\nbitte schauen Sie auf die Stirnseite des Impellers: NBR oder EPDM?\nJonas Weber
        @ Case wasserwerk 2025-02-03T05:40 queueDE
        Subject: Störung Pumpwerk Nord: Frequenzumrichter meldet Code 17 | AccountId: ahrenburg | ContactId: malte | Status: Closed | Priority: High | Origin: Phone | Type: Problem | Product__c: FC-11 | OwnerId: jonas
        Description:
        | Der Umrichter schaltet seit heute Nacht alle zwei Stunden ab. Die Ersatzpumpe läuft, es ist genug Wasser im Behälter.
        + 2025-02-03T06:05 jonas Code 17 ist Übertemperatur des Kühlkörpers. Filtermatte prüfen.
        + 2025-02-03T09:30 jonas Filtermatte war zu; nach dem Wechsel 41 Grad. Ich lasse den Fall bis morgen offen.
        + 2025-02-04T07:00 jonas Ruhige Nacht. Geschlossen.
        ! 2025-02-10T08:00 jonas done Filtermatten als Verschleißteil aufnehmen // In den Wartungsplan Ahrenburg, alle sechs Monate.
        @ Case faser 2025-02-17T10:20 katrin
        Subject: Reklamation: Laufrad durch Fasern zugesetzt | AccountId: weissach | ContactId: dieter | Status: Working | Priority: Medium | Origin: Email | Type: Complaint | Product__c: CP-150 | OwnerId: katrin
        Description:
        | Das gelieferte Laufrad setzt sich alle drei Tage zu. Angeboten war "verstopfungsfrei bis 3 % Stoffdichte", gefahren werden 2,4 %.
        + 2025-02-18T14:00 jonas Die Fasern sind 6 mm lang, im Angebot standen 3 mm. Freistromrad wäre richtig.
        + 2025-02-20T09:10 katrin Kunde verlangt Austausch auf unsere Kosten. Angebot: Rad geteilt, Einbau kostenlos.
        < 2025-02-17T10:15 Reklamation Laufrad // Sehr geehrte Damen und Herren,\nwir bitten um Austausch des Laufrads und Erstattung der Reinigungskosten.\nDieter Vogt
        > 2025-02-20T09:30 katrin AW: Reklamation Laufrad // Sehr geehrter Herr Vogt,\nwir teilen die Kosten des Freistromrads und bauen es ohne Berechnung ein.\nKatrin Brandt
        * 2025-02-20T10:00 katrin Kulanz Weißach // Bitte Einbau im März einplanen, am liebsten in der Revision in KW 12.
        @ Case atex 2025-03-05T11:45 queueDE
        Subject: Neue ATEX-Bescheinigung nach Umbau nötig? | AccountId: rheinchemie | ContactId: nadine | Status: Closed | Priority: Medium | Origin: Web | Type: Question
        Description:
        | Wir haben den Motor gegen einen der Klasse IE4 getauscht. Gilt die Bescheinigung der Pumpe weiter?
        + 2025-03-06T08:20 jonas Die der Pumpe ja, aber die Baueinheit braucht eine neue Konformitätserklärung. Vorlage geschickt.
        @ Case milch 2025-03-24T04:15 queueDE
        Subject: Gleitringdichtung tropft nach CIP | AccountId: molkerei | ContactId: toni | Status: New | Priority: High | Origin: Phone | Type: Problem | Product__c: LP-40 | OwnerId: queueDE
        Description:
        | Nach der Reinigung mit Lauge tropft es etwa eine Minute lang, dann nicht mehr. Seit dem Wechsel des Reinigungsmittels.
        + 2025-03-24T07:00 jonas Der neue Reiniger hat 85 Grad statt 70, das Elastomer schrumpft beim Abkühlen schneller als der Ring.
        ! 2025-03-27T09:00 jonas open Rückruf Toni Huber // Temperaturkurve der CIP erfragen.
        @ Case dicksaft 2025-04-07T13:30 katrin
        Subject: Auslegung für Dicksaft, 65 Brix | AccountId: zuckerland | ContactId: birgit | Status: Working | Priority: Low | Origin: Email | Type: Question | Product__c: PX-20
        Description:
        | 12 m³/h bei 45 Grad, Trockenlauf von einigen Sekunden bei jedem Chargenwechsel. Schlauchpumpe oder Drehkolben?
        + 2025-04-09T10:00 jonas Schlauchpumpe verträgt den Trockenlauf, aber der Schlauch hält bei 45 Grad nur 1.800 Stunden.
        < 2025-04-07T13:20 Anfrage Dicksaftpumpe // Guten Tag,\nanbei die Daten. Die Kampagne beginnt Mitte September.\nBirgit Ohlsen
        @ Case bad 2025-04-22T08:05 queueDE
        Subject: Umwälzpumpe im Hallenbad brummt seit der Sanierung | AccountId: wienbad | ContactId: franz | Status: Closed | Priority: Medium | Origin: Phone | Type: Problem | Product__c: BS-4
        Description:
        | Das Brummen ist bis in den Ruhebereich zu hören. Die Leitung wurde ohne Kompensator neu verlegt.
        Resolution__c:
        | Gummikompensatoren beidseitig eingebaut, 11 dB leiser.
        + 2025-04-24T15:10 jonas Starre Leitung überträgt den Körperschall. Kompensatoren DN 100 bestellt.
        @ Case lieferung 2025-05-12T09:50 queueDE
        Subject: Lieferverzug Gleitringdichtung 21B | AccountId: ahrenburg | ContactId: sabine | Status: Closed | Priority: Medium | Origin: Email | Type: Complaint
        Description:
        | Bestätigt war KW 18, jetzt heißt es KW 23. Im Pumpwerk Nord läuft die letzte Reserve.
        + 2025-05-12T11:00 katrin Zwei Stück aus dem Bestand in Köln umgebucht, heute versandt.
        > 2025-05-12T11:10 katrin AW: Lieferverzug // Sehr geehrte Frau Petersen,\nzwei Dichtungen sind unterwegs, die übrigen folgen in KW 21.\nKatrin Brandt
        @ Case schulung 2025-06-16T10:00 katrin
        Subject: Angebot Wartungsschulung für sechs Personen | AccountId: lindenthal | ContactId: heike | Status: New | Priority: Low | Origin: Email | Type: Feature Request | OwnerId: katrin
        Description:
        | Zwei Tage im Haus, mit Übung an der eigenen Pumpe. Am liebsten vor dem Stadtfest.
        @ Case magnet 2025-08-27T12:40 queueDE
        Subject: Magnetkupplung reißt ab bei kaltem Start | AccountId: rheinchemie | ContactId: nadine | Status: Working | Priority: High | Origin: Email | Type: Problem | OwnerId: jonas
        Description:
        | Unter 5 Grad reißt die Kupplung beim Anfahren ab. Das Medium hat dann 180 mPas statt 40.
        + 2025-08-28T07:45 jonas Anfahrrampe von 2 auf 12 Sekunden verlängert, bitte beim nächsten kalten Morgen beobachten.
        < 2025-08-27T12:30 Kupplung reißt ab // Guten Tag,\ndas Problem tritt nur morgens auf. Die Rampe steht auf zwei Sekunden.\nDr. Schäfer
        @ Attachment kurve 2025-03-27T10:30 jonas
        ParentId: milch | Name: cip-kurve.csv | ContentType: text/csv
        Body:
        | minute;grad
        | 0;20
        | 12;85
        | 40;31
        @ Attachment erklaerung 2025-03-06T08:21 jonas
        ParentId: atex | Name: Konformitätserklärung-Vorlage.txt | ContentType: text/plain
        Body:
        | Hiermit erklären wir, dass die Baueinheit den Anforderungen der Richtlinie 2014/34/EU entspricht.
        """#
}
