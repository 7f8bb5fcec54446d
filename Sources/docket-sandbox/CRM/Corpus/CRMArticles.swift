extension CRMCorpus {
    /// Knowledge: versions and languages of articles, of which readers see the newest online.
    static let articles = #"""
        @ Knowledge__kav wear1 2024-02-12T10:00 tom
        KnowledgeArticleId: 1 | ArticleNumber: 000001001 | UrlName: wear-ring-gap | VersionNumber: 1 | Language: en_US | PublishStatus: Archived | IsLatestVersion: false | LastPublishedDate: 2024-02-12T10:00 | ValidationStatus: Validated
        Title: Measuring the gap at the wear ring | Summary: How to measure the gap without taking the motor off.
        Answer__c:
        | <p>Take off the suction cover. The gap is 0.2 to 0.4&nbsp;mm.</p>
        @ Knowledge__kav wear2 2025-01-16T09:00 tom
        KnowledgeArticleId: 1 | ArticleNumber: 000001001 | UrlName: wear-ring-gap | VersionNumber: 2 | Language: en_US | PublishStatus: Online | IsLatestVersion: true | LastPublishedDate: 2025-01-16T09:00 | ValidationStatus: Validated
        Title: Measuring the gap at the wear ring | Summary: How to measure the gap without taking the motor off.
        Answer__c:
        | <h2>Tools</h2><p>Feeler gauge, torch.</p><h2>Steps</h2><ol><li>Take off the suction cover.</li><li>Measure at four places: 0.3 to 0.5&nbsp;mm is fine.</li></ol><p><img src="/servlet/rtaImage?eid=ka0&amp;feoid=00N&amp;refid=0EM" alt="gap"></p>
        @ Knowledge__kav wearDE 2025-01-17T11:00 jonas
        KnowledgeArticleId: 1 | ArticleNumber: 000001001 | UrlName: spaltmass-laufring | VersionNumber: 2 | Language: de | PublishStatus: Online | IsLatestVersion: true | LastPublishedDate: 2025-01-17T11:00 | ValidationStatus: Validated
        Title: Spaltmaß am Laufring messen | Summary: So wird gemessen, ohne den Motor abzubauen.
        Answer__c:
        | <p>Saugdeckel abnehmen und an vier Stellen messen: 0,3 bis 0,5&nbsp;mm sind in Ordnung.</p>
        @ Knowledge__kav wearFR 2025-01-20T14:00 elise
        KnowledgeArticleId: 1 | ArticleNumber: 000001001 | UrlName: jeu-bague-usure | VersionNumber: 2 | Language: fr | PublishStatus: Online | IsLatestVersion: true | LastPublishedDate: 2025-01-20T14:00 | ValidationStatus: Validated
        Title: Mesurer le jeu de la bague d'usure | Summary: Sans démonter le moteur.
        Answer__c:
        | <p>Déposer le couvercle d'aspiration et mesurer à quatre endroits : de 0,3 à 0,5&nbsp;mm, c'est bon.</p>
        @ Knowledge__kav code17 2025-02-05T08:00 jonas
        KnowledgeArticleId: 2 | ArticleNumber: 000001002 | UrlName: fc-11-code-17 | VersionNumber: 1 | Language: de | PublishStatus: Online | IsLatestVersion: true | LastPublishedDate: 2025-02-05T08:00 | ValidationStatus: Validated
        Title: FC-11 meldet Code 17 | Summary: Übertemperatur des Kühlkörpers.
        Answer__c:
        | <p>Filtermatte prüfen und wechseln. Über 75&nbsp;Grad schaltet der Umrichter ab, unter 60 wieder ein.</p>
        @ Knowledge__kav code17EN 2025-02-06T08:00 tom
        KnowledgeArticleId: 2 | ArticleNumber: 000001002 | UrlName: fc-11-code-17-en | VersionNumber: 1 | Language: en_US | PublishStatus: Online | IsLatestVersion: true | LastPublishedDate: 2025-02-06T08:00 | ValidationStatus: Validated
        Title: FC-11 shows code 17 | Summary: The heat sink is too warm.
        Answer__c:
        | <p>Check the filter mat. The drive stops above 75&nbsp;degrees and starts again below 60.</p>
        @ Knowledge__kav impeller 2025-01-22T09:30 jonas
        KnowledgeArticleId: 3 | ArticleNumber: 000001003 | UrlName: impeller-werkstoffe | VersionNumber: 1 | Language: de | PublishStatus: Online | IsLatestVersion: true | LastPublishedDate: 2025-01-22T09:30 | ValidationStatus: Validated
        Title: Werkstoffe der Impeller und ihre Grenzen | Summary: NBR bis 80, EPDM bis 120 Grad, FKM für Öle.
        Answer__c:
        | <table><tr><th>Werkstoff</th><th>Grenze</th></tr><tr><td>NBR</td><td>80 °C</td></tr><tr><td>EPDM</td><td>120 °C</td></tr><tr><td>FKM</td><td>150 °C</td></tr></table>
        @ Knowledge__kav impellerEN 2025-01-23T09:30 tom
        KnowledgeArticleId: 3 | ArticleNumber: 000001003 | UrlName: impeller-materials | VersionNumber: 2 | Language: en_US | PublishStatus: Draft | IsLatestVersion: true | ValidationStatus: Not Validated
        Title: Impeller materials and their limits | Summary: Draft, waits for the laboratory.
        Answer__c:
        | <p>NBR up to 80, EPDM up to 120, FKM up to 150&nbsp;degrees. <i>To be checked: steam.</i></p>
        @ Knowledge__kav play 2025-02-25T15:00 dan
        KnowledgeArticleId: 4 | ArticleNumber: 000001004 | UrlName: lobe-axial-play | VersionNumber: 1 | Language: en_US | PublishStatus: Online | IsLatestVersion: true | LastPublishedDate: 2025-02-25T15:00 | ValidationStatus: Validated
        Title: Setting the axial play of LP-40 | Summary: Always with the gasket in place.
        Answer__c:
        | <p>Set the play with the gasket fitted and the cover torqued to 28&nbsp;Nm. It must be 0.10 to 0.14&nbsp;mm.</p>
        @ Knowledge__kav creme1 2025-01-30T10:00 elise
        KnowledgeArticleId: 5 | ArticleNumber: 000001005 | UrlName: vitesse-creme | VersionNumber: 1 | Language: fr | PublishStatus: Online | IsLatestVersion: true | LastPublishedDate: 2025-01-30T10:00 | ValidationStatus: Validated
        Title: Vitesse maximale pour la crème | Summary: Pas plus de 220 tr/min.
        Answer__c:
        | <p>Au-delà de 220&nbsp;tr/min la crème est barattée. Prévoir deux pompes plutôt qu'une rapide.</p>
        @ Knowledge__kav old 2023-05-02T10:00 former
        KnowledgeArticleId: 6 | ArticleNumber: 000001006 | UrlName: fax-orders | VersionNumber: 1 | Language: en_US | PublishStatus: Archived | IsLatestVersion: true | LastPublishedDate: 2023-05-02T10:00 | ValidationStatus: Validated
        Title: Ordering spares by fax | Summary: No longer possible.
        Answer__c:
        | <p>Fill in form 12 and fax it.</p>
        @ Knowledge__kav hose 2025-05-14T08:30 tom
        KnowledgeArticleId: 7 | ArticleNumber: 000001007 | UrlName: dh-6-hose-compound | VersionNumber: 1 | Language: en_US | PublishStatus: Online | IsLatestVersion: true | LastPublishedDate: 2025-05-14T08:30 | ValidationStatus: Validated
        Title: DH-6: old and new hose compound | Summary: The old one stiffens below 18 degrees.
        Answer__c:
        | <p>Hoses with a blue line are of the new compound. Drift between 10 and 30&nbsp;degrees: below 0.5&nbsp;%.</p>
        @ Knowledge__kav stray 2025-04-07T13:00 dan
        KnowledgeArticleId: 8 | ArticleNumber: 000001008 | UrlName: stray-current | VersionNumber: 1 | Language: en_US | PublishStatus: Online | IsLatestVersion: true | LastPublishedDate: 2025-04-07T13:00 | ValidationStatus: Validated
        Title: Telling stray current from chloride | Summary: Sharp edges speak for current.
        Answer__c:
        | <p>Pits with sharp edges and a bright ground come from current; wide, dull ones from chloride.</p>
        """#
}
