"""What readers find: by any spelling, best first, and nothing that is not published."""

import re
from datetime import timedelta
from io import StringIO
from urllib.parse import quote

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.takedown_passages import take_down
from search import engines, find
from search.engines import Wanted, candidates
from search.management.commands import rebuild_search
from search.models import SearchEntry
from shows.models import Credit, Person
from tests.factories import make_article, make_author, publish_article
from tests.factories_shows import make_credit, make_show
from tests.reading import NOON, read
from tests.writing import rewrite

pytestmark = pytest.mark.django_db


def found(text, **filters):
    """The titles on the first page of results, in their order."""
    more = "".join(f"&{name}={value}" for name, value in filters.items())
    page = read(f"/search/?q={quote(text)}{more}")
    titles = re.findall(r"<h2><a href=[^>]*>(.*?)</a></h2>", page)
    return [re.sub(r"<[^>]*>", "", title) for title in titles]


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("zoe", "Zoë leaves"),
        ("ZOË", "Zoe leaves"),
        ("canceled", "Dark cancelled"),
        ("cancelled", "Dark canceled"),
        ("greys", "Grey's Anatomy goes on"),
        ("netflix", "Netflix\u2019s new year"),
        ("lodz", "Filmed in Łódź"),
        ("imperf", "The Imperfects end"),
    ],
)
def test_a_word_is_found_in_every_spelling(asked, headline):
    publish_article(headline=headline)
    publish_article(headline="Another matter")
    assert found(asked) == [headline.replace("'", "&#x27;")]


def test_the_title_counts_more_than_the_standfirst_and_that_more_than_the_text():
    publish_article(headline="Third", text="<p>A lighthouse stood there.</p>")
    publish_article(headline="Second", standfirst="A lighthouse stood there.", text="<p>Known so far.</p>")
    publish_article(headline="Lighthouse", text="<p>What is known so far.</p>")
    assert found("lighthouse") == ["Lighthouse", "Second", "Third"]


def test_a_show_of_exactly_that_title_comes_first():
    for _number in range(3):
        publish_article(headline="Dark dark dark")
    make_show(title="Dark", slug="dark")
    make_show(title="Dark Matter", slug="dark-matter")
    assert found("dark")[0] == "Dark"


def test_a_show_is_found_by_its_people_and_a_person_by_the_name_of_now():
    show = make_show(title="Dark", slug="dark")
    person = Person.objects.create(name="Baran bo Odar", slug="odar")
    credit = Credit.objects.create(show=show, person=person)
    assert found("odar") == ["Baran bo Odar", "Dark"]
    person.name = "Jantje Friese"
    person.save()
    assert found("odar") == [] and found("friese") == ["Jantje Friese", "Dark"]
    assert found("friese", type="person") == ["Jantje Friese"]
    credit.delete()
    assert found("friese") == []


def test_somebody_of_a_show_leads_to_their_page_with_the_shows_named(client):
    for title in ("Dark", "1899"):
        make_credit(make_show(title=title), name="Zoë Odar")
    page = client.get("/search/?q=zoe+odar").content.decode()
    assert f'<a href="{Person.objects.get().get_absolute_url()}">' in page
    assert "Dark · 1899" in page
    assert found("zoe odar")[0] == "Zoë Odar"


def test_somebody_is_found_whose_show_came_by_an_import_that_saves_many_at_once():
    show = make_show(title="Dark")
    person = Person.objects.bulk_create([Person(name="Baran bo Odar", slug="odar")])[0]
    Credit.objects.bulk_create([Credit(show=show, person=person)])
    show.save()
    assert found("odar", type="person") == ["Baran bo Odar"]
    call_command("rebuild_search", verbosity=0)
    assert found("odar", type="person") == ["Baran bo Odar"]


def test_authors_are_found_once_something_of_theirs_is_published():
    make_author("Zoë Quill")
    assert found("quill") == []
    publish_article(headline="Story", authors=["Zoë Quill"])
    assert found("quill", type="person") == ["Zoë Quill"]


def test_drafts_and_what_was_withdrawn_are_not_found():
    make_article(headline="Lighthouse draft")
    gone = publish_article(headline="Lighthouse gone")
    assert found("lighthouse") == ["Lighthouse gone"]
    gone.unpublish()
    assert found("lighthouse") == []


def test_a_version_is_found_from_its_second_on_and_the_one_before_it_no_more():
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="Lighthouse", slug="lighthouse")
        rewrite(article, headline="Windmill").publish(at=NOON + timedelta(hours=1))
        later = make_article(headline="Wholly unseen windmill")
        later.publish(at=NOON + timedelta(hours=1))
        clock.move_to(NOON + timedelta(hours=1) - timedelta(seconds=1))
        assert found("windmill") == [] and found("lighthouse") == ["Lighthouse"]
        clock.move_to(NOON + timedelta(hours=1))
        assert sorted(found("windmill")) == ["Wholly unseen windmill", "Windmill"]
        assert found("lighthouse") == []


def test_an_unpublishing_to_come_takes_it_out_of_the_results_at_its_second():
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="Lighthouse")
        article.unpublish(at=NOON + timedelta(hours=1))
        assert found("lighthouse") == ["Lighthouse"]
        clock.move_to(NOON + timedelta(hours=1))
        assert found("lighthouse") == []


def test_a_version_to_come_that_was_dropped_is_not_in_the_index():
    article = publish_article(headline="Lighthouse")
    edition = rewrite(article, headline="Windmill").publish(at=timezone.now() + timedelta(hours=1))
    assert candidates(Wanted(["windmill"]))
    article.cancel(edition)
    assert not candidates(Wanted(["windmill"]))


def test_a_passage_that_was_taken_down_leaves_the_index_too(editor):
    article = publish_article(headline="News", text="<p>Kept. Jane Doe stole the script.</p>")
    rewrite(article, kicker="Second").publish(at=timezone.now() + timedelta(hours=1))
    assert found("stole") == ["News"]
    assert take_down(article, "Jane Doe stole the script", instead="", reason="Claim", by=editor)
    assert found("stole") == [] and not candidates(Wanted(["stole"])) and found("kept") == ["News"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM search_index_data")
            assert not any(b"stole" in bytes(block) for (block,) in cursor.fetchall())


def test_filters_by_type_show_author_and_year():
    dark, office = make_show(title="Dark", slug="dark"), make_show(title="Office", slug="office")
    publish_article(headline="Dark news", show=dark, authors=["Zoë Quill"], at=NOON)
    publish_article(headline="Dark office news", show=office, at=NOON - timedelta(days=400))
    assert set(found("dark")) == {"Dark", "Dark news", "Dark office news"}
    assert found("dark", type="show") == ["Dark"]
    assert found("dark", show="dark") == ["Dark news"]
    assert found("dark", author="zoe-quill") == ["Dark news"]
    assert found("dark", year=2021) == ["Dark office news"]
    assert found("dark", year=2022, show="office") == []
    page = read("/search/?q=dark")
    assert "?q=dark&amp;show=office" in page and "?q=dark&amp;year=2021" in page


def test_filters_follow_an_article_that_is_filed_or_dated_anew():
    dark, office = make_show(title="Dark", slug="dark"), make_show(title="Office", slug="office")
    article = publish_article(headline="News", show=dark, at=NOON)
    article.show = office
    article.save()
    article.also_about.set([dark])
    assert found("news", show="office") == found("news", show="dark") == ["News"]
    article.also_about.clear()
    article.first_published(NOON - timedelta(days=400))
    assert found("news", show="dark") == [] and found("news", year=2021) == ["News"]


def test_words_are_marked_and_everything_else_is_escaped():
    publish_article(headline="<b>Zoë</b> & co", standfirst="About <i>Zoë</i>.")
    page = read("/search/?q=zoe")
    assert "&lt;b&gt;<mark>Zoë</mark>&lt;/b&gt; &amp; co" in page
    assert "About &lt;i&gt;<mark>Zoë</mark>&lt;/i&gt;." in page


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        '"',
        '"dark',
        "dark* AND (",
        "NEAR(a b, 3)",
        "title:dark",
        "k_article",
        "^dark - + :",
        "a\0b",
        "\0",
        "👻👻",
        "x" * 10_000,
        "dark " * 2_000,
        "'; DROP TABLE search_searchentry; --",
        "a' & !b | c:*",
        "\\",
        "½ ﬁ İ ß",
        "<script>alert(1)</script>",
        "عربى 中文 हिन्दी",
    ],
)
def test_anything_that_is_typed_is_answered_with_a_sentence(typed):
    publish_article(headline="Dark")
    page = read(f"/search/?q={quote(typed)}")
    assert re.search(r"Type a |There is no word|Nothing was found|About \d+ result", page)
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "query", ["type=x", "show=%00", "author=nobody", "year=99999", "page=0", "page=99", "page=%00", "q=a&q=b"]
)
def test_odd_filters_and_pages_are_as_good_as_none(query):
    publish_article(headline="Dark")
    assert "Dark" in read(f"/search/?{query}&q=dark")


def test_pages_of_twenty_lead_on_and_back():
    for number in range(45):
        publish_article(headline=f"Lighthouse {number}")
    pages = [read(f"/search/?q=lighthouse&page={number}") for number in (1, 2, 3)]
    titles = [re.findall(r"</mark> (\d+)</a></h2>", page) for page in pages]
    assert [len(some) for some in titles] == [20, 20, 5]
    assert len({title for some in titles for title in some}) == 45
    assert 'rel="next"' in pages[1] and 'rel="prev"' in pages[1] and 'rel="next"' not in pages[2]
    assert "About 45 results" in pages[0] and 'content="noindex' in pages[0]


def test_only_what_is_more_than_the_pages_hold_is_said_to_be_cut(monkeypatch):
    monkeypatch.setattr(find, "PAGES", 1)
    for number in range(20):
        publish_article(headline=f"Lighthouse {number}")
    assert "About 20 results" in read("/search/?q=lighthouse")
    publish_article(headline="Lighthouse 20")
    assert "More than 20 were found" in read("/search/?q=lighthouse")


def test_of_a_word_that_stands_everywhere_the_newest_come_after_those_that_have_it_above_the_text(
    monkeypatch,
):
    monkeypatch.setattr(engines, "MOST", 4)
    publish_article(headline="Old lighthouse", standfirst="")
    publish_article(headline="Old news", standfirst="Of a lighthouse.")
    for number in range(6):
        publish_article(headline=f"News {number}", standfirst="", text="<p>A lighthouse.</p>")
    assert found("lighthouse") == ["Old lighthouse", "Old news", *(f"News {n}" for n in (5, 4, 3, 2, 1))]


def test_a_page_of_results_takes_as_many_queries_as_one_result(django_assert_max_num_queries):
    for number in range(20):
        publish_article(headline=f"Lighthouse {number}", show=make_show(title=f"Lighthouse {number}"))
    with django_assert_max_num_queries(14):
        read("/search/?q=lighthouse")


def test_where_no_page_has_all_words_those_with_some_are_shown():
    publish_article(headline="Lighthouse")
    assert found("lighthouse zeppelin") == ["Lighthouse"]
    assert "some of them" in read("/search/?q=lighthouse+zeppelin")


def test_the_index_is_made_anew_from_what_is_there():
    article = publish_article(headline="Lighthouse")
    make_show(title="Lighthouse show")
    SearchEntry.objects.create(kind="show", object_id=987654, title="gone")
    before = found("lighthouse")
    Article.objects.filter(pk=article.pk).update(headline="Not published")
    SearchEntry.objects.filter(kind="article").delete()
    for _twice in range(2):
        call_command("rebuild_search", stdout=StringIO())
        assert found("lighthouse") == before
    assert not SearchEntry.objects.filter(object_id=987654).exists()


def test_making_the_index_anew_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr(rebuild_search, "CHUNK", 2)
    monkeypatch.setattr(rebuild_search, "TOLD", 3)
    for number in range(7):
        publish_article(headline=f"Lighthouse {number}")
    said = StringIO()
    call_command("rebuild_search", stdout=said)
    assert said.getvalue().splitlines()[:-1] == ["4 of 7 articles.", "6 of 7 articles."]
    assert len(found("lighthouse")) == 7


def test_every_page_leads_to_the_search():
    assert 'href="/search/"' in read("/")
