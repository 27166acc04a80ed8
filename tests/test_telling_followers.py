"""Followers are told of decisions: once each, of news alone, of what stands when the grace is over."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command

from follows.models import Follow
from follows.news import GRACE
from follows.tasks import tell
from mailing.models import Mail
from shows.models import Decision
from tests.factories import make_publication
from tests.factories_follows import make_follow
from tests.factories_shows import SOURCE, make_decision, make_season, make_show

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
TODAY = "2022-11-10"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def show():
    make_publication("Cold Open")
    show = make_show("The Imperfects", slug="the-imperfects")
    make_season(show, premiered_on="2022-09-08")
    return show


@pytest.fixture
def mara(show):
    return make_follow(show, confirmed_at=NOON - timedelta(days=1))


def after_the_grace(clock, queue):
    """What the worker does at once, and what it does when the grace is over."""
    queue.work()
    clock.shift(GRACE)
    queue.work()


def subjects(mailoutbox):
    return [mail.subject for mail in mailoutbox]


def test_a_follower_gets_one_mail_about_a_decision_with_its_source(show, mara, clock, queue, mailoutbox):
    make_decision(show, "renewed", TODAY, season_number=2, note="Not for readers")
    queue.work()
    assert not mailoutbox, "nobody is told before the grace is over"
    after_the_grace(clock, queue)
    (mail,) = mailoutbox
    assert mail.to == ["Mara@Reader.example"]
    assert mail.subject == "Netflix renews The Imperfects for season 2"
    assert "10 Nov 2022: Netflix renewed The Imperfects for season 2." in mail.body
    assert "A trade paper\nhttps://example.com/news" in mail.body and "Not for readers" not in mail.body
    assert f"{settings.SITE_URL}/shows/the-imperfects/" in mail.body
    assert "/follows/unsubscribe/" in mail.extra_headers["List-Unsubscribe"]
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_work_that_is_done_again_sends_nothing_again(show, mara, clock, queue, mailoutbox):
    decision = make_decision(show, "renewed", TODAY, season_number=2)
    after_the_grace(clock, queue)
    for _ in range(2):
        tell.enqueue(decision.pk)
    decision.save()
    after_the_grace(clock, queue)
    assert len(mailoutbox) == 1


def test_a_decision_that_is_corrected_within_the_grace_is_told_as_corrected(
    show, mara, clock, queue, mailoutbox
):
    decision = make_decision(show, "cancelled", TODAY)
    clock.shift(GRACE / 2)
    decision.outcome, decision.season_number = "renewed", 2
    decision.save()
    after_the_grace(clock, queue)
    after_the_grace(clock, queue)
    assert subjects(mailoutbox) == ["Netflix renews The Imperfects for season 2"]


def test_a_decision_that_is_taken_back_within_the_grace_is_told_to_nobody(
    show, mara, clock, queue, mailoutbox
):
    make_decision(show, "cancelled", TODAY).delete()
    after_the_grace(clock, queue)
    assert not mailoutbox


def test_a_decision_that_was_recorded_for_the_wrong_show_is_told_to_the_right_ones_followers(
    show, mara, clock, queue, mailoutbox
):
    other = make_show("Zeta")
    decision = make_decision(other, "cancelled", TODAY)
    decision.show = show
    decision.save()
    after_the_grace(clock, queue)
    assert subjects(mailoutbox) == ["Netflix cancels The Imperfects"]


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"announced_on": "2022-10-27"}, True),
        ({"announced_on": "2022-10-26"}, False),
        ({"announced_on": "2022-11-01", "precision": "month"}, True),
        ({"announced_on": "2022-10-01", "precision": "month"}, True),
        ({"announced_on": "2022-09-01", "precision": "month"}, False),
        ({"announced_on": "2022-01-01", "precision": "year"}, False),
        ({"announced_on": None}, False),
        ({"outcome": "removed"}, False),
        ({"outcome": "ordered"}, False),
        ({"outcome": "ended"}, True),
        ({"outcome": "revived"}, True),
        ({"outcome": "final_season"}, True),
    ],
)
def test_history_and_what_decides_nothing_are_no_news(show, mara, clock, queue, mailoutbox, fields, is_told):
    make_decision(show, **{"announced_on": TODAY, **fields})
    after_the_grace(clock, queue)
    assert bool(mailoutbox) is is_told


def test_what_is_dated_in_the_future_is_told_of_on_its_day(show, mara, clock, queue, mailoutbox):
    make_decision(show, "cancelled", "2022-11-12")
    after_the_grace(clock, queue)
    assert not mailoutbox
    clock.move_to(datetime(2022, 11, 12, 0, 0, 1, tzinfo=UTC))
    queue.work()
    assert subjects(mailoutbox) == ["Netflix cancels The Imperfects"]


def test_what_is_moved_to_a_later_day_within_the_grace_waits_for_it(show, mara, clock, queue, mailoutbox):
    decision = make_decision(show, "cancelled", TODAY)
    Decision.objects.filter(pk=decision.pk).update(announced_on="2022-11-12")
    after_the_grace(clock, queue)
    assert not mailoutbox


def test_only_those_who_had_confirmed_when_it_was_recorded_are_told(show, mara, clock, queue, mailoutbox):
    make_follow(show, "waits@reader.example", confirmed_at=None)
    make_follow(make_show("Zeta"), "zeta@reader.example")
    make_decision(show, "cancelled", TODAY)
    make_follow(show, "later@reader.example", confirmed_at=NOON + timedelta(minutes=1))
    after_the_grace(clock, queue)
    assert [mail.to for mail in mailoutbox] == [["Mara@Reader.example"]]


def test_who_has_ended_it_meanwhile_is_told_nothing(show, mara, clock, queue, mailoutbox):
    make_decision(show, "cancelled", TODAY)
    Follow.objects.all().delete()
    after_the_grace(clock, queue)
    assert not mailoutbox and not Mail.objects.exists()


def test_many_followers_are_told_in_several_tasks_and_each_once(show, clock, queue, mailoutbox, monkeypatch):
    monkeypatch.setattr("follows.telling.IN_A_TASK", 3)
    monkeypatch.setattr("follows.telling.CHUNK", 2)
    for n in range(7):
        make_follow(show, f"reader{n}@reader.example")
    make_decision(show, "cancelled", TODAY)
    after_the_grace(clock, queue)
    assert sorted(mail.to[0] for mail in mailoutbox) == [f"reader{n}@reader.example" for n in range(7)]


def test_the_page_that_records_a_decision_has_followers_told(
    at_desk, writer, show, mara, clock, queue, mailoutbox
):
    typed = {"show": show.pk, "outcome": "cancelled", "announced_on": TODAY, "precision": "day", **SOURCE}
    at_desk(writer).post("/admin/shows/decision/add/", typed)
    assert Decision.objects.exists()
    after_the_grace(clock, queue)
    assert subjects(mailoutbox) == ["Netflix cancels The Imperfects"]


def test_bulk_and_fixtures_tell_nobody(show, mara, clock, queue, mailoutbox, tmp_path):
    fields = {"show": show, "outcome": "cancelled", "announced_on": NOON.date()}
    Decision.objects.bulk_create([Decision(**fields)])
    dumped = tmp_path / "decisions.json"
    call_command("dumpdata", "shows.decision", output=str(dumped))
    call_command("loaddata", str(dumped), verbosity=0)
    after_the_grace(clock, queue)
    assert not mailoutbox
