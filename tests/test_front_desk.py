"""The newsroom's front page: to each what is theirs to do, counted, and nothing else."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.front_desk import LENGTH
from articles.models import Review
from tests.factories import make_article, publish_article
from tests.factories_shows import make_season, make_show
from tests.writing import change_url

pytestmark = pytest.mark.django_db
NOON = "2026-05-05 12:00:00+00:00"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def headings(desk):
    """The lists on somebody's front page, by their headings, as they stand."""
    page = desk.get("/admin/").content.decode().partition('id="content-related"')[0]
    found = re.findall(r"<h2>(.*?)(?:<a|<span|</h2>)", page, re.S)
    return [" ".join(heading.split()) for heading in found]


def front(desk):
    return " ".join(desk.get("/admin/").content.decode().split())


def sent_back(article, note="Two sources, please."):
    return Review.objects.create(
        article=article,
        outcome=Review.Outcome.SENT_BACK,
        note=note,
        decided_by_name="Editor",
        decided_at=timezone.now(),
    )


def test_an_empty_desk_says_so_in_one_line(at_desk, writer):
    desk = at_desk(writer)
    assert headings(desk) == []
    assert "No draft of yours is waiting to be finished." in front(desk)


def test_what_was_sent_back_stands_first_with_its_note_until_it_is_submitted_again(at_desk, writer):
    article = make_article(headline="A rumour", owner=writer)
    make_article(headline="Another draft", owner=writer)
    sent_back(article)
    desk = at_desk(writer)
    assert headings(desk) == ["Sent back to me", "My drafts"]
    page = front(desk)
    assert page.count("A rumour") == 1 and "sent back by Editor" in page and "Two sources, please." in page
    Review.objects.create(article=article, submitted_at=timezone.now() + timedelta(minutes=1))
    assert headings(desk) == ["My drafts"] and "waits for review" in front(desk)


def test_nobody_sees_what_was_sent_back_to_somebody_else(at_desk, writer, editor):
    sent_back(make_article(owner=writer))
    assert "Sent back to me" not in headings(at_desk(editor))


def test_a_long_list_shows_eight_and_leads_to_all(at_desk, writer):
    for number in range(11):
        make_article(headline=f"Draft {number:02}", owner=writer)
    sent_back(make_article(headline="Sent back", owner=writer))
    desk = at_desk(writer)
    drafts = desk.get("/admin/").context["desk"]["drafts"]
    assert (len(drafts), drafts.total) == (8, 11)
    link = re.search(r'href="(/admin/articles/article/\?[^"]+)">All 11<', front(desk)).group(1)
    listed = desk.get(link.replace("&amp;", "&")).context["cl"].result_list
    assert {article.headline for article in drafts} <= {article.headline for article in listed}


def test_what_the_clock_will_do_stands_in_its_order_with_the_zone(at_desk, editor, clock):
    leaving = publish_article(headline="Leaving")
    leaving.unpublish(at=timezone.now() + timedelta(hours=2))
    live = publish_article(headline="Live")
    live.headline = "Live, and more"
    live.save()
    live.publish(at=timezone.now() + timedelta(hours=1))
    publish_article(headline="First time", at=timezone.now() + timedelta(hours=3))
    desk = at_desk(editor)
    moments = desk.get("/admin/").context["desk"]["scheduled"]
    assert [(each["headline"], each["what"]) for each in moments] == [
        ("Live, and more", "Version 2 goes live"),
        ("Leaving", "Goes off"),
        ("First time", "Goes live"),
    ]
    assert "5 May 2026, 13:00" in front(desk) and '<span class="desk-zone">UTC</span>' in front(desk)
    clock.shift(timedelta(hours=4))
    assert "Scheduled" not in headings(desk)


def test_a_writer_sees_their_own_moments_only(at_desk, writer, editor):
    tomorrow = timezone.now() + timedelta(days=1)
    publish_article(headline="Mine", owner=writer, at=tomorrow)
    publish_article(headline="Theirs", owner=editor, at=tomorrow)
    moments = at_desk(writer).get("/admin/").context["desk"]["scheduled"]
    assert [each["headline"] for each in moments] == ["Mine"]


def test_shows_that_have_waited_longest_for_a_decision_stand_first(at_desk, writer, moderator):
    for title, finale in [
        ("Short wait", "2026-04-01"),
        ("Long wait", "2025-05-05"),
        ("Airing", "2026-06-01"),
    ]:
        make_season(make_show(title), premiered_on="2025-01-01", finale_on=finale)
    desk = at_desk(writer)
    shows = desk.get("/admin/").context["desk"]["awaiting"]
    assert [(show.title, show.days) for show in shows] == [("Long wait", 365), ("Short wait", 34)]
    assert f"/admin/shows/decision/add/?show={shows[0].pk}" in front(desk)
    assert "Awaiting a decision longest" not in headings(at_desk(moderator))


def test_a_moderator_is_shown_the_queue_and_what_readers_see(at_desk, moderator, editor):
    publish_article(headline="Live")
    make_article(headline="A draft", owner=editor)
    desk = at_desk(moderator)
    assert headings(desk) == ["Comments", "Recently published"]
    assert "A draft" not in front(desk)


def test_a_writer_is_led_to_the_live_page_of_a_colleagues_article(at_desk, writer, editor):
    own, foreign = publish_article(owner=writer), publish_article(owner=editor)
    for seen_by, leads in ((writer, foreign.get_absolute_url()), (editor, change_url(foreign))):
        page = at_desk(seen_by).get("/admin/").content.decode()
        assert f'<a href="{leads}">' in page
        assert f'<a href="{change_url(own)}">' in page


def test_all_articles_leads_a_writer_to_what_readers_see_and_an_editor_to_the_list(at_desk, writer, editor):
    for number in range(LENGTH + 1):
        publish_article(headline=f"Story {number}", owner=editor)
    addresses = {
        person: re.search(r'class="desk-all" href="([^"]*)">All articles', front(at_desk(person)))[1]
        for person in (writer, editor)
    }
    assert addresses == {writer: "/articles/", editor: "/admin/articles/article/"}


def test_what_writers_submitted_stands_on_every_editors_desk_and_on_no_writers(at_desk, writer, editor):
    article = make_article(headline="Ready, I think", owner=writer)
    submitted = {"submitted_by": writer, "submitted_by_name": "Writer", "message": "Is the date right?"}
    Review.objects.create(article=article, **submitted)
    page = front(at_desk(editor))
    assert headings(at_desk(editor)) == ["First steps", "Waiting for review"]
    assert "Ready, I think" in page and "Is the date right?" in page
    assert headings(at_desk(writer)) == ["My drafts"]
