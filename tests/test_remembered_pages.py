"""The front page, lists and a show's page, of which a process remembers parts: they are what is read anew."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Category, Edition, FrontPage, FrontRow, FrontStory, Image
from comments.models import Comment
from pagestore import by_heart
from pagestore.reads import tables_in
from queries.remembered import parts_of_pages
from shows.models import (
    ChartEntry,
    Credit,
    Decision,
    Genre,
    Network,
    Outlook,
    Person,
    Season,
    Show,
    ShowSource,
)
from tests.factories import make_category, make_image, make_publication, publish_article
from tests.factories_comments import make_comment
from tests.factories_shows import make_credit, make_decision, make_outlook, make_the_imperfects

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_numbers")]


@pytest.fixture
def show():
    show = make_the_imperfects()
    show.genres.add(Genre.objects.get_or_create(name="Drama")[0])
    make_credit(show, "Italia Ricci", role="cast", character="Dr. Burke")
    make_outlook(show, dated_on="2022-10-01")
    return show


@pytest.fixture
def article(show):
    """The lead of a front page with rows of every kind, with a picture, a comment and others beside it."""
    make_publication(tagline="Television, decided")
    article = publish_article(
        headline="One season and out", standfirst="Why it ended.", show=show, lead_image=make_image()
    )
    for number in range(4):
        other = publish_article(headline=f"Another story {number}", lead_image=make_image())
        make_comment(other, body=f"Said of {number}", status="approved", created_at=timezone.now())
    publish_article(headline="A story without comments")
    make_comment(article, body="I miss it.", status="approved", created_at=timezone.now())
    front, _made = FrontPage.objects.get_or_create(pk=1)
    front.rows.all().delete()
    FrontStory.objects.create(front=front, article=article, until=timezone.now() + timedelta(hours=2))
    for position, kind in enumerate(["latest", "category", "discussed", "decisions"]):
        category = make_category() if kind == "category" else None
        FrontRow.objects.create(front=front, kind=kind, category=category, position=position, count=3)
    return article


@pytest.fixture
def pages(article, show):
    api = reverse("api:show", args=[show.slug])
    return ["/", "/articles/", "/tracker/", make_category().get_absolute_url(), show.get_absolute_url(), api]


def read(pages):
    reader = Client()
    return [reader.get(page).content.decode() for page in pages]


def read_anew(pages):
    by_heart.forget()
    parts_of_pages.clear()
    return read(pages)


def another_version(article):
    article.headline, article.standfirst = "Not over after all", "What changed."
    article.save()
    article.publish()


CHANGES = {
    "a version is published": another_version,
    "a version is rewritten": lambda article: Edition.objects.filter(headline="Another story 1").update(
        standfirst="Put better.", byline="Somebody else"
    ),
    "an article moves": lambda article: Article.objects.filter(headline="Another story 1").update(
        slug="moved"
    ),
    "an article is dated back": lambda article: Article.objects.filter(headline="Another story 1").update(
        published_at=timezone.now() - timedelta(days=400)
    ),
    "an article is taken off": lambda article: article.unpublish(),
    "a category is renamed": lambda article: Category.objects.update(name="On demand"),
    "a picture's focal point moves": lambda article: Image.objects.update(focal_x=10),
    "a picture is tinted": lambda article: Image.objects.update(tint=215),
    "a comment is approved": lambda article: make_comment(
        article, body="Me too.", status="approved", created_at=timezone.now()
    ),
    "comments are taken down": lambda article: Comment.objects.update(status="spam"),
    "a row gets a heading": lambda article: FrontRow.objects.filter(kind="category").update(
        heading="Streams"
    ),
    "a row goes": lambda article: FrontRow.objects.filter(kind="decisions").delete(),
    "the strip goes": lambda article: FrontPage.objects.update(has_strip=False),
    "another story leads": lambda article: FrontStory.objects.update(
        article=Article.objects.get(headline="Another story 0")
    ),
    "the publication is named": lambda article: make_publication("Another paper"),
    "a show is renamed": lambda article: Show.objects.update(title="Perfectly imperfect"),
    "a network is renamed": lambda article: Network.objects.update(name="Another network"),
    "a decision is recorded": lambda article: make_decision(article.show, "renewed", "2022-11-20"),
    "decisions are deleted": lambda article: Decision.objects.all().delete(),
    "a season is dated": lambda article: Season.objects.update(finale_on="2022-12-24"),
    "a week is corrected": lambda article: ChartEntry.objects.update(hours_viewed=1_000_000),
    "a part is recast": lambda article: Credit.objects.filter(role="cast").update(character="The bartender"),
    "a person is renamed": lambda article: Person.objects.update(name="Another name"),
    "a genre is renamed": lambda article: Genre.objects.update(name="Tragedy"),
    "a genre is added": lambda article: article.show.genres.create(name="Horror", slug="horror"),
    "a forecast is reworded": lambda article: Outlook.objects.update(reason="Because of the figures."),
    "a source is named": lambda article: ShowSource.objects.create(
        show=article.show,
        name="TVmaze",
        address="https://www.tvmaze.com/shows/1",
        licence="CC BY-SA 4.0",
        licence_url="https://creativecommons.org/licenses/by-sa/4.0/",
        fetched_on="2022-11-01",
    ),
}


@pytest.mark.parametrize("way", CHANGES)
def test_after_a_change_they_are_what_is_read_anew(readers, article, pages, way):
    before = read(pages)
    assert read(pages) == before
    # Kept by the store as well, made of what was known by heart by then.
    assert [readers.get(page).text for page in pages] == before
    CHANGES[way](article)
    after = read(pages)
    assert after != before
    assert after == read_anew(pages) == [readers.get(page).text for page in pages]


def test_what_the_clock_changes_is_seen_without_a_change(article, pages):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        before = read(pages)
        clock.shift(timedelta(hours=3))
        after = read(pages)
        assert after[0] != before[0], "the story's time on top is over"
        assert after == read_anew(pages)
        clock.shift(timedelta(days=8))
        assert read(pages) == read_anew(pages)


def tables_read(captured):
    asked = [query["sql"] for query in captured if "pagestore_generation" not in query["sql"]]
    return set().union(*map(tables_in, asked))


def test_a_front_page_asks_again_for_its_counts_and_little_else(article, django_assert_max_num_queries):
    first = read(["/"])
    connection.close()
    with django_assert_max_num_queries(5) as captured:
        assert read(["/"]) == first
    assert not tables_read(captured) & {"articles_frontrow", "articles_frontstory", "shows_decision"}


def test_a_shows_page_asks_again_for_its_coverage_and_little_else(show, django_assert_max_num_queries):
    pages = [show.get_absolute_url()]
    first = read(pages)
    connection.close()
    with django_assert_max_num_queries(4) as captured:
        assert read(pages) == first
    record = {"shows_season", "shows_decision", "shows_chartentry", "shows_rating", "shows_genre"}
    assert not tables_read(captured) & (record | {"shows_credit", "shows_showsource"})


@pytest.mark.parametrize(
    ("page", "start", "count"), [("/articles/", "<article", 6), ("/tracker/", "<tr>", 1)]
)
def test_cards_and_rows_are_drawn_once(article, monkeypatch, page, start, count):
    """Those of six articles, and that of the show."""
    drawn, keep = [], parts_of_pages.keep

    def noted(name, html, size):
        drawn.append(html)
        keep(name, html, size)

    monkeypatch.setattr(parts_of_pages, "keep", noted)
    parts_of_pages.clear()
    first = read([page])
    assert sum(html.startswith(start) for html in drawn) == count
    drawn.clear()
    assert read([page]) == first and not drawn
