extension Corpus {
    /// A tender, from the invitation to the work on site.
    static let salesTender = #"""
        @ 2025-02-11T08:42:10Z inbox html thames-tender
        From: Priya Nair <priya.nair@thamesvalleywater.example>
        Cc: Owen Marsh <owen.marsh@thamesvalleywater.example>
        Subject: Invitation to tender: booster pumps for Caversham and Theale

        <p>Dear Ms Whitfield,</p>
        <p>Thames Valley Water invites Contoso Pumps to tender for the replacement of <b>14 booster
        pumps</b> at our Caversham and Theale stations. The existing sets date from 1998 and have
        passed their economic life.</p>
        <table border="1"><tr><th>Lot</th><th>Station</th><th>Pumps</th><th>Duty point</th></tr>
        <tr><td>1</td><td>Caversham</td><td>8</td><td>120 m&sup3;/h at 42 m</td></tr>
        <tr><td>2</td><td>Theale</td><td>6</td><td>85 m&sup3;/h at 55 m</td></tr></table>
        <p>What we need from you by <b>14 March 2025, 12:00</b>:</p>
        <ul><li>a fixed price per lot, valid for 120 days;</li>
        <li>efficiency curves and the expected energy use over ten years;</li>
        <li>two references from drinking water companies;</li>
        <li>proof of WRAS approval for all wetted parts.</li></ul>
        <p>Site visits are possible on 20 and 21 February. The documents are on our portal:
        <a
        href="https://procurement.thamesvalleywater.example/tenders/TVW-2025-0117?view=documents&a\#
        mp;lang=en">TVW-2025-0117</a>.</p>
        <p>Kind regards,<br>Priya Nair<br>Procurement Manager, Thames Valley Water</p>

        @ 2025-02-11T10:05:31Z sent html thames-tender
        From: Sarah Whitfield <sales@contoso.example>
        To: Priya Nair <priya.nair@thamesvalleywater.example>
        Subject: RE: Invitation to tender: booster pumps for Caversham and Theale

        <p>Dear Priya,</p>
        <p>thank you for the invitation. We will bid for both lots. Tom Okafor and I would like to
        visit Caversham on 20 February in the morning and Theale in the afternoon, if that
        suits.</p>
        <p>One question beforehand: may we offer speed-controlled sets, which would use about a
        fifth less energy at part load but cost more to buy?</p>
        <p>Best regards<br>Sarah Whitfield<br><i>Contoso Pumps &ndash; Sales UK &amp;
        Ireland</i></p>
        <hr><p><b>From:</b> Priya Nair<br><b>Sent:</b> 11 February 2025 08:42<br>
        <b>To:</b> Sales<br><b>Subject:</b> Invitation to tender</p>
        <p>Dear Ms Whitfield, Thames Valley Water invites Contoso Pumps to tender for the
        replacement of 14 booster pumps&hellip;</p>

        @ 2025-02-12T15:20:00Z thames html thames-tender
        From: Priya Nair <priya.nair@thamesvalleywater.example>
        Subject: RE: RE: Invitation to tender: booster pumps for Caversham and Theale

        <p>Sarah,</p><p>20 February works: please be at the Caversham gate at 9:00 with safety shoes
        and your induction cards. Speed-controlled sets are welcome as a <u>variant</u>, provided
        that you also price the fixed-speed base case. The award weighs whole-life cost at 60 %, so
        the saving counts.</p><p>Priya</p>
        <blockquote><p>may we offer speed-controlled sets, which would use about a fifth less
        energy at part load but cost more to buy?</p></blockquote>

        @ 2025-04-29T13:11:45Z thames text thames-tender
        From: Priya Nair <priya.nair@thamesvalleywater.example>
        Subject: RE: RE: Invitation to tender: booster pumps for Caversham and Theale

        Dear Sarah,

        I am pleased to tell you that lot 1 (Caversham, eight speed-controlled sets) is awarded to
        Contoso Pumps at GBP 212,400. Lot 2 goes to another bidder, whose delivery time for Theale
        was seven weeks shorter than yours.

        The standstill period ends on 9 May. After that we will send the purchase order and would
        like to hold the kick-off on 15 May at our Reading office. Please bring the project plan and
        name your site manager.

        Congratulations, and thank you for a very clear bid.

        Priya Nair

        @ 2025-05-15T16:48:20Z thames html thames-kickoff
        From: Owen Marsh <owen.marsh@thamesvalleywater.example>
        To: Sales <sales@contoso.example>, Priya Nair <priya.nair@thamesvalleywater.example>
        Subject: Minutes: Caversham booster pumps, kick-off meeting of 15 May 2025
        Importance: high

        <html><head><style>table{border-collapse:collapse} td{padding:2px 8px}</style></head><body>
        <h2>Minutes of the kick-off meeting, 15 May 2025, Reading</h2>
        <p><b>Present:</b> Priya Nair, Owen Marsh, Fiona Tate (TVW); Sarah Whitfield, Tom Okafor,
        Jana Vogt (Contoso Pumps). <b>Apologies:</b> Grant Ellery.</p>
        <h3>1. Scope</h3>
        <p>Owen walked through the scope: eight speed-controlled booster sets for Caversham,
        including pipework between the isolating valves, new control panels, dismantling of the old
        sets and their disposal. The civil works, i.e. the new plinths for sets 5 to 8, stay with
        TVW. Fiona pointed out that the survey drawings of 2011 are not reliable in the south bay;
        the pipe centre line there is about 60 mm lower than drawn. Contoso will take its own laser
        survey before ordering the pipework. The cost of the survey is included in the lump sum.</p>
        <h3>2. Programme</h3>
        <p>The station must supply at least 720 m&sup3;/h at all times between 1 June and 30
        September, so no more than two sets may be out of service in the summer. Tom presented a
        plan in four stages with two sets each:</p>
        <ol><li>Sets 1 and 2: delivery 25 August, running by 12 September 2025.</li>
        <li>Sets 3 and 4: running by 3 October 2025.</li>
        <li>Sets 5 and 6: running by 31 October 2025, subject to the plinths.</li>
        <li>Sets 7 and 8: running by 28 November 2025.</li></ol>
        <p>Priya accepted the plan, but asked for two weeks of float before Christmas. It was agreed
        that stage 4 moves forward by one week if the plinths for stage 3 are handed over by 6
        October. TVW will confirm the date of the plinths by 30 May.</p>
        <h3>3. Quality and approvals</h3>
        <p>All wetted parts need WRAS approval. The certificate for the new shaft seal is still in
        progress; the laboratory promised it for the middle of July. Owen made clear that no set
        without the certificate will be let into the station, not even for a dry run. Sarah offered
        the older seal, which is approved, as a fall-back without extra cost. Factory acceptance
        tests of the first two sets take place in Stuttgart on 5 and 6 August; two TVW engineers
        will attend, travel at their own expense.</p>
        <h3>4. Control system</h3>
        <p>The panels talk to the TVW telemetry by Modbus TCP. Fiona will send the register list.
        There was a longer discussion about the change-over logic. TVW wants equal running hours on
        all sets; Contoso recommends to keep one set rested as a reserve and to exercise it weekly,
        because equal wear means equal age at failure. No decision was reached; Tom will write a
        one-page note with both options and the consequences for maintenance, so that Grant can
        decide.</p>
        <h3>5. Health and safety</h3>
        <p>The lifting plan must be with TVW four weeks before each delivery. Hot work needs a
        permit per day. The confined space at the suction header is off limits for everyone without
        the TVW card. Last year another contractor entered it without a permit; Priya said that a
        repetition would end the contract.</p>
        <h3>6. Commercial</h3>
        <p>Payment: 20 % with the order, 15 % after each stage, 20 % after final acceptance. Delay
        damages are 0.5 % of the stage value per week, capped at 5 %. Sarah asked to leave out
        delays caused by late plinths; Priya agreed, the wording will be added to the order.</p>
        <h3>Actions</h3>
        <table border="1"><tr><th>No.</th><th>Action</th><th>Who</th><th>Until</th></tr>
        <tr><td>1</td><td>Confirm the hand-over dates of the plinths</td><td>Owen</td><td>30
        May</td></tr>
        <tr><td>2</td><td>Laser survey of the south bay</td><td>Tom</td><td>6 June</td></tr>
        <tr><td>3</td><td>Register list for telemetry</td><td>Fiona</td><td>23 May</td></tr>
        <tr><td>4</td><td>Note on change-over logic</td><td>Tom</td><td>28 May</td></tr>
        <tr><td>5</td><td>Purchase order with amended damages clause</td><td>Priya</td><td>22
        May</td></tr>
        <tr><td>6</td><td>Seal certificate, or decision for the old seal</td><td>Sarah</td><td>18
        July</td></tr></table>
        <p>Next meeting: 12 June 2025, 10:00, by video.</p>
        <p>Owen Marsh<br>Project Engineer</p></body></html>
        %% Caversham-kick-off.pptx \#
        application/vnd.openxmlformats-officedocument.presentationml.presentation
        Caversham booster pumps: kick-off
        Reading, 15 May 2025
        # Stages
        Stage 1: pumps 1 and 2 in September, stage 2: pumps 3 and 4, stage 3: pumps 5 to 8 in \#
        October
        # Risks
        Approval of the new seal, crane access from the river side, heat in the control cabinet
        # Contacts
        Owen Marsh for the station, Tom Okafor for the site

        @ 2025-06-05T09:40:00Z inbox html thames-review
        From: Priya Nair <priya.nair@thamesvalleywater.example>
        Subject: Invitation: Caversham progress review, 12 June 2025
        Type: eventMessageRequest

        <p>Progress review Caversham, 12 June 2025, 10:00 to 11:00, by video.</p>
        <ol><li>Laser survey</li>
        <li>Dates of the plinths</li><li>Change-over logic: decision by Grant</li></ol>
        <p>Join: <a href="https://meet.thamesvalleywater.example/j/88420117">meeting room</a></p>

        @ 2025-07-21T09:02:00Z thames text thames-seal
        From: Owen Marsh <owen.marsh@thamesvalleywater.example>
        Subject: Caversham: seal certificate still missing

        Sarah,

        action 6 of the kick-off was due on Friday and I have neither the WRAS certificate nor your
        decision for the older seal. The factory test is in two weeks. If I have nothing in writing
        by Wednesday noon I must cancel the flights, and stage 1 will slip at your cost.

        Please call me.

        Owen

        @ 2025-07-21T11:30:00Z sent text thames-seal
        From: Sarah Whitfield <sales@contoso.example>
        To: Owen Marsh <owen.marsh@thamesvalleywater.example>
        Subject: RE: Caversham: seal certificate still missing

        Owen, you are right and I apologise. The laboratory needs until 8 August, so we decide today
        for the approved older seal (type 21B) for sets 1 and 2. Test dates stay as they are. The
        certificate of the 21B is attached; the new seal can be fitted at the first service, free of
        charge, if you want it then.

        Sarah
        %% 21B-certificate.txt text/plain
        Certificate of approval (copy)
        Product: mechanical seal type 21B, EPDM / silicon carbide
        Approved for: cold drinking water up to 50 degrees C
        Valid until: 31 December 2027

        """#
}
