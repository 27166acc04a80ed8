# ruff: noqa: E501, RUF001
"""How English texts say that a show is cancelled, renewed, ending, or still waiting."""

import re
from typing import NamedTuple

from .sentences import TITLE
from .subjects import ADVERB, NTH_SEASON, PRONOUN

ADVERBS = rf"(?:{ADVERB} )*"
NOW = r"(?:is|are|has been|have been|has now been|stands|remains|gets)"
THEN = r"(?:was|were|got|became)"
GONE = (
    r"(?:cancelled|axed|scrapped|canned|culled|shelved|discontinued|killed(?: off)?|not renewed|given the axe|"
    r"cut short|(?:dropped|ended) by \w+)"
)
OBJECT = rf"(?P<object>{TITLE}(?!'|’)|it|{PRONOUN})(?= ?(?:$|[.,;:!)—]|after|at|for|in|on|by|with|following|despite|amid|and|as|because|due|today|this|last|ahead|less|just|1|2|3|4|5|6))"
NEXT = r"(?:\d+(?:st|nd|rd|th)(?: and (?:final|last))?|new|another|final|further|last)"
A_SEASON = rf"(?:(?:a|an|its|the|their) (?:{NEXT} )(?:season|run|outing)|season \d+|seasons \d+ and \d+|(?:\d+ )?more seasons?|another season)"
EITHER = r"(?:cancelled|axed|scrapped|ended|renewed|recommissioned)"
REFUSED = (
    rf"(?:decided (?:against|not to order|not to make|not to go ahead with)|passed on|ruled out|declined to order|"
    rf"opted not to order|said no to) (?:{A_SEASON}|more|a renewal|renewal)|"
    r"(?:decided|chosen|chose|opted|declined|elected) (?:not )?to (?:cancel|end|axe|scrap|renew|not renew)"
)


def pattern(text):
    return re.compile(text, re.IGNORECASE)


class Said(NamedTuple):
    """A way of saying a fate. `kind` is which one; `is_now` tells a state from something that happened."""

    kind: str
    is_now: bool
    pattern: re.Pattern
    # Where the subject stands: before the match, in its group "object", or nowhere (the show in question).
    subject: str = "before"


NOT_AFTER = r"(?! (?:because|due|for lack|for want|by accident|as (?:some|many|had)))"
WAYS = [
    # Cancelled.
    Said("cancelled", True, pattern(rf"\b{NOW} {ADVERBS}{GONE}\b")),
    Said("cancelled", False, pattern(rf"\b{THEN} {ADVERBS}{GONE}\b")),
    Said(
        "cancelled",
        True,
        pattern(
            r"\b(?:cancelled|axed|scrapped|canned) (?=after|by|at|as|in|following|despite|amid|ahead)|\b(?:cancelled|axed|scrapped)[.!]?$"
        ),
        "title",
    ),
    Said(
        "cancelled",
        True,
        pattern(
            rf"\b(?:has|have) {ADVERBS}(?:cancelled|axed|scrapped|canned|culled|pulled the plug on|called time on|killed(?: off)?|dropped|ended) {OBJECT}"
        ),
        "object",
    ),
    Said(
        "cancelled",
        True,
        pattern(rf"\b(?:cancels|axes|scraps|cans|pulls the plug on|calls time on|kills off|ends) {OBJECT}"),
        "object",
    ),
    Said(
        "cancelled",
        False,
        pattern(
            rf"\b(?:cancelled|axed|scrapped|canned|culled|pulled the plug on|called time on|killed off|dropped|ended) {OBJECT}"
        ),
        "object",
    ),
    Said(
        "cancelled",
        True,
        pattern(
            r"\b(?:will (?:not|never) (?:be (?:back|returning|renewed|coming back)|return|come back|continue)|is not (?:returning|coming back|being renewed))(?! to (?:the (?:list|top10|chart)|number|its|form|theaters|cinemas)| (?:until|before|on|in \d|this|next|quite|as))"
        ),
    ),
    Said(
        "cancelled",
        True,
        pattern(
            r"\b(?:has come to an end|is no more|is over for good|is dead|has ended for good|is finished for good)\b"
        ),
    ),
    Said(
        "cancelled",
        True,
        pattern(
            r"(?:\bthere (?:will|is to) be|\bthere is going to be|\bthere is|:|—|^) ?no (?P<season>(?:\d+(?:st|nd|rd|th)|further|more|other) seasons?|season \d+|more episodes)(?! (?:yet|so far|trailer|news|date|release|announcement|renewal|order|plans?|for now|until|before|in \d))"
        ),
        "context",
    ),
    Said("cancelled", True, pattern(rf"\b(?:has|have) {ADVERBS}(?:{REFUSED})(?: {OBJECT})?"), "context"),
    Said("cancelled", False, pattern(rf"\b(?:{REFUSED})(?: {OBJECT})?"), "context"),
    Said(
        "cancelled",
        True,
        pattern(rf"\bwill not (?:renew|continue|be renewing|bring back) {OBJECT}"),
        "object",
    ),
    Said(
        "cancelled",
        False,
        pattern(
            rf"(?:(?P<object>{TITLE})'s?|\bits) cancellation\b(?! (?:fear|rumou?r|scare|watch|risk|list|bear))"
        ),
        "object or context",
    ),
    Said(
        "cancelled",
        False,
        pattern(rf"\bthe cancellation of (?P<object>{TITLE}(?!'|’)|the (?:series|show)\b)"),
        "object",
    ),
    # Renewed.
    Said(
        "renewed",
        True,
        pattern(
            rf"\b{NOW} {ADVERBS}(?:(?:renewed|recommissioned|greenlit|saved)(?! (?:interest|enthusiasm))|(?:picked up|back) for (?=a|an|season|another)|(?:given|handed|granted|awarded) (?={A_SEASON}))"
        ),
    ),
    Said(
        "renewed",
        False,
        pattern(
            rf"\b{THEN} {ADVERBS}(?:(?:renewed|recommissioned|greenlit)|picked up for (?=a|an|season|another)|(?:given|handed|granted|awarded) (?={A_SEASON}))"
        ),
    ),
    Said("renewed", True, pattern(r"\brenewed (?=for|by|at|ahead|despite)|\brenewed[.!]?$"), "title"),
    Said(
        "renewed",
        True,
        pattern(rf"\b(?:has|have) {ADVERBS}(?:renewed|recommissioned|greenlit|picked up) {OBJECT}"),
        "object",
    ),
    Said("renewed", True, pattern(rf"\b(?:renews|recommissions|greenlights|picks up) {OBJECT}"), "object"),
    Said("renewed", False, pattern(rf"\b(?:renewed|recommissioned|greenlit|picked up) {OBJECT}"), "object"),
    Said(
        "renewed",
        True,
        pattern(
            rf"\b(?:has {ADVERBS}(?:ordered|commissioned|greenlit|confirmed|announced|approved)|orders|commissions|confirms|announces|greenlights) {A_SEASON} (?:of|for) {OBJECT}"
        ),
        "object",
    ),
    Said(
        "renewed",
        False,
        pattern(
            rf"\b(?:ordered|commissioned|greenlit|confirmed|announced|approved) {A_SEASON} (?:of|for) {OBJECT}"
        ),
        "object",
    ),
    Said(
        "renewed",
        True,
        pattern(
            rf"\b(?:will (?:be )?|is )(?:return(?:ing)?|com(?:e|ing) back|back) (?:for|with) (?={A_SEASON})"
        ),
    ),
    Said(
        "renewed",
        True,
        pattern(
            rf"\b(?:has {ADVERBS}(?:won|got|received|secured|landed|earned|scored)|gets|wins|lands|scores|is getting|will get|will have) (?:itself )?(?={A_SEASON})"
        ),
    ),
    Said(
        "renewed", False, pattern(rf"\b(?:won|got|received|secured|landed|earned) (?:itself )?(?={A_SEASON})")
    ),
    Said(
        "renewed",
        True,
        pattern(
            rf"(?P<season>\b(?:a |the |its )?{NTH_SEASON}) (?:is|has been) {ADVERBS}(?:confirmed|announced|ordered|greenlit|commissioned|on (?:the|its) way|coming|in production|official)\b"
        ),
        "context",
    ),
    Said(
        "renewed",
        False,
        pattern(rf"\b(?:gave|handed|granted|awarded) (?P<object>{TITLE}|it|{PRONOUN}) (?={A_SEASON})"),
        "object",
    ),
    Said(
        "renewed",
        True,
        pattern(rf"\bthere (?:will|is going to) be (?:a|another) (?P<season>{NEXT} season|season)\b"),
        "context",
    ),
    # The end announced.
    Said(
        "final",
        True,
        pattern(
            rf"\bwill (?:end|conclude|finish|bow out) with (?=(?:its|a|the) {NTH_SEASON}|season \d+|(?:its|a) final season)"
        ),
    ),
    Said(
        "final",
        True,
        pattern(
            r"\b(?:is|was|will be) (?:the|its|their) (?:final|last)(?: 1| season| run| outing)?(?! (?:week|episode|word|chance|hope|month|day|time|in|on|at|of|for|to|until|\w+ (?:week|episode)))\b"
        ),
    ),
    # Nothing decided.
    Said(
        "open",
        True,
        pattern(
            r"\bwhether (?:there (?:will|is going to) be|it (?:will|is going to)|[\ue100-\ue1ff] (?:will|is going to)|the (?:series|show|drama) (?:will|is going to)) [^,.;]*? (?:is|remains) (?:still |yet )?(?:undecided|unclear|unknown|open|to be decided|uncertain)"
        ),
        "whole",
    ),
    Said(
        "open",
        True,
        pattern(
            r"\bno (?:decision|verdict|word)(?: on (?:its future|a renewal|(?:a|its|the) [\w -]*season|season \d+))? (?:has (?:yet |so far |as yet )?been (?:made|taken|announced|reached)|is known|has come|yet|so far|has been made)"
        ),
        "context",
    ),
    Said(
        "open",
        True,
        pattern(
            r"\b(?:has|have) (?:yet|still) to (?:be (?:renewed|picked up|given)|renew|decide|announce|say|make (?:a|up its) (?:decision|mind)|reveal)|\bis (?:yet|still) to be (?:renewed|decided)"
        ),
        "before or context",
    ),
    Said(
        "open",
        True,
        pattern(
            r"\b(?:has|have) (?:not|neither)(?: yet| so far)?(?: been)? (?:renewed|announced|decided|said|confirmed|made)(?= (?:or|nor|it|whether|if|for|a decision|any decision|the|yet|so far|$)|[.,;]|$)"
        ),
        "before or context",
    ),
    Said(
        "open",
        True,
        pattern(
            r"\b(?:fate|future) (?:is|remains|hangs|still hangs) (?:still )?(?:unknown|unclear|undecided|open|uncertain|in the balance|up in the air|in doubt|to be decided)"
        ),
        "context",
    ),
    Said(
        "open",
        True,
        pattern(
            r"\b(?:is|are) still (?:waiting|awaiting)(?: (?:for|to hear|on))? (?:a |any )?(?:decision|word|news|verdict|renewal)"
        ),
        "context",
    ),
    Said("open", True, pattern(r"\bhas not (?:yet )?been cancelled" + NOT_AFTER)),
    Said(
        "open",
        True,
        pattern(
            rf"(?:\b(?:nobody|no-?one|no \w+) has|\bhas (?:not|neither))(?: yet| so far)? {EITHER} {OBJECT},? (?:and|nor|or|but)(?: (?:nobody|no-?one) has| has \w+)?(?: yet| so far)? {EITHER}\b"
        ),
        "object",
    ),
    Said("open", True, pattern(rf"\bhas been neither {EITHER} nor {EITHER}\b")),
]
TRIGGER = pattern(
    r"cancel|axe|scrap|cann|cull|shelv|discontin|plug|renew|commission|greenl|picked|picks|season|return|back|"
    r"time on|dropped|killed|decision|verdict|fate|future|over for|no more|to an end|dead|for good|yet|decid|chos|order"
)
NETWORK_ACTS = re.compile(
    r"\b(?:not|never|to|nobody|neither|nor|rarely|seldom|often|usually|always|tends?|sometimes|frequently)\s*$",
    re.IGNORECASE,
)
ELLIPTIC = pattern(r"^ for (?:a|its|the) (?P<nth>\d+)(?:st|nd|rd|th)\b")
AS_OF = pattern(
    r"\b(?:as of|by|in|on) (?:\d|January|February|March|April|(?-i:May)|June|July|August|September|October|November|December|last|the (?:autumn|spring|summer|winter))|\bat the time\b(?! of (?:writing|publication))"
)
RESCUED = pattern(
    r"\b(?:saved|rescued|revived|brought back|picked (?:it )?up|un-?cancelled|resurrected|moved to|(?:taken|took) (?:it )?(?:up|over|on)|reversed|changed (?:its|their) mind)\b"
)
