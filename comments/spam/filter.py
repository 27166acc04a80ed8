"""The filter at work: scores comments, and keeps the vocabulary in line with what moderators decide.

`Comment.learned_as` says what the vocabulary has counted a comment as. Whoever writes both locks the comments
first, in the order of their keys, then the vocabulary by its row "": so two workers wait for each other, and
never for ever.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import batched

from django.db import connection, transaction
from django.db.models import Q
from django.utils.functional import cached_property

from comments.models import Comment, SpamWord

from .bayes import LIKELY_SPAM, log_odds, probability, strongest, weights
from .features import features

Status = Comment.Status
KINDS = {Status.SPAM.value: "spam", Status.APPROVED.value: "ham"}
TOTALS = ""
ENOUGH = 20
CHECK = "score"
# What a rebuild takes in of either kind, newest first: spammers change, and the vocabulary stays small.
MOST_COMMENTS = 5_000
# Above it a rebuild leaves out what was seen in one comment only.
MOST_WORDS = 100_000
BATCH, ROWS = 100, 1000


@dataclass(frozen=True)
class Score:
    """How likely a comment is spam, from 0 to 1, and what each of its features says."""

    value: float
    weighed: dict

    @cached_property
    def because(self):
        """What speaks loudest for spam, in words for a moderator."""
        return strongest(self.weighed)

    @property
    def reason(self):
        """The entry for `Comment.reasons`; None below the score that counts as likely spam."""
        if self.value < LIKELY_SPAM:
            return None
        return {"check": CHECK, "score": round(self.value, 2), "words": self.because}


def score(comment):
    """The comment's Score in one query; None until 20 spam and 20 good comments are learned."""
    found = _features(comment)
    return _score(found, _counts({TOTALS, *found}))


def learn(comment_ids):
    """Count these comments as what they stand as now: good, spam, or nothing where undecided or rejected.

    Safe to repeat, and for several workers at once.
    """
    for ids in batched(sorted(set(comment_ids)), BATCH):
        _count_as(ids, lambda comment: KINDS.get(comment.status, ""))


def forget(*comments):
    """Count these comments as nothing: before their text is changed, erased or deleted."""
    for ids in batched(sorted(comment.pk for comment in comments), BATCH):
        _count_as(ids, lambda comment: "")
    for comment in comments:
        comment.learned_as = ""


@transaction.atomic
def rebuild():
    """Learn anew from all that is decided, the newest 5,000 of a kind at most; returns (spam, good)."""
    decided = Comment.objects.filter(Q(status__in=KINDS) | ~Q(learned_as=""))
    oldest = {status: _oldest_learned(status) for status in KINDS}
    for comments in _in_batches(decided.select_for_update(no_key=True).only("status", "learned_as")):
        _mark(comments, lambda c: KINDS[c.status] if c.pk >= oldest.get(c.status, c.pk + 1) else "")
    _lock_vocabulary()
    counts = {"spam": Counter(), "ham": Counter()}
    for comments in _in_batches(_with_text(Comment.objects.exclude(learned_as=""))):
        for comment in comments:
            counts[comment.learned_as].update(_features(comment) | {TOTALS})
    spam, ham = counts["spam"], counts["ham"]
    texts = spam.keys() | ham.keys() | {TOTALS}
    if len(texts) > MOST_WORDS:
        texts = {text for text in texts if spam[text] + ham[text] > 1} | {TOTALS}
    SpamWord.objects.all().delete()
    _write({text: (spam[text], ham[text]) for text in texts})
    return spam[TOTALS], ham[TOTALS]


def rescore(limit=1000):
    """New scores and reasons for the comments that have waited longest, at most `limit`; returns how many."""
    waiting = Comment.objects.pending().order_by("created_at", "pk").values_list("pk", flat=True)[:limit]
    return sum(_rescore(ids) for ids in batched(sorted(waiting), BATCH))


@transaction.atomic
def _rescore(ids):
    comments = list(_locked(ids).pending())
    found = {comment: _features(comment) for comment in comments}
    counts = _counts({TOTALS}.union(*found.values()))
    for comment in comments:
        given = _score(found[comment], counts)
        comment.spam_score = given and given.value
        others = [reason for reason in comment.reasons if reason.get("check") != CHECK]
        comment.reasons = [*others, given.reason] if given and given.reason else others
    Comment.objects.bulk_update(comments, ["spam_score", "reasons"])
    return len(comments)


def _features(comment):
    return features(comment.name, comment.email, comment.website, comment.body)


def _score(found, counts):
    totals = counts.get(TOTALS, (0, 0))
    if min(totals) < ENOUGH:
        return None
    weighed = weights({text: counts[text] for text in found if text in counts}, totals)
    return Score(probability(log_odds(weighed)), weighed)


def _counts(texts):
    return {text: (spam, ham) for some in batched(texts, ROWS) for text, spam, ham in _rows(some)}


def _rows(texts):
    """The vocabulary's rows of these texts. In SQL: the ORM takes five times as long for so many values."""
    marks = ", ".join(["%s"] * len(texts))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text, spam, ham FROM comments_spamword WHERE text IN ({marks})", texts)  # noqa: S608
        return cursor.fetchall()


def _with_text(comments):
    return comments.only("name", "email", "website", "body", "status", "learned_as")


def _in_batches(comments, last=0):
    """The comments in the order of their keys, in lists of at most ROWS."""
    while some := list(comments.filter(pk__gt=last).order_by("pk")[:ROWS]):
        yield some
        last = some[-1].pk


def _oldest_learned(status):
    """The key from which on a rebuild takes in comments of this status."""
    keys = Comment.objects.filter(status=status).order_by("-pk").values_list("pk", flat=True)
    return next(iter(keys[MOST_COMMENTS - 1 : MOST_COMMENTS]), 0)


@transaction.atomic
def _count_as(ids, kind_of):
    """Bring these comments and what the vocabulary counts of them to what `kind_of` says of each."""
    comments = [c for c in _with_text(_locked(ids)) if c.learned_as != kind_of(c)]
    if not comments:
        return
    steps = {"spam": Counter(), "ham": Counter(), "": Counter()}
    for comment in comments:
        found = _features(comment) | {TOTALS}
        steps[comment.learned_as].subtract(found)
        steps[kind_of(comment)].update(found)
    spam, ham = steps["spam"], steps["ham"]
    _lock_vocabulary()
    _change({text: (spam[text], ham[text]) for text in spam.keys() | ham.keys()})
    _mark(comments, kind_of)


def _mark(comments, kind_of):
    """Say of the comments what they count as; touches those only that count as something else by now."""
    marked = defaultdict(list)
    for comment in comments:
        if comment.learned_as != (kind := kind_of(comment)):
            marked[kind].append(comment.pk)
    for kind, ids in marked.items():
        Comment.objects.filter(pk__in=ids).update(learned_as=kind)


def _locked(ids):
    return Comment.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")


def _lock_vocabulary():
    """From here to the end of the transaction nobody else writes the vocabulary."""
    SpamWord.objects.get_or_create(text=TOTALS)
    SpamWord.objects.select_for_update().get(text=TOTALS)


def _change(steps):
    """Add (spam, ham) to the count of each text, never below 0; what nobody wrote any more is gone.

    The vocabulary is locked, so what was read is still so when it is written.
    """
    known = _counts(steps)
    totals = {text: _sum(known.get(text, (0, 0)), step) for text, step in steps.items()}
    kept = {text: total for text, total in totals.items() if any(total) or text == TOTALS}
    _write(kept)
    for some in batched(known.keys() - kept.keys(), ROWS):
        SpamWord.objects.filter(text__in=some).delete()


def _sum(known, step):
    return tuple(max(count + change, 0) for count, change in zip(known, step, strict=True))


def _write(counts):
    words = (SpamWord(text=text, spam=spam, ham=ham) for text, (spam, ham) in sorted(counts.items()))
    SpamWord.objects.bulk_create(
        words,
        batch_size=ROWS,
        update_conflicts=True,
        unique_fields=["text"],
        update_fields=["spam", "ham"],
    )
