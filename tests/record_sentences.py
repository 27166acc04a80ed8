# ruff: noqa: E501
"""Sentences about five shows, true and false by their records, as a newsroom may write them.

The figures of The Imperfects, The Sandman and Cobra Kai are those that Netflix published; Night Harbour and
Wren are made up. The true ones are written to be nasty: other figures, other shows, other voices, other
ways of counting.
"""

from tests.factories_records import make_record

IMPERFECTS = make_record(
    1,
    "The Imperfects",
    seasons=[(1, "2022-09-08", "2022-09-08")],
    decisions=[("cancelled", "2022-11-08", None)],
    weeks={
        1: [
            ("2022-09-11", 3, 24_070_000),
            ("2022-09-18", 4, 35_020_000),
            ("2022-09-25", 9, 12_760_000),
            ("2022-10-02", None, 9_130_000),
        ]
    },
    on="2023-05-01",
)
SANDMAN = make_record(
    2,
    "The Sandman",
    seasons=[(1, "2022-08-05", "2022-08-19")],
    decisions=[("renewed", "2022-11-02", 2)],
    weeks={
        1: [
            ("2022-08-07", 1, 69_480_000),
            ("2022-08-14", 1, 127_500_000),
            ("2022-08-21", 1, 77_240_000),
            ("2022-08-28", 2, 53_790_000),
            ("2022-09-04", 3, 33_320_000),
            ("2022-09-11", 5, 19_590_000),
            ("2022-09-18", 10, 12_220_000),
            ("2022-09-25", None, 10_650_000),
        ]
    },
    on="2023-05-01",
)
COBRA_KAI = make_record(
    3,
    "Cobra Kai",
    seasons=[
        (1, "2018-05-02", "2018-05-02"),
        (2, "2019-04-24", "2019-04-24"),
        (3, "2021-01-01", "2021-01-01"),
        (4, "2021-12-31", "2021-12-31"),
        (5, "2022-09-09", "2022-09-09"),
    ],
    decisions=[("renewed", "2020-10-02", 4), ("final_season", "2023-01-20", 6)],
    weeks={
        5: [
            ("2022-09-11", 1, 106_700_000),
            ("2022-09-18", 1, 95_550_000),
            ("2022-09-25", 3, 38_120_000),
            ("2022-10-02", 4, 20_820_000),
        ]
    },
    on="2023-05-01",
)
NIGHT_HARBOUR = make_record(4, "Night Harbour", seasons=[(1, "2023-01-05", "2023-02-05")], on="2023-05-01")
WREN = make_record(
    5,
    "Wren",
    network="BBC One",
    seasons=[(1, "2020-03-01", "2020-04-05"), (2, "2022-03-06", "2022-04-10")],
    decisions=[("renewed", "2020-05-11", 2), ("cancelled", "2022-06-01", None), ("revived", "2022-09-20", 3)],
    on="2023-05-01",
)

# Each sentence stands in an article whose main show is the first of its records.
TRUE = [
    # Fates, said plainly and as other voices have them.
    (
        IMPERFECTS,
        "Netflix cancelled <em>The Imperfects</em> on 8 November 2022, two months to the day after its premiere.",
    ),
    (IMPERFECTS, "There will be no second season, and no reason came with the news."),
    (IMPERFECTS, "It had not been renewed when the cast began to take other work."),
    (IMPERFECTS, "“The Imperfects has been renewed for a second season,” a fan account claimed in October."),
    (IMPERFECTS, "Had it been renewed for a second season, Tilda’s question would have had to be answered."),
    (IMPERFECTS, "<em>Wednesday</em>, by contrast, was renewed for a second season within weeks."),
    (IMPERFECTS, "A day later came the fifth season of <em>Cobra Kai</em>. It has been renewed for a sixth."),
    (SANDMAN, "Was <em>The Sandman</em> cancelled? For 89 days nobody could say."),
    (SANDMAN, "Fans feared that the series had been cancelled, and a petition was under way by October."),
    (SANDMAN, "It was not cancelled because of its costs, nor for any other reason."),
    (SANDMAN, "If it is cancelled, the story ends in hell."),
    (SANDMAN, "Before the renewal came, Neil Gaiman warned that it could still be axed."),
    (
        SANDMAN,
        "Netflix has renewed <em>The Sandman</em> for a second season; it has not been renewed for a third.",
    ),
    (
        SANDMAN,
        "Netflix cancelled <em>Warrior Nun</em> in December, a month after it had renewed <em>The Sandman</em>.",
    ),
    (SANDMAN, "As of 1 November 2022, no decision had been announced."),
    (SANDMAN, "Warner’s deal for the comic was cancelled in 2017, long before there was a series."),
    (
        COBRA_KAI,
        "Netflix announced that <em>Cobra Kai</em> will have a sixth season and that there will be no seventh.",
    ),
    (COBRA_KAI, "YouTube, which had renewed it for a third season, gave it up before that was shown."),
    (COBRA_KAI, "The sixth season will be its last."),
    (NIGHT_HARBOUR, "Netflix has yet to say whether <em>Night Harbour</em> will return for a second season."),
    (NIGHT_HARBOUR, "It could be renewed for a second season; it might as well be cancelled."),
    (NIGHT_HARBOUR, "The premiere in Oslo was cancelled at short notice because of snow."),
    (WREN, "<em>Wren</em> was cancelled in June 2022, and brought back in September."),
    (WREN, "The series has been revived and will return for a third season."),
    # The chart: other counts, other measures, other shows.
    (IMPERFECTS, "Parts of the press wrote that the series had fallen out of the top 10 in week three."),
    (IMPERFECTS, "It did not fall out of the top 10 in week three: it was ninth."),
    (
        IMPERFECTS,
        "In the week to 25 September it slipped to ninth, with 12.76 million hours, 64&nbsp;per cent down.",
    ),
    (
        IMPERFECTS,
        "The drama opened at No. 3, was fourth a week later, fell to 9th in week three and left the list in its fourth.",
    ),
    (
        IMPERFECTS,
        "It took about 35 million hours in its second week, nearly half as much again as in its first.",
    ),
    (IMPERFECTS, "Over its three weeks in the top ten it was watched for 71.85 million hours."),
    (
        IMPERFECTS,
        "Rotten Tomatoes’ audience gave the series 79 per cent, IMDb’s users 6.1 out of 10 and 46 per cent of critics nothing.",
    ),
    (
        IMPERFECTS,
        "<em>Devil in Ohio</em> fell out of the top 10 in week three, a week before <em>The Imperfects</em> did.",
    ),
    (
        IMPERFECTS,
        "Above it stood <em>Cobra Kai</em>, with 106.70 million hours in three days, and <em>Devil in Ohio</em>, with 70.81 million.",
    ),
    (IMPERFECTS, "A week after that it was gone: tenth place took 9.13 million hours, and it had less."),
    (IMPERFECTS, "In the United States it fell out of the daily top 10 in its second week."),
    (IMPERFECTS, "Its ten episodes run to seven hours, and the fourth is the best."),
    (IMPERFECTS, "Netflix’s share price fell by 35 per cent in a day that spring."),
    (
        IMPERFECTS,
        "The trailer for the series premiered on 30 August 2022, just over a week before the series did.",
    ),
    (
        IMPERFECTS,
        "Its third week was its last in the list, and the fall of more than half cost it the second season.",
    ),
    (SANDMAN, "It spent three weeks at number one and seven in the top 10."),
    (SANDMAN, "After 127.5 million hours in its first full week it fell by two fifths, to 77.24 million."),
    (
        SANDMAN,
        "By the end of September the show had dropped out of the list, having been tenth a week earlier.",
    ),
    (SANDMAN, "Its hours nearly doubled in week two, but <em>House of the Dragon</em> fell by 5 per cent."),
    (COBRA_KAI, "The fifth season lost 60 per cent in its third week, and stayed in the top three."),
    (COBRA_KAI, "Season five came out on Friday 9 September 2022, nine months after season four."),
    (COBRA_KAI, "It was first for two weeks, then third, then fourth."),
    # Seasons and dates.
    (IMPERFECTS, "<em>The Imperfects</em> arrived on Netflix on Thursday 8 September 2022."),
    (
        IMPERFECTS,
        "A second season would have had to begin with the search for a cure; a third season was never planned.",
    ),
    (COBRA_KAI, "The sixth season will come in 2024, and fans already ask for season seven."),
    (WREN, "Season two premiered in March 2022 on BBC One, and the third season is being written."),
    # Written when the reading was done, to see how it fares with what it was not made for.
    (IMPERFECTS, "After eight weeks without a word, Netflix pulled the plug on <em>The Imperfects</em>."),
    (IMPERFECTS, "Whoever hoped that it would be renewed for a second season was disappointed in November."),
    (IMPERFECTS, "In its first full week the show had 35 million hours, good for fourth place."),
    (
        IMPERFECTS,
        "The show lost almost two thirds of its hours in its third week, and with them its place: ninth.",
    ),
    (IMPERFECTS, "Three weeks in the top ten were not enough."),
    (
        IMPERFECTS,
        "Compared with <em>Manifest</em>, which spent 19 weeks in the top 10 and was renewed, that is little.",
    ),
    (IMPERFECTS, "Dennis Heaton’s earlier series <em>The Order</em> was cancelled after two seasons."),
    (IMPERFECTS, "One headline read: “The Imperfects renewed for season 2”; it was a hoax."),
    (IMPERFECTS, "On average a new series spends four weeks in the top 10."),
    (IMPERFECTS, "Its director left the show in week three of filming."),
    (SANDMAN, "The streamer kept viewers waiting for three months, then ordered a second season."),
    (
        SANDMAN,
        "Had the hours dropped by another 30 per cent in its second week, it would have been cancelled.",
    ),
    (
        SANDMAN,
        "The series led the list for three weeks, longer than <em>Resident Evil</em>, which was cancelled.",
    ),
    (SANDMAN, "Season two will adapt <em>Season of Mists</em>; a third season is a matter for later."),
    (SANDMAN, "In week seven it was tenth, and that was the end of its run."),
    (SANDMAN, "The first season premiered on 5 August 2022, with a bonus episode two weeks later."),
    (COBRA_KAI, "The series was saved by Netflix after YouTube had cancelled it."),
    (COBRA_KAI, "Its fourth week brought 20.8 million hours, a fifth of the first."),
    (NIGHT_HARBOUR, "Nothing has been decided, and the silence is no bad sign."),
    (WREN, "The BBC had cancelled the series in June; by September it was on again."),
    # A second batch of the same.
    (IMPERFECTS, "Netflix has cancelled the series after one season, and its three monsters stay monsters."),
    (IMPERFECTS, "The first season, the only one there will ever be, has ten episodes."),
    (IMPERFECTS, "Nobody at Netflix said on 9 November why the show was cancelled."),
    (IMPERFECTS, "It entered the list at number three and rose to 35.02 million hours, but fell a place."),
    (IMPERFECTS, "Its first eleven days brought 59 million hours."),
    (IMPERFECTS, "In its opening four days it took 24 million hours, six million a day."),
    (IMPERFECTS, "The second week was its best, the third its worst."),
    (IMPERFECTS, "The fourth week is the one in which it was gone."),
    (IMPERFECTS, "The series premiered the day before Cobra Kai’s fifth season came out."),
    (IMPERFECTS, "Between its second and third week the show lost 22 million hours."),
    (IMPERFECTS, "<em>The Order</em> ran for two seasons, <em>The I-Land</em> for one."),
    (IMPERFECTS, "Production began in July 2021, and the series wrapped in November."),
    (SANDMAN, "On 2 November 2022 Netflix renewed <em>The Sandman</em>."),
    (SANDMAN, "It held first place for three weeks and was second in the fourth."),
    (SANDMAN, "It has been renewed, whatever the rumours said."),
    (SANDMAN, "From its peak the series had fallen by 90 per cent when it left."),
    (COBRA_KAI, "<em>Cobra Kai</em> ends with its sixth season."),
    (COBRA_KAI, "Season three, the first on Netflix, premiered on 1 January 2021."),
    (NIGHT_HARBOUR, "The network has not renewed the series, nor has it cancelled it."),
    (WREN, "It was cancelled after two seasons and then revived."),
    # What an explainer said before there was a decision.
    (NIGHT_HARBOUR, "Nobody has cancelled the show, and nobody has renewed it."),
    (NIGHT_HARBOUR, "<em>Night Harbour</em> has been neither renewed nor cancelled."),
    (IMPERFECTS, "Nobody has renewed the show since, and nobody will."),
    (SANDMAN, "No one has cancelled the series, and no one is going to."),
]
FALSE = [
    # Fates.
    (IMPERFECTS, "<em>The Imperfects</em> has been renewed for a second season."),
    (IMPERFECTS, "Netflix renewed the series for a second season in November."),
    (IMPERFECTS, "Netflix has not yet decided whether there will be a second season."),
    (IMPERFECTS, "The show’s future is still uncertain."),
    (IMPERFECTS, "The series, which was made in Vancouver, will return for season 2."),
    (IMPERFECTS, "The Canadian drama is still waiting for a decision."),
    (SANDMAN, "Netflix has canceled <em>The Sandman</em> after one season."),
    (SANDMAN, "The series won’t return, the streamer confirmed."),
    (SANDMAN, "After three months of silence, Netflix axed it in November."),
    (SANDMAN, "There will be no second season of <em>The Sandman</em>."),
    (SANDMAN, "The cancellation of <em>The Sandman</em> came after 89 days."),
    (SANDMAN, "Its fate remains unknown."),
    (SANDMAN, "Netflix has renewed <em>The Sandman</em> for a third season."),
    (COBRA_KAI, "Netflix has yet to renew <em>Cobra Kai</em>."),
    (COBRA_KAI, "The fifth season was its last."),
    (NIGHT_HARBOUR, "Netflix has cancelled <em>Night Harbour</em> after a single season."),
    (NIGHT_HARBOUR, "The thriller has been renewed for a second season."),
    (NIGHT_HARBOUR, "<em>Night Harbour</em> is not coming back."),
    (WREN, "The show is cancelled, and nothing can be done."),
    (WREN, "<em>Wren</em> will not be back for a third season."),
    # The chart.
    (IMPERFECTS, "It fell out of the top 10 in week three."),
    (IMPERFECTS, "The series dropped out of Netflix’s top ten in its <strong>third week</strong>."),
    (IMPERFECTS, "By its third week the show was gone from the list."),
    (IMPERFECTS, "It left the top 10 after only two weeks."),
    (IMPERFECTS, "<em>The Imperfects</em> debuted at number two."),
    (IMPERFECTS, "In its second week it climbed to second place."),
    (IMPERFECTS, "Then it slid to seventh in the week to 25 September."),
    (IMPERFECTS, "It was watched for 45.6 million hours in its second week."),
    (IMPERFECTS, "The series fell by 48 per cent in its third week."),
    (IMPERFECTS, "It spent four weeks in the top 10."),
    (IMPERFECTS, "The show never reached the top ten."),
    (IMPERFECTS, "It hit number one in its first week."),
    (SANDMAN, "It spent four weeks at number one."),
    (SANDMAN, "The show fell to fifth in its third week."),
    (SANDMAN, "The premiere week brought 96.5 million hours."),
    (SANDMAN, "Its hours fell in week two."),
    (COBRA_KAI, "The fifth season lost a third of its hours in its third week."),
    (COBRA_KAI, "In the week to 2 October it was sixth."),
    # Seasons and dates.
    (IMPERFECTS, "The second season fell flat with viewers."),
    (IMPERFECTS, "<em>The Imperfects</em> premiered on 15 September 2022."),
    (IMPERFECTS, "It was cancelled on 18 November 2022."),
    (IMPERFECTS, "Netflix ended the series after two seasons."),
    (SANDMAN, "In season three, Dream returns to hell."),
    (COBRA_KAI, "The seventh season arrived in 2022."),
    (COBRA_KAI, "Season five premiered on 2 September 2022."),
    (NIGHT_HARBOUR, "The series came out in March 2023."),
    # Written when the reading was done.
    (IMPERFECTS, "Good news: <em>The Imperfects</em> is getting a second season."),
    (IMPERFECTS, "Netflix has ordered a second season of the series."),
    (IMPERFECTS, "The show was out of the top 10 by week three."),
    (IMPERFECTS, "After just two weeks, the series fell out of Netflix's top 10."),
    (IMPERFECTS, "The drama debuted in fifth place with 24 million hours."),
    (IMPERFECTS, "Viewers watched 35 million hours of the show in its first week."),
    (IMPERFECTS, "Viewership plunged 80% in week three."),
    (IMPERFECTS, "It was second in the week ending September 18, 2022."),
    (IMPERFECTS, "The Imperfects, released on September 1, 2022, had four days to prove itself."),
    (IMPERFECTS, "The show premiered in October 2022."),
    (SANDMAN, "Netflix decided not to renew <em>The Sandman</em>."),
    (SANDMAN, "<em>The Sandman</em> has come to an end after one season."),
    (SANDMAN, "Whether there will be a second season is still undecided."),
    (SANDMAN, "It was knocked off the top spot in its second week."),
    (SANDMAN, "The series lasted only five weeks in the top 10."),
    (SANDMAN, "By its fifth week it had slipped to eighth."),
    (COBRA_KAI, "<em>Cobra Kai</em> is renewed for a seventh season."),
    (COBRA_KAI, "The show’s fifth season stayed at number one for three weeks."),
    (NIGHT_HARBOUR, "The show has been axed, and its cast is free."),
    (WREN, "The BBC has killed <em>Wren</em> for good, and there will be no third season."),
    # A second batch of the same.
    (IMPERFECTS, "The show got a second season in the end."),
    (IMPERFECTS, "Netflix gave <em>The Imperfects</em> a second season."),
    (IMPERFECTS, "It finished its third week outside the top 10."),
    (IMPERFECTS, "In its third week the show sank to tenth place."),
    (IMPERFECTS, "The series opened with 34 million hours."),
    (IMPERFECTS, "From week one to week two, viewing dropped by 45 per cent."),
    (IMPERFECTS, "It stayed in the top 10 for five weeks."),
    (IMPERFECTS, "Netflix axed the show on 10 October 2022."),
    (SANDMAN, "The show has been scrapped."),
    (SANDMAN, "Netflix passed on a second season."),
    (SANDMAN, "It peaked at number three."),
    (SANDMAN, "The series dropped out of the top 10 in its fifth week."),
    (COBRA_KAI, "The fifth season premiered on 16 September 2022."),
    (COBRA_KAI, "It never reached number one; the fifth season peaked at second."),
    (NIGHT_HARBOUR, "There will be a second season, Netflix announced."),
    # Outlived by the decision that came.
    (IMPERFECTS, "Nobody has cancelled the show, and nobody has renewed it."),
    (SANDMAN, "The series has been neither cancelled nor renewed."),
    (SANDMAN, "Netflix has not renewed <em>The Sandman</em>, nor has it cancelled it."),
]
