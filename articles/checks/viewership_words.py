# ruff: noqa: E501
"""How English texts speak of a weekly list: places, weeks in it and out of it, hours, rises and falls."""

import re

from .figures import BOUNDS, NUMBER, SCALE

LIST = (
    r"(?:(?:the |its |Netflix's |the streamer's )?(?:(?:global|worldwide|weekly|official|English(?:-language)?|Netflix|TV|most[- ]watched) )*"
    r"(?:top10|lists?|charts?|rankings?)(?: (?:list|chart|ranking))?)"
)
# Another measure than the weekly worldwide list, or one of a part of the world.
ELSEWHERE = re.compile(
    r"\b(?:rotten tomatoes|tomatometer|imdb|metacritic|critics?|reviews?|reviewers?|scores?|scored|ratings?|rated|stars?|points?|nielsen|parrot|flixpatrol|"
    r"luminate|samba|barb|completion|finish(?:ed|es)? (?:it|the|all|watching)|subscribers?|subscriptions?|stocks?|shares?|share price|"
    r"revenues?|budgets?|costs?|price|prices|daily|a day|per day|each day|day by day|countr(?:y|ies)|territor(?:y|ies)|domestic(?:ally)?|"
    r"(?-i:US|UK|EU|USA)|U\.S\.?|U\.K\.?|America[n]?|Britain|British|Canad(?:a|ian)|Germany|France|Spain|Brazil|Korea|India|Japan|"
    r"Mexico|Italy|Australia|demand|demographic|demo|twitter|google|youtube|tiktok|trailers?|teasers?|searches|followers|live ?\+|linear|"
    r"average|averaged|on average|minutes|households|accounts|members|women|men|adults|per episode|episode|episodes|across all|all titles|"
    r"catalogue|catalog|platform|half of (?:20|the year)|engagement report|what we watched|first half|second half|2nd half|"
    r"28 days|90 days|91 days|90-day|28-day|all-time|of all time|most popular list|first month|budgeted|paid|salary|layoffs|staff)\b",
    re.IGNORECASE,
)


def pattern(text):
    return re.compile(text, re.IGNORECASE)


BEGAN = r"(?:debuted|debuts|opened|opens|entered|enters|started|launched|launches|arrived|premiered|premieres|bowed|began)"
PEAKED = r"(?:peaked|peaks|topped out|maxed out)"
REACHED = r"(?:reached|reaches|hit|hits|got(?: as high as)?|made it)"
WENT = (
    r"(?:fell|falls|dropped|drops|slipped|slips|slid|slides|sank|sinks|tumbled|tumbles|declined|rose|rises|climbed|climbs|jumped|jumps|moved|"
    r"moves|went|came(?: in)?|comes in|was|is|stood|sat|sits|landed|lands|finished|ranked|ranks|placed|stayed|stays|remained|held(?: on)?|charted|"
    r"took|takes|claimed|returned|ended(?: up)?|closed|improved|crashed|plunged|dipped|fared)"
)
PLACED_BY = r"(?:(?:#(?P<hash>\d{1,3})|(?:(?:at|to|in|into|as|from \w+ to) )(?:the )?(?P<at>\d{1,3})(?:st|nd|rd|th)|(?P<bare>\d{1,3})(?:st|nd|rd|th)))"
ENDS_RANK = (
    r"(?: place| position| spot| slot| rank)?(?= ?(?:$|[.,;:)—]|in\b|on\b|by\b|with\b|for\b|and\b|but\b|behind\b|after\b|before\b|worldwide\b|"
    r"globally\b|the (?:following|next|week)\b|a week\b|at\b|during\b|when\b|that week\b|while\b|as\b|of (?:the|Netflix's) (?:list|top10|chart)|to\b|last\b|this\b|then\b|overall\b))(?! (?:in line|on YouTube|for \w+ing))"
)
DIRECTION = r"(?: (?:up|down|back|straight|all the way|only|just|again|out|a place|1 place|\d places?|a spot|sharply|further|steadily|quickly|modestly|as low as|as high as))*"
INTO_LIST = rf"(?: (?:in|on|onto|into|up|down|through) {LIST})?"
RANK = pattern(
    rf"\b(?<!-)(?P<verb>{BEGAN}|{PEAKED}|{REACHED}|{WENT}){DIRECTION}{INTO_LIST}(?: (?:to|at|in|into|as|on|from))?(?: the)?(?: top)? ?{PLACED_BY}{ENDS_RANK}"
)
TOPPED = pattern(
    r"\b(?P<verb>topped|tops|led|leads|headed|heads|reached the top of|hit the top of|was (?:at the )?top of|went straight to the top of) "
    + LIST
)
OUT = pattern(
    r"\b(?P<verb>(?:fell|falls|dropped|drops|slipped|slips|tumbled|tumbles|crashed|crashes|slid|slides|bowed|sank|dived|plunged|went|is|was|has fallen|has dropped|has slipped|had fallen|had dropped) "
    r"(?:right |straight |completely |clean |all the way |already |back )*(?:out of|off|outside(?: of)?|gone from|absent from|missing from|nowhere in|no longer (?:in|on))|"
    r"(?:left|leaves|exited|exits|departed|departs|disappeared from|vanished from|disappears from|vanishes from|crashed out of|dropped off|fell off)) "
    + LIST
)
IN_FOR = pattern(
    rf"\b(?:spent|lasted|stayed|remained|managed|enjoyed|clocked up|logged|survived|had|has spent|charted for|was|were)(?: (?:in|on) {LIST})?(?: for)? {BOUNDS}(?:a total of |all of |a mere |only )?(?P<number>\d+) (?:straight |consecutive |whole |full )*weeks?"
    rf"(?: (?:in|on|inside|among|at|near) (?P<top>the top(?: spot)?(?! ?(?:10|\d))|#1|the summit)?(?:{LIST})?)?"
)
RUN_OF = pattern(
    rf"\b(?P<bounds>)(?P<number>\d+)-week (?:run|stay|stint|spell)(?: (?:in|on) (?P<top>\bNOTHING\b)?{LIST})?"
)
AT_TOP_FOR = pattern(
    rf"\b(?:stayed|remained|was|sat|stood|held on|held|reigned) (?:at |in |on )?(?P<top>the top(?: spot)?(?! ?(?:10|\d))|#1|1st(?: place)?)(?: (?:of|in|on) {LIST})? (?:for )?{BOUNDS}(?P<number>\d+) (?:straight |consecutive |whole |full )*weeks"
)
NEVER = pattern(
    rf"\b(?:never (?:reached|made(?: it)?|entered|cracked|charted|appeared|got|broke|troubled)|(?:failed|fails) to (?:reach|make|enter|crack|chart|break|get)|did not (?:even )?(?:reach|make|enter|crack|chart|appear|break|get))(?: (?:in|on|into|onto|it into))? {LIST}"
)
HOURS = pattern(
    rf"(?<![\w.,-]){BOUNDS}{NUMBER}{SCALE} ?(?:(?:more|viewing|viewed) )?(?P<unit>hours?|views?)?\b(?! (?:more|fewer|less|long|later|earlier|apart|a day|per day|each day|a week earlier))"
)
CHANGED_BY = r"(?<![\w-])(?:by|another|further|extra|additional|lost|shed|gained|added|fewer|more|less|minus|drop of|fall of|rise of|gap of|difference of|decline of|gain of|increase of|loss of) $"
DOWN = (
    r"(?:fell|dropped|declined|plunged|plummeted|slid|sank|shed|lost|tumbled|decreased|collapsed|crashed|nosedived|shrank|dipped|slumped|fallen|"
    r"dropping|falling|declining|losing|plunging|tumbling|sinking|falls|drops|loses|down|went down)"
)
UP = r"(?:rose|grew|climbed|jumped|increased|gained|surged|soared|swelled|improved|leapt|shot up|rising|growing|climbing|gaining|rises|grows|up|went up)"
SIZE = rf"{BOUNDS}(?:(?P<number>\d+(?:\.\d+)?)%|(?P<fraction>half|(?:2|two)[- ]thirds|(?:3|three)[- ]quarters|a (?:3rd|third|quarter)))"
CHANGES = [
    (
        pattern(
            rf"\b(?:(?P<down>{DOWN})|(?P<up>{UP}))(?: (?:off|away|sharply|steeply|further|a further|again|back))?(?: by| a)? {SIZE}"
        ),
        True,
    ),
    (pattern(r"(?P<down>\bhalved\b)(?P<bounds>)(?P<number>\bNOTHING\b)?(?P<fraction>)"), True),
    (
        pattern(
            rf"\b(?:(?P<down>(?:drop|fall|decline|plunge|slump|loss|collapse|decrease))|(?P<up>(?:rise|increase|jump|gain|growth|surge)))(?: in \w+)? (?:of|was|came to|amounted to) {SIZE}"
        ),
        False,
    ),
    (
        pattern(
            rf"{SIZE}(?: \w+)? (?:(?P<down>drop|fall|decline|plunge|slump|loss|collapse|decrease|down|lower|fewer|less|dip)|(?P<up>rise|increase|jump|gain|growth|surge|up|higher|more|bump))\b"
        ),
        False,
    ),
]
TREND = pattern(
    r"\b(?:(?P<down>fell|dropped|declined|shrank|decreased|dipped|slumped|sank)|(?P<up>rose|grew|climbed|increased|jumped|surged|swelled))(?: (?:again|further|slightly|sharply|steeply|a little|steadily|even))*(?= (?:in|during|by) (?:its|the|week|their)\b)"
)
TRIGGER = pattern(
    r"\d+(?:st|nd|rd|th)\b|#\d|top10|\blists?\b|charts?\b|weeks?\b|hours?\b|views?\b|%|\bhalf\b|halved|thirds|quarters"
)
# Sums of several weeks, and what is left when something is taken away.
SUMMED = pattern(
    r"\b(?:in total|total(?:led|s|ling)?|combined|altogether|so far|overall|all told|together|cumulative(?:ly)?|since|across|over (?:its|the)|in (?:its|the) 1st \d+ (?:weeks|days)|in \d+ (?:days|weeks)|between)\b"
)
EXACTLY_SUMMED = pattern(r"\bin (?:its|the) 1st (?P<weeks>\d+) weeks\b")
