extension DriveCorpus {
    /// Offers, manuals, minutes and procedures in English.
    static let english = #"""
        @ 2025-02-18T09:20:00Z sales /Offers/2025/Offer TVW-2025-0117 Caversham.docx
        Offer 2025-0441: Booster pumps for Caversham and Theale
        To Thames Valley Water, Procurement, for the attention of Ms Priya Nair.
        We thank you for the invitation to tender TVW-2025-0117 and offer the replacement of \#
        fourteen booster pumps, including removal of the old sets, pipework adaptation, \#
        commissioning and training of your operators.
        # Prices
        |Lot|Station|Pumps|Price in GBP
        |1|Caversham|8|212,400
        |2|Theale|6|158,900
        # Terms
        The prices are fixed for 120 days and exclude value added tax. Delivery takes 14 weeks \#
        from the release of drawings. The warranty is 36 months on hydraulic parts and 24 months \#
        on drives.
        Speed-controlled sets save about 19 percent of energy at part load, as shown in the \#
        efficiency curves attached. All wetted parts hold a WRAS approval.
        Sarah Whitfield, Contoso Pumps, Sales UK and Ireland

        @ 2025-03-03T14:05:00Z sales /Offers/2025/Caversham efficiency curves.pdf
        Efficiency curves of the booster sets BS-4 for Caversham
        Measured on test bench 2 on 24 and 25 February 2025 with water at 18 degrees, according \#
        to ISO 9906 grade 2B.
        At the duty point of 120 cubic metres per hour and a head of 42 metres the pump reaches a \#
        hydraulic efficiency of 81.4 percent. The motor of class IE4 adds losses of 4.1 percent, \#
        the frequency converter another 2.6 percent.
        At half load the efficiency falls to 74.9 percent with speed control and to 61.2 percent \#
        with throttling. Over ten years and the load profile given in annex C this makes a \#
        difference of 1.9 million kilowatt hours.
        The suction head required (NPSHR) at the duty point is 3.2 metres; the station offers 6.5 \#
        metres, so that cavitation is not to be expected even with one reservoir empty.
        Signed: Tom Okafor, Test Engineering

        @ 2025-05-16T08:00:00Z sales /Projects/Thames Valley Water/Kick-off minutes.md
        # Kick-off meeting Caversham, 15 May 2025

        Present: Priya Nair, Owen Marsh (Thames Valley Water), Sarah Whitfield, Tom Okafor \#
        (Contoso Pumps)

        ## Decisions

        - Two pumps are exchanged at a time, so that six of eight always remain in service.
        - The outage windows are Tuesday and Wednesday nights from 22:00 to 05:00.
        - Site manager is Tom Okafor; his deputy is named by the end of May.

        ## Open points

        1. Crane access from the river side needs the consent of the council (Owen Marsh, 30 May).
        2. The control cabinet has no room for the second converter (Contoso, drawing by 6 June).
        3. Induction cards for the four fitters (Thames Valley Water, 2 June).

        @ 2025-06-30T16:30:00Z sales /Projects/Thames Valley Water/Project plan.xlsx
        Project plan Caversham
        |Task|Owner|Start|Days|Cost GBP
        |Release of drawings|Thames Valley Water|2025-06-09|10|0
        |Manufacture of sets 1 to 4|Contoso|2025-06-23|45|84960
        |Factory acceptance test|Contoso|2025-08-25|3|6200
        |Exchange of pumps 1 and 2|Okafor|2025-09-02|4|11800
        |Exchange of pumps 3 and 4|Okafor|2025-09-09|4|11800
        |Manufacture of sets 5 to 8|Contoso|2025-08-04|45|84960
        |Exchange of pumps 5 to 8|Okafor|2025-10-07|8|23600
        |Commissioning and training|Whitfield|2025-10-21|5|8400

        @ 2025-04-02T10:10:00Z sales /Marketing/Hanover fair briefing.pptx
        Hanover fair 2025: briefing of the stand team
        Hall 14, stand C 22, 31 March to 4 April
        # What is new
        Peristaltic pump PX-20 with hose change in ninety seconds
        Dosing head DH-6 with leak detection, approved for chlorine
        Booster set BS-4 with IE4 motors and cloud monitoring
        # What visitors ask
        Delivery time of spare parts: 85 percent leave the stock within two days
        Energy: bring the curves, not the brochure
        # Leads
        Scan every badge, write one sentence of need, name the next step before the visitor leaves

        @ 2025-01-20T11:00:00Z sales /Templates/Standard terms.txt
        General terms of sale of Contoso Pumps, version of January 2025

        1. Offers are valid for thirty days unless they say otherwise.
        2. Delivery times begin with the receipt of the down payment and of all drawings that the \#
        customer has to approve. Events outside our control extend them by as long as they last.
        3. Title passes with full payment; risk passes with the handing over to the carrier.
        4. Complaints about visible defects must be made within eight days of arrival, in writing \#
        and with photographs. Hidden defects must be reported without delay once they are found.
        5. The warranty is 24 months from commissioning, at most 30 months from delivery. Wear \#
        parts such as seals, hoses and bearings are excluded, unless they fail within 500 hours.
        6. Liability is limited to the value of the order, except for injury and gross negligence.

        @ 2025-03-11T07:45:00Z support /Procedures/Seal exchange 21B.docx
        Work instruction WI-118: Exchange of shaft seal 21B
        Valid for impeller pumps IP-50 to IP-80. Time needed: 90 minutes for one fitter.
        # Before you begin
        Isolate the motor, lock the switch, and drain the casing. Chlorinated or hot media: wear \#
        face shield and gloves of nitrile.
        # Steps
        Remove the coupling guard and mark the position of both halves. Slide the coupling back, \#
        take out the four M12 bolts of the bearing bracket, and pull the rotor without turning it.
        Press the old seal off with the tool 90.221. Never use a screwdriver: a scratch of a \#
        tenth of a millimetre on the sleeve makes the new seal leak within a week.
        Moisten the new seal with clean water, not with grease, and push it on by hand until it \#
        touches the collar.
        # Afterwards
        Fill, vent, and run for ten minutes against the closed valve. More than five drops a \#
        minute after an hour means that the seal has to be taken out again.

        @ 2025-05-28T13:15:00Z support /Cases/10677 decontamination report.html
        Case 10677: decontamination report for returned diaphragm pump DP-25
        The pump with serial number DP-25-88213 was returned on 27 May from a galvanic plant \#
        where it carried nickel sulphate at 55 degrees.
        It was flushed with water for thirty minutes, neutralised with sodium carbonate, and \#
        dried. The pH value of the last rinse was 7.2; no nickel was found with the test strip, \#
        the limit being 0.5 milligrams per litre.
        |Check|Result
        |Visible residue|none
        |pH of last rinse|7.2
        |Nickel in mg per litre|below 0.1
        The workshop may open the pump without further protection. The diaphragm is to be kept \#
        for the supplier.

        @ 2025-02-21T09:30:00Z support /Cases/10388 certificate request.eml
        Certificates 3.1 for pump LP-40-24-90412
        Dear colleagues,
        the customer needs material certificates 3.1 according to EN 10204 for casing, impeller \#
        and shaft of LP-40-24-90412, shipped in December. Without them the plant cannot be \#
        approved by the inspector on 6 March.
        Please take the heat numbers from the casting protocol and send the documents as one \#
        file. The customer pays the express fee.
        Lena Brandt, Technical Support

        @ 2025-06-12T15:00:00Z engineering /Design reviews/BS-4 converter cabinet.md
        # Design review: converter cabinet of booster set BS-4

        Date: 12 June 2025. Reviewers: T. Okafor, C. Fontaine.

        The second frequency converter raises the heat in the cabinet from 410 to 780 watts. With \#
        the filter fan of today the inside reaches 58 degrees at an ambient temperature of 40, \#
        three degrees above what the converter allows.

        Three ways were compared:

        - a larger fan, which needs a hole in the door and lowers the protection from IP54 to IP44;
        - a heat exchanger on the roof, 640 euros, no change of protection;
        - mounting the heat sink through the rear wall, 180 euros, new rear wall drawing.

        The board chose the rear wall. Drawing 4711-22 revision C follows by 27 June.

        @ 2025-04-09T08:20:00Z engineering /Test reports/PX-20 endurance.pdf
        Endurance test of the peristaltic pump PX-20
        Aim: 1,500 hours of hose life at 4 bar and 40 revolutions a minute with a slurry of 12 \#
        percent lime.
        Two pumps ran in parallel on bench 5 from 3 February to 7 April 2025. Pump A had the hose \#
        of natural rubber, pump B the new compound NR-7.
        The hose of pump A burst after 1,312 hours at the inner side of the bend, where the shoe \#
        enters. The hose of pump B was taken out intact after 1,560 hours; its wall had lost 0.4 \#
        of 9 millimetres.
        The lubricant reached 61 degrees on pump A and 54 degrees on pump B. No loss of flow \#
        above two percent was measured before the burst.
        Recommendation: release NR-7 for series production and raise the stated life to 1,500 hours.

        @ 2025-03-19T12:00:00Z quality /Audits/2025/ISO 9001 audit report.docx
        Audit report ISO 9001: surveillance audit 2025
        Auditor: M. Hargreaves, 17 and 18 March 2025. Scope: development, production and service \#
        of pumps.
        # Result
        The management system is effective and maintained. One minor nonconformity and four \#
        opportunities for improvement were found.
        # Minor nonconformity 1
        Two torque wrenches on assembly line 3 carried calibration labels that had expired in \#
        January. The list of gauges showed them as withdrawn, yet they were in use. Root cause \#
        and corrective action are due within 60 days.
        # Opportunities
        Supplier evaluation could weigh late deliveries more strongly. Complaint statistics are \#
        good but not discussed with the fitters. The training matrix lacks the new colleagues of \#
        the night shift. The archive of drawings holds three revisions without an approval date.

        @ 2025-01-09T17:10:00Z operations /Safety/Evacuation plan hall 3.txt
        Evacuation of hall 3

        The alarm is a rising tone. Switch machines to standstill with the red button, leave \#
        tools and coats, and walk to the assembly point at gate 4.
        The shift leader takes the attendance list from the board beside the door and reports \#
        missing persons to the fire brigade by name and last place.
        Crane loads are set down only if that takes less than ten seconds; otherwise they stay \#
        where they are.
        The chlorine store may be entered by nobody but the brigade. Its key hangs in the \#
        porter's lodge, hook 12.
        Drills take place in March and September. The last one took three minutes and fifty \#
        seconds, forty seconds longer than the aim, as the north door was blocked by pallets.
        """#
}
