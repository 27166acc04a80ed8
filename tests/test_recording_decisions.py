"""Recording a decision on its one screen: what it warns of, what follows from it, and what the log keeps."""

from datetime import UTC, datetime
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from articles.models import Article, StaleAlert, Update
from logbook.models import Entry
from shows.decision_words import dated_sentence_of, headline_of
from shows.models import Decision
from tests.factories import make_category, publish_article
from tests.factories_shows import make_decision, make_season, make_show

pytestmark = pytest.mark.django_db

ADD = "/admin/shows/decision/add/"
WAITING = "<p>Netflix has not yet decided whether <em>The Imperfects</em> will be renewed.</p>"


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel(datetime(2026, 5, 5, 10, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def show():
    show = make_show()
    make_season(show, premiered_on="2026-01-08", finale_on="2026-01-08")
    return show


def typed(show, **fields):
    return {
        "show": show.pk,
        "outcome": "renewed",
        "season_number": "2",
        "announced_on": "2026-05-05",
        "precision": "day",
        "source_name": "A trade paper",
        "source_url": "https://example.com/news",
        **fields,
    }


def record(desk, show, **fields):
    return desk.post(ADD, typed(show, **fields), follow=True)


def text_of(response):
    return unescape(" ".join(response.content.decode().split()))


def told(desk, show, **fields):
    return desk.get(reverse("admin:shows_decision_told"), {"show": show.pk, **fields}).json()


class TestTheScreen:
    def test_outcomes_stand_in_plain_words_and_the_show_may_be_chosen_already(self, at_desk, writer, show):
        page = text_of(at_desk(writer).get(ADD, {"show": show.pk}))
        assert "Renewed: there will be another season" in page
        assert 'type="radio" name="outcome" value="cancelled"' in page
        assert f'<option value="{show.pk}" selected>The Imperfects (2026, Netflix)</option>' in page

    def test_a_writer_records_and_sees_what_follows(self, at_desk, writer, show):
        mine = publish_article(headline="Mine", show=show, text=WAITING, owner=writer)
        publish_article(headline="Theirs", show=show, text=WAITING)
        page = text_of(record(at_desk(writer), show))
        decision = Decision.objects.get()
        assert (decision.recorded_by, decision.season_number) == (writer, 2)
        assert "5 May 2026: Netflix renewed The Imperfects for season 2." in page
        assert "Renewed for season 2" in page
        assert "Mine" in page and "Theirs" not in page
        assert "Add an update to the draft" in page
        assert "1 article of somebody else's has gone stale." in page
        assert StaleAlert.objects.filter(article=mine).exists()

    def test_an_editor_updates_from_there_and_comes_back(self, at_desk, editor, show):
        article = publish_article(headline="Mine", show=show, text=WAITING)
        desk = at_desk(editor)
        where = record(desk, show).redirect_chain[-1][0]
        alert = StaleAlert.objects.get()
        address = reverse("admin:articles_article_stale_update", args=[alert.pk])
        page = desk.post(address, {"back": where}, follow=True)
        assert page.redirect_chain[-1][0] == where
        assert "“Mine” has an update: version 2 is live." in text_of(page)
        assert "Every live article agrees with the record." in text_of(page)
        assert article.editions.count() == 2

    def test_the_articles_stand_there_before_any_worker_came(self, at_desk, editor, show, queue):
        publish_article(headline="Mine", show=show, text=WAITING)
        queue.lose_all()
        assert "Mine" in text_of(record(at_desk(editor), show))

    def test_one_that_is_to_come_says_from_when(self, at_desk, writer, show):
        page = text_of(record(at_desk(writer), show, outcome="ended", announced_on="2026-05-07"))
        assert "It counts from 7 May 2026 on." in page
        assert "No decision yet (day 117)" in page


class TestWhatIsTypedIsTold:
    def test_the_status_that_it_will_give(self, at_desk, writer, show):
        answer = told(at_desk(writer), show, outcome="cancelled", announced_on="2026-05-04")
        assert answer["status"] == (
            "The status is “No decision yet (day 117): season 1 ended on 8 Jan 2026” "
            "and will be “Cancelled: Netflix, 4 May 2026”."
        )

    def test_one_that_is_to_come_one_that_changes_nothing_and_an_older_one(self, at_desk, writer, show):
        desk = at_desk(writer)
        answer = told(desk, show, outcome="cancelled", announced_on="2026-05-09")
        assert "from 9 May 2026 on it will be “Cancelled" in answer["status"]
        answer = told(desk, show, outcome="ordered", announced_on="2026-05-04")
        assert answer["status"].startswith("The status stays: No decision yet")
        make_decision(show, "cancelled", "2026-05-01")
        answer = told(desk, show, outcome="renewed", season_number="2", announced_on="2026-04-01")
        assert answer["status"] == "The status stays: Cancelled: Netflix, 1 May 2026."

    def test_the_season_that_is_likely_meant(self, at_desk, writer, show):
        desk = at_desk(writer)
        assert told(desk, show, outcome="renewed")["season"] == 2
        assert told(desk, show, outcome="cancelled")["season"] is None
        make_decision(show, "renewed", "2026-02-01", season_number=2)
        assert told(desk, show, outcome="final_season")["season"] == 3
        assert told(desk, make_show("New"), outcome="renewed")["season"] is None

    def test_what_may_be_the_same(self, at_desk, writer, show):
        make_decision(show, "cancelled", "2026-04-20", recorded_by_name="Ed")
        desk = at_desk(writer)
        (double,) = told(desk, show, outcome="cancelled", announced_on="2026-05-05")["doubles"]
        assert double == "On record already: Cancelled, 20 Apr 2026 (A trade paper; recorded by Ed)."
        assert told(desk, show, outcome="cancelled", announced_on="2026-06-20")["doubles"] == []

    def test_a_promise_of_another_season_is_no_double_while_the_date_is_not_typed(
        self, at_desk, writer, show
    ):
        make_decision(show, "renewed", "2025-04-20", season_number=2)
        desk = at_desk(writer)
        assert told(desk, show, outcome="renewed")["doubles"] == []
        assert told(desk, show, outcome="renewed", season_number="3")["doubles"] == []
        assert len(told(desk, show, outcome="renewed", season_number="2")["doubles"]) == 1

    @pytest.mark.parametrize(
        "fields",
        [
            {"outcome": "", "season_number": "2"},
            {"outcome": "renewed", "season_number": "99999999"},
            {"outcome": "renewed", "announced_on": "yesterday"},
            {"outcome": ["renewed", "x"]},
            {"show": "x", "outcome": "renewed"},
            {"outcome": "renewed", "precision": "x"},
            {"outcome": "renewed", "announced_on": "0001-01-01"},
            {"outcome": "renewed", "announced_on": "9999-12-31"},
        ],
    )
    def test_too_little_or_forged_input_is_no_error(self, at_desk, writer, show, fields):
        answer = at_desk(writer).get(reverse("admin:shows_decision_told"), {"show": show.pk, **fields})
        assert answer.status_code == 200

    def test_it_is_for_those_who_record(self, client, at_desk, moderator, show):
        address = reverse("admin:shows_decision_told")
        assert at_desk(moderator).get(address).status_code == 403
        assert client.get(address).status_code == 302


class TestALikelyDouble:
    def test_it_asks_once_and_a_second_press_records(self, at_desk, writer, show):
        first = make_decision(show, "renewed", "2026-04-20", season_number=2)
        desk = at_desk(writer)
        page = text_of(record(desk, show))
        assert "On record already: Renewed for season 2, 20 Apr 2026 (A trade paper" in page
        assert Decision.objects.count() == 1
        record(desk, show, seen=str(first.pk))
        assert Decision.objects.count() == 2

    def test_another_that_came_meanwhile_is_shown_too(self, at_desk, writer, show):
        first = make_decision(show, "renewed", "2026-04-20", season_number=2)
        make_decision(show, "renewed", "2026-05-05", season_number=2)
        record(at_desk(writer), show, seen=str(first.pk))
        assert Decision.objects.count() == 2

    def test_another_outcome_or_another_time_is_no_double(self, at_desk, writer, show):
        make_decision(show, "cancelled", "2026-05-05")
        make_decision(show, "renewed", "2026-04-01", season_number=2)
        record(at_desk(writer), show)
        assert Decision.objects.count() == 3


class TestTheShortNews:
    def start(self, desk, decision):
        return desk.post(reverse("admin:shows_decision_news", args=[decision.pk]))

    def test_it_begins_with_what_the_record_knows(self, at_desk, writer, show):
        publish_article(show=show, category=make_category("Streaming"))
        publish_article(category=make_category("Awards"))
        decision = make_decision(show, "renewed", "2026-05-05", season_number=2)
        answer = self.start(at_desk(writer), decision)
        article = Article.objects.get(owner=writer)
        assert answer.url == f"/admin/articles/article/{article.pk}/change/"
        assert article.headline == "Netflix renews The Imperfects for season 2"
        assert (article.show, article.category.name) == (show, "Streaming")
        section, panel = article.blocks()
        assert section.body == "<p>Netflix renewed The Imperfects for season 2 on 5 May 2026.</p>"
        assert section.sources == "A trade paper https://example.com/news"
        assert panel.kind == "facts"
        assert not article.is_published

    def test_a_second_press_leads_to_the_same_draft(self, at_desk, writer, show):
        decision = make_decision(show)
        desk = at_desk(writer)
        assert self.start(desk, decision).url == self.start(desk, decision).url
        assert Article.objects.count() == 1

    def test_it_takes_a_press_and_the_right_to_write(self, at_desk, moderator, writer, show):
        decision = make_decision(show)
        assert (
            at_desk(writer).get(reverse("admin:shows_decision_news", args=[decision.pk])).status_code == 405
        )
        assert self.start(at_desk(moderator), decision).status_code == 403
        assert self.start(at_desk(writer), Decision(pk=2**70)).status_code in (302, 404)
        assert not Article.objects.exists()

    def test_markup_in_a_title_is_text(self, at_desk, writer):
        decision = make_decision(make_show("<b>Bold</b> & Co"))
        self.start(at_desk(writer), decision)
        (section, _panel) = Article.objects.get().blocks()
        assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Co" in section.body


class TestTheLog:
    def test_it_says_who_recorded_changed_and_deleted_what(self, at_desk, writer, editor, show):
        record(at_desk(writer), show)
        decision = Decision.objects.get()
        desk = at_desk(editor)
        address = reverse("admin:shows_decision_change", args=[decision.pk])
        desk.post(address, typed(show, outcome="final_season"))
        desk.post(address, typed(show, outcome="final_season"))
        desk.post(reverse("admin:shows_decision_delete", args=[decision.pk]), {"post": "yes"})
        deleted, changed, recorded = Entry.objects.all()
        assert (recorded.actor, recorded.action) == (writer, "recorded")
        assert recorded.subject_name == "The Imperfects: Renewed for season 2, 5 May 2026"
        assert "https://example.com/news" in recorded.detail
        assert (changed.actor, changed.action) == (editor, "changed")
        assert changed.detail == "Outcome: “Renewed for season 2” → “Final season (2)”."
        assert (deleted.actor, deleted.action) == (editor, "deleted")
        assert deleted.subject_name == "The Imperfects: Final season (2), 5 May 2026"

    def test_several_deleted_in_the_list_are_a_line_each(self, at_desk, editor, show):
        rows = [make_decision(show, "cancelled"), make_decision(show, "revived", season_number=2)]
        form = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}
        at_desk(editor).post("/admin/shows/decision/", form)
        assert Entry.objects.filter(action="deleted").count() == 2

    def test_the_shows_own_screen_keeps_it_too(self, at_desk, editor, show):
        stays, goes = make_decision(show), make_decision(show, "revived", season_number=2)
        rows = {
            "decisions-TOTAL_FORMS": 3,
            "decisions-INITIAL_FORMS": 2,
            "decisions-0-id": stays.pk,
            "decisions-1-id": goes.pk,
            "decisions-1-DELETE": "on",
        }
        for number, outcome in enumerate(["ended", "revived", "renewed"]):
            fields = typed(show, outcome=outcome, announced_on="2022-11-08")
            rows |= {f"decisions-{number}-{name}": value for name, value in fields.items() if name != "show"}
        rows |= {"decisions-0-season_number": ""}
        form = {"title": show.title, "slug": show.slug, "format": "series", "network": show.network_id}
        for prefix in ("seasons", "ratings", "credits", "outlooks"):
            form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
        answer = at_desk(editor).post(reverse("admin:shows_show_change", args=[show.pk]), form | rows)
        assert answer.status_code == 302
        said = dict(Entry.objects.values_list("action", "detail"))
        assert said["changed"] == "Outcome: “Cancelled” → “Ended”."
        assert said["recorded"].startswith("The Imperfects; Renewed for season 2; 8 Nov 2022;")
        assert said["deleted"].startswith("The Imperfects; Revived for season 2; 8 Nov 2022;")


def test_deleting_a_decision_names_the_articles_that_still_tell_of_it(at_desk, editor, show):
    article = publish_article(headline="Told", show=show, text=WAITING)
    desk = at_desk(editor)
    record(desk, show)
    desk.post(reverse("admin:articles_article_stale_update", args=[StaleAlert.objects.get().pk]))
    decision = Decision.objects.get()
    answer = desk.post(
        reverse("admin:shows_decision_delete", args=[decision.pk]), {"post": "yes"}, follow=True
    )
    assert "Live articles have an update made from what was deleted; take it out there:" in text_of(answer)
    assert f'<a href="/admin/articles/article/{article.pk}/change/">Told</a>' in text_of(answer)
    assert Update.objects.get().decision is None


@pytest.mark.parametrize("outcome", Decision.Outcome.values)
def test_a_decision_of_any_kind_reads_as_a_sentence(outcome):
    for network, season in [("Netflix", 2), ("Netflix", None), (None, 2), (None, None)]:
        decision = make_decision(make_show(network=network), outcome, season_number=season)
        sentence, headline = dated_sentence_of(decision), headline_of(decision)
        assert sentence.startswith("8 Nov 2022: ") and sentence.endswith(".")
        for text in (sentence, headline):
            assert "The Imperfects" in text and "%" not in text and "None" not in text
            assert ("Netflix" in text) == bool(network)


def test_a_date_is_said_as_exactly_as_it_is_known(show):
    decision = make_decision(show, "cancelled", "2026-04-01", precision="month")
    assert dated_sentence_of(decision) == "April 2026: Netflix cancelled The Imperfects."
    box = Update.told_by(decision)
    assert (box.dated_on.isoformat(), box.text) == ("2026-05-05", dated_sentence_of(decision))
