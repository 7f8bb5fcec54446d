extension Corpus {
    /// English mails of the sales mailbox.
    static let salesEnglish = #"""
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
        %% PO-4500081177.pdf application/pdf
        Purchase order 4500081177
        Northwind Utilities orders six booster pumps LP-40-24 with spare seal kits, delivery to \#
        the Leeds depot by 21 March 2025.
        Unit price GBP 1,380.00, total GBP 8,280.00 excluding value added tax. Carriage is included.
        Each pump carries a label with our asset number NW-2281 to NW-2286. Invoices without the \#
        order number are returned.

        @ 2025-03-04T09:31:00Z sent text northwind-po
        From: Sarah Whitfield <sales@contoso.example>
        To: Elaine Foster <purchasing@northwind.example>
        Subject: RE: Purchase order 4500081177

        Hello Elaine,

        thank you, we confirm your order 4500081177 as our order 70318. Items 10 and 30 ship on 12
        March. The four diaphragm pumps leave Stuttgart on 24 March and arrive on the 26th. Prices
        as ordered, free to Avonmouth.

        Sarah

        @ 2025-03-25T14:17:00Z orders html northwind-po
        From: Elaine Foster <purchasing@northwind.example>
        Subject: RE: Purchase order 4500081177 - where are the pumps?

        <div style="font-family:Calibri"><p>Hi Sarah,</p><p>your tracking page says the DP-25s are
        still in Stuttgart. We have a line standing at our customer's site and <b>need all four on
        Friday at the latest</b>. Can you send two by courier? We would share the
        cost.</p><p>Elaine</p></div>
        <div><b>From:</b> Sarah Whitfield <br><b>Sent:</b> 4 March 2025<br><b>Subject:</b> RE:
        Purchase order 4500081177</div><blockquote>The four diaphragm pumps leave Stuttgart on 24
        March and arrive on the 26th.</blockquote>

        @ 2025-06-17T12:00:00Z newsletters html nl-processworld
        From: Process World Weekly <news@processworld.example>
        Subject: 📰 Heat pumps, hydrogen seals and the end of the datasheet PDF

        <html><head><style type="text/css">.btn{background:#06c;color:#fff}</style>
        <script>window.track=function(){new
        Image().src="https://t.processworld.example/o.gif"}</script>
        </head><body><table width="600"><tr><td><h1>Process World Weekly</h1></td></tr>
        <tr><td><h2>Heat pumps reach 160&nbsp;&deg;C</h2><p>Three makers showed industrial heat
        pumps in Frankfurt that deliver steam. For plants with waste heat, the payback is below four
        years, says a study by the Hallam Institute. <a class="btn"
        href="https://processworld.example/a/20250617-1?utm_source=nl&amp;utm_medium=email&amp;utm\#
        _campaign=2025w25&amp;rid=8842617">Read more</a></p>
        <h2>Seals for hydrogen</h2><p>Dry gas seals that survive start-stop service are the
        bottleneck of many electrolyser projects. We compare five designs.</p>
        <h2>Is the PDF datasheet dead?</h2><p>A new industry group wants machine-readable data for
        every pump and valve. Sceptics point to the last three attempts. 😉</p></td></tr>
        <tr><td><small>You receive this mail because you subscribed at a trade fair.
        <a
        href="https://processworld.example/unsubscribe?rid=8842617">Unsubscribe</a></small></td></\#
        tr></table>
        </body></html>

        @ 2025-09-08T10:26:00Z inbox text wingtip-question
        From: Dr. Amy Sorensen <a.sorensen@wingtiplabs.example>
        Subject: Peristaltic pump for shear-sensitive cell culture?

        Hello,

        we grow mammalian cells in 50-litre bioreactors and need to move the broth to a filter
        without damaging the cells. Flow 2 to 6 litres per minute, pressure below 0.8 bar,
        single-use tubing, Class C clean room. Your catalogue shows the PX-12 and the PX-20, but
        says nothing about shear.

        Which one would you recommend, do you have viability data, and could we borrow a unit for
        two weeks in October? Budget is around EUR 6,000 per pump, and we would need three.

        Kind regards
        Amy Sorensen
        Upstream Processing, Wingtip Labs

        @ 2025-09-09T08:12:00Z sent text wingtip-question
        From: Sarah Whitfield <sales@contoso.example>
        To: Dr. Amy Sorensen <a.sorensen@wingtiplabs.example>
        Subject: RE: Peristaltic pump for shear-sensitive cell culture?

        Dear Dr Sorensen,

        the PX-20 at low speed is the better choice: its larger tube gives 4 l/min at only 90 rpm.
        In a customer's test with CHO cells, viability fell from 97.1 to 96.4 % after ten passes. I
        can lend you one from 6 to 20 October; you pay only the carriage. List price is EUR 5,480,
        with 8 % off for three.

        Sarah Whitfield

        @ 2025-11-04T17:40:00Z inbox text wingtip-question
        From: Dr. Amy Sorensen <a.sorensen@wingtiplabs.example>
        Subject: RE: Peristaltic pump for shear-sensitive cell culture?

        The loan unit did very well, thank you. 👍 Please send a formal offer for three PX-20 with
        the 8 % discount, installation and a calibration certificate each. Our order must be placed
        before 5 December, otherwise the budget is gone.

        Amy

        @ 2026-01-19T09:00:00Z archive html contract-adventure
        From: Leo Brandt <leo.brandt@adventurefoods.example>
        To: Sarah Whitfield <sales@contoso.example>
        Cc: Legal <legal@adventurefoods.example>
        Subject: Frame agreement 2026-2028: our comments on your draft

        <p>Dear Sarah,</p>
        <p>our legal department has gone through your draft of the frame agreement. We want to sign
        before the end of February, and most of it is fine, but there are seven points we cannot
        accept as they stand. I list them in the order of the draft, with what we propose
        instead.</p>
        <p><b>1. Price adjustment (section 4).</b> You want to adjust prices every six months in
        line with a steel index. We accept an index, but once a year on 1 January, with the
        nickel-free grade as the reference, and only for the material share, which you put at 45 %
        in your own calculation. Increases above 6 % in one year give us the right to end the
        agreement with three months' notice.</p>
        <p><b>2. Minimum volume (section 5).</b> A minimum of EUR 400,000 a year with a penalty for
        the shortfall does not work for us: the Leeds plant closes for rebuilding from April to
        August 2026. We offer a non-binding forecast per quarter, and a bonus of 2 % to us from EUR
        350,000 and 3 % from EUR 500,000 upwards.</p>
        <p><b>3. Delivery times (section 7).</b> Eight weeks for standard pumps is too long. In 2025
        your average was 5.4 weeks by our records. Please write six weeks, and three working days
        for the parts in Annex C, which you hold in consignment at our site in Hull. If a delivery
        is late by more than two weeks we want damages of 1 % per week, up to 10 %.</p>
        <p><b>4. Warranty (section 9).</b> Twelve months from delivery is below what we get from
        others. We ask for 24 months from commissioning, at most 30 months from delivery. Wear parts
        may be excluded, but then please list them; &ldquo;parts subject to wear&rdquo; could mean
        anything.</p>
        <p><b>5. Liability (section 11).</b> We understand the cap. However, it must not apply to
        product recalls caused by foreign matter, such as metal splinters from an impeller. The
        incident of May 2024 cost us EUR 180,000 and was settled only after nine months. A cap of
        EUR 2 million per event with proof of insurance would be acceptable.</p>
        <p><b>6. Data from connected pumps (section 14).</b> The draft lets you use all operating
        data &ldquo;for any purpose&rdquo;. Our batch times are a trade secret. Please limit this to
        maintenance and to product development in aggregated form, and store the data in the EU or
        the UK only.</p>
        <p><b>7. Governing law (section 18).</b> England and Wales instead of Germany, since both
        signing companies are English.</p>
        <p>Points 4 and 5 are the ones our board will look at first; with the others there is some
        room. Could we talk on Thursday, 22 January, at 14:00? I would like to have your purchasing
        conditions for stainless castings at hand by then, because they decide what is possible on
        point 1.</p>
        <p>To be open with you: we have a second draft from one of your competitors, with 24 months
        of warranty and shorter times, at prices about 3 % above yours. Our engineers prefer your
        pumps, and so do I, but I need arguments for the board on 11 February.</p>
        <p>Best regards<br>Leo Brandt<br>Head of Strategic Purchasing, Adventure Foods</p>

        @ 2026-01-22T18:05:00Z archive text contract-adventure
        From: Sarah Whitfield <sarah.whitfield@contoso.example>
        To: Sales <sales@contoso.example>
        Subject: Notes of the call with Adventure Foods, 22 January

        For the file, and for Jana who could not join:

        - Warranty: 24 months from commissioning, 30 from delivery, agreed. We list seals, bearings,
          tubes and diaphragms as wear parts.
        - Liability: cap EUR 2 million per event incl. recalls. Petra checks our insurance by
        Monday.
        - Price: index once a year, material share 40 % (they wanted 45, we had 50). Exit right
        above 7 %.
        - Volume: no minimum, forecast per quarter, bonus as they proposed.
        - Delivery: six weeks for standard pumps; damages 0.5 % a week up to 5 %.
        - Data: aggregated only, stored in the EU.
        - Law: England and Wales. Fine for us.

        Open: the consignment stock in Hull. I promised a proposal until 30 January. If the
        insurance question is settled we can sign on 16 February. Discount stays as in 2025.

        @ 2026-03-12T06:30:00Z junk text junk-lottery
        From: Customer Award Dept <winner@prize-desk.example>
        Subject: You have been selected!!! Claim within 24 hours

        Congratulations dear customer, your mail adress was drawn in our grand industrial award and
        you have won a voucher of 5000 pounds. To recieve it, send your full name, bank details and
        a copy of your passport. Do not tell anybody, this is confidential.

        @ 2026-04-14T08:00:00Z drafts text draft-offer
        Subject: Offer 26-0419 (draft)

        Dear ...,

        as discussed at the fair we offer two CP-150 with ... (ask Jana for the lead time!)

        @ 2026-07-09T17:30:00Z archive text sales-meeting
        From: Sarah Whitfield <sarah.whitfield@contoso.example>
        To: Sales <sales@contoso.example>
        Cc: Robert Maas <robert.maas@contoso.example>
        Subject: Minutes of the European sales meeting, Bristol, 7 and 8 July 2026

        Present: Sarah Whitfield (chair), Marc Delorme, Jana Vogt, Lucía Ferrer, Davide Conti,
        Robert Maas (first day only), Tom Okafor (items 4 and 5).

        1. First half of 2026
        Orders reached EUR 9.4 million against a plan of 9.1 and 8.6 a year ago. The growth comes
        almost entirely from food and drink (plus 14 %). Water is flat, because Caversham is
        finished and no project of this size has followed. Chemicals fell by 11 %. Robert pointed
        out that the margin slipped from 34.1 to 32.8 % and that two thirds of this are discounts,
        not costs. In Italy every third offer left the house with more than 10 % discount. Davide
        objected that the list price of the PX series has been too high since the increase of May,
        and showed four lost orders in which we were 15 to 20 % above the winner. It was agreed that
        Jana compares the list prices of PX and CP-H with three competitors by 31 July.

        2. Adventure Foods
        The frame agreement works. In five months they ordered EUR 236,000, so the first bonus step
        of EUR 350,000 will be passed in September. Leo Brandt has asked for a higher credit limit;
        Petra wants to see the accounts of 2025 first. The consignment stock in Hull is used more
        than we thought: seals were empty twice. Sarah will raise the quantities and ask Hull to
        report every Friday. The Leeds plant reopens on 24 August and needs eleven pumps serviced in
        the week before. Tom has three people for it, which is one too few.

        3. Lost orders
        We went through the nine largest orders lost since January. Four were lost on price, three
        on delivery time, one on a missing certificate (ATEX for the DP-25) and one because nobody
        answered for twelve days. The last one hurts most: the inquiry of Wingtip Labs for eight
        pumps lay in a personal mailbox during a holiday. From now on, inquiries go to the common
        mailbox only, and whoever is on duty answers within one working day, if only to say when a
        full answer will come. Marc offered to write the duty roster. The missing certificate will
        cost about EUR 22,000 and take until January; Robert approved it on the spot, since Jana has
        three more customers waiting.

        4. Delivery times
        Standard pumps take 5.9 weeks on average, and the promise is six. That sounds good, but one
        order in five is late, nearly always because of castings. The second foundry in Asturias
        delivered its first samples in June. Two of five housings had pores. Tom expects usable
        parts in October at the earliest. Until then, Jana plans the castings for the orders with
        penalty clauses first. Lucía asked not to forget the rental pumps for the olive harvest:
        eight units must be ready by 25 September, or the season is lost. This has priority over
        stock orders.

        5. Complaints
        There were 61 complaints in the half-year, after 48 in the one before. The main causes are
        wrong parts in kits (17), damage in transport (12) and late delivery (11). The wrong kits go
        back to two articles whose numbers differ by one digit; the NBR version will get a new
        number and a blue bag in August. Tom reminded everyone that a complaint is to be entered on
        the day it arrives, also if it comes by telephone. Harbour Fish has been settled: they
        accepted GBP 41,000 and signed for the second line in June, to everybody's relief. The shaft
        supplier bears half of it.

        6. Trade fairs
        Lyon in October is booked with 24 square metres as last year. We got 38 contacts there in
        2025, out of which six orders with EUR 171,000 came, for a cost of EUR 19,500. Nuremberg
        cost twice as much and brought two orders. The majority was for leaving out Nuremberg in
        2027 and going to Parma instead. Jana disagreed, because brewers expect to see us; Matthias
        Kern had asked about it only last week. Decision postponed to September, with numbers from
        Davide on Parma.

        7. Price increase and communication
        The increase of 3.2 % in May led to eleven angry letters and one terminated contract (Bad
        Steinquell, service). Lucía's printed letters in Spain caused no complaint at all, whereas
        the mail in Germany did. In future an increase is announced by letter, six weeks ahead, with
        the reason in two sentences and the name of a person to call.

        8. People
        Íñigo Arana takes over Portugal from 1 September. The position in Lyon has been open since
        April; Marc has two candidates and decides by the end of July. Dan Reeve moves from service
        to sales engineering for the north of England, half of his time at first.

        Tasks: price comparison (Jana, 31 July); stock in Hull (Sarah, 17 July); duty roster (Marc,
        15 July); ATEX certificate (Jana, order by 20 July); fourth technician for Leeds (Tom, 31
        July); new number for kit GS-80 (Tom, 14 August); numbers on Parma (Davide, 1 September).

        Next meeting: 6 October, Lyon, on the day before the fair opens to exhibitors.

        @ 2026-09-30T10:10:00Z inbox text thames-oneline
        From: Owen Marsh <owen.marsh@thamesvalleywater.example>
        Subject: Caversham

        All eight sets ran through the summer without a trip. Thanks to the whole team.

        """#
}
