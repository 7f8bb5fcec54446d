extension CRMCorpus {
    /// Projects, what was posted about them, tasks of people, and files.
    static let projects = #"""
        @ Project__c refit 2024-10-01T09:00 sarah
        Name: Harbour Fish - nine wear rings | OwnerId: sarah | Account__c: harbour | Contact__c: neil | Status__c: Running | Budget__c: 14800 | Start_Date__c: 2025-11-03 | Go_Live__c: 2025-12-23T06:00 | Tags__c: Service;Refit
        Goals__c:
        | All nine CP-150 with the new wear ring before the first landing of the new year.
        | No more than two lines may stand at a time.
        Risks__c:
        | <p>Ice in the yard; the crane may <b>not</b> be available on the 23rd.</p>
        * 2025-11-04T08:30 dan First pump done // Took five hours. The bolts of hall 2 are seized, bring heat.
        ! 2025-12-01T09:00 dan open Book the crane // For the 22nd as well, to be safe.
        @ Project__c tender 2024-09-16T10:00 sarah
        Name: Tideway boosters | OwnerId: sarah | Account__c: tideway | Contact__c: amir | Status__c: Offer | Budget__c: 412000 | Start_Date__c: 2025-10-01 | Tags__c: Tender;Energy
        Goals__c:
        | Fourteen booster sets with guaranteed wire-to-water efficiency, service within four hours.
        Risks__c:
        | <p>Penalties of 2&nbsp;% a week. Our Bristol depot opens in spring only.</p>
        * 2025-03-21T09:00 sarah Noise values are in // <p>68&nbsp;dB(A) closed, 77 open. <a href="https://contoso.example/bench">Report</a></p>
        @ Project__c nord 2024-11-11T08:00 katrin
        Name: Konsignationslager Pumpwerk Nord | OwnerId: queueDE | Account__c: ahrenburg | Contact__c: sabine | Status__c: Running | Budget__c: 22500 | Start_Date__c: 2025-01-15 | Go_Live__c: 2025-04-01T06:00 | Tags__c: Service;Lager
        Goals__c:
        | Zwölf Ersatzteile liegen im Pumpwerk; abgerechnet wird erst bei Entnahme.
        Risks__c:
        | <p>Wer zählt den Bestand? Die Stadtwerke haben <i>keinen</i> Lagerverwalter.</p>
        * 2025-04-02T07:45 katrin Lager ist eingeräumt // Zwölf Positionen, Liste hängt an der Tür.
        ! 2025-07-01T09:00 jonas done Erste Inventur // Zwei Dichtungen fehlten auf der Liste, waren aber verbaut.
        @ Project__c dicksaftProjekt 2025-04-10T09:00 katrin
        Name: Zuckerland Dicksaft | OwnerId: katrin | Account__c: zuckerland | Contact__c: birgit | Status__c: Offer | Budget__c: 68000 | Start_Date__c: 2025-06-01 | Go_Live__c: 2025-09-12T05:00 | Tags__c: Neubau
        Goals__c:
        | Drei Schlauchpumpen, betriebsbereit zum Beginn der Kampagne.
        @ Project__c secours 2024-11-06T09:00 elise
        Name: Pompe de secours Saint-Clair | OwnerId: elise | Account__c: verrerie | Contact__c: yves | Status__c: Running | Budget__c: 31500 | Start_Date__c: 2025-02-17 | Go_Live__c: 2025-05-05T04:00 | Tags__c: Secours;Four
        Goals__c:
        | Pompe montée, raccordée et essayée chaque mois ; basculement en moins de dix minutes.
        Risks__c:
        | <p>Le massif en béton doit sécher <b>28 jours</b>.</p>
        * 2025-04-28T16:00 elise Essai à vide réussi // Basculement en 6 minutes 40.
        ! 2025-05-05T04:00 elise done Mise en service // Présence de M. Garnier confirmée.
        @ Project__c lausanneProjet 2025-07-02T09:00 elise
        Name: Réservoir haut Lausanne-Est | OwnerId: elise | Account__c: lausanne | Contact__c: marc | Status__c: Offer | Budget__c: 97000 | Tags__c: Appel d'offres
        Goals__c:
        | Quatre groupes de surpression, rendement garanti de 78,5 %.
        @ Project__c deviation 2025-02-21T08:00 dan
        Name: Meridian deviation 25-0219 | OwnerId: dan | Account__c: meridian | Contact__c: oliver | Status__c: Running | Budget__c: 0 | Start_Date__c: 2025-02-21 | Tags__c: Quality
        Goals__c:
        | Close the deviation with cause, effect and remedy that QA accepts.
        Risks__c:
        | <p>If the batch is lost, the claim is GBP 310,000.</p>
        ! 2025-03-14T10:00 dan done Audit in the works // Two auditors, whole day. Show the assembly of LP-40.
        @ Task callKaren 2025-03-17T09:00 sarah
        WhoId: karen | AccountId: meridian | Subject: Call Karen after the audit | Status: Completed | Priority: High | ActivityDate: 2025-03-17
        Description:
        | She accepts the report. Next order only after the new assembly instruction is in force.
        @ Task oldCall 2022-03-17T09:00 former
        WhoId: declan | WhatId: pelican | Subject: Season's opening call | Status: Completed | Priority: Normal | ActivityDate: 2022-03-17 | IsArchived: true
        Description:
        | Two boats in April, wants impellers on stock.
        @ Task lindenthalBesuch 2025-06-17T08:00 katrin
        WhoId: heike | WhatId: lindenthal | Subject: Besuch wegen Schulung | Status: Not Started | Priority: Normal | ActivityDate: 2025-07-08
        @ Task rochbrun 2025-09-04T09:00 elise
        WhoId: amelie | WhatId: cave | Subject: Remplacer le tuyau du voisin | Status: Not Started | Priority: High | OwnerId: queueFR
        Description:
        | Domaine Fontvieille, tuyau PX-20, 18 m.
        @ File reportParticles 2025-02-24T09:10 dan
        Title: Report on LP-40 24-90412 | Path: report-24-90412.txt | Location: particles | Description: Findings of 20 February
        Body:
        | Findings: axial play 0.02 mm, cover scored at two o'clock.
        | Cause: play set without the gasket.
        @ File reportParticles2 2025-02-26T17:30 dan
        Document: reportParticles | Title: Report on LP-40 24-90412 | Path: report-24-90412.txt | Description: With the remedy
        Body:
        | Findings: axial play 0.02 mm, cover scored at two o'clock.
        | Cause: play set without the gasket.
        | Remedy: new instruction 4-17, cover and lobes replaced, play 0.12 mm.
        @ File noise 2025-03-20T16:00 dan
        Title: Noise measurement BS-4 | Path: noise.csv | Location: booster
        Body:
        | speed,enclosure,db
        | 2900,closed,68
        | 2900,open,77
        @ File wartung 2025-02-10T10:00 jonas
        Title: Wartungsplan Ahrenburg | Path: wartungsplan.html | Location: ahrenburg
        Body:
        | <html><body><h1>Wartungsplan</h1><p>Filtermatten alle sechs Monate, Dichtungen jährlich.</p></body></html>
        @ File lagerliste 2025-04-02T07:50 katrin
        Title: Bestandsliste Pumpwerk Nord | Path: bestand.csv | Location: nord
        Body:
        | teil;menge
        | Gleitringdichtung 21B;4
        | Filtermatte FC-11;8
        @ File lagerliste2 2025-07-01T09:40 jonas
        Document: lagerliste | Title: Bestandsliste Pumpwerk Nord | Path: bestand.csv
        Body:
        | teil;menge
        | Gleitringdichtung 21B;2
        | Filtermatte FC-11;7
        @ File protocole 2025-04-11T15:00 elise
        Title: Protocole de désinfection | Path: protocole.txt | Location: dialyse
        Body:
        | Rincer, désinfecter à l'acide peracétique 0,2 %, contact 30 minutes, rincer jusqu'à absence de résidu.
        @ File noteFour 2025-02-12T07:20 elise
        Title: Nuit du four 2 | Path: nuit.snote | Location: four
        Body:
        | <p>22 h 50 appel, 23 h 20 crépine, 2 h 10 débit rétabli.</p>
        @ File slides 2025-06-04T11:00 sarah
        Title: Operator training | Path: training.html | Location: training
        Body:
        | <html><body><h1>Operator training</h1><ul><li>Listen before you start</li><li>Never run dry</li></ul></body></html>
        @ File intranet 2025-06-05T11:00 sarah
        Title: Dealer portal | Path: portal.link | Location: dealerHull
        @ File angebot 2025-04-14T08:20 katrin
        Title: Angebot Dicksaftpumpen | Path: angebot-zuckerland.txt | Location: dicksaftProjekt
        Body:
        | 3 Schlauchpumpen PX-20 mit Frequenzumrichter, 61.400 EUR netto, Lieferung KW 35.
        """#
}
