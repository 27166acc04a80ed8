"""The spam filter: what it learns from decisions, and what it says of a comment."""

import pytest
from django.core.management import call_command
from django.db import transaction

from comments import acts, tasks
from comments.models import Comment, SpamWord
from comments.spam import filter as spam_filter
from comments.spam.bayes import LIKELY_SPAM
from tests.factories import make_article
from tests.factories_comments import make_comment
from tests.test_saving_at_once import at_once

Status = Comment.Status
SPAM = "Check out my channel for free gift cards, click https://gifts.example.com/{}"
GOOD = "I loved episode {} of the show, what a finale"


@pytest.fixture
def article(db):
    return make_article()


def decided(article, spam=25, good=25):
    """Comments that moderators have decided on, spam first."""
    made = [make_comment(article, body=SPAM.format(n), status=Status.SPAM) for n in range(spam)]
    return made + [make_comment(article, body=GOOD.format(n)) for n in range(good)]


def taught(article, spam=25, good=25):
    """As `decided`, and learned."""
    made = decided(article, spam, good)
    spam_filter.learn([comment.pk for comment in made])
    return made


def counts(*texts):
    """What the vocabulary says of these texts, or of all."""
    words = SpamWord.objects.filter(text__in=texts) if texts else SpamWord.objects.all()
    return {text: (spam, ham) for text, spam, ham in words.values_list("text", "spam", "ham")}


def pending(article, body, **fields):
    return make_comment(article, body=body, status=Status.PENDING, **fields)


# What it says.


def test_advertising_like_what_was_marked_as_spam_is_likely_spam_and_says_why(article):
    taught(article)
    given = spam_filter.score(pending(article, "Free gift cards: click https://other.example.net/now"))
    assert given.value >= LIKELY_SPAM
    assert {"click", "a link"} <= set(given.because)
    assert given.reason == {"check": "score", "score": round(given.value, 2), "words": given.because}


def test_a_comment_like_the_approved_ones_is_not_likely_spam_and_gets_no_reason(article):
    taught(article)
    given = spam_filter.score(pending(article, "The finale of the show was what I loved"))
    assert given.value < 0.05
    assert given.reason is None
    assert given.because == []


def test_a_score_costs_one_query(article, django_assert_num_queries):
    taught(article)
    comment = pending(article, "Free " * 500 + "https://gifts.example.com")
    with django_assert_num_queries(1):
        spam_filter.score(comment)


@pytest.mark.parametrize(("spam", "good"), [(19, 25), (25, 19), (0, 0)])
def test_there_is_no_score_before_twenty_of_each_are_learned(article, spam, good):
    taught(article, spam, good)
    comment = pending(article, SPAM)
    assert spam_filter.score(comment) is None
    spam_filter.rescore()
    comment.refresh_from_db()
    assert (comment.spam_score, comment.reasons) == (None, [])


def test_words_that_were_never_seen_say_nothing(article):
    taught(article)
    given = spam_filter.score(pending(article, "Zephyr quixotic mnemonic palimpsest", name="", email=""))
    assert given.value == pytest.approx(0.5)


def test_a_word_seen_once_in_the_larger_class_does_not_speak_for_the_smaller(article):
    taught(article, spam=20, good=60)
    spam_filter.learn([make_comment(article, body="Mnemonic palimpsest").pk])
    given = spam_filter.score(pending(article, "Palimpsest mnemonic", name="", email=""))
    assert given.value < 0.5


# What it learns.


def test_deciding_otherwise_moves_what_was_learned(article):
    comment, *_rest = taught(article)
    assert counts("", "click") == {"": (25, 25), "click": (25, 0)}
    Comment.objects.filter(pk=comment.pk).update(status=Status.APPROVED)
    spam_filter.learn([comment.pk])
    assert counts("", "click") == {"": (24, 26), "click": (24, 1)}
    Comment.objects.filter(pk=comment.pk).update(status=Status.REJECTED)
    spam_filter.learn([comment.pk])
    assert counts("", "click") == {"": (24, 25), "click": (24, 0)}
    comment.refresh_from_db()
    assert comment.learned_as == ""


def test_learning_twice_counts_once(article):
    comments = taught(article)
    before = counts()
    spam_filter.learn([comment.pk for comment in comments] * 2)
    assert counts() == before


def test_what_waits_teaches_nothing(article):
    spam_filter.learn([pending(article, SPAM).pk])
    assert counts() == {}


def test_nothing_stays_of_a_comment_that_is_forgotten(article):
    taught(article)
    before = counts()
    comment = make_comment(article, name="Zoltan Quux", email="z@quux.example", body="My number is 5550123")
    spam_filter.learn([comment.pk])
    assert counts("zoltan", "5550123", "@quux.example").keys() == {"zoltan", "5550123", "@quux.example"}
    comment.refresh_from_db()
    spam_filter.forget(comment)
    comment.save()
    assert counts() == before
    assert Comment.objects.get(pk=comment.pk).learned_as == ""


def test_counts_never_fall_below_nothing(article):
    comment = taught(article)[0]
    SpamWord.objects.filter(text="click").update(spam=0)
    SpamWord.objects.filter(text="free").delete()
    spam_filter.forget(comment)
    assert counts("click", "free") == {}
    assert counts("channel") == {"channel": (24, 0)}


def test_learning_a_thousand_at_once_takes_few_queries(article, django_assert_max_num_queries):
    Comment.objects.bulk_create(
        Comment(article=article, body=SPAM.format(n), status=Status.SPAM) for n in range(1000)
    )
    keys = list(Comment.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(200):
        spam_filter.learn(keys)
    assert counts("", "click") == {"": (1000, 0), "click": (1000, 0)}


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_learn_the_same_at_once_count_it_once(article):
    keys = [comment.pk for comment in decided(article)]
    at_once(*[lambda: spam_filter.learn(keys)] * 4)
    assert counts("", "click", "finale") == {"": (25, 25), "click": (25, 0), "finale": (0, 25)}


@pytest.mark.django_db(transaction=True)
def test_learning_and_rebuilding_at_once_count_everything_once(article):
    keys = [comment.pk for comment in decided(article)]
    at_once(lambda: spam_filter.learn(keys), spam_filter.rebuild, lambda: spam_filter.learn(keys[::2]))
    spam_filter.learn(keys)
    assert counts("", "click", "finale") == {"": (25, 25), "click": (25, 0), "finale": (0, 25)}


def test_a_failed_transaction_leaves_nothing_half_learned(article):
    comment = make_comment(article)
    with pytest.raises(RuntimeError), transaction.atomic():
        spam_filter.learn([comment.pk])
        raise RuntimeError
    assert counts() == {}
    assert Comment.objects.get(pk=comment.pk).learned_as == ""


# Rebuilding and scoring anew.


def test_a_rebuild_heals_the_vocabulary_and_says_how_many_it_learned_from(article, capsys):
    comments = taught(article, spam=3, good=2)
    right = counts()
    SpamWord.objects.filter(text="click").update(spam=99)
    SpamWord.objects.create(text="stale", spam=7)
    Comment.objects.filter(pk=comments[0].pk).update(learned_as="ham")
    call_command("rebuild_spam_filter")
    assert counts() == right
    assert "Learned from 3 spam and 2 approved comments." in capsys.readouterr().out
    spam_filter.learn([comment.pk for comment in comments])
    assert counts() == right


def test_a_rebuild_takes_in_the_newest_and_leaves_out_rare_words_where_there_are_too_many(
    article, monkeypatch
):
    comments = taught(article, spam=5, good=4)
    monkeypatch.setattr(spam_filter, "MOST_COMMENTS", 3)
    monkeypatch.setattr(spam_filter, "MOST_WORDS", 10)
    assert spam_filter.rebuild() == (3, 3)
    assert counts("", "click") == {"": (3, 3), "click": (3, 0)}
    assert min(map(sum, counts().values())) > 1
    assert list(Comment.objects.exclude(learned_as="").values_list("pk", flat=True)) == [
        comment.pk for comment in (*comments[2:5], *comments[6:])
    ]


def test_rescoring_writes_score_and_reason_and_keeps_what_other_checks_said(article):
    links = {"check": "links", "count": 2}
    bad = pending(article, SPAM, reasons=[{"check": "score", "words": ["old"]}, links])
    good = pending(article, GOOD, reasons=[{"check": "score", "words": ["old"]}])
    settled = make_comment(article, body=SPAM)
    taught(article)
    assert spam_filter.rescore() == 2
    for comment in (bad, good, settled):
        comment.refresh_from_db()
    assert bad.spam_score >= LIKELY_SPAM
    assert [reason["check"] for reason in bad.reasons] == ["links", "score"]
    assert "a link" in bad.reasons[1]["words"]
    assert good.spam_score < 0.5
    assert good.reasons == []
    assert settled.spam_score is None


def test_rescoring_takes_those_that_have_waited_longest(article):
    first, second = pending(article, SPAM), pending(article, SPAM)
    taught(article)
    assert spam_filter.rescore(limit=1) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.spam_score is None, second.spam_score is None) == (False, True)


def test_an_edit_that_is_undone_leaves_the_vocabulary_as_it_was(article, moderator):
    comment = make_comment(article, body="A thoughtful remark")
    spam_filter.learn([comment.pk])
    before = counts()
    comment.refresh_from_db()
    batch = acts.edit(comment, "Another wording", by=moderator)
    assert counts("wording")
    Comment.objects.undo(batch.id, by=moderator)
    assert counts() == before


def test_waiting_comments_are_scored_anew_by_the_clock(article):
    waiting = make_comment(article, status=Status.PENDING, body=SPAM.format(99))
    taught(article)
    tasks.rescore.enqueue()
    waiting.refresh_from_db()
    assert waiting.spam_score > LIKELY_SPAM and waiting.reasons[0]["check"] == "score"
