"""The spam filter: what it learns from decisions, what it says of a comment, and how well it does."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from comments.models import Comment, SpamWord
from comments.spam import filter as spam_filter
from comments.spam import report
from comments.spam.bayes import LIKELY_SPAM
from comments.spam.features import features
from tests.factories import make_article
from tests.factories_comments import make_comment
from tests.shared_data import SHARED_DATA, needs_shared_data
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
    assert spam_filter.score(pending(article, "Palimpsest mnemonic", name="", email="")).value < 0.5


def test_entities_tags_fancy_letters_and_unseen_characters_hide_no_word():
    plain = features("", "", "", "click here for free money")
    hidden = "cl\u200bick <b>here</b> for \uff46\uff52\uff45\uff45 m&#111;ney"
    assert features("", "", "", hidden) == plain


def test_the_hosts_of_links_the_website_and_the_mail_address_are_seen():
    found = features("", "me@Mail.Example", "https://www.Shop.example/", "see pills.example.com/x now")
    assert {"@mail.example", "/shop.example", "/pills.example.com", "*link1"} <= found


@pytest.mark.parametrize(
    "body",
    [
        "word{} " * 9000,
        "a." * 32_000,
        "a\u0300\uff9e" * 21_000,
        "<" * 65_000,
        "&amp" * 16_000,
        "x" * 65_000,
        "http://a.b " * 6000,
        "\u6f22" * 65_000,
    ],
)
def test_what_is_looked_at_is_bounded_however_long_the_comment(body):
    numbered = body.replace("{}", "%d") % tuple(range(9000)) if "{}" in body else body
    found = features(numbered[:245], numbered[:100], numbered[:200], numbered)
    assert len(found) <= 400
    assert max(map(len, found)) <= SpamWord._meta.get_field("text").max_length


def test_the_end_of_a_long_comment_is_looked_at():
    assert "*link1" in features("", "", "", "A long and friendly text. " * 2000 + "https://pills.example")


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


# How well it does.


@pytest.fixture(scope="module")
def files():
    return sorted((SHARED_DATA / "comments").glob("Youtube*.csv"))


@needs_shared_data
def test_ten_fold_it_catches_nine_of_ten_and_holds_one_of_a_hundred_wrongly(files):
    examples = [example for path in files for example in report.read_examples(path)]
    chosen, shipped = report.cross_validated(examples, folds=10, seed=1)
    assert chosen.caught >= 0.92
    assert chosen.held <= 0.012
    assert shipped.caught >= 0.92
    assert shipped.held <= 0.012


@needs_shared_data
def test_of_a_video_that_it_never_saw_it_catches_four_of_five(files):
    parts = [report.read_examples(path) for path in files]
    for number, part in enumerate(parts):
        others = [example for other in parts if other is not part for example in other]
        chosen, _shipped = report.unseen(others, part)
        assert chosen.caught >= 0.8, files[number]
        assert chosen.held <= 0.05, files[number]


@needs_shared_data
def test_the_report_says_caught_wrongly_held_and_what_tells(files, capsys):
    call_command("score_spam_filter", *files)
    said = capsys.readouterr().out
    assert "1138 comments in 3 files, 586 of them spam." in said
    assert "10-fold" in said
    assert "Youtube03-LMFAO.csv, unseen" in said
    assert "subscribe" in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"AUTHOR,CONTENT\nme,hello\n", "no column CLASS"),
        (b"AUTHOR,CONTENT,CLASS\nme,hello,spam\n", "line 2: CLASS must be 0 or 1"),
        (b"AUTHOR,CONTENT,CLASS\nme\n", "line 2: CLASS must be 0 or 1"),
        (b"AUTHOR,CONTENT,CLASS\nme,hello,1\n", "must hold both"),
        (b"", "no column AUTHOR, CLASS, CONTENT"),
        (b"AUTHOR,CONTENT,CLASS\nm\xff,hello,1\n", "not text in UTF-8"),
        (b"AUTHOR,CONTENT,CLASS\nme,hello,1\nme,hi,0\n", "Each fold needs"),
        (None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "comments.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("score_spam_filter", path)
