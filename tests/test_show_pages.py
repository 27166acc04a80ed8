"""What readers see of shows: the list from A to Z and a show's page."""

import pytest
import time_machine
from django.urls import reverse

from shows.models import Company, Genre
from shows.views import SHOWS_PER_PAGE
from tests.factories import picture_file, publish_article
from tests.factories_shows import (
    make_credit,
    make_decision,
    make_run,
    make_season,
    make_show,
    make_the_imperfects,
)

pytestmark = pytest.mark.django_db
# The publication and its menu, which every page asks for.
FRAME = 1


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def titles(response):
    return [show.title for show in response.context["page"]]


def test_shows_are_listed_from_a_to_z_whatever_their_case(client):
    for title in ["Zeta", "alpha", "Beta"]:
        make_show(title)
    assert titles(client.get("/shows/")) == ["alpha", "Beta", "Zeta"]


@pytest.mark.parametrize("number_of_shows", [2, 30])
def test_the_list_takes_as_many_queries_however_long_it_is(
    client, django_assert_max_num_queries, number_of_shows
):
    for number in range(number_of_shows):
        show = make_show(f"Show {number}")
        make_season(show, premiered_on="2022-09-08", finale_on="2022-09-08")
        make_decision(show)
        make_credit(show)
    with django_assert_max_num_queries(FRAME + 2):
        client.get("/shows/")


@time_machine.travel("2026-11-22T12:00:00Z", tick=False)
def test_the_list_is_narrowed_by_status_and_network(client):
    make_decision(make_show("Over"))
    make_decision(make_show("Over too", network="ABC"))
    waiting = make_show("Waiting")
    make_season(waiting, premiered_on="2026-10-06", finale_on="2026-10-06")
    assert titles(client.get("/shows/?status=cancelled")) == ["Over", "Over too"]
    response = client.get("/shows/?status=cancelled&network=abc")
    assert titles(response) == ["Over too"]
    assert "<h1>Shows on ABC</h1>" in text_of(response)
    assert "No decision yet (day 47)" in text_of(client.get("/shows/?status=awaiting"))


@pytest.mark.parametrize("query", ["status=nonsense", "network=nonsense", "status=%00", "network=a%00b"])
def test_a_list_of_nothing_says_so(client, query):
    make_show()
    response = client.get(f"/shows/?{query}")
    assert response.status_code == 200
    if "%00" not in query or "network" in query:
        assert "No shows of this kind are on record." in text_of(response)


def test_a_long_list_has_pages_that_keep_the_filter(client):
    for number in range(SHOWS_PER_PAGE + 1):
        make_decision(make_show(f"Show {number}"))
    first = text_of(client.get("/shows/?status=cancelled"))
    assert "Page 1 of 2" in first and 'rel="next" href="?status=cancelled&amp;page=2"' in first
    second = client.get("/shows/?status=cancelled&page=2")
    assert len(titles(second)) == 1 and 'rel="prev"' in text_of(second)
    assert client.get("/shows/?page=nonsense").status_code == 200


def test_a_show_page_tells_the_whole_record(client):
    show = make_the_imperfects()
    show.genres.add(Genre.objects.create(name="Science fiction", slug="science-fiction"))
    show.companies.add(Company.objects.create(name="Nomadic", slug="nomadic"))
    show.imdb_id, show.other_titles = "tt1234567", "Les Imparfaits"
    show.save()
    make_credit(show, "An Actor", role="cast", character="Abbi")
    page = text_of(client.get("/shows/the-imperfects/"))
    for text in [
        "<h1>The Imperfects</h1>",
        '<span class="status status-cancelled">Cancelled</span>',
        'Netflix, 8 Nov 2022 (<a href="https://example.com/news"',
        "<dd>Shelley Eriksen, Dennis Heaton</dd>",
        "<dd>Science fiction</dd>",
        "<dd>Nomadic</dd>",
        "<dd>Canada</dd>",
        "<dd>English</dd>",
        "Les Imparfaits",
        'href="https://www.imdb.com/title/tt1234567/"',
        "Season 1 is released",
        "no score",
        "−63.56 %",
        "An Actor</a> (Abbi)",
        "Nothing has been written about it here yet.",
    ]:
        assert text in page, text
    assert "<title>The Imperfects (2022, Netflix)" in page
    assert "style=" not in page and "<script>" not in page


def test_a_show_of_which_nothing_is_known_says_so(client):
    page = text_of(client.get(make_show("Blank", network=None).get_absolute_url()))
    assert page.count("<dd>Not known</dd>") >= 6
    for text in ["No seasons", "No ratings", "No chart entries", "No credits", "No dates and no decisions"]:
        assert f"{text} are known." in page


def test_a_season_without_dates_shows_them_as_not_known(client):
    show = make_show()
    make_season(show, 1)
    assert text_of(client.get(show.get_absolute_url())).count("<td>Not known</td>") == 2


def test_the_page_lists_what_was_written_about_the_show(client):
    show = make_show()
    publish_article(headline="Why it will not come back", show=show)
    publish_article(headline="Another matter")
    page = text_of(client.get(show.get_absolute_url()))
    assert "Why it will not come back" in page and "Another matter" not in page


def test_the_poster_is_shown_with_its_text_and_credit(client):
    show = make_show(poster_alt="Three people in the rain", poster_credit="A photographer")
    show.poster.save("poster.png", picture_file((640, 960)))
    page = text_of(client.get(show.get_absolute_url()))
    assert 'alt="Three people in the rain"' in page and "<figcaption>A photographer</figcaption>" in page


@pytest.mark.parametrize("weeks", [1, 6])
def test_a_show_page_takes_as_many_queries_however_much_is_known(client, django_assert_num_queries, weeks):
    show = make_show()
    for number in range(1, weeks + 1):
        season = make_season(show, number, premiered_on=f"20{10 + number}-01-03")
        make_run(season, (f"20{10 + number}-01-10", 1, 1000))
        make_decision(show, "renewed", f"20{10 + number}-02-01", season_number=number + 1)
        make_credit(show, f"Person {number}", role="cast")
    # The frame, the id, the record (2), companies, genres, forecasts, credits, coverage, sources.
    with django_assert_num_queries(FRAME + 9):
        client.get(show.get_absolute_url())


def test_an_unknown_show_is_not_found(client):
    assert client.get("/shows/nothing/").status_code == 404


@pytest.mark.parametrize("name", ["list", "detail"])
def test_pages_are_only_read_and_set_no_cookie(client, name):
    address = reverse(f"shows:{name}", args=[make_show().slug] if name == "detail" else [])
    assert client.post(address).status_code == 405
    response = client.get(address)
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
