"""What the sample says is true to its own record, before anything of it is loaded."""

import csv
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from articles.richtext import clean_html, plain_text
from samples.comments import COMMENTS
from samples.illustrations import PICTURES, SIZE, draw
from samples.loading.shows import TOP10
from samples.manuscripts import manuscripts, moment, parse
from samples.publication import AUTHORS, CATEGORIES
from samples.shows import NETWORKS, SHOWS

ARTICLES = {text.header["slug"]: text for text in manuscripts("articles")}
PUBLISHED = {slug: text for slug, text in ARTICLES.items() if "published" in text.header}
IMPERFECTS = ARTICLES["the-imperfects-cancelled-one-season"]
NOW = datetime(2030, 6, 15, 12, tzinfo=UTC)

every_article = pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES)


def chart_lines():
    with TOP10.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def words_of(text):
    return " ".join(plain_text(block.html) for block in text.blocks if block.type == "section")


def hours_of(season_title):
    return [int(line["hours_viewed"]) for line in chart_lines() if line["season_title"] == season_title]


def per_cent(before, after):
    change = abs(Decimal(after - before) / before * 100)
    return int(change.quantize(Decimal(1), ROUND_HALF_UP))


def all_of(remarks):
    for remark in remarks:
        yield remark
        yield from all_of(remark.replies)


ALL_REMARKS = [remark for thread in COMMENTS.values() for remark in all_of(thread)]


def test_there_is_a_publication_and_not_a_placeholder():
    assert len(SHOWS) >= 20
    assert len(PUBLISHED) >= 10
    assert len(AUTHORS) == 3
    assert len(CATEGORIES) == 4
    assert {text.header["category"] for text in PUBLISHED.values()} == {slug for slug, *_ in CATEGORIES}
    assert len(COMMENTS) == 6


def test_the_story_of_the_imperfects_is_headed_as_such_stories_are():
    headings = [block.second for block in IMPERFECTS.blocks if block.type == "section"]
    assert headings == [
        "A brief overview",
        "The decision: no season 2",
        "Viewership performance",
        "What could have been in season 2",
        "Conclusion",
    ]
    assert 600 <= len(words_of(IMPERFECTS).split()) <= 850


def test_the_story_of_the_imperfects_says_what_the_chart_says():
    text, hours = words_of(IMPERFECTS), hours_of("The Imperfects: Season 1")
    assert hours == [24_070_000, 35_020_000, 12_760_000]
    for figure in ("24.07 million", "35.02 million", "12.76 million", "9.13 million"):
        assert figure in text
    assert f"{per_cent(hours[0], hours[1])} per cent more" in text
    assert f"{per_cent(hours[1], hours[2])} per cent down" in text
    assert "it was ninth" in text
    ranks = [line["rank"] for line in chart_lines() if line["show_title"] == "The Imperfects"]
    assert ranks == ["3", "4", "9"]


@every_article
def test_every_figure_in_an_article_stands_in_a_chart_line(text):
    published = {f"{int(line['hours_viewed']) / 1e6:.2f}" for line in chart_lines()}
    assert set(re.findall(r"\b(\d+\.\d\d)\b", words_of(text))) <= published


@pytest.mark.parametrize(
    ("slug", "season", "weeks", "said"),
    [
        ("partner-track-cancelled", "Partner Track: Season 1", (1, 2), "42 per cent"),
        ("gone-by-the-third-week", "Resident Evil: Season 1", (1, 2), "63 per cent"),
        ("the-sandman-renewed-season-2", "The Sandman: Season 1", (1, 2), "39 per cent"),
        ("the-sandman-renewed-season-2", "The Sandman: Season 1", (1, 3), "58 per cent"),
        ("fate-the-winx-saga-cancelled", "Fate: The Winx Saga: Season 2", (1, 2), "57 per cent"),
        ("the-crown-returns-to-the-list", "The Crown: Season 1", (0, 1), "132 per cent"),
        ("cobra-kai-final-season", "Cobra Kai: Season 5", (1, 2), "60 per cent"),
        ("locke-and-key-final-season", "Locke & Key: Season 3", (1, 2), "48 per cent"),
    ],
)
def test_a_change_in_an_article_is_the_change_between_two_chart_lines(slug, season, weeks, said):
    before, after = (hours_of(season)[week] for week in weeks)
    assert said == f"{per_cent(before, after)} per cent"
    assert said in words_of(ARTICLES[slug])


@every_article
def test_an_article_is_saved_as_the_editor_would_save_it(text):
    for block in [*text.blocks, *text.unpublished_blocks]:
        assert clean_html(block.html) == block.html


@every_article
def test_an_article_names_only_what_the_sample_has(text):
    shows = {show.slug for show in SHOWS}
    assert {text.header["show"], *text.names("also about")} <= shows
    assert set(text.names("authors")) <= {slug for slug, *_ in AUTHORS}
    assert text.header["picture" if "published" in text.header else "headline"]
    assert not any("@" in block.html for block in text.blocks)


def test_standing_pages_are_saved_as_the_editor_would_save_them():
    pages = manuscripts("pages")
    assert [page.header["title"] for page in pages] == ["About", "Contact", "Privacy"]
    for page in pages:
        assert clean_html(page.html) == page.html


def test_some_articles_are_dated_by_the_day_of_loading_and_none_lies_in_the_future():
    moments = [moment(text.header["published"], NOW) for text in PUBLISHED.values()]
    assert sum(NOW - when < timedelta(days=14) for when in moments) >= 4
    assert all(when <= NOW for when in moments)
    assert moment("3 days ago 07:45", NOW) == datetime(2030, 6, 12, 7, 45, tzinfo=UTC)


def test_wrapped_lines_of_a_manuscript_become_one_line_of_html():
    text = parse("headline: H\n\n@section other |\n<ul>\n<li><p>one\ntwo</p></li>\n</ul>\n@source Somebody\n")
    assert text.blocks[0].html == "<ul><li><p>one two</p></li></ul>"
    assert text.blocks[0].sources == ["Somebody"]


@pytest.mark.parametrize("show", SHOWS, ids=lambda show: show.slug)
def test_every_decision_and_rating_says_where_it_comes_from(show):
    assert show.network in NETWORKS
    assert all(decision.source for decision in show.decisions)
    assert all(rating.url for rating in show.ratings)
    assert all(url.startswith("https://") for url in (d.url for d in show.decisions) if url)


@pytest.mark.parametrize("show", SHOWS, ids=lambda show: show.slug)
def test_seasons_follow_one_another(show):
    assert [season.number for season in show.seasons] == list(range(1, len(show.seasons) + 1))
    days = [day for season in show.seasons for day in (season.premiered_on, season.finale_on)]
    assert days == sorted(days)


def test_the_scores_that_the_imperfects_never_had_are_on_record():
    show = next(show for show in SHOWS if show.slug == "the-imperfects")
    assert [rating.source for rating in show.ratings if rating.score is None] == [
        "rt_critics",
        "metacritic_critics",
    ]


def test_comments_are_many_and_of_every_kind():
    statuses = Counter(remark.status for remark in ALL_REMARKS)
    assert 38 <= len(ALL_REMARKS) <= 46
    assert statuses["pending"] == 12
    assert statuses["spam"] >= 3
    assert statuses["approved"] >= 24


def test_comments_come_from_nobody():
    assert all(remark.email.endswith("@example.org") for remark in ALL_REMARKS)
    websites = [remark.website for remark in ALL_REMARKS if remark.website]
    assert all(re.match(r"https://[a-z-]+\.example/", website) for website in websites)


def test_a_reply_answers_what_readers_can_see():
    for remark in ALL_REMARKS:
        if remark.replies:
            assert remark.status == "approved"


def test_a_picture_is_drawn_the_same_every_time():
    first, second = draw("hills"), draw("hills")
    assert first.size == SIZE
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_described(name):
    assert PICTURES[name].alt.endswith(".")
    assert PICTURES[name].caption
    assert PICTURES[name].credit
