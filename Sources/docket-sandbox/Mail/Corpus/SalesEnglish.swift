extension Corpus {
    /// English mails of the sales mailbox.
    static let salesEnglish = #"""
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
        <a href="https://procurement.thamesvalleywater.example/tenders/TVW-2025-0117?view=documents&amp;lang=en">TVW-2025-0117</a>.</p>
        <p>Kind regards,<br>Priya Nair<br>Procurement Manager, Thames Valley Water</p>

        @ 2025-02-11T10:05:31Z sent html thames-tender
        From: Sarah Whitfield <sales@contoso.example>
        To: Priya Nair <priya.nair@thamesvalleywater.example>
        Subject: RE: Invitation to tender: booster pumps for Caversham and Theale

        <p>Dear Priya,</p>
        <p>thank you for the invitation. We will bid for both lots. Tom Okafor and I would like to
        visit Caversham on 20 February in the morning and Theale in the afternoon, if that suits.</p>
        <p>One question beforehand: may we offer speed-controlled sets, which would use about a fifth
        less energy at part load but cost more to buy?</p>
        <p>Best regards<br>Sarah Whitfield<br><i>Contoso Pumps &ndash; Sales UK &amp; Ireland</i></p>
        <hr><p><b>From:</b> Priya Nair<br><b>Sent:</b> 11 February 2025 08:42<br>
        <b>To:</b> Sales<br><b>Subject:</b> Invitation to tender</p>
        <p>Dear Ms Whitfield, Thames Valley Water invites Contoso Pumps to tender for the
        replacement of 14 booster pumps&hellip;</p>

        @ 2025-02-12T15:20:00Z thames html thames-tender
        From: Priya Nair <priya.nair@thamesvalleywater.example>
        Subject: RE: RE: Invitation to tender: booster pumps for Caversham and Theale

        <p>Sarah,</p><p>20 February works: please be at the Caversham gate at 9:00 with safety shoes
        and your induction cards. Speed-controlled sets are welcome as a <u>variant</u>, provided
        that you also price the fixed-speed base case. The award weighs whole-life cost at 60 %, so the
        saving counts.</p><p>Priya</p>
        <blockquote><p>may we offer speed-controlled sets, which would use about a fifth less
        energy at part load but cost more to buy?</p></blockquote>

        @ 2025-04-29T13:11:45Z thames text thames-tender
        From: Priya Nair <priya.nair@thamesvalleywater.example>
        Subject: RE: RE: Invitation to tender: booster pumps for Caversham and Theale

        Dear Sarah,

        I am pleased to tell you that lot 1 (Caversham, eight speed-controlled sets) is awarded to
        Contoso Pumps at GBP 212,400. Lot 2 goes to another bidder, whose delivery time for Theale was
        seven weeks shorter than yours.

        The standstill period ends on 9 May. After that we will send the purchase order and would like
        to hold the kick-off on 15 May at our Reading office. Please bring the project plan and name
        your site manager.

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
        <p>Owen walked through the scope: eight speed-controlled booster sets for Caversham, including
        pipework between the isolating valves, new control panels, dismantling of the old sets and their
        disposal. The civil works, i.e. the new plinths for sets 5 to 8, stay with TVW. Fiona pointed out
        that the survey drawings of 2011 are not reliable in the south bay; the pipe centre line there is
        about 60 mm lower than drawn. Contoso will take its own laser survey before ordering the
        pipework. The cost of the survey is included in the lump sum.</p>
        <h3>2. Programme</h3>
        <p>The station must supply at least 720 m&sup3;/h at all times between 1 June and 30 September,
        so no more than two sets may be out of service in the summer. Tom presented a plan in four
        stages with two sets each:</p>
        <ol><li>Sets 1 and 2: delivery 25 August, running by 12 September 2025.</li>
        <li>Sets 3 and 4: running by 3 October 2025.</li>
        <li>Sets 5 and 6: running by 31 October 2025, subject to the plinths.</li>
        <li>Sets 7 and 8: running by 28 November 2025.</li></ol>
        <p>Priya accepted the plan, but asked for two weeks of float before Christmas. It was agreed that
        stage 4 moves forward by one week if the plinths for stage 3 are handed over by 6 October. TVW will
        confirm the date of the plinths by 30 May.</p>
        <h3>3. Quality and approvals</h3>
        <p>All wetted parts need WRAS approval. The certificate for the new shaft seal is still in
        progress; the laboratory promised it for the middle of July. Owen made clear that no set
        without the certificate will be let into the station, not even for a dry run. Sarah offered the
        older seal, which is approved, as a fall-back without extra cost. Factory acceptance tests of the
        first two sets take place in Stuttgart on 5 and 6 August; two TVW engineers will attend, travel at
        their own expense.</p>
        <h3>4. Control system</h3>
        <p>The panels talk to the TVW telemetry by Modbus TCP. Fiona will send the register list. There
        was a longer discussion about the change-over logic. TVW wants equal running hours on all
        sets; Contoso recommends to keep one set rested as a reserve and to exercise it weekly,
        because equal wear means equal age at failure. No decision was reached; Tom will write a one-page
        note with both options and the consequences for maintenance, so that Grant can decide.</p>
        <h3>5. Health and safety</h3>
        <p>The lifting plan must be with TVW four weeks before each delivery. Hot work needs a permit per
        day. The confined space at the suction header is off limits for everyone without the TVW
        card. Last year another contractor entered it without a permit; Priya said that a repetition would end
        the contract.</p>
        <h3>6. Commercial</h3>
        <p>Payment: 20 % with the order, 15 % after each stage, 20 % after final acceptance. Delay
        damages are 0.5 % of the stage value per week, capped at 5 %. Sarah asked to leave out delays caused by
        late plinths; Priya agreed, the wording will be added to the order.</p>
        <h3>Actions</h3>
        <table border="1"><tr><th>No.</th><th>Action</th><th>Who</th><th>Until</th></tr>
        <tr><td>1</td><td>Confirm the hand-over dates of the plinths</td><td>Owen</td><td>30 May</td></tr>
        <tr><td>2</td><td>Laser survey of the south bay</td><td>Tom</td><td>6 June</td></tr>
        <tr><td>3</td><td>Register list for telemetry</td><td>Fiona</td><td>23 May</td></tr>
        <tr><td>4</td><td>Note on change-over logic</td><td>Tom</td><td>28 May</td></tr>
        <tr><td>5</td><td>Purchase order with amended damages clause</td><td>Priya</td><td>22 May</td></tr>
        <tr><td>6</td><td>Seal certificate, or decision for the old seal</td><td>Sarah</td><td>18 July</td></tr></table>
        <p>Next meeting: 12 June 2025, 10:00, by video.</p>
        <p>Owen Marsh<br>Project Engineer</p></body></html>

        @ 2025-07-21T09:02:00Z thames text thames-seal
        From: Owen Marsh <owen.marsh@thamesvalleywater.example>
        Subject: Caversham: seal certificate still missing

        Sarah,

        action 6 of the kick-off was due on Friday and I have neither the WRAS certificate nor your
        decision for the older seal. The factory test is in two weeks. If I have nothing in writing by
        Wednesday noon I must cancel the flights, and stage 1 will slip at your cost.

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

        @ 2025-03-03T07:55:00Z orders text northwind-po
        From: Elaine Foster <purchasing@northwind.example>
        Subject: Purchase order 4500081177

        Please supply:

          10  20 x  impeller IP-80/200, bronze          GBP   188.00 each
          20   4 x  diaphragm pump DP-25, PTFE          GBP 1,240.00 each
          30  50 x  gasket set GS-80                    GBP    11.50 each

        Total GBP 9,295.00 net. Delivery to Northwind Traders, Dock 3, Avonmouth, by 28 March 2025.
        Terms as per frame agreement NW-2024. Confirm price and date within two working days.

        Elaine Foster, Purchasing

        @ 2025-03-04T09:31:00Z sent text northwind-po
        From: Sarah Whitfield <sales@contoso.example>
        To: Elaine Foster <purchasing@northwind.example>
        Subject: RE: Purchase order 4500081177

        Hello Elaine,

        thank you, we confirm your order 4500081177 as our order 70318. Items 10 and 30 ship on 12 March.
        The four diaphragm pumps leave Stuttgart on 24 March and arrive on the 26th. Prices as ordered,
        free to Avonmouth.

        Sarah

        @ 2025-03-25T14:17:00Z orders html northwind-po
        From: Elaine Foster <purchasing@northwind.example>
        Subject: RE: Purchase order 4500081177 - where are the pumps?

        <div style="font-family:Calibri"><p>Hi Sarah,</p><p>your tracking page says the DP-25s are still in
        Stuttgart. We have a line standing at our customer's site and <b>need all four on Friday at the
        latest</b>. Can you send two by courier? We would share the cost.</p><p>Elaine</p></div>
        <div><b>From:</b> Sarah Whitfield <br><b>Sent:</b> 4 March 2025<br><b>Subject:</b> RE: Purchase order
        4500081177</div><blockquote>The four diaphragm pumps leave Stuttgart on 24 March and arrive
        on the 26th.</blockquote>

        @ 2025-06-17T12:00:00Z newsletters html nl-processworld
        From: Process World Weekly <news@processworld.example>
        Subject: 📰 Heat pumps, hydrogen seals and the end of the datasheet PDF

        <html><head><style type="text/css">.btn{background:#06c;color:#fff}</style>
        <script>window.track=function(){new Image().src="https://t.processworld.example/o.gif"}</script>
        </head><body><table width="600"><tr><td><h1>Process World Weekly</h1></td></tr>
        <tr><td><h2>Heat pumps reach 160&nbsp;&deg;C</h2><p>Three makers showed industrial heat pumps in
        Frankfurt that deliver steam. For plants with waste heat, the payback is below four years, says a
        study by the Hallam Institute. <a class="btn" href="https://processworld.example/a/20250617-1?utm_source=nl&amp;utm_medium=email&amp;utm_campaign=2025w25&amp;rid=8842617">Read more</a></p>
        <h2>Seals for hydrogen</h2><p>Dry gas seals that survive start-stop service are the bottleneck
        of many electrolyser projects. We compare five designs.</p>
        <h2>Is the PDF datasheet dead?</h2><p>A new industry group wants machine-readable data for every
        pump and valve. Sceptics point to the last three attempts. 😉</p></td></tr>
        <tr><td><small>You receive this mail because you subscribed at a trade fair.
        <a href="https://processworld.example/unsubscribe?rid=8842617">Unsubscribe</a></small></td></tr></table>
        </body></html>

        @ 2025-09-08T10:26:00Z inbox text wingtip-question
        From: Dr. Amy Sorensen <a.sorensen@wingtiplabs.example>
        Subject: Peristaltic pump for shear-sensitive cell culture?

        Hello,

        we grow mammalian cells in 50-litre bioreactors and need to move the broth to a filter without
        damaging the cells. Flow 2 to 6 litres per minute, pressure below 0.8 bar, single-use tubing,
        Class C clean room. Your catalogue shows the PX-12 and the PX-20, but says nothing about shear.

        Which one would you recommend, do you have viability data, and could we borrow a unit for two
        weeks in October? Budget is around EUR 6,000 per pump, and we would need three.

        Kind regards
        Amy Sorensen
        Upstream Processing, Wingtip Labs

        @ 2025-09-09T08:12:00Z sent text wingtip-question
        From: Sarah Whitfield <sales@contoso.example>
        To: Dr. Amy Sorensen <a.sorensen@wingtiplabs.example>
        Subject: RE: Peristaltic pump for shear-sensitive cell culture?

        Dear Dr Sorensen,

        the PX-20 at low speed is the better choice: its larger tube gives 4 l/min at only 90 rpm. In a
        customer's test with CHO cells, viability fell from 97.1 to 96.4 % after ten passes. I can lend
        you one from 6 to 20 October; you pay only the carriage. List price is EUR 5,480, with 8 % off for three.

        Sarah Whitfield

        @ 2025-11-04T17:40:00Z inbox text wingtip-question
        From: Dr. Amy Sorensen <a.sorensen@wingtiplabs.example>
        Subject: RE: Peristaltic pump for shear-sensitive cell culture?

        The loan unit did very well, thank you. 👍 Please send a formal offer for three PX-20 with the
        8 % discount, installation and a calibration certificate each. Our order must be placed before 5
        December, otherwise the budget is gone.

        Amy

        @ 2026-01-19T09:00:00Z archive html contract-adventure
        From: Leo Brandt <leo.brandt@adventurefoods.example>
        To: Sarah Whitfield <sales@contoso.example>
        Cc: Legal <legal@adventurefoods.example>
        Subject: Frame agreement 2026-2028: our comments on your draft

        <p>Dear Sarah,</p>
        <p>our legal department has gone through your draft of the frame agreement. We want to sign before
        the end of February, and most of it is fine, but there are seven points we cannot accept as they
        stand. I list them in the order of the draft, with what we propose instead.</p>
        <p><b>1. Price adjustment (section 4).</b> You want to adjust prices every six months in line with a
        steel index. We accept an index, but once a year on 1 January, with the nickel-free grade as the
        reference, and only for the material share, which you put at 45 % in your own calculation. Increases
        above 6 % in one year give us the right to end the agreement with three months' notice.</p>
        <p><b>2. Minimum volume (section 5).</b> A minimum of EUR 400,000 a year with a penalty for the
        shortfall does not work for us: the Leeds plant closes for rebuilding from April to August
        2026. We offer a non-binding forecast per quarter, and a bonus of 2 % to us from EUR 350,000 and
        3 % from EUR 500,000 upwards.</p>
        <p><b>3. Delivery times (section 7).</b> Eight weeks for standard pumps is too long. In 2025 your
        average was 5.4 weeks by our records. Please write six weeks, and three working days for the
        parts in Annex C, which you hold in consignment at our site in Hull. If a delivery is late
        by more than two weeks we want damages of 1 % per week, up to 10 %.</p>
        <p><b>4. Warranty (section 9).</b> Twelve months from delivery is below what we get from others. We ask
        for 24 months from commissioning, at most 30 months from delivery. Wear parts may be excluded, but then
        please list them; &ldquo;parts subject to wear&rdquo; could mean anything.</p>
        <p><b>5. Liability (section 11).</b> We understand the cap. However, it must not apply to product
        recalls caused by foreign matter, such as metal splinters from an impeller. The incident of May 2024
        cost us EUR 180,000 and was settled only after nine months. A cap of EUR 2 million per event with proof of
        insurance would be acceptable.</p>
        <p><b>6. Data from connected pumps (section 14).</b> The draft lets you use all operating data
        &ldquo;for any purpose&rdquo;. Our batch times are a trade secret. Please limit this to maintenance and
        to product development in aggregated form, and store the data in the EU or the UK only.</p>
        <p><b>7. Governing law (section 18).</b> England and Wales instead of Germany, since both signing
        companies are English.</p>
        <p>Points 4 and 5 are the ones our board will look at first; with the others there is some room. Could we
        talk on Thursday, 22 January, at 14:00? I would like to have your purchasing conditions for
        stainless castings at hand by then, because they decide what is possible on point 1.</p>
        <p>To be open with you: we have a second draft from one of your competitors, with 24 months of warranty
        and shorter times, at prices about 3 % above yours. Our engineers prefer your pumps, and so do
        I, but I need arguments for the board on 11 February.</p>
        <p>Best regards<br>Leo Brandt<br>Head of Strategic Purchasing, Adventure Foods</p>

        @ 2026-01-22T18:05:00Z archive text contract-adventure
        From: Sarah Whitfield <sarah.whitfield@contoso.example>
        To: Sales <sales@contoso.example>
        Subject: Notes of the call with Adventure Foods, 22 January

        For the file, and for Jana who could not join:

        - Warranty: 24 months from commissioning, 30 from delivery, agreed. We list seals, bearings,
          tubes and diaphragms as wear parts.
        - Liability: cap EUR 2 million per event incl. recalls. Petra checks our insurance by Monday.
        - Price: index once a year, material share 40 % (they wanted 45, we had 50). Exit right above 7 %.
        - Volume: no minimum, forecast per quarter, bonus as they proposed.
        - Delivery: six weeks for standard pumps; damages 0.5 % a week up to 5 %.
        - Data: aggregated only, stored in the EU.
        - Law: England and Wales. Fine for us.

        Open: the consignment stock in Hull. I promised a proposal until 30 January. If the
        insurance question is settled we can sign on 16 February. Discount stays as in 2025.

        @ 2026-03-12T06:30:00Z junk text junk-lottery
        From: Customer Award Dept <winner@prize-desk.example>
        Subject: You have been selected!!! Claim within 24 hours

        Congratulations dear customer, your mail adress was drawn in our grand industrial award and you
        have won a voucher of 5000 pounds. To recieve it, send your full name, bank details and a copy of
        your passport. Do not tell anybody, this is confidential.

        @ 2026-04-14T08:00:00Z drafts text draft-offer
        Subject: Offer 26-0419 (draft)

        Dear ...,

        as discussed at the fair we offer two CP-150 with ... (ask Jana for the lead time!)

        @ 2026-09-30T10:10:00Z inbox text thames-oneline
        From: Owen Marsh <owen.marsh@thamesvalleywater.example>
        Subject: Caversham

        All eight sets ran through the summer without a trip. Thanks to the whole team.

        """#
}
