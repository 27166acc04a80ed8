"""Comments on the article: in threads, oldest first, with nothing in them but text."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.urls import reverse

from comments.drawing import palette_of
from comments.models import Comment, CommentPolicy
from comments.places import in_reading_order
from comments.threads import Discussion
from tests.factories import make_article, publish_article
from tests.factories_comments import make_comment
from tests.factories_shows import make_show

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def article():
    return publish_article()


def page_of(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def outline(article):
    """(body, level) of each comment of the first page in reading order; None for a gap."""
    discussion, order = Discussion(article), in_reading_order
    known, levels = discussion.answered, discussion.policy.thread_depth
    places = (place for thread in discussion.threads for place in order(*thread, known, levels))
    return [(row and row.body, level) for row, level, *_ in places]


def say(article, body, parent=None, *, minutes=0, **fields):
    at = NOON + timedelta(minutes=minutes)
    return make_comment(article, parent=parent, body=body, created_at=at, **fields)


def test_threads_stand_oldest_first_with_replies_below_what_they_answer(article):
    second = say(article, "second", minutes=2)
    first = say(article, "first", minutes=1)
    late_reply = say(article, "late reply", first, minutes=9)
    say(article, "early reply", first, minutes=5)
    say(article, "reply to the reply", late_reply, minutes=10)
    say(article, "reply to second", second, minutes=3)
    assert outline(article) == [
        ("first", 0),
        ("early reply", 1),
        ("late reply", 1),
        ("reply to the reply", 2),
        ("second", 0),
        ("reply to second", 1),
    ]


@pytest.mark.parametrize("levels", [2, 5, 10])
def test_replies_deeper_than_the_policy_says_stand_on_the_last_level_and_say_whom_they_answer(
    client, article, levels
):
    CommentPolicy(thread_depth=levels).save()
    parent = None
    for depth in range(12):
        parent = say(article, str(depth), parent, minutes=depth, name=f"Reader {depth}")
    assert parent.depth == 11
    assert [level for _body, level in outline(article)] == [min(n, levels - 1) for n in range(12)]
    page = page_of(client, article)
    told = re.findall(r'<a href="#comment-\d+">In reply to Reader (\d+)</a>', page)
    assert told == [str(n) for n in range(levels - 1, 11)]


def test_the_markup_of_every_thread_is_closed_where_it_ends(client, article):
    top = say(article, "top")
    for n in range(3):
        say(article, "deep", say(article, "reply", top, minutes=n), minutes=9)
    say(article, "next", minutes=10)
    section = page_of(client, article).split('id="comments"')[1].split('id="respond"')[0].rpartition("<")[0]
    depth = 0
    for tag in re.findall(r"<div|</div", section):
        depth += 1 if tag == "<div" else -1
        assert 0 <= depth <= 6
    assert depth == 0


def test_only_approved_comments_are_shown(client, article):
    for status in Comment.Status.values:
        make_comment(article, body=f"it is {status}", status=status)
    page = page_of(client, article)
    assert "it is approved" in page and "1 comment<" in page
    assert not re.search("it is (pending|spam|rejected)", page)


def test_a_reply_whose_parent_was_removed_keeps_its_place(client, article):
    top = say(article, "top")
    gone = say(article, "an insult", top, minutes=1)
    say(article, "an answer", gone, minutes=2)
    say(article, "another answer", gone, minutes=3)
    Comment.objects.filter(pk=gone.pk).moderate("rejected")
    assert outline(article) == [("top", 0), (None, 1), ("an answer", 2), ("another answer", 2)]
    page = page_of(client, article)
    assert "an insult" not in page and "This comment was removed." in page


def test_a_removed_comment_without_replies_leaves_nothing(client, article):
    Comment.objects.filter(pk=say(article, "an insult").pk).moderate("spam")
    assert "This comment was removed." not in page_of(client, article)


def test_text_and_names_are_escaped(client, article):
    make_comment(article, name="<i>Eve</i>", body="<img src=x onerror=alert(1)>")
    page = page_of(client, article)
    assert "<i>Eve" not in page and "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_a_website_is_linked_only_where_it_is_plain(client, article):
    make_comment(article, name="Good", website="https://good.example/")
    make_comment(article, name="Old import", website="javascript:alert(1)")
    page = page_of(client, article)
    assert '<a href="https://good.example/" rel="ugc nofollow noopener">Good</a>' in page
    assert "javascript:" not in page


def test_a_comment_tells_when_it_was_written_and_has_a_permalink(client, article, settings):
    settings.TIME_ZONE = "America/Vancouver"
    comment = say(article, "hello")
    page = page_of(client, article)
    assert 'datetime="2022-11-10T04:00:00-08:00">10 Nov 2022, 04:00<' in page
    assert "Times: America/Vancouver" in page
    assert f'href="{comment.get_absolute_url()}"' in page
    response = client.get(comment.get_absolute_url())
    assert response.status_code == 302
    assert response["Location"] == f"{article.get_absolute_url()}#comment-{comment.pk}"
    assert f'id="comment-{comment.pk}"' in page


def test_a_permalink_leads_only_to_what_readers_see(client, article):
    held = make_comment(article, status="pending")
    elsewhere = make_comment(publish_article())
    withdrawn = make_comment(publish_article())
    withdrawn.article.unpublish()
    for address in (
        held.get_absolute_url(),
        reverse("comments:permalink", args=[article.slug, elsewhere.pk]),
        withdrawn.get_absolute_url(),
    ):
        assert client.get(address).status_code == 404
        assert client.get(f"{address}reply/").status_code == 404


def test_the_page_for_replies_shows_the_parent_and_posts_below_it(client, article):
    parent = make_comment(article, name="Theo", body="What do you think?")
    response = client.get(f"{parent.get_absolute_url()}reply/")
    page = response.content.decode()
    assert "Leave a Reply to Theo" in page and "What do you think?" in page and "Cancel reply" in page
    assert f'name="parent" value="{parent.pk}"' in page
    assert 'name="robots" content="noindex"' in page
    assert not response.cookies


def test_the_avatar_is_a_letter_and_one_of_six_colours_that_tell_no_address(client, article, settings):
    for name in ("Mara", "Émile", "“Quote”", "!!!"):
        make_comment(article, name=name)
    page = page_of(client, article)
    assert re.findall(r'avatar-[1-6]" aria-hidden="true">(.)<', page) == ["M", "É", "Q", "?"]
    colours = [palette_of(f"reader{n}@reader.example") for n in range(60)]
    assert set(colours) == set("123456")
    settings.SECRET_KEY = "another"
    assert colours != [palette_of(f"reader{n}@reader.example") for n in range(60)]


def test_an_owner_may_do_without_avatars(client, article):
    comment = make_comment(article)
    CommentPolicy(show_avatars=False).save()
    for address in (article.get_absolute_url(), f"{comment.get_absolute_url()}reply/"):
        assert 'class="avatar' not in client.get(address).content.decode()


def test_badges_and_edits_are_told_and_a_name_may_be_missing(client, article):
    make_comment(article, name="Ada", badge="author")
    make_comment(article, name="", badge="staff", edited_by="moderator")
    page = page_of(client, article)
    assert '<bdi>Ada</bdi></b> <span class="badge">Author</span>' in page
    assert '<bdi>Anonymous</bdi></b> <span class="badge">Staff</span>' in page
    assert "edited by moderator" in page and "Reply to Anonymous" in page


@pytest.mark.parametrize("number", [1, 40])
def test_comments_cost_three_queries_however_many(article, number, django_assert_max_num_queries):
    parent = None
    for n in range(number):
        parent = make_comment(article, parent=parent if n % 3 else None, website="https://a.example")
    with django_assert_max_num_queries(3):
        discussion = Discussion(article)
        html = discussion.html
        assert discussion.count == html.count('class="comment"') == number


def test_numbers_in_addresses_are_never_grouped(client, article, at_desk, moderator, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    make_comment(article, pk=1234567, status="pending")
    make_comment(article, pk=2234567)
    page = page_of(client, article) + at_desk(moderator).get("/admin/comments/comment/").content.decode()
    assert "2234567/reply/" in page and "approved.1234567.pending" in page
    assert "234,567" not in page


def test_counts_for_a_list_cost_one_query(django_assert_num_queries):
    talked_about, silent = publish_article(), publish_article()
    make_comment(talked_about)
    make_comment(talked_about)
    make_comment(silent, status="pending")
    template = Template(
        "{% load comments %}{% comment_counts articles as counts %}"
        "{% for article in articles %}{{ counts|count_for:article }} {% endfor %}"
    )
    articles = [talked_about, silent, talked_about.live_edition]
    with django_assert_num_queries(1):
        assert template.render(Context({"articles": articles})) == "2 0 2 "


def test_lists_say_how_many_comments_a_story_has_and_nothing_for_none(client):
    show = make_show("The Imperfects")
    silent = publish_article(headline="Silent", show=show, at=NOON)
    talked = publish_article(headline="Talked about", show=show, at=NOON - timedelta(days=1))
    make_comment(talked)
    make_comment(silent, status="pending")
    for address in ("/", "/articles/", talked.category.get_absolute_url(), show.get_absolute_url()):
        page = client.get(address).content.decode()
        assert f'<a href="{talked.get_absolute_url()}#comments">1 comment</a>' in page, address
        assert page.count("#comments") == 1
    make_comment(silent)
    make_comment(silent)
    assert (
        f'<a href="{silent.get_absolute_url()}#comments">2 comments</a>' in client.get("/").content.decode()
    )


def test_a_reply_without_its_thread_cannot_be_stored(article):
    parent = make_comment(article)
    reply = make_comment(article, parent=parent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=reply.pk).update(thread=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=reply.pk).update(status="lost")


def test_comments_go_with_a_draft_that_is_deleted():
    article = make_article()
    make_comment(article, parent=make_comment(article))
    article.delete()
    assert not Comment.objects.exists()
