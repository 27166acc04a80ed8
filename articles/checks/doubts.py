# ruff: noqa: E501
"""What makes a sentence no claim: a question, a guess, a condition, somebody else's word."""

import re

HEDGE = re.compile(
    r"\b(?:if|unless|whether|would|could|might|(?-i:may)|should|can|must|perhaps|maybe|possibly|probably|"
    r"likely|unlikely|presumably|supposedly|allegedly|reportedly|apparently|arguably|"
    r"seem(?:s|ed|ingly)?|appears? to|appeared to|expect(?:s|ed|ing)?|hop(?:e|es|ed|ing)|fear(?:s|ed|ing)?|"
    r"rumou?r(?:s|ed)?|wonder(?:s|ed|ing)?|suppos(?:e|ed|ing)|assum(?:e|es|ed|ing)|imagin(?:e|ed)|pretend(?:s|ed)?|"
    r"as though|as if|in case|risk(?:s|ed)?|chances?|odds|candidates?|wish(?:es|ed)?|petition(?:s|ed)?|"
    r"threat(?:s|ened)?|forecasts?|predict(?:s|ed|ion|ions)?|hypothetical(?:ly)?|plans? to|planned to|wants? to|wanted to|"
    r"avoid(?:s|ed)?|escap(?:e|es|ed)|instead of|rather than|far from|short of|not that|myth|false|wrong(?:ly)?|"
    r"mistaken(?:ly)?|untrue|erroneous(?:ly)?|contrary to|no matter|anyone|whoever|spoof|parody|joke[ds]?|april fool|imagine)\b",
    re.IGNORECASE,
)
HAD_IT = re.compile(
    r"(?:^|[,;:—] |\b(?:and|but|or) )had (?:it|the|this|its|they|[\ue0fe\ue100-\ue1ff])", re.IGNORECASE
)
# Words that make a fate no fact, and a figure only a round one.
ALL_BUT = re.compile(r"\b(?:had|almost|nearly|all but|nobody|nothing|neither|nor|few|never)\b", re.IGNORECASE)
REPORT = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|tell(?:s|ing)?|told|wr(?:ites?|ote|itten)|reports?|reported|reporting|claim(?:s|ed|ing)?|"
    r"th(?:ink|inks|ought)|believ(?:e|es|ed)|argu(?:e|es|ed)|insist(?:s|ed)?|suggest(?:s|ed|ion)?|speculat\w+|"
    r"gossip|den(?:y|ies|ied)|according to|headlines?|tweet(?:s|ed)?|posted|worr(?:y|ies|ied)|guess(?:es|ed)?|"
    r"conclud(?:e|es) that|concluded that|convinced|read(?:s)? that|heard|accord(?:s|ed)|quoted|warn(?:s|ed)?|bet(?:s|ting)?)\b",
    re.IGNORECASE,
)
# A network that says a thing about its own show makes it so.
OFFICIAL = re.compile(
    r"\b(?:Netflix|the (?:streamer|network|platform|company|service)|HBO(?: Max)?|Amazon|Apple|Disney|Hulu|NBC|CBS|ABC|"
    r"BBC|ITV|AMC|Fox|Paramount|Peacock|Max) (?:has |have )?(?:said|says|told)\b",
    re.IGNORECASE,
)
PAST_DATED = re.compile(
    r"\b(?:before|until|till|when|while|once|since|after|as soon as|by the time|the day|the week|the year)(?: that)? [^,;]*$",
    re.IGNORECASE,
)


def is_doubtful(sentence, end):
    """Whether what stands before `end` is asked, guessed, wished or somebody's word."""
    if sentence.is_question or HEDGE.search(sentence.text, 0, end) or HAD_IT.search(sentence.text):
        return True
    return bool(REPORT.search(OFFICIAL.sub("", sentence.text)))


def is_set_in_past(text, start):
    """Whether the claim only dates something else: "before it was cancelled"."""
    return bool(PAST_DATED.search(text[:start]))
