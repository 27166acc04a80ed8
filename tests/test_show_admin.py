"""How editors keep a show's record, and what writers may of it."""

import re

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shows.models import ChartEntry, Decision, Outlook, Show
from tests.conftest import make_person as make_staff
from tests.factories_shows import (
    make_chart_entry,
    make_credit,
    make_decision,
    make_network,
    make_rating,
    make_season,
    make_show,
    make_the_imperfects,
)

pytestmark = pytest.mark.django_db
INLINES = ["seasons", "decisions", "ratings", "credits", "outlooks"]


def change(show):
    return reverse("admin:shows_show_change", args=[show.pk])


def posted(show, **fields):
    """The form of a show's screen with no rows; `rows(…)` adds some."""
    form = {"title": show.title, "slug": show.slug, "format": "series", "network": show.network_id}
    for prefix in INLINES:
        form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return form | fields


def row(prefix, **fields):
    return {f"{prefix}-TOTAL_FORMS": 1} | {f"{prefix}-0-{name}": value for name, value in fields.items()}


CANCELLED = {
    "outcome": "cancelled",
    "announced_on": "2022-11-08",
    "precision": "day",
    "source_name": "A trade paper",
    "source_url": "https://example.com/news",
}

IMDB = {
    "source": "imdb",
    "score": "6.1",
    "scale": "10",
    "as_of_on": "2023-05-04",
    "source_url": "https://example.com/score",
}


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_screen_says_the_status_and_why(at_desk, editor):
    page = text_of(at_desk(editor).get(change(make_the_imperfects())))
    assert 'Cancelled: Netflix, 8 Nov 2022, <a href="https://example.com/news"' in page


def test_the_screen_of_a_new_show_opens(at_desk, editor):
    assert "once the record says it" in text_of(at_desk(editor).get(reverse("admin:shows_show_add")))


def test_a_status_without_a_decision_says_its_date(at_desk, editor):
    show = make_show()
    make_season(show, premiered_on="2001-01-01", finale_on="2001-02-01")
    assert "Not known: season 1 ended on 1 Feb 2001" in text_of(at_desk(editor).get(change(show)))


def test_a_whole_record_is_saved_in_one_go(at_desk, editor):
    show = make_show()
    form = posted(show)
    form |= row("seasons", number=1, premiered_on="2022-09-08", finale_on="2022-09-08", episode_count=10)
    form |= row("decisions", **CANCELLED)
    form |= row("ratings", **IMDB)
    form |= row("outlooks", step=1, dated_on="2022-10-10", reason="It fell by half.")
    response = at_desk(editor).post(change(show), form)
    assert response.status_code == 302, response.context["errors"]
    decision, outlook = Decision.objects.get(), Outlook.objects.get()
    assert (decision.recorded_by, decision.recorded_by_name) == (editor, "Editor")
    assert (outlook.author, outlook.author_name) == (editor, "Editor")
    assert Show.objects.with_status().get().status_reason == "Cancelled: Netflix, 8 Nov 2022"


def test_who_recorded_a_decision_stays_when_another_saves_it(at_desk, editor, administrator):
    show = make_show()
    at_desk(editor).post(change(show), posted(show) | row("decisions", **CANCELLED))
    decision = Decision.objects.get()
    form = posted(show) | row("decisions", id=decision.pk, show=show.pk, **CANCELLED | {"note": "Later."})
    at_desk(administrator).post(change(show), form | {"decisions-INITIAL_FORMS": 1})
    decision.refresh_from_db()
    assert (decision.note, decision.recorded_by) == ("Later.", editor)


def errors_of(at_desk, editor, **fields):
    show = make_show()
    response = at_desk(editor).post(change(show), posted(show) | row("decisions", **CANCELLED | fields))
    assert response.status_code == 200 and not Decision.objects.exists()
    return re.sub(r"<[^>]+>", " ", text_of(response))


def test_a_new_decision_needs_a_source(at_desk, editor):
    assert errors_of(at_desk, editor, source_name="", source_url="").count("This field is required.") == 2


def test_a_missing_date_is_said_clearly(at_desk, editor):
    page = errors_of(at_desk, editor, announced_on="")
    assert page.count("Give the date (any day of the month or year will do), or say that it is unknown.") == 1
    assert "not both" not in page


def test_a_date_said_to_be_unknown_is_questioned(at_desk, editor):
    assert "There is a date, though it is said to be unknown" in errors_of(
        at_desk, editor, precision="unknown"
    )


def test_an_unplaced_promise_is_explained(at_desk, editor):
    page = errors_of(at_desk, editor, outcome="renewed", announced_on="", precision="unknown")
    assert "needs a season number or a date" in page


@pytest.mark.parametrize(("precision", "stored"), [("month", "2022-11-01"), ("year", "2022-01-01")])
def test_any_day_of_the_month_or_year_will_do(at_desk, editor, precision, stored):
    show = make_show()
    form = posted(show) | row("decisions", **CANCELLED | {"precision": precision})
    assert at_desk(editor).post(change(show), form).status_code == 302
    assert Decision.objects.get().announced_on.isoformat() == stored


def test_an_older_decision_without_a_source_can_still_be_saved(at_desk, editor):
    decision = make_decision(make_show(), source_name="", source_url="")
    fields = CANCELLED | {"source_name": "", "source_url": "", "note": "Old."}
    form = posted(decision.show) | row("decisions", id=decision.pk, show=decision.show_id, **fields)
    response = at_desk(editor).post(change(decision.show), form | {"decisions-INITIAL_FORMS": 1})
    assert response.status_code == 302


def test_a_rating_is_of_a_season_of_its_own_show(at_desk, editor):
    show, other = make_show(), make_show("Another")
    season, foreign = make_season(show, 7), make_season(other, 9)
    make_rating(show, season=season)
    page = text_of(at_desk(editor).get(change(show)))
    assert f'<option value="{season.pk}" selected>Season 7</option>' in page and "Season 9" not in page
    form = posted(show) | row("ratings", season=foreign.pk, **IMDB)
    assert at_desk(editor).post(change(show), form).status_code == 200


def fill(show, rows):
    for number in range(1, rows + 1):
        season = make_season(show, number)
        make_decision(show, network=make_network(f"Network {number}"))
        make_rating(show, season=season)
        make_credit(show, f"Person {number}")
        Outlook.objects.create(show=show, step=4)


def test_the_screen_takes_as_many_queries_however_many_rows_it_has(at_desk, editor):
    desk, few, many = at_desk(editor), make_show("Few"), make_show("Many")
    fill(few, 1)
    fill(many, 12)
    desk.get(change(few))
    with CaptureQueriesContext(connection) as for_few:
        desk.get(change(few))
    with CaptureQueriesContext(connection) as for_many:
        page = text_of(desk.get(change(many)))
    assert "Network 12" in page and "Person 12" in page
    assert len(for_many) == len(for_few) <= 22


def test_lists_take_as_many_queries_however_long_they_are(
    at_desk, administrator, django_assert_max_num_queries
):
    desk = at_desk(administrator)
    for number in range(15):
        show = make_show(f"Show {number}")
        make_chart_entry(make_season(show, premiered_on="2022-01-01"))
        make_decision(show, network=make_network(f"Network {number}"))
    for model in ("show", "decision", "chartentry", "network", "person", "company", "genre"):
        with django_assert_max_num_queries(12, info=model):
            assert desk.get(reverse(f"admin:shows_{model}_changelist")).status_code == 200, model


@time_machine.travel("2026-11-22T12:00:00Z", tick=False)
def test_shows_are_filtered_by_status_and_say_how_long_they_wait(at_desk, editor):
    make_decision(make_show("Over"))
    make_season(make_show("Waiting"), premiered_on="2026-10-06", finale_on="2026-10-06")
    desk, address = at_desk(editor), reverse("admin:shows_show_changelist")
    page = text_of(desk.get(address, {"status": "awaiting"}))
    assert "No decision yet (day 47)" in page and ">Waiting</a>" in page and ">Over</a>" not in page
    assert ">Over</a>" in text_of(desk.get(address))


@pytest.mark.parametrize("words", ["imperf", "Imparfaits"])
def test_shows_are_found_by_any_of_their_titles(at_desk, editor, words):
    make_show("The Imperfects", other_titles="Les Imparfaits")
    make_show("Another")
    page = text_of(at_desk(editor).get(reverse("admin:shows_show_changelist"), {"q": words}))
    assert ">The Imperfects</a>" in page and ">Another</a>" not in page


def suggested(desk, model, field, term, django_app="shows"):
    query = {"app_label": django_app, "model_name": model, "field_name": field, "term": term}
    return [each["text"] for each in desk.get(reverse("admin:autocomplete"), query).json()["results"]]


def test_suggestions_tell_shows_of_one_title_apart(at_desk, editor, django_assert_max_num_queries):
    for year in range(2001, 2011):
        make_season(make_show("The Order"), premiered_on=f"{year}-01-01")
    desk = at_desk(editor)
    with django_assert_max_num_queries(8):
        labels = suggested(desk, "decision", "show", "order")
    assert "The Order (2004, Netflix)" in labels and len(labels) == 10


def test_suggestions_of_seasons_name_their_show(at_desk, editor, django_assert_max_num_queries):
    show = make_show("The Order")
    for number in range(1, 11):
        make_season(show, number, premiered_on=f"20{10 + number}-01-01")
    desk = at_desk(editor)
    with django_assert_max_num_queries(8):
        assert "The Order (2011, Netflix), season 4" in suggested(desk, "chartentry", "season", "order")


def test_a_seasons_own_page_costs_the_same_however_many_shows_there_are(
    at_desk, editor, django_assert_max_num_queries
):
    season = make_season(make_show())
    for number in range(15):
        make_show(f"Show {number}", network=f"Network {number}")
    desk = at_desk(editor)
    with django_assert_max_num_queries(12):
        desk.get(reverse("admin:shows_season_change", args=[season.pk]))


def test_seasons_have_no_entry_of_their_own_in_the_menu(at_desk, editor):
    page = text_of(at_desk(editor).get(reverse("admin:shows_show_changelist")))
    assert "/shows/show/" in page and "/shows/season/" not in page


def test_a_writer_reads_shows_and_cannot_change_them(at_desk, writer):
    show, desk = make_the_imperfects(), at_desk(writer)
    page = text_of(desk.get(change(show)))
    assert "Cancelled: Netflix, 8 Nov 2022" in page
    assert 'name="_save"' not in page and 'name="title"' not in page
    assert desk.post(change(show), posted(show)).status_code == 403


def test_a_writer_records_a_decision_under_his_name(at_desk, writer):
    show, desk = make_show(), at_desk(writer)
    add = reverse("admin:shows_decision_add")
    assert desk.get(add).status_code == 200
    response = desk.post(add, CANCELLED | {"show": show.pk, "_save": "Save"})
    assert response.status_code == 302
    decision = Decision.objects.get()
    assert (decision.show, decision.recorded_by_name) == (show, "Writer")
    assert "Cancelled" in text_of(desk.get(reverse("admin:shows_decision_changelist")))


def test_staff_without_rights_see_nothing_of_the_record(at_desk, moderator):
    assert at_desk(moderator).get(change(make_show())).status_code == 403


def test_who_may_change_shows_alone_sees_the_rows_and_cannot_change_them(at_desk):
    person = make_staff("filer")
    for name in ["view_show", "change_show", "view_decision"]:
        person.user_permissions.add(Permission.objects.get(codename=name))
    show = make_show()
    make_decision(show)
    page = text_of(at_desk(person).get(change(show)))
    assert 'name="title"' in page and "A trade paper" in page and 'name="decisions-0-source_name"' not in page


def test_a_chart_line_is_entered_with_its_source(at_desk, editor):
    desk, add = at_desk(editor), reverse("admin:shows_chartentry_add")
    form = {
        "chart": "netflix_top10",
        "territory": "global",
        "category": "tv_english",
        "week_ending": "2022-09-11",
        "rank": 3,
        "show_title": "The Imperfects",
        "hours_viewed": 24_070_000,
    }
    assert "This field is required." in text_of(desk.post(add, form))
    assert desk.post(add, form | {"source_url": "https://example.com/top10"}).status_code == 302
    make_chart_entry(make_season(make_show()), rank=4, views=12_000_000, territory="CA")
    page = text_of(desk.get(reverse("admin:shows_chartentry_changelist")))
    assert "24,070,000 hours" in page and "12,000,000 views" in page and "TV (English), CA" in page
    assert (
        desk.get(reverse("admin:shows_chartentry_change", args=[ChartEntry.objects.first().pk])).status_code
        == 200
    )
