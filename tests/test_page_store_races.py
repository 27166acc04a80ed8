"""Changes committed while a page is rendered; `benchmarks/stale_pages` forces thousands of such races."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from articles.models import Article, Tag
from benchmarks.stale_pages.changes import CHANGES
from benchmarks.stale_pages.neighbour import NeighbouringProcess
from benchmarks.stale_pages.races import Races, make_articles
from comments.counts import approved_count
from pagestore import readings
from pagestore.reads import noted
from tests.background import environment_of_a_worker
from tests.page_store import Readers, connections_kept

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def articles(client, monkeypatch):
    monkeypatch.setattr(readings, "time", readings.time)
    with connections_kept():
        yield make_articles(2)


def test_no_page_that_was_overtaken_is_answered_again(articles):
    outcome = Races(articles, seed=7).run(2 * len(CHANGES))
    assert outcome.stale == []
    assert outcome.mattered > len(CHANGES) / 2


def test_nor_where_another_process_made_the_change(articles, tmp_path):
    environment = environment_of_a_worker(tmp_path, "smtp://127.0.0.1:9")
    neighbour = NeighbouringProcess({**environment, "DJANGO_SETTINGS_MODULE": "config.settings"})
    outcome = Races(articles, neighbour=neighbour, seed=11).run(10)
    assert outcome.stale == [] and outcome.races == 10


def test_what_a_process_knows_by_heart_is_read_all_the_same(articles):
    """A count that is remembered asks for the number alone; its page hangs on the comments nevertheless."""
    article = Article.objects.get(pk=articles[0])
    approved_count(article)
    with noted() as tables:
        approved_count(article)
    assert "comments_comment" in tables


def test_a_slow_reading_of_the_numbers_takes_the_place_of_no_later_one(monkeypatch):
    """As two threads may have it: the one that began first is answered last."""
    known = readings.Readings(believed_for=60)
    later = []

    def values():
        if later:
            return {"shows_show": 2}
        later.append(None)
        later.append(known.made_now())
        return {"shows_show": 1}

    monkeypatch.setattr(readings.generations, "values", values)
    assert known.made_now().numbers == {"shows_show": 1}
    assert known.current() is later[1] and later[1].numbers == {"shows_show": 2}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one change in at a time")
def test_an_article_that_is_tagged_while_it_becomes_public_is_found_under_its_tag(articles):
    """Whether readers see the tag is asked of the article, which must not change until both are committed."""
    article, listing, readers = Article.objects.get(pk=articles[0]), "/tags/endings/", Readers()
    published_at = article.published_at
    Article.objects.filter(pk=article.pk).update(published_at=None)
    article.tags.clear()
    with ThreadPoolExecutor(2) as others:
        with transaction.atomic():
            article.tags.add(Tag.objects.get(slug="endings"))
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            publishing = others.submit(publish_by_hand, article.pk, published_at)
            wait_until_it_is_done_or_waits(publishing)
            before = others.submit(read, readers, listing).result()
        publishing.result()
        others.submit(connections.close_all).result()
    assert article.get_absolute_url() not in before
    assert article.get_absolute_url() in readers.get(listing).text


def publish_by_hand(article, at):
    try:
        Article.objects.filter(pk=article).update(published_at=at)
    finally:
        connection.close()


def read(readers, address):
    try:
        return readers.get(address).text
    finally:
        connection.close()


def wait_until_it_is_done_or_waits(deed):
    with connection.cursor() as cursor:
        while not deed.done():
            cursor.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone():
                return
