extension CRMCorpus {
    static let casesEnglish = #"""
        @ Case trips 2025-01-14T08:21 queue
        Subject: CP-150 trips after ten minutes | AccountId: harbour | ContactId: neil | Status: Closed | Priority: High | Origin: Email | Type: Problem | Product__c: CP-150 | Serial_Number__c: 22-31877 | OwnerId: tom
        Description:
        | Since Monday the pump trips on overload after about ten minutes. The motor is hot, the current climbs slowly from 14 to 21 A.
        Root_Cause__c:
        | Wear ring had come loose and touched the impeller.
        Resolution__c:
        | Wear ring replaced from the customer's stock; current is steady at 13.5 A.
        + 2025-01-14T09:05 tom A slow climb usually means that something rubs. Asked the customer to turn the shaft by hand.
        + 2025-01-15T13:50 tom Confirmed: wear ring. Closing once the spare is replaced.
        < 2025-01-14T08:20 CP-150 trips after ten minutes // Since Monday our CP-150 trips on overload after about ten minutes.\nWhat should we check first?\nNeil Abbott
        > 2025-01-14T09:02 tom RE: CP-150 trips after ten minutes // Hello Neil,\nplease switch off and turn the shaft by hand: it should move freely.\nTom
        < 2025-01-15T13:37 RE: CP-150 trips after ten minutes // You were right, the wear ring had come loose. You can close the ticket. Cheers! 🐟
        ! 2025-01-17T10:00 sarah done Quote nine wear rings // Neil wants all nine changed over Christmas.
        @ Case particles 2025-02-20T11:20 queue
        Subject: URGENT: metal particles in product, batch on hold | AccountId: meridian | ContactId: karen | Status: Working | Priority: High | Origin: Email | Type: Problem | Product__c: LP-40 | Serial_Number__c: 24-90412 | IsEscalated: true | OwnerId: tom
        Description:
        | Bright metal particles up to 0.4 mm downstream of the lobe pump. The batch, worth about GBP 310,000, is on hold; QA has opened a deviation.
        | The pump must not be dismantled before QA has sealed it.
        Root_Cause__c:
        | Lobe tips touched the cover: the axial play was set without the gasket.
        + 2025-02-20T11:40 tom Dan is on his way, arrival 15:30. Certificates of rotors and shaft requested from the works.
        + 2025-02-20T18:10 dan Cover shows fresh scoring at two o'clock. Parts sealed by QA, photographs attached.
        + 2025-02-24T09:15 tom "Axial play 0.02 mm instead of 0.12", says the report.\nThree lines of cause, effect and remedy go to QA today.
        < 2025-02-20T11:15 URGENT: metal particles in product, batch on hold // To whom it may concern,\nwe found bright metal particles downstream of your lobe pump. We need a service engineer on site today.\nKaren Whitlock
        > 2025-02-20T11:58 tom RE: URGENT: metal particles in product // Dear Karen,\nDan Reeve will be with you at 15:30. The certificates are attached.\nTom Okafor
        * 2025-02-20T12:05 sarah All hands on Meridian // <p>Nobody promises <b>anything</b> to Meridian without me, please.</p>
        ! 2025-02-21T08:00 dan done Photographs to QA // Send all 24 to Oliver Chan, with the torque values.
        @ Case certificates 2025-02-25T10:02 tom
        Subject: 3.1 certificates for rotors, order 4600012345 | AccountId: meridian | ContactId: oliver | ParentId: particles | Status: Closed | Priority: Medium | Origin: Email | Type: Question | Product__c: LP-40
        Description:
        | QA needs certificates of the replacement rotors before they may be fitted. Melt number must match the engraving.
        + 2025-02-26T08:30 tom Certificates sent, melt number 77-4031.
        @ Case leak 2025-03-03T07:40 queue
        Subject: Drip under the flange of DP-25 | AccountId: kettle | ContactId: gwen | Status: New | Priority: Medium | Origin: Phone | Type: Problem | Product__c: DP-25 | OwnerId: queue
        Description:
        | A drop every few seconds, peracetic acid. Gwen has put a bucket under it and asks whether she may go on until Friday.
        + 2025-03-03T08:00 tom Told her to stop: the acid eats the floor and the diaphragm is probably torn.
        < 2025-03-03T09:10 photo of the drip // See the picture. It is worse now.\nGwen
        @ Case booster 2025-03-10T13:00 sarah
        Subject: Noise measurement for the tender | AccountId: tideway | ContactId: amir | Status: Working | Priority: Low | Origin: Web | Type: Question | Product__c: BS-4
        Description:
        | The tender asks for a sound power level to ISO 3744 with the enclosure closed and open.
        + 2025-03-12T16:20 dan Test bench is free on the 19th. We need the long hoses.
        ! 2025-03-19T08:00 dan open Noise measurement // Bench 2, both enclosures, 3 speeds.
        @ Case shipment 2025-03-18T15:30 queue
        Subject: Bearing kits arrived without the circlips | AccountId: northfield | ContactId: celine | Status: Closed | Priority: Medium | Origin: Email | Type: Problem | Product__c: BK-12
        Description:
        | Six kits, no circlips in any of them. The packing list says they are there.
        + 2025-03-18T16:00 tom Packing line forgot drawer 14. Circlips sent by courier, no charge.
        < 2025-03-18T15:28 Circlips missing // Hello,\nsix bearing kits, and not one circlip. Our shutdown is on Thursday.\nCéline Roy
        > 2025-03-18T16:05 tom RE: Circlips missing // Hello Céline,\nthey fly tonight and should be with you on Wednesday before noon. Sorry!\nTom
        @ Case seawater 2025-04-01T09:00 former
        Subject: Corroded impeller after one season | AccountId: pelican | ContactId: declan | Status: Closed | Priority: Medium | Origin: Phone | Type: Complaint | Product__c: IP-80/200
        Description:
        | Bronze impeller pitted after one season in harbour water. Declan suspects stray current from the welding sets.
        Resolution__c:
        | Stray current confirmed by the yard's electrician; anode fitted. Impeller replaced at half price as goodwill.
        + 2025-04-03T11:00 dan Pitting is sharp-edged, which speaks for current and not for chloride.
        @ Case dealer 2025-04-15T10:10 queue
        Subject: Which gasket set fits GS-80 before 2012? | AccountId: dealerHull | ContactId: moira | Status: Closed | Priority: Low | Origin: Phone | Type: Question | Product__c: GS-80
        Description:
        | A customer at the counter has a pump of 2011 without a plate. Groove is 4 mm wide.
        + 2025-04-15T10:25 tom 4 mm is the old one: set 80-A. The new groove is 3.5 mm.
        @ Case drift 2025-05-06T08:30 queue
        Subject: Dosing head drifts by three percent overnight | AccountId: meridianLeeds | ContactId: ruth | Status: Working | Priority: Medium | Origin: Email | Type: Problem | Product__c: DH-6 | Serial_Number__c: 23-11802 | OwnerId: tom
        Description:
        | Calibrated at 18:00, three percent low at 06:00, right again by noon. Hall temperature falls from 24 to 15 degrees in the night.
        + 2025-05-06T09:45 tom Hose of the old compound gets stiff below 18 degrees. Sent two of the new compound to try.
        + 2025-05-13T07:55 tom With the new hose the drift is 0.4 percent. Waiting for a second week.
        < 2025-05-06T08:28 Drift of dosing head // Morning,\nplease see the log attached: it always drifts at night.\nRuth
        @ Case training 2025-06-02T12:00 sarah
        Subject: Operator training for the night shift | AccountId: harbour | ContactId: priya | Status: New | Priority: Low | Origin: Email | Type: Feature Request
        Description:
        | Twelve people, two evenings, in September. They ask for material in Polish as well.
        * 2025-06-03T09:00 sarah Who speaks Polish? // Twelve operators at Harbour Fish. Marta, could you look over the slides?
        @ Case invoice 2025-06-20T14:15 queue
        Subject: Freight charged twice on invoice 90017 | AccountId: northfield | ContactId: celine | Status: Closed | Priority: Low | Origin: Email | Type: Complaint
        Description:
        | Freight appears on the invoice and on the proforma. They paid both.
        + 2025-06-23T09:05 sarah Credit note 90017-C over CAD 412.80 issued.
        @ Case recall 2025-09-09T07:30 dan
        Subject: Field check: torque of coupling bolts, BS-4 built in May | AccountId: tideway | Status: Working | Priority: High | Origin: Web | Type: Problem | Product__c: BS-4
        Description:
        | Forty sets left the works with coupling bolts at 35 Nm in place of 55. No incident so far. Every owner gets a call and a visit.
        + 2025-09-10T16:40 dan 11 of 40 checked, 2 were loose.
        + 2025-09-17T17:10 dan 29 of 40 checked, 4 were loose, no damage.
        ! 2025-10-01T12:00 dan open Finish the field check // Eleven left: six in Wales, five on Orkney.
        @ Attachment photoGwen 2025-03-03T09:11 tom
        ParentId: leak | Name: drip.txt | ContentType: text/plain
        Body:
        | (photograph) Flange DP-25 seen from below, crystals at six o'clock.
        @ Attachment logRuth 2025-05-06T08:29 tom
        ParentId: drift | Name: drift.csv | ContentType: text/csv
        Body:
        | time,setpoint,measured
        | 18:00,5.00,5.00
        | 00:00,5.00,4.91
        | 06:00,5.00,4.85
        @ Attachment torque 2025-09-10T16:45 dan
        ParentId: recall | Name: torque-list.csv | ContentType: text/csv
        Body:
        | serial,torque_nm,loose
        | BS4-0517,54,no
        | BS4-0519,31,yes
        """#
}
