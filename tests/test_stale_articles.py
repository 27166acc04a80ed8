"""A decision is recorded, and live articles that say otherwise are found, updated, rewritten or left."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from articles import stale_list, staleness, tasks
from articles.checks.record_checks import record_findings
from articles.desk import State, with_state
from articles.models import Article, Edition, StaleAlert, Update
from articles.updates import add_update
from logbook.models import Entry
from shows.models import Decision
from shows.record import Record
from tests.factories import make_article, make_image, make_section, publish_article
from tests.factories_shows import make_decision, make_season, make_show
from tests.writing import rewrite

pytestmark = pytest.mark.django_db

WAITING = "<p>Netflix has not yet decided whether <em>The Imperfects</em> will be renewed.</p>"
FRONT = "/admin/"


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel(datetime(2026, 5, 5, 10, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def show():
    show = make_show()
    make_season(show, premiered_on="2026-01-08", finale_on="2026-01-08")
    return show


@pytest.fixture
def article(show, writer):
    return publish_article(headline="Waiting for word", show=show, text=WAITING, owner=writer)


def renew(show, **fields):
    return make_decision(show, "renewed", "2026-05-05", season_number=2, **fields)


def later(clock, **parts):
    clock.shift(**parts) if parts else clock.shift(60)


def alert_of(article):
    return StaleAlert.objects.get(article=article)


def readers_see(client, article):
    return " ".join(client.get(article.get_absolute_url()).content.decode().split())


def press(desk, verb, alert, **fields):
    address = reverse(f"admin:articles_article_stale_{verb}", args=[alert.pk])
    return desk.post(address, fields)


def told(response):
    """What the next page will say."""
    return " ".join(map(str, get_messages(response.wsgi_request)))


class TestFinding:
    def test_a_decision_makes_the_articles_stale_that_say_otherwise(self, show, article):
        agreeing = publish_article(show=show, text="<p>What the show is about.</p>")
        decision = renew(show)
        alert = StaleAlert.objects.get()
        assert (alert.article, alert.decision) == (article, decision)
        assert alert.sentence == "Netflix has not yet decided whether The Imperfects will be renewed."
        assert agreeing.stale_alerts.count() == 0

    def test_an_article_that_is_also_about_the_show_counts(self, show):
        roundup = publish_article(text=WAITING)
        roundup.also_about.add(show)
        renew(show)
        assert alert_of(roundup)

    def test_drafts_and_withdrawn_articles_are_nobodys_worry(self, show, article, editor):
        make_article(show=show, text=WAITING)
        article.unpublish()
        renew(show)
        assert not StaleAlert.objects.exists()

    def test_an_article_that_is_taken_off_leaves_the_list_and_returns_with_it(self, show, article, editor):
        renew(show)
        article.unpublish()
        assert stale_list.stale_for(editor).shown == []
        article.publish()
        assert [alert.article for alert in stale_list.stale_for(editor).shown] == [article]

    def test_looking_twice_makes_no_second_alert(self, show, article):
        renew(show)
        tasks.judge_show.enqueue(show.pk)
        tasks.sweep.enqueue()
        assert StaleAlert.objects.count() == 1

    def test_many_articles_are_read_some_at_a_time(self, show, monkeypatch):
        monkeypatch.setattr(staleness, "CHUNK", 2)
        for _ in range(5):
            publish_article(show=show, text=WAITING)
        renew(show)
        assert StaleAlert.objects.count() == 5

    def test_one_published_after_the_decision_is_listed_too(self, show, queue):
        renew(show)
        article = publish_article(show=show, text=WAITING)
        queue.work()
        assert alert_of(article)

    def test_what_was_answered_as_no_mistake_is_not_stale(self, show, article, editor):
        decision = renew(show)
        StaleAlert.objects.all().delete()
        (finding,) = record_findings(article.live_edition, Record.for_shows([show.pk]))
        article.check_answers.create(
            check_name="status", fingerprint=finding.fingerprint, finding=finding.text, reason="A quote"
        )
        decision.save()
        assert not StaleAlert.objects.exists()


class TestTheClock:
    def test_a_decision_for_tomorrow_counts_from_tomorrow_on(self, show, article, queue, in_may):
        make_decision(show, "ended", "2026-05-06")
        queue.work()
        assert not StaleAlert.objects.exists()
        in_may.move_to(datetime(2026, 5, 6, 0, 0, tzinfo=UTC))
        queue.work()
        assert alert_of(article).settlement == ""

    def test_the_daily_sweep_finds_what_no_signal_told_of(self, show, article):
        Decision.objects.bulk_create(
            [Decision(show=show, outcome="cancelled", announced_on="2026-05-04", precision="day")]
        )
        assert not StaleAlert.objects.exists()
        tasks.sweep.enqueue()
        assert alert_of(article)

    def test_the_sweep_goes_through_all_shows(self, monkeypatch):
        monkeypatch.setattr(tasks, "SWEPT", 2)
        for number in range(5):
            show = make_show(f"Show {number}")
            make_season(show, premiered_on="2026-01-08", finale_on="2026-01-08")
            text = f"<p>Netflix has not yet decided whether <em>Show {number}</em> will be renewed.</p>"
            publish_article(show=show, text=text)
            Decision.objects.bulk_create(
                [Decision(show=show, outcome="cancelled", announced_on="2026-05-04", precision="day")]
            )
        tasks.sweep.enqueue()
        assert StaleAlert.objects.count() == 5

    def test_a_version_that_is_to_come_settles_it_at_its_moment(self, show, article, queue, in_may):
        renew(show)
        queue.work()
        article.blocks()[0].delete()
        make_section(article, body="<p>Netflix renewed it.</p>")
        article.publish(at=datetime(2026, 5, 7, 9, tzinfo=UTC))
        queue.work()
        assert alert_of(article).settlement == ""
        in_may.move_to(datetime(2026, 5, 7, 9, tzinfo=UTC))
        queue.work()
        assert alert_of(article).settlement == "rewritten"


class TestSettlingItself:
    def test_a_newer_version_that_agrees_settles_it(self, show, article, in_may):
        renew(show)
        later(in_may)
        article.blocks()[0].delete()
        make_section(article, body="<p>Netflix has renewed it for season 2.</p>")
        article.publish()
        assert alert_of(article).settlement == "rewritten"

    def test_a_newer_version_that_says_the_same_does_not(self, show, article, in_may):
        renew(show)
        later(in_may)
        rewrite(article, headline="Still waiting")
        article.publish()
        assert alert_of(article).settlement == ""

    def test_a_deleted_decision_takes_its_alerts_along(self, show, article):
        renew(show).delete()
        assert not StaleAlert.objects.exists()

    def test_a_corrected_decision_that_agrees_settles_it(self, show, article):
        decision = renew(show)
        decision.outcome = "ordered"
        decision.save()
        assert alert_of(article).settlement == "overtaken"

    def test_a_newer_decision_takes_the_place_of_the_older(self, show, article, in_may):
        renew(show)
        later(in_may)
        newer = make_decision(show, "cancelled", "2026-05-05")
        settled = dict(StaleAlert.objects.values_list("decision__outcome", "settlement"))
        assert settled == {"renewed": "overtaken", "cancelled": ""}
        newer.delete()
        assert alert_of(article).settlement == ""

    def test_an_article_that_is_no_longer_about_the_show_leaves_the_list(self, show, article):
        renew(show)
        rewrite(article, show=None)
        tasks.judge_article.enqueue(article.pk)
        assert not StaleAlert.objects.exists()


class TestAnUpdate:
    def test_one_press_tells_readers_and_nothing_else_that_is_unpublished(
        self, client, at_desk, editor, show, article, in_may
    ):
        renew(show)
        later(in_may)
        rewrite(article, headline="An unpublished headline")
        later(in_may)
        answer = press(at_desk(editor), "update", alert_of(article))
        assert "has an update: version 2 is live." in told(answer)
        page = readers_see(client, article)
        assert (
            '<b>Update, <time datetime="2026-05-05">5 May 2026</time>:</b>'
            " Netflix renewed The Imperfects for season 2." in page
        )
        assert '<a href="https://example.com/news" rel="nofollow noopener external">A trade paper</a>' in page
        assert "An unpublished headline" not in page
        article.refresh_from_db()
        assert article.headline == "An unpublished headline"
        assert alert_of(article).settlement == "updated"
        assert alert_of(article).settled_by == editor
        logged = Entry.objects.about(article).get(action="published")
        assert "Netflix renewed The Imperfects for season 2." in logged.detail

    def test_it_moves_the_date_of_the_update(self, at_desk, editor, show, article, in_may):
        renew(show)
        later(in_may)
        press(at_desk(editor), "update", alert_of(article))
        assert Edition.objects.with_updated_at().get(article=article, number=2).updated_at > datetime(
            2026, 5, 5, 10, tzinfo=UTC
        )

    def test_the_draft_has_it_once_and_publishing_keeps_it_once(self, client, at_desk, editor, show, article):
        renew(show)
        press(at_desk(editor), "update", alert_of(article))
        assert article.blocks()[0].text == "Netflix renewed The Imperfects for season 2."
        assert Update.objects.filter(parent=article).count() == 1
        rewrite(article, headline="Renewed")
        article.publish()
        assert readers_see(client, article).count("<b>Update") == 1

    def test_a_draft_that_has_the_box_gets_no_second(self, at_desk, editor, writer, show, article):
        renew(show)
        alert = alert_of(article)
        answer = told(press(at_desk(writer), "update", alert))
        assert "Readers see it once an editor has published it." in answer
        assert article.editions.count() == 1
        assert alert_of(article).settlement == ""
        press(at_desk(editor), "update", alert)
        assert Update.objects.filter(parent=article).count() == 1
        assert article.editions.count() == 2

    def test_an_article_without_other_changes_has_none_afterwards(self, at_desk, editor, show, article):
        renew(show)
        press(at_desk(editor), "update", alert_of(article))
        article.__dict__.pop("newest_edition", None)
        assert not article.has_unpublished_changes()
        row = with_state(type(article).objects.filter(pk=article.pk)).get()
        assert row.desk_state == State.LIVE
        # The preview of the draft names the time of the box.
        assert row.saved_at == article.live_edition.published_at

    def test_a_draft_ahead_is_still_listed_as_ahead(self, at_desk, editor, show, article, in_may):
        renew(show)
        later(in_may)
        rewrite(article, headline="An unpublished headline")
        later(in_may)
        press(at_desk(editor), "update", alert_of(article))
        row = with_state(type(article).objects.filter(pk=article.pk)).get()
        assert row.desk_state == State.AHEAD

    def test_a_version_that_is_to_come_has_it_as_well(self, client, at_desk, editor, show, article, in_may):
        renew(show)
        rewrite(article, headline="Tomorrow's headline")
        article.publish(at=datetime(2026, 5, 6, 9, tzinfo=UTC), by=editor, note="For tomorrow")
        later(in_may)
        press(at_desk(editor), "update", alert_of(article))
        assert "Tomorrow" not in readers_see(client, article)
        (scheduled,) = article.scheduled_editions
        assert (scheduled.note, scheduled.published_by) == ("For tomorrow", editor)
        in_may.move_to(datetime(2026, 5, 6, 9, tzinfo=UTC))
        page = readers_see(client, article)
        assert "Tomorrow&#x27;s headline" in page
        assert page.count("<b>Update") == 1

    def test_pictures_and_corrections_stay_as_readers_know_them(self, client, show, editor, in_may):
        image = make_image(caption="Four flasks", credit="Ann Artist")
        article = publish_article(show=show, text=WAITING, lead_image=image)
        article.publish(correction="It was three, not four.")
        image.caption = "Five flasks"
        image.save()
        decision = renew(show)
        later(in_may)
        add_update(article.pk, decision, by=editor)
        page = readers_see(client, article)
        assert "Four flasks" in page and "Five flasks" not in page
        assert "It was three, not four." in page

    def test_a_second_press_adds_nothing(self, at_desk, editor, show, article):
        renew(show)
        alert = alert_of(article)
        press(at_desk(editor), "update", alert)
        answer = told(press(at_desk(editor), "update", alert))
        assert "That is settled already: An update was added (Editor)." in answer
        assert article.editions.count() == 2

    def test_an_article_taken_off_meanwhile_is_left_alone(self, at_desk, editor, show, article):
        renew(show)
        alert = alert_of(article)
        article.unpublish()
        answer = told(press(at_desk(editor), "update", alert))
        assert "It is not live any more" in answer
        assert article.editions.count() == 1
        assert Update.objects.count() == 0
        assert alert_of(article).settlement == ""

    def test_a_decision_that_was_corrected_after_the_update_is_stale_again(
        self, client, at_desk, editor, show, article, in_may
    ):
        decision = renew(show)
        press(at_desk(editor), "update", alert_of(article))
        later(in_may)
        decision.outcome = "cancelled"
        decision.season_number = None
        decision.save()
        alert = alert_of(article)
        assert alert.settlement == ""
        assert alert.sentence == "Netflix renewed The Imperfects for season 2."
        press(at_desk(editor), "update", alert)
        page = readers_see(client, article)
        assert "Netflix cancelled The Imperfects." in page
        assert page.count("<b>Update") == 1

    def test_one_about_two_shows_has_a_box_for_each(self, at_desk, editor, show, in_may):
        other = make_show("Lockwood & Co")
        make_season(other, premiered_on="2026-01-08", finale_on="2026-01-08")
        both = "<p>Netflix has not yet decided whether <em>Lockwood & Co</em> will be renewed.</p>" + WAITING
        article = publish_article(show=show, text=both)
        article.also_about.add(other)
        renew(show)
        make_decision(other, "cancelled", "2026-05-05")
        for alert in StaleAlert.objects.order_by("pk"):
            later(in_may)
            press(at_desk(editor), "update", alert)
        tasks.sweep.enqueue()
        assert {alert.settlement for alert in StaleAlert.objects.all()} == {"updated"}
        boxes = [block["text"] for block in article.editions.first().blocks if block["type"] == "update"]
        assert boxes == [
            "Netflix cancelled Lockwood & Co.",
            "Netflix renewed The Imperfects for season 2.",
        ]

    def test_an_update_that_a_later_version_drops_is_missed(self, at_desk, editor, show, article, in_may):
        renew(show)
        press(at_desk(editor), "update", alert_of(article))
        later(in_may)
        Update.objects.all().delete()
        article.publish()
        assert alert_of(article).settlement == ""

    @pytest.mark.parametrize("outcome", ["renewed", "final_season", "cancelled", "ended", "revived"])
    def test_what_a_box_says_agrees_with_the_record_it_was_made_from(self, outcome):
        for network, season in [("Netflix", 2), ("Netflix", None), (None, 2), (None, None)]:
            show = make_show(network=network)
            make_season(show, premiered_on="2026-01-08", finale_on="2026-01-08")
            decision = make_decision(show, outcome, "2026-05-05", season_number=season)
            article = Article(show=show)
            said = {"type": "section", "kind": "other", "heading": "", "html": WAITING, "sources": []}
            edition = Edition(article=article, content={"blocks": [said]})
            records = Record.for_shows([show.pk])
            assert staleness.contradiction(edition, records, show.pk)
            edition.content["blocks"].insert(0, Update.told_by(decision).frozen())
            assert not staleness.contradiction(edition, records, show.pk), edition.blocks[0]["text"]


class TestLeavingIt:
    def test_the_reason_is_kept_and_it_is_not_asked_again(self, at_desk, editor, show, article):
        decision = renew(show)
        press(at_desk(editor), "leave", alert_of(article), reason="It tells of the wait")
        alert = alert_of(article)
        assert (alert.settlement, alert.reason) == ("dismissed", "It tells of the wait")
        assert alert.settled_by_name == "Editor"
        tasks.sweep.enqueue()
        decision.source_name = "Another paper"
        decision.save()
        assert alert_of(article).settlement == "dismissed"
        assert "It tells of the wait" in Entry.objects.about(article).get(action="answered").detail

    def test_a_decision_that_says_something_else_is_asked_about_again(self, at_desk, editor, show, article):
        decision = renew(show)
        press(at_desk(editor), "leave", alert_of(article), reason="It tells of the wait")
        decision.outcome = "cancelled"
        decision.save()
        assert alert_of(article).settlement == ""

    def test_without_a_fit_reason_it_asks(self, at_desk, editor, show, article):
        renew(show)
        desk = at_desk(editor)
        for reason in ("", "   ", "x" * 301, "a\0b"):
            answer = press(desk, "leave", alert_of(article), reason=reason)
            assert (answer.status_code, alert_of(article).settlement) == (422, ""), reason


class TestWhoMay:
    def test_a_writer_sees_their_own_and_cannot_leave_it(self, at_desk, writer, show, article):
        other = publish_article(show=show, text=WAITING, headline="Somebody else's")
        renew(show)
        page = at_desk(writer).get("/admin/articles/article/stale/").content.decode()
        assert "Waiting for word" in page and "Somebody else" not in page
        assert press(at_desk(writer), "leave", alert_of(article), reason="No").status_code == 403
        assert press(at_desk(writer), "update", alert_of(other)).status_code == 403
        assert not Update.objects.exists()

    def test_moderators_and_strangers_see_none(self, client, at_desk, moderator, show, article):
        renew(show)
        assert at_desk(moderator).get("/admin/articles/article/stale/").status_code == 403
        assert press(at_desk(moderator), "update", alert_of(article)).status_code == 403
        assert "/login/" in client.get("/admin/articles/article/stale/").url

    def test_looking_changes_nothing_and_forged_presses_are_refused(self, at_desk, editor, show, article):
        renew(show)
        alert = alert_of(article)
        desk = at_desk(editor)
        update = reverse("admin:articles_article_stale_update", args=[alert.pk])
        assert desk.get(update).status_code == 405
        assert desk.get(reverse("admin:articles_article_stale_leave", args=[alert.pk])).status_code == 200
        assert desk.post(f"/admin/articles/article/stale/{'9' * 30}/update/").status_code == 404
        assert alert_of(article).settlement == ""
        elsewhere = desk.post(update, {"back": "https://evil.example/admin/"})
        assert elsewhere.url == "/admin/articles/article/stale/"


def test_the_list_costs_two_queries_at_most(show, editor, django_assert_max_num_queries):
    for _ in range(10):
        publish_article(show=show, text=WAITING)
    renew(show)
    editor = type(editor).objects.get(pk=editor.pk)
    editor.has_perm("articles.change_article")
    with django_assert_max_num_queries(2):
        stale = stale_list.stale_for(editor)
        said = [(alert.headline, alert.new_fact, alert.decision.source_name) for alert in stale.shown]
        assert stale.count == 10
    assert len(said) == 8
    assert said[0][1] == "5 May 2026: Netflix renewed The Imperfects for season 2."


def test_the_front_page_shows_the_old_and_the_new_fact(at_desk, editor, writer, moderator, show, article):
    renew(show)
    for person in (editor, writer):
        page = " ".join(at_desk(person).get(FRONT).content.decode().split())
        assert "It says (5 May 2026)" in page
        assert "Netflix has not yet decided whether The Imperfects will be renewed." in page
        assert "5 May 2026: Netflix renewed The Imperfects for season 2." in page
        assert ">A trade paper</a>" in page
    assert "Add an update to the draft" in page
    assert "Waiting for word" not in at_desk(moderator).get(FRONT).content.decode().partition("Recently")[0]
