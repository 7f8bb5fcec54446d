extension CRMCorpus {
    static let casesFrench = #"""
        @ Case creme 2025-01-27T07:15 queueFR
        Subject: Grumeaux de beurre en sortie de pompe à lobes | AccountId: laiterie | ContactId: mathilde | Status: Closed | Priority: High | Origin: Email | Type: Problem | Product__c: LP-40 | Serial_Number__c: 23-55120 | OwnerId: elise
        Description:
        | Depuis le réglage de la semaine dernière la crème sort avec des grumeaux. Vitesse passée de 180 à 320 tr/min pour gagner du temps.
        Root_Cause__c:
        | Vitesse trop élevée : la crème est barattée entre les lobes.
        Resolution__c:
        | Retour à 200 tr/min, et une seconde pompe en parallèle pour tenir le débit.
        + 2025-01-27T08:40 elise À 320 tours on fait du beurre. Conseillé de revenir à 200.
        + 2025-01-29T10:05 elise Plus de grumeaux. Devis pour une seconde pompe envoyé.
        < 2025-01-27T07:10 Grumeaux dans la crème // Bonjour,\nnous avons des grumeaux depuis jeudi. Que faire ?\nMathilde Lefèvre
        > 2025-01-27T08:45 elise RE: Grumeaux dans la crème // Bonjour Madame Lefèvre,\nréduisez la vitesse à 200 tr/min, s'il vous plaît.\nÉlise Martin
        ! 2025-01-30T09:00 elise done Devis seconde pompe LP-40 // Avec variateur et jeu de joints.
        @ Case four 2025-02-11T22:50 queueFR
        Subject: Refroidissement du four 2 : débit en baisse | AccountId: verrerie | ContactId: yves | Status: Closed | Priority: High | Origin: Phone | Type: Problem | Product__c: CP-150 | IsEscalated: true | OwnerId: elise
        Description:
        | Débit tombé de 62 à 48 m³/h en deux heures. La pompe de secours n'est pas encore livrée. Intervention de nuit demandée.
        + 2025-02-11T23:20 elise Crépine d'aspiration bouchée par du calcaire, nettoyage en marche sur la dérivation.
        + 2025-02-12T02:10 elise 60 m³/h. Adoucisseur à contrôler : 38 °f en sortie.
        * 2025-02-12T07:30 elise Nuit à Saint-Clair // Four sauvé. Il faut vraiment livrer cette pompe de secours.
        @ Case joint 2025-03-13T09:25 queueFR
        Subject: Mauvais joints dans le kit GS-80 | AccountId: cave | ContactId: amelie | Status: Closed | Priority: Medium | Origin: Email | Type: Complaint | Product__c: GS-80
        Description:
        | Le kit contient deux joints de 4 mm au lieu de 3,5 mm. Les vendanges sont loin, mais le soutirage commence lundi.
        + 2025-03-13T10:00 elise Étiquettes inversées à l'atelier. Bon kit expédié, transport à notre charge.
        < 2025-03-13T09:20 Joints // Bonjour,\nles joints ne rentrent pas dans la gorge.\nAmélie Roques
        @ Case dialyse 2025-04-10T06:30 queueFR
        Subject: Certificat de désinfection après remplacement de la pompe | AccountId: hopital | ContactId: ines | Status: Working | Priority: High | Origin: Email | Type: Question
        Description:
        | L'eau pour dialyse exige un certificat de matériaux et un protocole de désinfection avant la remise en service.
        + 2025-04-10T09:15 elise Certificat 3.1 et déclaration alimentaire envoyés ; le protocole vient du laboratoire.
        > 2025-04-10T09:20 elise RE: Certificat // Bonjour Madame Benali,\nvoici les certificats. Le protocole suit avant vendredi.\nÉlise Martin
        ! 2025-04-11T12:00 elise open Relancer le laboratoire // Protocole de désinfection, version signée.
        @ Case bruit 2025-05-19T14:05 queueFR
        Subject: Pompe bruyante après l'arrêt technique | AccountId: laiterie | ContactId: bruno | Status: New | Priority: Medium | Origin: Phone | Type: Problem | Product__c: LP-40 | OwnerId: queueFR
        Description:
        | Claquement régulier, une fois par tour. Le pignon a été démonté pendant l'arrêt.
        + 2025-05-19T15:30 elise Repères des pignons sans doute décalés d'une dent : ne pas remettre en marche.
        @ Case appel 2025-06-30T10:45 elise
        Subject: Questions sur l'appel d'offres du réservoir haut | AccountId: lausanne | ContactId: marc | Status: Working | Priority: Low | Origin: Web | Type: Question | Product__c: BS-4
        Description:
        | Rendement minimal garanti, délai d'intervention, et reprise des anciennes pompes : trois questions avant le 15 juillet.
        + 2025-07-01T09:00 elise Rendement 78,5 % garanti au point nominal ; reprise possible à 120 CHF pièce.
        < 2025-06-30T10:40 Appel d'offres // Bonjour,\nmerci de répondre aux trois questions ci-jointes.\nMarc Dutoit
        @ Case vendanges 2025-09-02T05:50 queueFR
        Subject: Pompe à vendange arrêtée en pleine réception | AccountId: cave | ContactId: amelie | Status: Closed | Priority: High | Origin: Phone | Type: Problem | Product__c: PX-20
        Description:
        | Un sarment a percé le tuyau. Vingt bennes attendent dans la cour.
        Resolution__c:
        | Tuyau de rechange de la cave voisine, pompe repartie après 50 minutes.
        + 2025-09-02T06:10 elise Domaine Fontvieille a le même tuyau, ils le prêtent.
        + 2025-09-02T07:00 elise Repartie. Nous remplaçons le tuyau du voisin cette semaine.
        @ Attachment schema 2025-05-19T15:35 elise
        ParentId: bruit | Name: reperes-pignons.txt | ContentType: text/plain
        Body:
        | Aligner les deux repères face à face, jeu entre dents 0,08 mm.
        @ Attachment questions 2025-06-30T10:41 elise
        ParentId: appel | Name: questions.txt | ContentType: text/plain
        Body:
        | 1. Rendement minimal garanti ?
        | 2. Délai d'intervention sur site ?
        | 3. Reprise des anciennes pompes ?
        """#
}
