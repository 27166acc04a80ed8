# ruff: noqa: E501
"""Of what a sentence speaks: the grammatical subject before a verb, and the shows that it may be."""

import re
from typing import NamedTuple

from .sentences import OTHER, TITLE

NOUN = (
    r"(?:series|shows?|drama|dramedy|comedy|thriller|sitcom|program|adaptation|miniseries|docuseries|saga|"
    r"anime|western|remake|reboot|newcomer|hit|title|production)"
)
# These words make "the … series" another one than that which the text is about.
ELSEWHERE = (
    r"(?:rival|other|another|previous|earlier|similar|competing|original|sister|parent|companion|whole|entire|"
    r"spin-?off|prequel|the|a|an|of|for|to|by|with|about|and|or|in|on|that|which|whose|from|than|before|after|behind|"
    r"is|was|has|predecessor'?s?|first|2nd|3rd|last|next|old|older|same|talk|game|reality|stage|radio)"
)
THE_SERIES = rf"(?:the|this) (?:(?!{ELSEWHERE}\b)[\w'-]+ ){{0,3}}?{NOUN}(?! (?:of|about|from|by)\b)"
PRONOUN = rf"(?:it|this|{THE_SERIES})"
OWNER = rf"(?:{TITLE}'s?|its|their|this|the|the (?:show|series|drama)'s?)"
NTH_SEASON = (
    r"(?:(?:\d+(?:st|nd|rd|th)(?: and (?:final|last))?|debut|opening|final) (?:season|run|outing)|season \d+)"
)
OF_IT = rf"(?: of (?:{TITLE}|the (?:show|series|drama)))?"
SEASON = rf"(?:(?:{OWNER} )?{NTH_SEASON}{OF_IT})"
TITLE_WITH_SEASON = rf"(?:{TITLE}(?:(?:,|:)? season \d+| \d{{1,2}})?)"
SUBJECT = rf"(?:{SEASON}|{TITLE_WITH_SEASON}|{PRONOUN})"
FIGURES = (
    r"(?:viewing(?: figures| hours| time)?|viewership|audiences?|hours(?: viewed)?|figures|numbers|views)"
)
METRIC = (
    rf"(?:(?:(?:{OWNER}|{TITLE}) )?(?:weekly |total |global |worldwide )*{FIGURES}"
    rf"(?: (?:of|for) (?:{SEASON}|{TITLE}|{PRONOUN}))?)"
)

ADVERB = (
    r"(?:also|then|now|finally|officially|recently|soon|quickly|swiftly|abruptly|again|eventually|promptly|still|"
    r"already|just|only|even|instead|later|at last|however|reportedly|therefore|thus|accordingly|all but|"
    r"immediately|suddenly|unceremoniously|formally|since|to no surprise|never)"
)
ASIDE = r"(?:,[^,;]{1,80},| \([^)]{1,80}\)| —[^—]{1,80}—)"
# A clause begins here, after which a verb without a subject of its own takes the one before.
CONNECTED = r"(?:[,;:—]|\b(?:and|but|then|or|yet)|^)"
ADVERBIAL = r"(?: ?(?:in|by|after|during|on|at|for|within|over|from) [^,;—]{1,45},?)"

ENDS_IN_SUBJECT = re.compile(
    rf"(?:^|(?<=[\s(—,;:])){{}}(?:{ASIDE})?(?: (?:itself|had|has|{ADVERB}))*,?\s*$".replace(
        "{}", f"(?P<subject>{SUBJECT})"
    ),
    re.IGNORECASE,
)
ENDS_IN_METRIC = re.compile(
    rf"(?:^|(?<=[\s(—,;:]))(?P<subject>{METRIC})(?:{ASIDE})?(?: (?:had|has|{ADVERB}))*\s*$", re.IGNORECASE
)
ENDS_IN_NOTHING = re.compile(rf"{CONNECTED}(?: ?{ADVERB},?)*{ADVERBIAL}?(?: {ADVERB})*\s*$", re.IGNORECASE)
# "The trailer for the series": the series is not what premiered.
DEPENDS = re.compile(
    r"(?<!all )\b(?:of|for|from|to|about|on|with|in|behind|by|at|than|like|against|into|over|near|above|below|beyond|"
    r"under|around|inside|outside|following|unlike|besides|cancels?|cancelled|renews?|renewed) $",
    re.IGNORECASE,
)
BEGINS_WITH_SUBJECT = re.compile(
    rf"^(?:(?:and|but|then|so|yet|still|now),? )?(?:[^,;:—]{{1,70}}, )?(?P<subject>{SUBJECT})\b",
    re.IGNORECASE,
)
BEGINS_WITH_METRIC = re.compile(rf"^(?:[^,;:—]{{1,70}}, )?(?P<subject>{METRIC})\b", re.IGNORECASE)
SEASON_NUMBER = re.compile(
    rf"(?P<nth>\d+)(?:st|nd|rd|th)(?: and (?:final|last))? (?:season|run|outing)|season (?P<number>\d+)|"
    rf"{TITLE} (?P<bare>\d{{1,2}})\b|(?P<debut>debut|opening) (?:season|run)",
    re.IGNORECASE,
)


class Subject(NamedTuple):
    """What a claim is about: a title's sign, or None for "it"; and a season's number, or None."""

    sign: str | None = None
    season: int | None = None
    words: str = ""

    @classmethod
    def told_by(cls, words):
        sign = re.search(f"[{OTHER}\ue100-\ue1ff]", words)
        return cls(sign[0] if sign else None, season_in(words), words)


def season_in(words):
    """The number of the season that the words name, or None."""
    match = SEASON_NUMBER.search(words)
    if not match:
        return None
    return 1 if match["debut"] else int(match["nth"] or match["number"] or match["bare"])


def subject_before(text, position, with_figures=False):
    """The subject of the verb that begins at `position`; None where it is something else than a show.

    With `with_figures` "its hours" and "the audience" count as well.
    """
    left = text[:position]
    ends = [ENDS_IN_METRIC, ENDS_IN_SUBJECT] if with_figures else [ENDS_IN_SUBJECT]
    for pattern in ends:
        if match := pattern.search(left):
            depends = pattern is ENDS_IN_SUBJECT and DEPENDS.search(left[: match.start("subject")])
            return None if depends else Subject.told_by(match["subject"])
    if not ENDS_IN_NOTHING.search(left):
        return None
    begins = [BEGINS_WITH_METRIC, BEGINS_WITH_SUBJECT] if with_figures else [BEGINS_WITH_SUBJECT]
    for pattern in begins:
        if (match := pattern.search(text)) and match.end() <= position:
            return Subject.told_by(match["subject"])
    return None


class Cast:
    """The shows of an article with their records: which of them a sentence may mean."""

    def __init__(self, records, main_id, titles):
        self.records, self.main_id, self.titles = records, main_id, titles

    def meant(self, sentence, sign=None):
        """The records that a subject may stand for; none where it may be a show that is not on record.

        "It" may be the article's own show and every other that was named shortly before. A claim is only
        wrong if it is wrong of all of them.
        """
        if sign == OTHER:
            return []
        if sign:
            return self.known([self.titles.id_of(sign)])
        named = [sign for each in [*sentence.before, sentence] for sign in each.signs]
        if OTHER in named:
            return []
        ids = [self.titles.id_of(sign) for sign in named]
        if self.main_id:
            return self.known(dict.fromkeys([self.main_id, *ids]))
        return self.known(set(ids)) if len(set(ids)) == 1 else []

    def known(self, ids):
        ids = list(ids)
        records = [self.records[show_id] for show_id in ids if show_id in self.records]
        return records if len(records) == len(ids) else []
