"""The arithmetic: from how often features stood in spam and in good comments to a score and its reasons.

Naive Bayes over the features that are present, after Graham (2002) and Robinson (2003), with three changes
that were measured: what is hardly known weighs hardly anything, whichever class is the larger; two words
together weigh less, because they say again what each says alone; and long comments are damped, because their
words are not witnesses independent of each other.
"""

import math

from .features import described

# At this score 1 in 100 good comments was held and 95 of 100 spam comments caught; see docs/moderators.md.
LIKELY_SPAM = 0.95
# Beside the comments that a feature was in stand so many imagined ones of the smaller class, and as many more
# of the larger as it is larger. So scores mean the same where nine tenths of all comments are spam, or one.
DOUBT = 0.7
PAIR_WEIGHT = 0.6
DAMPING = 0.25


def weights(counts, totals):
    """What each feature says for spam (above 0) or against it, as log-odds.

    `counts` maps features to (spam, ham), `totals` is the (spam, ham) of comments learned, neither of them 0.
    """
    spams, hams = totals
    doubt_spam, doubt_ham = (DOUBT * number / min(totals) for number in totals)
    even = math.log(hams / spams)
    return {
        feature: (math.log((spam + doubt_spam) / (ham + doubt_ham)) + even)
        * (PAIR_WEIGHT if " " in feature else 1)
        for feature, (spam, ham) in counts.items()
        if spam or ham
    }


def log_odds(weights):
    """All that the features say together; 0 where nothing is known."""
    return sum(weights.values()) / max(len(weights), 1) ** DAMPING


def probability(log_odds):
    """Log-odds as a score from 0 to 1; as measured, of the comments with 0.7 about 7 in 10 are spam."""
    return 1 / (1 + math.exp(-max(-700, min(log_odds, 700))))


def strongest(weights, most=5):
    """What speaks loudest for spam, in words for a moderator, none of them said twice."""
    told, words = [], set()
    for feature in sorted(weights, key=lambda feature: (-weights[feature], feature)):
        text = described(feature)
        if weights[feature] <= 0 or len(told) == most:
            break
        if text not in told and not words.issuperset(text.split()):
            told.append(text)
            words.update(text.split())
    return told
