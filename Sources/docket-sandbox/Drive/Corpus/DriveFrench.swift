extension DriveCorpus {
    /// Contrats, notices et comptes rendus.
    static let french = #"""
        @ 2025-02-26T10:15:00Z sales /Projets/Vercors/Devis 2025-0871.docx
        Devis 2025-0871 : pompes doseuses pour la Laiterie du Vercors
        À l'attention de M. Julien Marchand, service technique.
        Suite à notre visite du 12 février, nous vous proposons le remplacement des trois pompes \#
        doseuses de l'atelier de nettoyage, avec tuyauterie, mise en service et formation de vos \#
        équipes.
        # Prix
        |Poste|Désignation|Quantité|Prix unitaire
        |10|Pompe doseuse DH-6, tête en PVDF|3|2 480 €
        |20|Armoire de commande avec écran|1|3 150 €
        |30|Montage et mise en service|2 jours|980 €
        # Conditions
        Délai de livraison : six semaines après réception de la commande. Paiement à trente \#
        jours. Le prix comprend le démontage des anciennes pompes, mais pas l'élimination des \#
        restes d'acide peracétique.
        Nous recommandons un contrat d'entretien annuel, afin que les membranes soient changées \#
        avant la saison des fromages.

        @ 2025-06-06T09:00:00Z sales /Projets/Vercors/Bon de commande.pdf
        Bon de commande 2025-0871 de la Laiterie du Vercors
        Nous vous passons commande ferme des postes 10 à 30 de votre devis du 26 février, pour un \#
        montant de 12 550 euros hors taxes.
        La livraison est attendue le 15 juillet au plus tard, au quai numéro 2, du lundi au \#
        vendredi de 7 heures à 15 heures. Le chauffeur doit se présenter avec des chaussures de \#
        sécurité.
        La mise en service aura lieu pendant l'arrêt annuel, les 22 et 23 juillet. Passé ce \#
        délai, la prochaine fenêtre ne s'ouvre qu'en novembre, et l'atelier devrait continuer \#
        avec la pompe de secours.
        Merci de joindre à la livraison les certificats pour contact alimentaire de toutes les \#
        pièces mouillées, sans lesquels la réception sera refusée.
        Julien Marchand, service technique

        @ 2025-03-27T16:20:00Z support /Notices/Mise en service PX-20.md
        # Mise en service de la pompe péristaltique PX-20

        1. Contrôlez que le tuyau ne porte ni pli ni coupure et que le niveau de lubrifiant \#
        atteint le milieu du voyant.
        2. Raccordez l'aspiration par un tuyau d'au moins 32 millimètres : un diamètre plus \#
        faible provoque des coups de bélier.
        3. Tournez le rotor d'un tour à la main. Une résistance inégale indique un sabot mal réglé.
        4. Démarrez à 10 tours par minute et augmentez par paliers jusqu'à la vitesse nominale.

        Après une heure, la température du corps ne doit pas dépasser 60 degrés. Si elle monte \#
        encore, arrêtez la pompe et contrôlez la pression de refoulement, qui est la cause dans \#
        neuf cas sur dix.

        @ 2025-04-30T08:40:00Z operations /Achats/Contrat cadre fonderie.docx
        Contrat-cadre avec la Fonderie de Saint-Étienne
        Entre Contoso Pumps et la Fonderie de Saint-Étienne, valable du 1er mai 2025 au 30 avril \#
        2027.
        # Objet
        La fonderie livre les corps de pompe en fonte ductile EN-GJS-400 selon les plans annexés, \#
        pour une quantité annuelle estimée à 2 400 pièces, sans obligation d'achat.
        # Prix
        Le prix de base est de 86 euros par pièce de type IP-80. Il est révisé chaque trimestre \#
        selon l'indice du minerai et celui de l'électricité, chacun pour trente pour cent.
        # Retard
        Au-delà de cinq jours ouvrables, une pénalité de 0,5 pour cent par jour est due, \#
        plafonnée à huit pour cent de la commande. Un retard de plus de vingt jours permet la \#
        résiliation sans indemnité.
        # Qualité
        Chaque lot est accompagné d'un certificat 3.1 et d'une éprouvette. Les pièces refusées \#
        sont remplacées sous quinze jours.

        @ 2025-05-22T12:30:00Z quality /Audits/2025/Audit fournisseur.html
        Audit du fournisseur : Fonderie de Saint-Étienne
        L'audit du 20 mai 2025 a porté sur la traçabilité des coulées, le contrôle des sables et \#
        l'emballage. Note globale : 82 points sur 100, contre 76 l'année passée.
        La traçabilité est exemplaire : chaque corps porte le numéro de coulée et celui du \#
        modèle. Le contrôle par ultrasons ne couvre cependant que dix pour cent des pièces, alors \#
        que le plan en prévoit vingt.
        |Domaine|Points
        |Traçabilité|95
        |Contrôle des sables|84
        |Essais|68
        |Emballage|81
        Actions demandées : second appareil à ultrasons avant septembre, formation de deux \#
        contrôleurs, caisses fermées pour le transport par bateau.

        @ 2025-01-15T14:10:00Z accounting /Notes de frais/Règles 2025.txt
        Remboursement des frais de déplacement, année 2025

        Le train est pris en seconde classe jusqu'à trois heures de trajet, en première au-delà. \#
        L'avion demande l'accord écrit du responsable.
        Le repas est remboursé sur justificatif jusqu'à 22 euros à midi et 30 euros le soir. Le \#
        vin n'est pas remboursé, sauf avec un client.
        La voiture personnelle est indemnisée à raison de 0,43 euro par kilomètre ; le trajet \#
        entre le domicile et le bureau ne compte pas.
        Les notes sont remises avant le 5 du mois suivant. Passé trois mois, elles ne sont plus \#
        acceptées.
        Les pourboires sont admis à l'étranger, jusqu'à dix pour cent, s'ils figurent sur le reçu.
        """#
}
