"""Seasons and shows beside each other at the same age: what the address says, and what a reader is told."""

import re
from itertools import pairwise

import pytest
import time_machine
from django.test import Client

from comparing.asked import Asked
from comparing.comparison import Comparison
from comparing.picture import BASELINE, TOP, Picture
from shows.runs import refresh_runs
from tests.factories_shows import make_chart_entry, make_decision, make_run, make_season, make_show
from tests.reading import read

pytestmark = pytest.mark.django_db
FRAME = 1
IMPERFECTS, DEVIL, COBRA = "the-imperfects.1", "devil-in-ohio.1", "cobra-kai.5"
WEEKS = ("2022-09-04", "2022-09-11", "2022-09-18", "2022-09-25", "2022-10-02", "2022-10-09")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2023-02-01T12:00:00Z", tick=False):
        yield


@pytest.fixture
def charts():
    """Three seasons with their figures as published, and the tenth places after them."""
    over = make_show(slug="the-imperfects")
    season = make_season(over, premiered_on="2022-09-08", finale_on="2022-09-08")
    make_decision(over, "cancelled", "2022-11-08")
    make_run(season, (WEEKS[1], 3, 24_070_000), (WEEKS[2], 4, 35_020_000), (WEEKS[3], 9, 12_760_000))
    limited = make_show("Devil in Ohio", slug="devil-in-ohio", format="limited")
    season = make_season(limited, premiered_on="2022-09-02", finale_on="2022-09-02")
    make_run(season, (WEEKS[0], 2, 35_370_000), (WEEKS[1], 2, 70_810_000), (WEEKS[2], 5, 29_300_000))
    long = make_show("Cobra Kai", slug="cobra-kai")
    make_season(long, 4, premiered_on="2021-12-31", finale_on="2021-12-31")
    season = make_season(long, 5, premiered_on="2022-09-09", finale_on="2022-09-09")
    figures = zip(WEEKS[1:5], (1, 1, 3, 4), (106_700_000, 95_550_000, 38_120_000, 20_820_000), strict=True)
    make_run(season, *figures)
    make_chart_entry(week_ending=WEEKS[3], rank=10, hours_viewed=11_640_000, show_title="A tenth")
    make_chart_entry(week_ending=WEEKS[4], rank=10, hours_viewed=9_130_000, show_title="Another tenth")
    refresh_runs()


def address(*keys, **more):
    asked = "&".join([*(f"run={key}" for key in keys), *(f"{name}={text}" for name, text in more.items())])
    return f"/compare/?{asked}"


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.replace("\xa0", " ")).split())


def cells_of(page):
    """{(week, letter): what the table says}"""
    body = re.search(r'<table class="board ages">.*?<tbody>(.*?)</tbody>', page, re.DOTALL)[1]
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL):
        week = int(re.search(r'<th scope="row">(\d+)</th>', row)[1])
        for letter, cell in zip("ABCD", re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL), strict=False):
            found[week, letter] = text_of(cell)
    return found


def test_three_seasons_stand_beside_each_other_at_the_same_age(charts):
    page = read(address(COBRA, DEVIL, IMPERFECTS))
    assert (
        "<h1>Cobra Kai, season 5, Devil in Ohio, season 1 and The Imperfects, season 1 compared</h1>" in page
    )
    assert cells_of(page) == {
        (1, "A"): "106,700,000 1st, 11 Sep 2022, 3 days",
        (1, "B"): "35,370,000 2nd, 4 Sep 2022, 3 days",
        (1, "C"): "24,070,000 3rd, 11 Sep 2022, 4 days",
        (2, "A"): "95,550,000 1st, 18 Sep 2022",
        (2, "B"): "70,810,000 2nd, 11 Sep 2022",
        (2, "C"): "35,020,000 4th, 18 Sep 2022",
        (3, "A"): "38,120,000 3rd, 25 Sep 2022",
        (3, "B"): "29,300,000 5th, 18 Sep 2022",
        (3, "C"): "12,760,000 9th, 25 Sep 2022",
        (4, "A"): "20,820,000 4th, 2 Oct 2022",
        (4, "B"): "at most 11,640,000 off the list, 25 Sep 2022",
        (4, "C"): "at most 9,130,000 off the list, 2 Oct 2022",
    }
    said = text_of(page)
    assert "Compared are hours viewed, by which Netflix ranked its lists until June 2023." in said
    assert "Fell by more than half in its first month: yes, from the peak of week two." in said
    assert "What became of it 8 Nov 2022: Cancelled by Netflix ( A trade paper )" in said


def drawn(*keys, **more):
    comparison = Comparison(Asked.from_query(Client().get(address(*keys, **more)).wsgi_request.GET))
    return comparison, Picture(comparison)


def test_the_picture_agrees_with_the_table(charts):
    comparison, picture = drawn(COBRA, DEVIL, IMPERFECTS)
    page = read(comparison.asked.address)
    cells, told = cells_of(page), {}
    columns = {round(picture.x(week), 2): week for week in comparison.weeks}
    pattern = r'<use class="curve-(\d)( open)?" href="#([-\w]+)" x="([\d.]+)%" y="([\d.]+)"/>'
    for number, is_open, shape, x, y in re.findall(pattern, page):
        figure = picture.top * (BASELINE - float(y)) / (BASELINE - TOP)
        told[columns[float(x)], "ABCD"[int(number)]] = figure, bool(is_open), shape
    assert told.keys() == cells.keys()
    # A pixel's tenth is so much.
    least = picture.top / (BASELINE - TOP) / 10
    for place, (figure, is_open, shape) in told.items():
        said = int(re.search(r"[\d,]+", cells[place])[0].replace(",", ""))
        assert abs(figure - said) <= least, place
        assert is_open == ("day" in cells[place] or "off" in cells[place]), place
        assert (shape == "at-most") == ("off" in cells[place]), place


def test_what_is_not_whole_is_dotted_and_the_rest_is_not(charts):
    _comparison, picture = drawn(IMPERFECTS)
    strokes = [(css, len(points.split())) for css, points in picture.lines]
    # From the partial first week to the second, from the third to the bound; solid between.
    assert sorted(strokes) == [("curve-0", 2), ("curve-0 soft", 2), ("curve-0 soft", 2)]


def test_the_picture_says_itself_in_words(charts):
    page = read(address(COBRA, IMPERFECTS))
    assert "A, Cobra Kai, season 5: most in week 1 (to 11 Sep 2022), 106,700,000 hours viewed." in page
    assert 'role="img"><title>Hours viewed by week of age</title><desc>' in page
    assert "style=" not in page


def test_letters_stand_in_the_order_of_their_curves_and_never_upon_each_other(charts):
    for number in range(2):
        season = make_season(make_show("Near", slug=f"near-{number}"), premiered_on="2022-09-08")
        lines = zip(WEEKS[1:5], (20, 21), (24_000_000 - number * 1_000_000, 21_000_000), strict=False)
        make_run(season, *((week, rank + number * 5, hours) for week, rank, hours in lines))
    _comparison, picture = drawn(COBRA, IMPERFECTS, "near-0.1", "near-1.1")
    for is_peak in (True, False):
        texts = [text for text in picture.texts if bool(text.figure) == is_peak]
        by_height = sorted(texts, key=lambda text: text.y)
        assert all(low.y - high.y >= 17 for high, low in pairwise(by_height))
    peaks = [text.letter for text in sorted(picture.texts, key=lambda text: text.y) if text.figure]
    # 106.7, 35.02, 24 and 23 million.
    assert peaks == ["A", "D", "B", "C"]


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        (address(IMPERFECTS, COBRA), address(COBRA, IMPERFECTS)),
        (address(COBRA, COBRA), address(COBRA)),
        (address(COBRA, utm="x"), address(COBRA)),
        (address(COBRA, weeks="some"), address(COBRA)),
        (address(IMPERFECTS, COBRA, weeks="all"), address(COBRA, IMPERFECTS, weeks="all")),
    ],
)
def test_a_comparison_has_one_address(charts, client, asked, leads_to):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (302, leads_to)
    assert client.get(leads_to).status_code == 200


@pytest.mark.parametrize(
    ("keys", "status", "says"),
    [
        ((IMPERFECTS, "nothing.1"), 200, "No season and no show is on record as “nothing.1”."),
        ((IMPERFECTS, "the-imperfects.7"), 200, "on record as “the-imperfects.7”."),
        ((IMPERFECTS, "cobra-kai.4"), 200, "season 4 has no weekly figures on record."),
        ((IMPERFECTS, "%3Cb%3E"), 200, "on record as “&lt;b&gt;”."),
        (("nothing.1",), 404, "on record as “nothing.1”."),
        (("a%00b", "x.0", "x.99999", "." * 300), 404, "on record as “x.99999”."),
    ],
)
def test_what_is_not_on_record_is_told_and_the_rest_is_drawn(charts, keys, status, says):
    page = read(address(*keys), status=status)
    assert says in text_of(page)
    assert 'content="noindex, follow"' in page
    assert ('class="chart curves"' in page) == (status == 200)


def test_more_than_four_are_told(charts):
    show = make_show("Many", slug="many")
    for number in range(1, 6):
        make_run(make_season(show, number), (f"2022-0{number}-02", 1, 1_000))
    page = read(address(*(f"many.{number}" for number in range(1, 6))))
    assert "No more than four fit into one picture. Left out: Many (Netflix), season 5." in text_of(page)
    assert page.count('<h3><span class="letter">') == 4
    assert "Four are there, which is as many as fit." in page
    assert read(address(*(f"many.{number}" for number in range(1, 400))))


def test_views_are_compared_where_all_have_them_and_hours_where_not(charts):
    for slug, number in (("new-one", 1), ("new-two", 2)):
        season = make_season(make_show(slug, slug=slug), premiered_on="2024-01-01")
        for week in ("2024-01-07", "2024-01-14"):
            make_chart_entry(season, week_ending=week, rank=number, hours_viewed=9_000, views=3_000 * number)
    page = read(address("new-one.1", "new-two.1"))
    assert "Compared are views" in page and cells_of(page)[1, "B"].startswith("6,000 ")
    page = read(address("new-one.1", "the-imperfects.1"))
    assert "not all of these weeks have views" in page
    assert cells_of(page)[1, "A"].startswith("9,000 ")


def test_a_list_by_views_bounds_no_hours(charts):
    season = make_season(make_show("New", slug="new"), premiered_on="2024-01-01")
    make_chart_entry(season, week_ending="2024-01-07", rank=2, hours_viewed=9_000, views=3_000)
    make_chart_entry(week_ending="2024-01-14", rank=10, hours_viewed=800, views=700)
    assert cells_of(read(address("new.1")))[2, "A"] == "at most 700 off the list, 14 Jan 2024"
    assert cells_of(read(address("new.1", IMPERFECTS)))[2, "A"] == "off the list, 14 Jan 2024"


def test_a_show_is_all_of_its_seasons_together_from_its_first_list_on():
    show = make_show("Manifest", slug="manifest")
    first, second = make_season(show, 1, premiered_on="2018-09-24"), make_season(show, 2)
    make_run(first, ("2021-07-04", 3, 36), ("2021-07-11", 4, 31), ("2021-08-29", 6, 12))
    make_run(second, ("2021-07-04", 5, 21), ("2021-07-11", 7, 20))
    make_chart_entry(week_ending="2021-07-18", rank=10, hours_viewed=9)
    page = read(address("manifest"))
    assert cells_of(page) == {
        (1, "A"): "57 3rd, 4 Jul 2021",
        (2, "A"): "51 4th, 11 Jul 2021",
        # Each of its seasons may have had as much as the tenth: no bound for all of them.
        (3, "A"): "off the list, 18 Jul 2021",
        (9, "A"): "12 6th, 29 Aug 2021",
    }
    assert "its first week in the list, to 4 Jul 2021" in text_of(page)


def test_the_first_quarter_is_shown_until_all_is_asked_for():
    season = make_season(make_show("Long", slug="long"), premiered_on="2021-07-05")
    make_run(season, ("2021-07-11", 1, 50), ("2021-10-03", 2, 40), ("2022-06-05", 9, 60))
    page = read(address("long.1"))
    assert {week for week, _letter in cells_of(page)} == {1, 13}
    assert "These are the first 13 weeks." in page and 'href="/compare/?run=long.1&amp;weeks=all"' in page
    page = read(address("long.1", weeks="all"))
    assert {week for week, _letter in cells_of(page)} == {1, 13, 48}
    assert 'href="/compare/?run=long.1&amp;weeks=13"' in page


def test_shows_of_one_title_are_told_apart():
    for slug, year in (("old", "2021"), ("new", "2022")):
        season = make_season(make_show("Same", slug=slug), premiered_on=f"{year}-09-05")
        make_run(season, (f"{year}-09-11", 1, 5))
    page = text_of(read(address("new.1", "old.1")))
    assert "Same (2022, Netflix), season 1 and Same (2021, Netflix), season 1 compared" in page


def test_a_reader_finds_a_season_adds_it_and_takes_it_out_again(charts):
    page = read("/compare/?q=imperfects")
    assert f'href="/compare/?run={IMPERFECTS}"' in page
    page = read(address(IMPERFECTS, q="cobra"))
    assert f'<input type="hidden" name="run" value="{IMPERFECTS}">' in page
    assert f'href="/compare/?run={COBRA}&amp;run={IMPERFECTS}"' in page
    page = read(address(COBRA, IMPERFECTS))
    assert f'<a href="/compare/?run={IMPERFECTS}" rel="nofollow">Remove<span class="sr"> Cobra Kai' in page
    assert "No show on record is called like “&lt;i&gt;”." in read("/compare/?q=%3Ci%3E%00")


def test_one_that_is_there_is_not_offered_again_and_one_without_figures_is_not_offered(charts):
    page = text_of(read(address(COBRA, q="cobra")))
    assert "Season 5 is there" in page and "Season 4" not in page
    make_show("Nothing known", slug="nothing-known")
    assert "No weekly figures are on record." in read("/compare/?q=nothing+known")


def test_the_empty_page_offers_what_is_in_the_newest_lists(charts):
    page = read("/compare/")
    assert "Or begin with one from the newest lists:" in page
    assert f'href="/compare/?run={COBRA}"' in page and "noindex" not in page


def test_without_any_list_the_page_says_so():
    assert "No weekly lists are on record yet." in read("/compare/")


def test_other_seasons_of_the_show_are_offered(charts):
    make_run(make_show("Devil in Ohio").seasons.create(number=1), (WEEKS[0], 30, 5))
    other = make_season(make_show("The Long", slug="the-long"), 1)
    make_run(other, (WEEKS[0], 31, 5))
    make_run(make_season(other.show, 2), (WEEKS[1], 32, 5))
    refresh_runs()
    page = read(address("the-long.1"))
    assert "Other seasons of the same show" in page
    assert 'href="/compare/?run=the-long.1&amp;run=the-long.2"' in page


@pytest.mark.parametrize("runs", [1, 4])
def test_it_takes_as_many_queries_however_many_runs_there_are(django_assert_num_queries, runs):
    for number in range(runs):
        season = make_season(make_show(f"Show {number}", slug=f"show-{number}"), premiered_on="2022-09-05")
        make_run(season, ("2022-09-11", number + 1, 5), ("2022-09-18", number + 1, 5))
    refresh_runs()
    # Seasons, lines, decisions, runs, tenth places.
    with django_assert_num_queries(FRAME + 5):
        read(address(*(f"show-{number}.1" for number in range(runs))))


def test_it_is_only_read_and_sets_no_cookie(charts, client):
    response = client.get(address(IMPERFECTS))
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    assert client.post("/compare/").status_code == 405
