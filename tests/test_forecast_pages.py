"""What readers find of forecasts: the record of all of them and its score, the show's page, the facts box."""

import re
from datetime import UTC, datetime

import feedparser
import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client

from shows.forecast_scores import Score
from shows.record import Record
from tests.factories import publish_article
from tests.factories_shows import make_decision, make_outlook, make_season, make_show
from tests.reading import read
from tracker.forecasts import Asked, ForecastBoard

pytestmark = pytest.mark.django_db
# Publication with its menu, as on every page.
FRAME = 1


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2022-12-01T12:00:00Z", tick=False):
        yield


def forecast(step, goes_on=None, *, dated_on="2022-10-01", title="", network="Netflix", **fields):
    """A show with one forecast; decided in November unless `goes_on` is None."""
    show = make_show(title or f"Step {step}", network=network)
    make_season(show, premiered_on="2022-09-08", finale_on="2022-09-08")
    outlook = make_outlook(show, step, dated_on=dated_on, **fields)
    if goes_on is not None:
        make_decision(show, "renewed" if goes_on else "cancelled", "2022-11-10", season_number=2)
    return outlook


@pytest.fixture
def twelve():
    """Five times "Renewal likely" (four went on), five times "Cancellation very likely" (none did), and both
    kinds of certainty once, of which one was wrong."""
    for goes_on in (True, True, True, True, False):
        forecast(6, goes_on)
    for _ in range(5):
        forecast(2, False)
    forecast(8, False)
    forecast(1, False)


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\xa0", " ")


def titles(**asked):
    return [each.outlook.show.title for each in Client().get("/forecasts/", asked).context["rows"]]


class TestTheScore:
    def test_its_arithmetic(self, twelve):
        score = ForecastBoard(Asked()).score
        # Right: 4 of step 6, 5 of step 2, 1 of step 1.
        assert (score.count, score.right, score.right_percent) == (12, 10, 83)
        # 4 x 0.2², 1 x 0.8², 5 x 0.05², 1 x 0.99², 1 x 0.01².
        assert score.brier == pytest.approx((0.16 + 0.64 + 0.0125 + 0.9801 + 0.0001) / 12)
        # Four of twelve went on: 1/3 x 2/3, and "no" was right eight times.
        assert score.base_brier == pytest.approx(2 / 9)
        assert (score.more_frequent, score.more_frequent_percent) == (8, 67)
        assert score.is_better_than_base
        assert score.lead_days == 40

    def test_each_step_with_what_came(self, twelve):
        steps = {each.step: each for each in ForecastBoard(Asked()).score.steps}
        assert [(steps[step].count, steps[step].came, steps[step].share) for step in (1, 2, 6, 7, 8)] == [
            (1, 0, None),
            (5, 0, 0),
            (5, 4, 80),
            (0, 0, None),
            (1, 0, None),
        ]

    def test_the_picture_and_the_table_agree(self, twelve):
        page = read("/forecasts/")
        bars = [float(height) for height in re.findall(r'<rect x="[^"]+" y="\d+" [^>]*height="(\d+)"', page)]
        # Full bars: 0 % (drawn a pixel high) and 80 % of 150 pixels.
        assert bars == [1, 120]
        meant = [int(height) for height in re.findall(r'<rect class="part"[^>]*height="(\d+)"', page)]
        assert meant == [2, 8, 30, 60, 90, 120, 142, 148]
        assert "6. Renewal likely 80 % 4 of 5 80 %" in text(page)
        assert "8. Renewal certain 99 % 0 of 1 too few to say" in text(page)
        assert "step 2 says 5 %, 0 % came; step 6 says 80 %, 80 % came." in text(page)
        assert "style=" not in page

    def test_the_page_says_all_of_it(self, twelve):
        page = text(read("/forecasts/"))
        assert "Our forecasts 83 % (10 of 12) 0.149" in page
        assert "Knowing only how often shows went on 67 % (8 of 12) 0.222" in page
        assert "Ours is better than that of the plain share" in page
        assert "Half of the forecasts were made 40 days before the decision or earlier." in page

    def test_too_few_say_nothing(self):
        for _ in range(9):
            forecast(6, True)
        forecast(6)
        page = text(read("/forecasts/"))
        assert "Too few are decided to say how good they are: 9, and 10 are the least." in page
        assert "0.040" in page and "Our forecasts" not in page and "<svg" not in read("/forecasts/")

    def test_where_all_went_on_nothing_is_better_than_saying_so(self):
        for _ in range(10):
            forecast(8, True)
        score = ForecastBoard(Asked()).score
        assert (score.base_brier, score.is_better_than_base) == (0, False)
        assert "Ours is no better" in text(read("/forecasts/"))

    def test_nothing_is_scored_of_nothing(self):
        assert not Score([]).is_enough


class TestThePage:
    def test_without_forecasts_it_says_so_kindly(self):
        page = read("/forecasts/")
        assert "We have made no forecasts yet. Once we do, each of them stays here" in page
        assert 'content="noindex, follow"' in page

    def test_a_row_tells_all_of_a_forecast(self, editor):
        forecast(3, False, title="The Imperfects", reason="Down by 64 %.")
        open_one = forecast(7, title="Wednesday", dated_on="2022-11-30")
        page = text(read("/forecasts/"))
        for said in (
            "The Imperfects Will there be season 2? Cancellation likely (renewal 20 %). Down by 64 %.",
            "Ada Writer Right Cancelled (season 2), 10 Nov 2022. Score 0.040, made 40 days before",
            "Wednesday Will there be season 2? Renewal very likely (renewal 95 %)",
            "Open 1 Right 1",
        ):
            assert said in page, page
        open_one.withdraw(editor, "A slip <of> the mouse.")
        assert "Withdrawn 1 Dec 2022, “A slip &lt;of&gt; the mouse.”" in text(read("/forecasts/"))

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({}, ["Open", "Wrong", "Right", "Old"]),
            ({"verdict": "right"}, ["Right", "Old"]),
            ({"verdict": "open"}, ["Open"]),
            ({"verdict": "withdrawn"}, []),
            ({"network": "abc"}, ["Wrong"]),
            ({"network": "nothing"}, []),
            ({"year": "2021"}, ["Old"]),
            ({"year": "2022", "verdict": "right"}, ["Right"]),
            ({"verdict": "x", "year": "\0", "page": "9" * 40}, ["Open", "Wrong", "Right", "Old"]),
        ],
    )
    def test_the_address_narrows(self, asked, found):
        forecast(3, False, title="Old", dated_on="2021-10-01")
        forecast(3, False, title="Right", dated_on="2022-10-01")
        forecast(6, False, title="Wrong", dated_on="2022-10-02", network="ABC")
        forecast(6, title="Open", dated_on="2022-10-03")
        assert titles(**asked) == found

    def test_the_score_follows_network_and_year_but_not_what_became_of_them(self, twelve):
        forecast(6, False, network="ABC")
        assert Client().get("/forecasts/?network=netflix&verdict=wrong").context["score"].count == 12
        assert Client().get("/forecasts/?network=abc").context["score"].count == 1

    def test_pages_follow_each_other(self):
        show = make_show()
        for _ in range(51):
            make_outlook(show)
        page = read("/forecasts/?page=2")
        assert "Page 2 of 2" in page and 'content="noindex, follow"' in page

    @pytest.mark.parametrize("count", [2, 60])
    def test_it_takes_as_many_queries_however_many_there_are(self, django_assert_num_queries, count):
        for number in range(count):
            forecast(6, bool(number % 2))
        # All of them, seasons, decisions; of a page the shows, and these three once more.
        with django_assert_num_queries(FRAME + 7):
            Client().get("/forecasts/")


class TestElsewhere:
    def test_the_shows_page_tells_them(self):
        outlook = forecast(3, False, title="The Imperfects")
        page = text(read(outlook.show.get_absolute_url()))
        assert "Will there be season 2? Cancellation likely (renewal 20 %). It leads its list." in page
        assert "All our forecasts and how they fared" in page
        assert "Our forecasts" not in read(make_show("Another").get_absolute_url())

    def test_the_facts_box_tells_an_open_one_and_no_other(self):
        outlook = forecast(6, title="Wednesday")
        publish_article(show=outlook.show)

        def box(show):
            panel = render_to_string("shows/_facts.html", {"record": Record.for_shows([show.pk])[show.pk]})
            return text(panel)

        assert "Our forecast Renewal likely (renewal 80 %), 1 Oct 2022. Will there be season 2?" in box(
            outlook.show
        )
        make_decision(outlook.show, "renewed", "2022-11-10", season_number=2)
        assert "Our forecast" not in box(outlook.show)

    def test_the_facts_box_tells_no_withdrawn_one(self, editor):
        outlook = forecast(6)
        outlook.withdraw(editor, "A slip.")
        assert Record.for_shows([outlook.show_id])[outlook.show_id].open_forecast is None

    def test_the_tracker_tells_the_latest_that_nobody_withdrew(self, editor):
        outlook = forecast(3, title="Wednesday")
        make_outlook(outlook.show, 8).withdraw(editor, "A slip.")
        page = read("/tracker/")
        assert "Cancellation likely" in page and "Renewal certain" not in page
        assert 'href="/forecasts/"' in page

    def test_a_feed_has_the_newest_first(self, editor):
        forecast(3, title="The Imperfects")
        slip = forecast(6, title="A & B", dated_on="2022-10-20", reason="<b>Leads</b> its list.")
        slip.withdraw(editor, "A slip.")
        feed = feedparser.parse(Client().get("/forecasts/feed/").content)
        assert [entry.title for entry in feed.entries] == [
            "A & B: Will there be season 2? Renewal likely",
            "The Imperfects: Will there be season 2? Cancellation likely",
        ]
        assert "&lt;b&gt;Leads" in feed.entries[0].summary and "Withdrawn: A slip." in feed.entries[0].summary
        assert feed.entries[0].link.endswith("#forecasts")

    def test_search_engines_find_the_page_once_there_are_forecasts(self):
        assert "/forecasts/" not in read("/sitemap-lists.xml")
        forecast(6)
        assert "/forecasts/</loc>" in read("/sitemap-lists.xml")

    def test_one_of_a_day_to_come_is_not_told(self):
        forecast(6, title="Wednesday", dated_on=datetime(2023, 1, 1, tzinfo=UTC).date())
        assert "Wednesday" not in read("/forecasts/") and "Renewal likely" not in read("/tracker/")
