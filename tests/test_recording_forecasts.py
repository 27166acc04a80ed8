"""Recording a forecast in the newsroom, reading what became of it, and withdrawing it."""

import re

import pytest
import time_machine
from django.urls import reverse

from logbook.models import Entry
from shows.models import Outlook, Show
from tests.factories_shows import make_decision, make_outlook, make_season, make_show
from tests.test_show_admin import change, posted, row, text_of

pytestmark = pytest.mark.django_db
ADD = "/admin/shows/outlook/add/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2022-10-10T12:00:00Z", tick=False):
        yield


@pytest.fixture
def show():
    show = make_show()
    make_season(show, premiered_on="2022-09-08", finale_on="2022-09-08")
    return show


def told(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(response)))


def its_screen(outlook):
    return reverse("admin:shows_outlook_change", args=[outlook.pk])


def test_the_screen_says_what_each_step_means(at_desk, editor, show):
    page = told(at_desk(editor).get(ADD, {"show": show.pk}))
    assert "Renewal likely (80 in 100 go on)" in page
    assert "Cancellation certain (1 in 100 go on)" in page
    assert "of a hundred shows that you call “Renewal likely”, about eighty should go on" in page


def test_a_forecast_is_recorded_with_the_day_and_who_made_it(at_desk, editor, show):
    form = {"show": show.pk, "step": 3, "reason": "Down by 64 % in its third week."}
    assert at_desk(editor).post(ADD, form).status_code == 302
    outlook = Outlook.objects.get()
    assert (outlook.dated_on.isoformat(), outlook.author_name, outlook.season_number) == (
        "2022-10-10",
        "Editor",
        2,
    )


def test_on_the_shows_screen_the_season_follows_from_what_is_typed_with_it(at_desk, editor):
    show = make_show()
    form = posted(show) | row("seasons", number=3, premiered_on="2022-09-08")
    form |= row("outlooks", step=3, reason="It fell by half.", dated_on="2019-01-01")
    assert at_desk(editor).post(change(show), form).status_code == 302
    outlook = Outlook.objects.get()
    # The day is nobody's to type.
    assert (outlook.season_number, outlook.dated_on.isoformat()) == (4, "2022-10-10")


def test_a_forecast_needs_its_reasons(at_desk, editor, show):
    form = posted(show) | row("outlooks", step=3, reason="")
    response = at_desk(editor).post(change(show), form)
    assert response.status_code == 200 and not Outlook.objects.exists()
    assert "This field is required." in told(response)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Season 1 has begun already, on 8 Sep 2022: ask about a later one."),
        (2, "That is decided already (Renewed for season 2, 1 Oct 2022): ask about a later season."),
    ],
)
def test_what_is_answered_already_is_not_asked(at_desk, editor, show, number, said):
    make_decision(show, "renewed", "2022-10-01", season_number=2)
    form = {"show": show.pk, "step": 3, "season_number": number, "reason": "It fell by half."}
    response = at_desk(editor).post(ADD, form)
    assert said in told(response)
    assert "It fell by half." in told(response) and not Outlook.objects.exists()


@pytest.mark.parametrize("number", ["0", "-1", "99999999", "two", "\0"])
def test_a_wrong_number_is_refused_with_a_sentence(at_desk, editor, show, number):
    form = {"show": show.pk, "step": 3, "season_number": number, "reason": "It fell by half."}
    response = at_desk(editor).post(ADD, form)
    assert response.status_code == 200 and not Outlook.objects.exists()


def test_what_was_recorded_is_not_changed_on_the_shows_screen(at_desk, editor, show):
    outlook = make_outlook(show, 3)
    page = told(at_desk(editor).get(change(show)))
    assert "Cancellation likely" in page and "Open" in page
    rows = row("outlooks", id=outlook.pk, show=show.pk, step=8, reason="I knew.", DELETE="on")
    form = posted(show) | rows | {"outlooks-INITIAL_FORMS": 1}
    assert at_desk(editor).post(change(show), form).status_code == 302
    outlook.refresh_from_db()
    assert (outlook.step, outlook.reason) == (3, "It leads its list.")


def test_an_open_one_is_withdrawn_with_a_reason_and_stays(at_desk, editor, show):
    outlook, desk = make_outlook(show, 8), at_desk(editor)
    assert "Withdraw it" in told(desk.get(its_screen(outlook)))
    assert "This field is required." in told(desk.post(its_screen(outlook), {"withdrawn_reason": " "}))
    forged = {"withdrawn_reason": "A slip.", "step": 1, "reason": "Other"}
    assert desk.post(its_screen(outlook), forged).status_code == 302
    outlook.refresh_from_db()
    assert (outlook.step, outlook.withdrawn_reason, outlook.withdrawn_by_name) == (8, "A slip.", "Editor")
    assert Entry.objects.get().detail == "Withdrew the forecast: A slip."
    assert "Withdrawn: 10 Oct 2022, “A slip.”" in told(desk.get(its_screen(outlook)))
    assert desk.post(its_screen(outlook), {"withdrawn_reason": "Again."}).status_code == 403


def test_once_it_is_decided_nobody_withdraws_it(at_desk, administrator, show):
    outlook, desk = make_outlook(show, 8), at_desk(administrator)
    make_decision(show, "cancelled", "2022-10-05")
    page = told(desk.get(its_screen(outlook)))
    assert "Wrong: Cancelled, 5 Oct 2022" in page and "Withdraw it" not in page
    assert desk.post(its_screen(outlook), {"withdrawn_reason": "A slip."}).status_code == 403


def test_a_show_with_forecasts_is_not_deleted(at_desk, administrator, show):
    make_outlook(show)
    desk, address = at_desk(administrator), reverse("admin:shows_show_delete", args=[show.pk])
    assert "permission to delete the following types of objects: forecast" in told(desk.get(address))
    desk.post(address, {"post": "yes"})
    assert Show.objects.exists()


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_takes_as_many_queries_however_long_it_is(
    at_desk, editor, django_assert_max_num_queries, count
):
    for number in range(count):
        show = make_show(f"Show {number}")
        make_outlook(show)
        make_decision(show)
    desk = at_desk(editor)
    with django_assert_max_num_queries(14):
        page = told(desk.get(reverse("admin:shows_outlook_changelist")))
    assert "Wrong: Cancelled, 8 Nov 2022" not in page and "Open" in page
