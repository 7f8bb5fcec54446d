extension Corpus {
    /// English mails of the support mailbox.
    static let supportEnglish = #"""
        @ 2025-01-14T08:20:00Z tickets text t-10231
        From: Neil Abbott <neil.abbott@harbourfish.example>
        Subject: CP-150 trips after ten minutes

        Hi,

        since Monday our CP-150 (serial 22-31877) trips on overload after about ten minutes. The
        motor is hot to the touch, the current climbs slowly from 14 to 21 A. We have not changed
        anything that I know of, but the brine is colder than usual. What should we check first?

        Neil Abbott, Harbour Fish Processing

        @ 2025-01-14T09:02:00Z sent text t-10231
        From: Tom Okafor <support@contoso.example>
        To: Neil Abbott <neil.abbott@harbourfish.example>
        Subject: RE: CP-150 trips after ten minutes [#10231]

        Hello Neil,

        a slow climb usually means that something rubs. Please (1) switch off and turn the shaft by
        hand: it should move freely; (2) check the gap at the wear ring, 0.3 to 0.5 mm is fine; (3)
        tell me the brine's temperature and density. Cold brine is thicker, but alone it would add 2
        A and not 7.

        Tom

        @ 2025-01-15T13:37:00Z tickets text t-10231
        From: Neil Abbott <neil.abbott@harbourfish.example>
        Subject: RE: CP-150 trips after ten minutes [#10231]

        You were right, the wear ring had come loose and was touching the impeller. Fitted the
        spare, now 13.5 A steady. You can close the ticket. Cheers! 🐟

        @ 2025-02-20T11:15:00Z escalated html t-10388
        From: Karen Whitlock <k.whitlock@meridianpharma.example>
        Subject: URGENT: metal particles in product, batch on hold
        Importance: high

        <p>To whom it may concern,</p><p>during the filter inspection of batch <b>MB-25-0219</b>
        this morning we found bright metal particles up to 0.4&nbsp;mm downstream of your lobe pump
        LP-40 (serial 24-90412, in service for five months). The batch, worth about <b>GBP
        310,000</b>, is on hold. QA has opened a deviation.</p>
        <p>We need today:</p><ol><li>a service engineer on site in Macclesfield,</li>
        <li>the material certificates of rotors and shaft,</li><li>a statement whether other
        customers have reported this.</li></ol><p>Do <u>not</u> ask us to dismantle the pump before
        QA has sealed it.</p>
        <p>Karen Whitlock<br>Head of Manufacturing, Meridian Pharma</p>

        @ 2025-02-20T11:58:00Z sent text t-10388
        From: Tom Okafor <support@contoso.example>
        To: Karen Whitlock <k.whitlock@meridianpharma.example>
        Cc: Sarah Whitfield <sales@contoso.example>
        Subject: RE: URGENT: metal particles in product, batch on hold [#10388]

        Dear Karen,

        Dan Reeve is on his way and will be with you at 15:30. The certificates are attached. We
        know of one similar case, in Denmark last November, caused by a bearing locknut that had
        worked loose. I will call you at 16:00 and stay on this until it is solved.

        Tom Okafor
        %% LP-40-24-90412-certificates.txt text/plain
        Inspection certificate 3.1, lobe pump LP-40, serial 24-90412
        Rotors: 1.4404, heat 881204, hardness 185 HB
        Shaft: 1.4462, heat 873355, hardness 270 HB

        @ 2025-03-06T16:45:00Z escalated html t-10388
        From: Tom Okafor <tom.okafor@contoso.example>
        To: Support <support@contoso.example>, Karen Whitlock <k.whitlock@meridianpharma.example>
        Subject: Root cause report: LP-40 serial 24-90412, metal particles [#10388]

        <h1>Root cause report</h1><p><b>Customer:</b> Meridian Pharma, Macclesfield. <b>Unit:</b>
        lobe pump LP-40, serial 24-90412. <b>Report date:</b> 6 March 2025.</p>
        <h2>Summary</h2><p>The rotors touched each other because the locknut of the drive-side
        bearing had loosened by a quarter turn. The locking washer had not been bent into the groove
        of the nut at assembly. Eleven more pumps built on the same three days may have the same
        fault; all owners have been informed.</p>
        <h2>What happened</h2><p>The pump went into service on 16 September 2024 and ran without
        complaint for 2,140 hours. On 12 February the operators noted a light knocking at speeds
        above 300 rpm, but the value of the vibration sensor stayed below the alarm limit, and
        production went on. On 20 February, particles were found in the 10-micron filter. Our
        engineer arrived the same afternoon. After QA had released the pump on 21 February, it was
        opened in the presence of both parties.</p>
        <h2>Findings</h2><ul><li>Both rotors show contact marks on the flanks over 40&nbsp;mm;
        material loss is estimated at 0.6&nbsp;g.</li><li>Axial play of the drive shaft was
        0.42&nbsp;mm; the limit is
        0.05&nbsp;mm.</li><li>The locking washer was present, yet none of its tabs was bent. The nut
        could be turned by hand.</li><li>Bearings, seals and housing are undamaged. The material of
        the particles matches the rotors (1.4404); the shaft is excluded.</li></ul>
        <h2>Why it was not noticed</h2><p>Our assembly instruction asks the fitter to bend the tab
        and to sign. The signature is there. On 2 to 4 July 2024, a temporary worker stood in for
        the regular fitter and had been trained for another pump family, where the nut is secured
        with adhesive. The final test checks noise and flow at 200 rpm, and at this speed the fault
        cannot be heard. The Danish case of November was treated as a single event, because the nut
        there had been opened during a service by a third party.</p>
        <h2>What we have done</h2><ol><li>The pump has new rotors, bearings and washers and was
        tested at full speed for 24 hours. It has been back at the customer since 28
        February.</li><li>Eleven pumps of the same three days were traced. Seven have been checked
        so far; in one of them the tab was not bent either.</li>
        <li>The final test now includes a run at full speed and a measurement of axial play.</li>
        <li>A photograph of the bent tab is part of the assembly record since 3 March.</li></ol>
        <h2>What we still owe</h2><p>The remaining four pumps will be checked by 21 March. The claim
        for the lost batch is with our insurer, who has asked for the batch record and the value at
        cost. We suggest a call on 13 March with Petra Klein, who handles the matter. As a sign of
        goodwill we extend the warranty of all three LP-40 pumps at Macclesfield by two years.</p>
        <h2>Recommendation to the customer</h2><p>Please lower the alarm limit of the vibration
        sensor from 7.1 to 4.5 mm/s, and treat any knocking as a reason to stop. We are aware that
        this finding would have saved the batch had our manual said so; the next edition
        will.</p><p>Tom Okafor, Head of Technical Support</p>

        @ 2025-03-10T09:12:00Z escalated text t-10388
        From: Karen Whitlock <k.whitlock@meridianpharma.example>
        Subject: RE: Root cause report: LP-40 serial 24-90412, metal particles [#10388]

        Tom, thank you, this is the most honest report I have had from a supplier in years. QA
        accepts the cause and will close the deviation once the other two pumps here have been
        opened. The claim remains. 13 March at 10:00 is fine.

        @ 2025-04-02T07:50:00Z tickets text t-10502
        From: Femi Adeyemi <femi@cloudnineroasters.example>
        Subject: How do I reset the service counter?

        Morning, the display of our PX-12 says SERVICE DUE although your man was here last week.
        Which keys do I have to press? Thanks, Femi

        @ 2025-04-02T08:05:00Z sent text t-10502
        From: Tom Okafor <support@contoso.example>
        To: Femi Adeyemi <femi@cloudnineroasters.example>
        Subject: RE: How do I reset the service counter? [#10502]

        Hold MENU and UP for five seconds, choose 4.2 SERVICE, press OK twice. Done.

        @ 2025-05-27T14:00:00Z tickets html t-10677
        From: Sandra Obi <s.obi@cityhospital-bristol.example>
        Subject: Return of two DP-25 under warranty

        <p>Hello,</p><p>two of the four DP-25 delivered in March leak at the diaphragm housing
        (serials <tt>25-30551</tt> and <tt>25-30554</tt>). I would like to return both. Your form at
        <a
        href="https://service.contoso.example/returns/new?customer=40771&amp;product=DP-25&amp;rea\#
        son=leak&amp;lang=en-GB&amp;session=7d1e2f0c9a">service.contoso.example</a>
        rejects our customer number.</p><p>They were used with disinfectant only and have been
        rinsed; the declaration of decontamination is attached. Please send a label and tell me how
        long it will take.</p>
        %% decontamination.txt text/plain
        Declaration of decontamination
        Units: DP-25, serial 25-30551 and 25-30554
        Medium: surface disinfectant 2 %
        Rinsed with water on 26 May 2025. Signed: S. Obi, Estates

        @ 2025-08-11T10:33:00Z inbox text fw-bug
        From: Viktor Lund <viktor.lund@nordkraft.example>
        Subject: Firmware 3.4.1 loses Modbus settings after power cut

        Hello support,

        we updated 22 booster controllers to 3.4.1. After each power cut, the Modbus address falls
        back to 1, so that all of them answer at once and the bus is dead. With 3.3.8 this did not
        happen. Steps:

        1. Set the address to anything other than 1, save, read back: fine.
        2. Cut the power for more than 30 seconds.
        3. Power on: the address is 1, the baud rate is kept.

        Is there a fix, or how do we go back to 3.3.8? We must travel to each site, so please be
        sure.

        Viktor Lund, Nordkraft

        @ 2025-08-12T15:20:00Z sent text fw-bug
        From: Tom Okafor <support@contoso.example>
        To: Viktor Lund <viktor.lund@nordkraft.example>
        Subject: RE: Firmware 3.4.1 loses Modbus settings after power cut [#10901]

        Viktor, we can reproduce it. 3.4.1 writes the address to RAM only. Version 3.4.2 is due on
        22 August. Until then go back to 3.3.8: the file is on the portal under Archive, the
        settings survive. You can do it over the bus if you update the controllers one at a time.
        Sorry for the trouble; we have withdrawn 3.4.1.

        @ 2025-12-03T09:00:00Z inbox html holiday-rota
        From: Nadia Rahman <hr@contoso.example>
        To: Support <support@contoso.example>
        Subject: Notice: on-call rota and leave over Christmas

        <p>Dear all,</p><p>please note for the holidays:</p><ul><li>The offices are closed from
        <b>24 December to 1 January</b>. Three days of this count as annual leave.</li><li>Support
        stays on call from 9:00 to 17:00. Rota: Dan 24&ndash;27 December, Tom 28&ndash;30 December,
        Lucía 31 December and 1 January.</li>
        <li>On-call days are paid at 150&nbsp;% or given back as time off, as you like; tell me by
        <b>12 December</b>.</li><li>Unused leave of 2025 lapses on 31 March 2026.</li></ul>
        <p>Have a restful time 🎄<br>Nadia Rahman, Human Resources</p>

        @ 2026-02-17T16:10:00Z inbox text survey-praise
        From: Olivia Grant <olivia.grant@stclairdairy.example>
        Subject: A word of praise

        I rarely write such mails, but Dan Reeve deserves it. He came on a Sunday in the snow, found
        the blocked suction line in twenty minutes although we had all blamed the pump, and then
        showed the night shift how to clean it. Please pass this on to his manager.

        @ 2026-04-21T08:40:00Z escalated html call-minutes
        From: Dan Reeve <dan.reeve@contoso.example>
        To: Support <support@contoso.example>
        Cc: Sarah Whitfield <sales@contoso.example>
        Subject: Minutes: crisis call with Harbour Fish, 20 April 2026

        <html><head><style>li{margin-bottom:4px}</style></head><body>
        <p><b>Call with Harbour Fish Processing, 20 April 2026, 16:00 to 17:10.</b> Neil Abbott,
        Joan Pryce (both Harbour Fish), Tom Okafor, Dan Reeve, Sarah Whitfield.</p>
        <p><b>Situation.</b> Three of the five brine pumps supplied in November have failed within
        eleven days, each with a broken shaft at the same keyway. The two remaining pumps run at
        reduced speed. The plant makes 55&nbsp;% of its normal output. Joan put the loss at GBP
        9,000 per day and said that the contract for the second line, due for signature in May,
        depends on how we handle this.</p>
        <p><b>What we know.</b> Dan took one shaft to the laboratory in Sheffield on Friday. The
        fracture surface shows fatigue that begins at a sharp corner in the keyway; the drawing asks
        for a radius of 0.8&nbsp;mm, measured was 0.1&nbsp;mm. The material is correct. The shafts
        come from a new supplier, and incoming inspection measured the diameter but not the radius.
        Neil asked whether the frequent starts, about forty per hour, could be the reason. Tom
        answered that they shorten the life of a bad shaft, but a good one bears them; the datasheet
        allows sixty.</p>
        <p><b>What we do.</b></p><ol><li>Tonight: two replacement pumps from the demonstration stock
        leave Bristol. Dan fits them tomorrow, so that four pumps run from Wednesday.</li>
        <li>By Friday: five shafts made in our own workshop, measured and documented one by one.
        They replace all shafts at Harbour Fish during the cleaning shift on Sunday, without
        charge.</li>
        <li>Until then: no more than fifteen starts per hour. Neil changes the level control
        accordingly, Viktor from the controls team helps by telephone.</li>
        <li>Sarah tells the other six customers with shafts of this batch today. Stock is
        blocked.</li></ol>
        <p><b>Money.</b> Joan expects compensation for the lost output. Sarah pointed to the limits
        in the contract, but offered to carry all cost of repair and freight, and to talk about the
        loss once it is known. It was agreed that both sides document hours and quantities from 9
        April on. Joan was not satisfied with that, and wants an answer from our management by 30
        April.</p>
        <p><b>Mood.</b> Tense but fair. Neil defended us more than once: he recalled that in four
        years every problem had been solved within a week. We should not disappoint him.</p>
        <p><b>Next call:</b> Wednesday, 22 April, 12:00.</p></body></html>

        @ 2026-06-09T12:25:00Z inbox text wrong-part
        From: Emil Novak <emil.novak@zelenka-chem.example>
        Subject: Wrong gasket in the kit again

        Third time now: kit GS-80 contains NBR gaskets instead of FKM. NBR swells in our solvent and
        the pump leaks after two days. I have no more patience for apologies. Send FKM by tomorrow
        and tell me what you change in your warehouse so it does not happen a fourth time. Otherwise
        we buy the gaskets elsewhere.

        E. Novak

        @ 2026-07-15T09:05:00Z junk text junk-invoice
        From: DHL Service <parcel@tracking-4471.example>
        Subject: Your parcel could not be deliverd - pay 1.99

        Dear customer your parcel is hold in our depot. Pay the fee of 1.99 here within 12 hours or
        it will be returned: http://tracking-4471.example/pay?id=88231

        @ 2026-08-20T13:00:00Z archive html training
        From: Fiona Tate <fiona.tate@thamesvalleywater.example>
        Subject: Training for our operators in September

        <p>Hello Tom,</p><p>before the warranty ends we would like our twelve operators to be
        trained on the Caversham sets: seal change, alignment, reading the trends. Two groups of
        six, one day each. Is 15 and 17 September possible, and would the old set 4 serve as an
        exhibit? 🙂</p><p>Please quote including handouts.</p><p>Fiona</p>

        """#
}
